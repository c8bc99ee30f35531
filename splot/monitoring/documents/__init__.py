"""The annual report as a document: its words in one language, then HTML or PDF."""

from splot.documents.typesetting import TypesettingError

from .html import annual_report_page_content, render_html
from .pdf import render_pdf

__all__ = ["TypesettingError", "annual_report_page_content", "render_html", "render_pdf"]
