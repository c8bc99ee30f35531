"""Builds the tree: puts each line of a document into the provision to which it belongs."""

from __future__ import annotations

import re
from dataclasses import replace

from splot.documents.readers.evidence import Evidence
from splot.documents.readers.front_matter import find_kind, in_capitals
from splot.documents.readers.label_choice import begins_within, choose_label, closes_list
from splot.documents.readers.lines import LITERAL, NOTE, SourceLine
from splot.documents.readers.numbering import AUTOMATIC, PROVISIONS, Label, parse_labels
from splot.documents.readers.paragraphs import DraftNode, is_closed, is_continuation
from splot.documents.readers.stack import (
    HEADING_RANK,
    LIST_RANK,
    UNNUMBERED_RANK,
    Outline,
    list_key_of,
)

SIGNATORY = re.compile(
    r"^(?:Przewodnicząc|Wiceprzewodnicząc|Prezydent |Burmistrz |Wójt |Chair|Vice-Chair|Mayor"
    r"|President of)[^.;]{0,80}$",
    re.I,
)
CAPITALS = ("heading", 0)


def build_draft_tree(
    lines: list[SourceLine], evidence: Evidence, titled: bool = False
) -> DraftNode:
    """The drafts of the whole document under one root. Work per line does not grow with the
    document.
    """
    outline = Outline(evidence, titled)
    for line, candidates in zip(lines, evidence.labels, strict=True):
        label = choose_label(outline, candidates, line)
        if label is None and line.label:
            label = Label(AUTOMATIC, line.label, line.label, "")
        if label is None:
            _add_text(outline, line)
            continue
        if label.style.name == "dash" and closes_list(outline, line):
            outline.stack.pop()
            outline.top.closing.append(line)
            continue
        _open_label(outline, label, line)
    return outline.root


def _open_label(outline: Outline, label: Label, line: SourceLine) -> None:
    """Opens a provision, and those that begin on the same line: "§ 1. 1. Text"."""
    rest = line.text if line.label else label.rest
    _open_provision(outline, label, line)
    if not rest:
        return
    for inner in parse_labels(rest):
        if begins_within(outline, inner, line):
            _open_label(outline, inner, replace(line, label="", text=rest, blank_before=False))
            return
    outline.top.pieces.append(replace(line, text=rest, label=""))


def _open_provision(outline: Outline, label: Label, line: SourceLine) -> None:
    key = list_key_of(outline, label, line)
    at = outline.is_open(key)
    if at:
        del outline.stack[at:]
    elif label.style.name in PROVISIONS:
        outline.leave(label.style.rank or 0)
    elif label.style.kind == "indent":
        if outline.top.rank == UNNUMBERED_RANK and not outline.top.last_text.endswith(":"):
            outline.stack.pop()
    elif outline.inside() and label.style.rank is not None:
        outline.leave(label.style.rank)
    else:
        beside = line.heading or (outline.top.key == CAPITALS and in_capitals(label.rest))
        outline.leave(_heading_rank(line) if beside else LIST_RANK)
    if label.style.name == "path":
        _leave_other_paths(outline, label)
    kind = label.style.kind if outline.inside() else label.style.outside
    rank = _rank_of(outline, label, line)
    num = line.label or label.num
    outline.push(DraftNode(kind, num, label.style, label.value, key, rank))


def _rank_of(outline: Outline, label: Label, line: SourceLine) -> float:
    """Where it now stands. What has no rank of its own stands just below what it was found in."""
    ranked = label.style.kind == "indent" or label.style.name in PROVISIONS
    if ranked or (outline.inside() and label.style.rank):
        return label.style.rank or 0
    if line.heading:
        return max(_heading_rank(line), outline.top.rank + 0.01)
    if label.style.name in ("I.", "A.") and not outline.inside():
        return HEADING_RANK if outline.top.rank < HEADING_RANK else outline.top.rank + 0.01
    return max(outline.top.rank, 3.5) + 0.01


def _heading_rank(line: SourceLine) -> float:
    return HEADING_RANK + min(line.heading, 9) / 20


def _leave_other_paths(outline: Outline, label: Label) -> None:
    at = outline.prefix_of(label)
    if at:
        del outline.stack[at + 1 :]
        return
    for other in range(1, len(outline.stack)):
        if outline.stack[other].key[0] in ("1.", "path"):
            del outline.stack[other:]
            return


def _add_text(outline: Outline, line: SourceLine) -> None:
    """Words without a number go to the innermost open provision, or open a passage of their own."""
    if line.closes is not None:
        outline.close(line)
        return
    leaving = _leaves_for_passage(outline, line)
    if _is_heading(outline, line):
        rank = _heading_rank(line)
        outline.leave(rank)
        style = replace(AUTOMATIC, name="heading")
        outline.push(DraftNode("level", style=style, key=("heading", line.heading), rank=rank))
    elif leaving is not None:
        outline.leave(leaving)
        outline.push(DraftNode("level", rank=UNNUMBERED_RANK))
    top = outline.top
    outline.named = outline.named or (top is outline.root and find_kind([line]) is not None)
    (top.closing if top.closing else top.pieces).append(line)


def _leaves_for_passage(outline: Outline, line: SourceLine) -> float | None:
    """The rank to leave for a passage of its own (a footnote, a signature, what follows a list); or
    None.
    """
    top = outline.top
    if line.role == NOTE:
        return 0
    if line.role == LITERAL and top is not outline.root:
        return None
    if not outline.evidence.numbered:
        goes_on = top.pieces and is_continuation(top.pieces[-1], line)
        return None if goes_on else LIST_RANK
    if line.role:
        return None
    if outline.inside():
        return 0 if is_closed(top.last_text) and SIGNATORY.match(line.text) else None
    after_list = top.rank >= LIST_RANK and line.blank_before and not line.text[:1].islower()
    return LIST_RANK if after_list else None


def _is_heading(outline: Outline, line: SourceLine) -> bool:
    """A heading style of the word processor, or capitals where the document's headings are in
    capitals.
    """
    waiting = outline.top.style is not None and not outline.top.pieces
    if (
        line.role
        or line.heads
        or waiting
        or not (outline.begun or outline.root.pieces or outline.titled)
    ):
        return False
    if line.heading:
        # before the first § it is the title block
        return outline.begun or not outline.evidence.legal
    if outline.evidence.legal or not outline.evidence.numbered or not line.blank_before:
        return False
    outermost = outline.stack[1] if len(outline.stack) > 1 else outline.root
    headed = outermost.pieces if outermost is outline.root else outermost.pieces[:1]
    return in_capitals(line.text) and any(in_capitals(piece.text) for piece in headed)
