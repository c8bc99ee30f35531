"""The table as files: any view of it to download, and a workbook for each institution that comes
back.
"""
