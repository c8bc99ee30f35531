"""Joins broken lines into paragraphs, and tells a heading from a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from splot.documents.readers.lines import (
    CELLS,
    FOOTNOTE,
    LITERAL,
    NOTE,
    QUOTED,
    ROW,
    CleanupLog,
    SourceLine,
)
from splot.documents.readers.numbering import CONTAINERS, NumberStyle, parse_labels

CLOSED = re.compile(r"[.!?:;…][\"”’»)\]*_]*$")
# a line that ends in one of these has its continuation, often a number, on the next line
DANGLING = re.compile(
    r"(?:^|[\s(])(?:§+|[Aa]rt\.|ust\.|pkt|lit\.|poz\.|[Nn]r|No\.|tiret"
    r"|w|z|do|i|oraz|lub|albo|na|od|o|po|za|przez|dla"
    r"|in|of|and|or|to|under|with|by|from|the|an?|see|sections?|paragraphs?|points?|for)$"
)
BARE_END = re.compile(r"[\w)\]”\"’»%*]$")
HEADING_LENGTH = 120
TITLE_LENGTH = 300


@dataclass(slots=True)
class DraftNode:
    """A node in the making: its printed lines are kept apart until the whole document is known.

    running: those of them that begin like a number and were taken as running text.
    """

    kind: str
    num: str = ""
    style: NumberStyle | None = None
    value: str = ""
    key: tuple[str, int] = ("", 0)
    rank: float = 8
    pieces: list[SourceLine] = field(default_factory=list)
    children: list[DraftNode] = field(default_factory=list)
    closing: list[SourceLine] = field(default_factory=list)
    running: list[SourceLine] = field(default_factory=list)

    @property
    def last_text(self) -> str:
        """The line after which the next one would be added; "" after a row of a table."""
        if self.kind == "table":
            return ""
        lines = self.closing or self.pieces
        return lines[-1].text if lines else ""


def is_closed(text: str) -> bool:
    """Whether a line ends where a sentence or an item ends."""
    return bool(CLOSED.search(text[-12:]))


def is_dangling(text: str) -> bool:
    """Whether a line ends in a word that cannot be the last of its sentence."""
    return bool(DANGLING.search(text[-16:]))


def is_continuation(before: SourceLine, line: SourceLine) -> bool:
    """Whether this line goes on with the paragraph of the line before it."""
    if (
        before.role in (ROW, LITERAL, CELLS)
        or line.role in (ROW, NOTE, FOOTNOTE, LITERAL, CELLS)
        or (line.role == QUOTED and starts_quote(line.text))
    ):
        return False
    if line.wrapped or is_dangling(before.text):
        return True
    closed = is_closed(before.text)
    if line.parted:
        return not closed and line.text[:1].islower()
    return not closed or line.text[:1].islower()


def starts_quote(text: str) -> bool:
    """Whether a quoted line begins a passage of its own: a quotation mark, or a number."""
    return text[:1] in '„“”"«' or bool(parse_labels(text))


def join_paragraphs(lines: list[SourceLine], log: CleanupLog) -> str:
    """Lines as paragraphs: broken ones joined by a space (and listed), the others on lines of their
    own.
    """
    parts: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and is_continuation(before, line):
            parts.append(" ")
            log.mended("broken-line", line, f"{before.text[-50:]} | {line.text[:50]}")
        elif before is not None:
            parts.append("\n")
        parts.append(line.text)
    return "".join(parts)


def split_headings(siblings: list[DraftNode], log: CleanupLog) -> list[tuple[str, str]]:
    """(heading, text) of each of these siblings. A doubtful heading counts when half of them have
    one.
    """
    sizes = [_heading_size(draft) for draft in siblings]
    shaped = len(siblings) > 1 and 2 * sum(map(bool, sizes)) >= len(siblings)
    texts: list[tuple[str, str]] = []
    for draft, size in zip(siblings, sizes, strict=True):
        lines = max(size, 0) if size >= 0 or not shaped else 1
        heading = " ".join(line.text for line in draft.pieces[:lines])
        texts.append((heading, join_paragraphs(draft.pieces[lines:], log)))
    return texts


def _heading_size(draft: DraftNode) -> int:
    """How many lines at the start are a heading; -1 for one line that may be one."""
    pieces = draft.pieces
    marked = 0
    while marked < len(pieces) and pieces[marked].heads:
        marked += 1
    if marked:
        return marked
    if not pieces or not draft.style or draft.kind == "indent" or pieces[0].role:
        return 0
    if draft.style.name in CONTAINERS:
        return _title_size(draft)
    first = pieces[0]
    bare = bool(BARE_END.search(first.text)) and len(first.text) <= HEADING_LENGTH
    if first.heading and bare:
        return 1
    if len(pieces) == 1:
        headed = draft.kind in ("article", "paragraph", "level")
        return int(bare and bool(draft.children) and headed)
    second = pieces[1]
    inner_end = ". " in first.text or "; " in first.text
    if (
        second.wrapped
        or second.role
        or not second.text[0].isupper()
        or inner_end
        or len(first.text) > HEADING_LENGTH
    ):
        return 0
    if first.text.endswith(":") or (bare and second.parted):
        return 1
    return -1 if bare and draft.kind != "subparagraph" and not is_dangling(first.text) else 0


def _title_size(draft: DraftNode) -> int:
    """An annex or chapter is headed by all the lines before its first sentence."""
    size = length = 0
    for line in draft.pieces:
        length += len(line.text)
        dated = line.text.endswith(" r.")
        if line.role or length > TITLE_LENGTH or (is_closed(line.text) and not dated):
            break
        size += 1
    following = draft.pieces[size : size + 1]
    if not size or not following or following[0].role:
        return size
    last, next_line = draft.pieces[size - 1], following[0]
    title_ends = next_line.text[:1].isupper() and not (next_line.wrapped or is_dangling(last.text))
    if title_ends and (size == 1 or last.text.isupper()) and not next_line.text.isupper():
        return size
    return size - is_continuation(last, next_line)  # the sentence began on the line before
