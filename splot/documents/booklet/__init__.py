"""A booklet: headings, prose, lists and tables for print (PDF), for Word and for the browser."""

from .docx import booklet_docx
from .html import booklet_html
from .pdf import booklet_pdf
from .vocabulary import (
    Block,
    Booklet,
    Callout,
    Facts,
    Heading,
    Items,
    PageBreak,
    Prose,
    Table,
    Wording,
)

__all__ = [
    "Block",
    "Booklet",
    "Callout",
    "Facts",
    "Heading",
    "Items",
    "PageBreak",
    "Prose",
    "Table",
    "Wording",
    "booklet_docx",
    "booklet_html",
    "booklet_pdf",
]
