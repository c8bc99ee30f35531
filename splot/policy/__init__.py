"""The document: a policy's areas, aims, activities and provisions, its adopted text, and how a text
becomes one.
"""
