"""A workbook for an institution: written with its rows, filled elsewhere, read back, merged three
ways.
"""
