"""Plain text: a provision a line with its printed number, as an act is printed."""

from __future__ import annotations

from collections.abc import Sequence

from splot.documents.readers.lines import ESCAPE_MARK
from splot.documents.tree import Document
from splot.documents.writers.normalise import normalise_document
from splot.documents.writers.printing import (
    CELLS,
    HEADING,
    NUMBER,
    OWN_LINE_KINDS,
    PREAMBLE,
    PrintedRow,
    render_rows,
)

SPACED_KINDS = (*OWN_LINE_KINDS, "article", "paragraph")


def write_text(document: Document, *, language: str = "pl", standing: Sequence[str] = ()) -> bytes:
    """The document as plain text in UTF-8, below the lines that say which text of the act it is.
    Its words and numbers say all: `language` changes nothing.
    """
    lines: list[str] = [*standing, ""] if standing else []
    before: PrintedRow | None = None
    for row in render_rows(normalise_document(document)):
        if before and is_beside(before, row):
            lines[-1] += f" {_row_line(row)}"
        elif before and _needs_blank_line(before, row):
            lines += ["", _row_line(row)]
        else:
            lines.append(_row_line(row))
        before = row
    return "".join(f"{line}\n" for line in lines).encode()


def is_beside(before: PrintedRow, row: PrintedRow) -> bool:
    """Whether a row stands beside the number of the § that it opens: "§ 1. 1. Text"."""
    bare = (
        before.part == NUMBER
        and before.num.endswith(".")
        and before.node
        and before.node.kind not in OWN_LINE_KINDS
    )
    first = row.node is not None and row.node.kind == "subparagraph" and row.num == "1."
    return bool(bare) and first and not before.sure and not row.sure and not row.before


def _needs_blank_line(before: PrintedRow, row: PrintedRow) -> bool:
    """Whether an empty line stands between two rows: round the title, the preamble, every § and
    what is greater.
    """
    if row.part != before.part and (PREAMBLE in (row.part, before.part) or row.node is None):
        return True
    if row.opens and row.node is not None:
        greater = row.node.kind in SPACED_KINDS or not row.num
        return (
            greater
            or before.node is None
            or (before.part == HEADING and before.node.kind in OWN_LINE_KINDS)
        )
    return False


def _row_line(row: PrintedRow) -> str:
    if row.part == CELLS:
        return "\t".join([ESCAPE_MARK, *(" ".join(words.split()) for words in row.cells)])
    if not row.num:
        return row.marked
    mark = ESCAPE_MARK if row.sure and not row.before else ""
    return f"{row.num} {mark}{row.marked}".rstrip(" ")
