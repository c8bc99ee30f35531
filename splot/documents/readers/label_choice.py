"""Judges whether the start of a line is a number that opens a provision, or only words."""

from __future__ import annotations

from splot.documents.readers.evidence import looks_like_provision
from splot.documents.readers.lines import SourceLine
from splot.documents.readers.number_order import is_first, is_successor, value_sort_key
from splot.documents.readers.numbering import BARE, CONTAINERS, PROVISIONS, Label, is_named
from splot.documents.readers.paragraphs import is_closed, is_dangling
from splot.documents.readers.stack import Outline, list_key_of


def choose_label(outline: Outline, candidates: list[Label], line: SourceLine) -> Label | None:
    """The likeliest reading of the number at the start of a line, or None when it is no number."""
    completed = [outline.complete(label) for label in candidates]
    if any(label.style.name == "path" for label in completed):  # "1." of "1.A" is no number
        completed = [label for label in completed if label.style.name != "1."]
    scored = [(_score_label(outline, label, line), label) for label in completed]
    scored.sort(key=lambda pair: -pair[0])  # stable: the table decides between equals
    for score, label in scored:
        if _is_opening_label(outline, label, line, score):
            return label
    return None


def begins_within(outline: Outline, label: Label, line: SourceLine) -> bool:
    """Whether a second number on a line opens the first item of a list in the provision just
    opened.
    """
    if label.style.name not in ("1.", "1)", "a)") or not is_first(label):
        return False
    key = list_key_of(outline, label, line)
    return outline.top.rank < (label.style.rank or 0) and not outline.is_open(key)


def closes_list(outline: Outline, line: SourceLine) -> bool:
    """Whether a dash now is the common closing part: "1) a, 2) b – shall apply."

    The last item of such a list ends without a mark, those before it end with one.
    """
    top = outline.top
    if (
        line.wrapped
        or line.label
        or not outline.inside()
        or top.style is None
        or is_closed(top.last_text)
    ):
        return False
    siblings = outline.stack[-2].children
    if len(siblings) < 2 or top.last_text.endswith(",") or not top.pieces or top.children:
        return False
    before = siblings[-2]
    while before.children and not before.closing:
        before = before.children[-1]
    return top.kind in ("point", "alinea", "indent") and before.last_text.endswith((",", ";"))


def _score_label(outline: Outline, label: Label, line: SourceLine) -> int:
    """2 for the number that is due in an open list, 1 for the first of a list, 0 for any other."""
    at = outline.is_open(list_key_of(outline, label, line), label)
    if at and is_successor(label.style, outline.stack[at].value, label.value):
        return 2
    section = outline.last_section
    if (
        label.style.name == "paragraph"
        and section
        and is_successor(label.style, section.value, label.value)
    ):
        return 2
    return int(is_first(label))


def _is_opening_label(outline: Outline, label: Label, line: SourceLine, score: int) -> bool:
    before = outline.top.last_text
    headed = outline.top.style is not None and outline.top.style.name in (*CONTAINERS, "heading")
    parted = line.parted or bool(line.label)
    ended = headed or parted or not before or is_closed(before)
    if is_dangling(before) and not (line.blank_before or line.label):
        return False
    if label.style.name in PROVISIONS:
        return _opens_provision(outline, label, line, ended or score == 2)
    if not outline.begun and outline.evidence.legal and label.style.name not in ("I.", "A."):
        return False
    ended = ended or before.endswith(",")
    if label.style.kind == "indent":
        top = outline.top.style
        same = top is not None and top.name == label.style.name and not line.wrapped
        headed = bool(outline.top.pieces) and outline.top.pieces[-1].heads_list
        closes = label.style.name == "dash" and closes_list(outline, line)
        bullet = label.style.name == "bullet" and not line.wrapped
        return ended or same or headed or bullet or closes
    if label.style.name not in outline.evidence.styles:
        return False
    if label.style.name in BARE:
        return not outline.inside()
    if is_named(label.style):
        return ended or score > 0 or not line.wrapped
    return bool(line.label) or _opens_item(outline, label, line, score, ended)


def _opens_provision(outline: Outline, label: Label, line: SourceLine, due: bool) -> bool:
    if not looks_like_provision(label, bool(line.label)):
        return False
    if label.style.name in ("annex", "reasons"):
        return (outline.begun or outline.named) and (
            outline.evidence.legal or label.style.name == "annex"
        )
    first = not outline.begun and is_first(label) and not line.wrapped
    starts = first and (not label.rest or label.rest[0].isupper() or label.num.endswith("."))
    return due or starts or label.style.name in CONTAINERS


def _opens_item(outline: Outline, label: Label, line: SourceLine, score: int, ended: bool) -> bool:
    """A number in the middle of a paragraph must be the one that is due."""
    below = label.style.name == "path" and outline.prefix_of(label)
    if label.style.name == "path" and not score and not below:
        return False
    if score == 2 or (below and (score or _goes_on(outline, label, line))):
        return True
    if not ended:
        below_heading = outline.top.style is not None and len(outline.top.pieces) == 1
        begins_list = ("1.", "1)", "a)", *(("A.", "I.") if below_heading else ()))
        return score == 1 and not line.wrapped and label.style.name in begins_list
    lower = label.style.name == "1." and label.rest[:1].islower()
    return score == 1 or not lower


def _goes_on(outline: Outline, label: Label, line: SourceLine) -> bool:
    """Whether a number "1.4", though 1.3 is missing, goes on with an open list and heads words."""
    at = outline.is_open(list_key_of(outline, label, line))
    before = value_sort_key(label.style, outline.stack[at].value) if at else ()
    starts = not line.wrapped and (not label.rest or label.rest[0].isupper())
    return starts and before < value_sort_key(label.style, label.value)
