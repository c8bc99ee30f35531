"""Translating the texts of any room: side by side by people, what is missing by a machine of the
city's own.
"""
