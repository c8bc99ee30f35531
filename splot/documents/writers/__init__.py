"""Writes the one document tree as files. Text, Markdown, Word and XML read back as the same
tree.
"""

from __future__ import annotations

from collections.abc import Callable

from splot.documents.tree import Document
from splot.documents.writers.akn import write_akn
from splot.documents.writers.docx import write_docx
from splot.documents.writers.html import write_html
from splot.documents.writers.markdown import write_markdown
from splot.documents.writers.pdf import write_pdf
from splot.documents.writers.text import write_text

__all__ = ["WRITERS", "write_document"]

WRITERS: dict[str, Callable[..., bytes]] = {
    "txt": write_text,
    "md": write_markdown,
    "docx": write_docx,
    "xml": write_akn,
    "html": write_html,
    "pdf": write_pdf,
}


def write_document(
    document: Document, form: str, *, language: str = "pl", **options: object
) -> bytes:
    """The document as a file of this form, one of WRITERS; the same tree gives the same bytes.

    `language` is the document's; `options` are those of the form's own writer. Raises KeyError for
    another form.
    """
    return WRITERS[form](document, language=language, **options)
