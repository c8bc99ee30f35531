"""Small PDF files."""

import io
from functools import cache

from pypdf import PdfWriter


@cache
def blank_pdf() -> bytes:
    """A whole file of one empty page, without anything that runs."""
    writer, output = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(output)
    return output.getvalue().rstrip() + b"\n"
