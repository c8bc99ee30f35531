"""Markdown: the title and the chapters are headings, each provision is a paragraph behind its bold number."""

from __future__ import annotations

import re

from splot.documents.readers.lines import MARK
from splot.documents.readers.numbering import is_number
from splot.documents.tree import Document
from splot.documents.writers.fitting import fitted
from splot.documents.writers.printing import ALONE, HEADING, TITLE, Row, printed
from splot.documents.writers.text import is_beside

MARKUP = re.compile(r"[\\`*_\[\]<>#|~&]")
ESCAPED = r"\\\g<0>"
LIST_MARK = re.compile(r"^(\d*)([-+=.)])")
INDENTS = {"point": 1, "alinea": 2, "indent": 3}
INDENT = "\u2003"  # a wide space: four plain ones would make it code


def write_markdown(document: Document, *, language: str = "pl") -> bytes:
    """The document as Markdown (CommonMark) in UTF-8; no sign of its words is markup.

    Its words and numbers say all: `language` changes nothing.
    """
    made: list[str] = []
    before: Row | None = None
    for row in printed(fitted(document)):
        if before is None:
            made.append(f"# {_words(row)}" if row.part == TITLE else _words(row))
        else:
            made.append(_between(before, row))
        before = row
    return ("".join(made) + "\n").encode()


def _between(before: Row, row: Row) -> str:
    """A row behind what parts it from the one before: a space, a broken line, or an empty line."""
    if is_beside(before, row) or (row.part == HEADING and row.node is before.node and _is_chapter(row)):
        return f" {_words(row)}"
    if _is_chapter(row) and row.opens:
        return f"\n\n{'#' * min(row.depth + 2, 6)} {_words(row)}"
    indent = INDENT * INDENTS.get(row.node.kind, 0) if row.node else ""
    same = row.node is before.node and not row.opens and not _is_chapter(before)
    if same and (row.node or row.part == before.part) and not (before.part == TITLE and before.opens):
        return f"\\\n{indent}{_words(row)}"
    return f"\n\n{indent}{_words(row)}"


def _is_chapter(row: Row) -> bool:
    return row.node is not None and row.node.kind in ALONE


def _words(row: Row) -> str:
    words = f"{row.before}{escaped(row.words)}{row.after}"
    if not row.num:
        return words
    mark = "" if row.before or is_number(row.num) else MARK
    return f"**{MARKUP.sub(ESCAPED, row.num)}** {mark}{words}".rstrip(" ")


def escaped(words: str) -> str:
    """Words of which nothing is markup, wherever on a line they stand."""
    return LIST_MARK.sub(r"\1\\\2", MARKUP.sub(ESCAPED, words))
