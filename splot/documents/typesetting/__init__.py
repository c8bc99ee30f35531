"""Typesetting: JSON data and a Typst template become a tagged PDF, and no text ever becomes
markup.
"""

from .keep_together import add_nonbreaking_spaces
from .markdown_blocks import parse_markdown_blocks
from .serialise import base_language_code, one_line_name, remove_unprintable, serialise_for_typst
from .typst_process import TypesettingError, typeset_pdf

__all__ = [
    "TypesettingError",
    "add_nonbreaking_spaces",
    "base_language_code",
    "one_line_name",
    "parse_markdown_blocks",
    "remove_unprintable",
    "serialise_for_typst",
    "typeset_pdf",
]
