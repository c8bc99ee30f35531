"""The annual report as a document: its words in one language, then HTML or PDF."""

from splot.documents.typesetting import NotTypeset

from .html import page_paper, render_html
from .pdf import render_pdf

__all__ = ["NotTypeset", "page_paper", "render_html", "render_pdf"]
