"""Understands tables that people bring: which column is which, which row is which task, and what is new in it.

Pure: nothing here writes. What is not understood is kept in words, what was assumed is said.
"""
