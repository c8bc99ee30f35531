"""A booklet: headings, prose, lists and tables for print (PDF), for Word and for the browser."""

from .docx import render_booklet_docx
from .html import render_booklet_html
from .model import Block, Booklet, Callout, Facts, Heading, Items, PageBreak, Prose, Table, Wording
from .pdf import render_booklet_pdf

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
    "render_booklet_docx",
    "render_booklet_html",
    "render_booklet_pdf",
]
