"""Headings that stand between the items of a list, where nothing but their look tells them."""

from __future__ import annotations

from splot.documents.readers.lines import SourceLine
from splot.documents.readers.numbering import Label
from splot.documents.readers.paragraphs import is_closed, is_dangling
from splot.documents.readers.plan_words import parse_opening, parse_plan_heading

HEADING_LENGTH = 100
NARROWEST = 60
FULL = 0.8  # of the width of a text: a line this long was broken by the margin


def mark_list_headings(lines: list[SourceLine], labels: list[list[Label]]) -> None:
    """Marks a line that heads the items or the table after it, and is no part of what is before: it
    begins with a capital, ends without a mark, and was not broken off by the margin.
    """
    width = _text_width(lines)
    for at in range(1, len(lines) - 1):
        line, before = lines[at], lines[at - 1]
        plain = not (line.role or line.label or line.wrapped or labels[at] or line.heading)
        if not plain or not (_is_item(labels[at + 1], lines[at + 1]) or lines[at + 1].opens_table):
            continue
        heads = line.text[:1].isupper() and len(line.text) <= HEADING_LENGTH
        heads = heads and (line.text.endswith(":") or not is_closed(line.text))
        heads = heads and not is_dangling(before.text) and not line.text.endswith(",")
        labelled = bool(parse_plan_heading(line.text) or parse_opening(line.text))
        after_item = _is_item(labels[at - 1], before) or is_closed(before.text)
        after_item = after_item or line.parted
        is_full = len(f"{before.text} {line.text.split()[0]}") > FULL * width if heads else True
        line.heads_list = heads and (labelled or after_item) and (line.parted or not is_full)


def _is_item(candidates: list[Label], line: SourceLine) -> bool:
    if line.label and not candidates:
        return True
    return any(label.style.kind == "indent" for label in candidates)


def _text_width(lines: list[SourceLine]) -> int:
    """The length that nearly all lines keep to, in signs; no page is narrower than NARROWEST."""
    lengths = sorted(len(line.text) for line in lines)
    return max(NARROWEST, lengths[int(len(lengths) * 0.95)]) if lengths else NARROWEST
