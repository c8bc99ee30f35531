"""Markdown: the title and the chapters are headings, each provision is a paragraph behind its bold
number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from splot.documents.readers.lines import ESCAPE_MARK
from splot.documents.readers.numbering import is_number
from splot.documents.tree import Document
from splot.documents.writers.normalise import normalise_document
from splot.documents.writers.printing import (
    CELLS,
    HEADING,
    OWN_LINE_KINDS,
    TITLE,
    PrintedRow,
    render_rows,
)
from splot.documents.writers.text import is_beside

MARKUP = re.compile(r"[\\`*_\[\]<>#|~&]")
ESCAPED = r"\\\g<0>"
LIST_MARK = re.compile(r"^(\d*)([-+=.)])")
INDENTS = {"point": 1, "alinea": 2, "indent": 3}
INDENT = "\u2003"  # a wide space: four plain ones would make it code


def write_markdown(
    document: Document, *, language: str = "pl", standing: Sequence[str] = ()
) -> bytes:
    """The document as Markdown (CommonMark) in UTF-8, below the lines that say which text of the
    act it is; no sign of its words is markup.

    Its words and numbers say all: `language` changes nothing.
    """
    pieces = [f"{escape_markdown(line)}\n\n" for line in standing]
    before: PrintedRow | None = None
    for row in render_rows(normalise_document(document)):
        if before is None:
            pieces.append(f"# {_row_text(row)}" if row.part == TITLE else _row_text(row))
        else:
            pieces.append(_separate_row(before, row))
        before = row
    return ("".join(pieces) + "\n").encode()


def _separate_row(before: PrintedRow, row: PrintedRow) -> str:
    """A row behind what parts it from the one before: a space, a broken line, or an empty line."""
    if row.part == CELLS:
        return f"\n\n{_row_text(row)}" if row.opens else f"\n{_row_text(row)}"
    if is_beside(before, row) or (
        row.part == HEADING and row.node is before.node and _is_chapter(row)
    ):
        return f" {_row_text(row)}"
    if _is_chapter(row) and row.opens:
        return f"\n\n{'#' * min(row.depth + 2, 6)} {_row_text(row)}"
    indent = INDENT * INDENTS.get(row.node.kind, 0) if row.node else ""
    same = row.node is before.node and not row.opens and not _is_chapter(before)
    if (
        same
        and (row.node or row.part == before.part)
        and not (before.part == TITLE and before.opens)
    ):
        return f"\\\n{indent}{_row_text(row)}"
    return f"\n\n{indent}{_row_text(row)}"


def _is_chapter(row: PrintedRow) -> bool:
    return row.node is not None and row.node.kind in OWN_LINE_KINDS


def _row_text(row: PrintedRow) -> str:
    if row.part == CELLS:
        cells = [" ".join(escape_markdown(words).split()) for words in row.cells]
        below = f"\n|{' --- |' * len(cells)}" if row.opens else ""
        return f"| {' | '.join(cells)} |{below}"
    words = f"{row.before}{escape_markdown(row.words)}{row.after}"
    if not row.num:
        return words
    mark = "" if row.before or is_number(row.num) else ESCAPE_MARK
    return f"**{MARKUP.sub(ESCAPED, row.num)}** {mark}{words}".rstrip(" ")


def escape_markdown(words: str) -> str:
    """Words of which nothing is markup, wherever on a line they stand."""
    return LIST_MARK.sub(r"\1\\\2", MARKUP.sub(ESCAPED, words))
