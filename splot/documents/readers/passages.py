"""Where a passage without a number begins: a labelled one ("Target audience: …"), a heading within
a list, a footnote, a signature, what follows a list.
"""

from __future__ import annotations

import re

from splot.documents.readers.lines import FOOTNOTE, LITERAL, NOTE, SourceLine
from splot.documents.readers.numbering import CONTAINERS, is_named, named_style
from splot.documents.readers.paragraphs import is_closed, is_continuation, is_dangling
from splot.documents.readers.plan_words import PlanWord, parse_opening, parse_plan_heading
from splot.documents.readers.stack import LIST_RANK, UNNUMBERED_RANK, Outline
from splot.parsing.vocabulary.plan_parts import AREA

SIGNATORY = re.compile(
    r"^(?:Przewodnicząc|Wiceprzewodnicząc|Prezydent |Burmistrz |Wójt |Chair|Vice-Chair|Mayor"
    r"|President of|Голова )[^.;]{0,80}$",
    re.I,
)


def rank_to_leave(outline: Outline, line: SourceLine) -> float | None:
    """The rank to leave for a passage of its own; None where the line goes on with what is open."""
    top = outline.top
    if line.role == NOTE:
        return 0
    if line.role == FOOTNOTE:
        return _rank_below_text(outline)
    if line.role == LITERAL and top is not outline.root:
        return None
    if _is_labelled(outline, line):
        return LIST_RANK
    if line.heads_list and not (line.role or outline.inside() or _waits_for_title(outline)):
        return LIST_RANK
    if not outline.evidence.numbered:
        goes_on = top.pieces and is_continuation(top.pieces[-1], line)
        return None if goes_on else LIST_RANK
    if line.role:
        return None
    if outline.inside():
        return 0 if is_closed(top.last_text) and SIGNATORY.match(line.text) else None
    after_list = top.rank >= LIST_RANK and line.parted and not line.text[:1].islower()
    return LIST_RANK if after_list else None


def _rank_below_text(outline: Outline) -> float:
    """The rank of the open item: a footnote to it stands beside it, and below a heading."""
    for draft in reversed(outline.stack):
        if draft.style is not None and draft.style.name not in (*CONTAINERS, "heading"):
            return UNNUMBERED_RANK if draft.children else draft.rank
        if draft.style is not None:
            break
    return UNNUMBERED_RANK


def opened_area(line: SourceLine) -> PlanWord | None:
    """What a line says of itself, where it names an area and so heads what follows it."""
    word = parse_opening(line.text)
    return word if word and word.says == AREA and word.rest and not word.many else None


def _waits_for_title(outline: Outline) -> bool:
    """Whether a chapter or annex is open whose title comes next."""
    style = outline.top.style
    return style is not None and style.name in CONTAINERS and not outline.top.pieces


def _is_labelled(outline: Outline, line: SourceLine) -> bool:
    """Whether a line says what it is before a colon, or is a heading such as "Activities"."""
    if line.role or outline.inside() or not outline.can_hold_passages:
        return False
    word, heading = parse_opening(line.text), parse_plan_heading(line.text)
    again = word is not None and outline.is_open((named_style(word.level).name, 0))
    if line.wrapped and not (is_closed(outline.top.last_text) or (word and heading) or again):
        return False
    if is_dangling(outline.top.last_text) and not line.blank_before:
        return False
    waits = outline.top.style is not None and not outline.top.pieces
    if waits and not is_named(outline.top.style):
        return False  # it is the heading of a number on a line of its own
    return bool(word or (line.heads_list and heading))
