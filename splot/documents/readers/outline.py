"""Builds the tree: puts each line of a document into the provision to which it belongs."""

from __future__ import annotations

from dataclasses import replace

from splot.documents.readers.evidence import Evidence
from splot.documents.readers.front_matter import find_kind, in_capitals
from splot.documents.readers.label_choice import begins_within, choose_label, closes_list
from splot.documents.readers.lines import CELLS, SourceLine
from splot.documents.readers.number_order import is_first, is_successor
from splot.documents.readers.numbering import (
    AUTOMATIC,
    PROVISIONS,
    Label,
    NumberStyle,
    is_named,
    named_style,
    parse_labels,
)
from splot.documents.readers.paragraphs import DraftNode, is_closed, is_dangling
from splot.documents.readers.passages import opened_area, rank_to_leave
from splot.documents.readers.stack import (
    HEADING_RANK,
    LIST_RANK,
    TABLE_RANK,
    UNNUMBERED_RANK,
    Outline,
    list_key_of,
)

CAPITALS = ("heading", 0)


def build_draft_tree(
    lines: list[SourceLine], evidence: Evidence, titled: bool = False
) -> DraftNode:
    """The drafts of the whole document under one root. Work per line does not grow with the
    document.
    """
    outline = Outline(evidence, titled)
    numbers = zip(lines, evidence.labels, evidence.begins, strict=True)
    for line, candidates, begins in numbers:
        label = choose_label(outline, candidates, line)
        if label is None and line.label:
            label = Label(AUTOMATIC, line.label, line.label, "")
        if label is None:
            goes_on = line.wrapped or (is_dangling(outline.top.last_text) and not line.blank_before)
            _add_text(outline, line)
            if begins and not goes_on and outline.top.pieces[:1] != [line]:
                outline.top.running.append(line)
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
    outline.leave(TABLE_RANK)
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
    at = outline.is_open(key, label)
    inner = at and _begins_inner_list(outline, label, at)
    if at and not inner:
        del outline.stack[at:]
    elif label.style.name in PROVISIONS:
        outline.leave(label.style.rank or 0)
    elif label.style.kind == "indent":
        if outline.top.rank == UNNUMBERED_RANK and not outline.announces_list:
            outline.stack.pop()
    elif outline.inside() and label.style.rank is not None:
        outline.leave(label.style.rank)
    elif not (inner or (is_first(label) and outline.announces_list)):
        beside = line.heading or (outline.top.key == CAPITALS and in_capitals(label.rest))
        outline.leave(_heading_rank(line) if beside else LIST_RANK)
    if label.style.name == "path":
        _leave_other_paths(outline, label)
    kind = label.style.kind if outline.inside() else label.style.outside
    rank = _rank_of(outline, label, line)
    num = line.label or label.num
    outline.push(DraftNode(kind, num, label.style, label.value, key, rank))


def _begins_inner_list(outline: Outline, label: Label, at: int) -> bool:
    """Whether a first number begins a list within the level or passage that is open below an open
    list of the same numbers, and not that list anew.
    """
    if outline.inside() or label.style.kind == "indent" or not is_first(label):
        return False
    if is_successor(label.style, outline.stack[at].value, label.value):
        return False
    within = any(is_named(draft.style) for draft in outline.stack[at + 1 :])
    return within or outline.announces_list


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
    if line.role == CELLS:
        outline.add_row(line)
        return
    after_table = outline.top.kind == "table"
    if after_table:
        outline.leave(UNNUMBERED_RANK)
    leaving = rank_to_leave(outline, line)
    if after_table and leaving is None:
        leaving = UNNUMBERED_RANK
    area = opened_area(line) if leaving is not None and not line.role else None
    if area:
        _open_area(outline, named_style(area.level))
    elif _is_heading(outline, line):
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


def _open_area(outline: Outline, style: NumberStyle) -> None:
    """A passage that names an area ("Obszar: Edukacja") holds what follows, as far as the next."""
    key = (style.name, 0)
    if at := outline.is_open(key):
        del outline.stack[at:]
    else:
        outline.leave(LIST_RANK)
    outline.push(DraftNode("level", style=style, key=key, rank=max(outline.top.rank, 3.5) + 0.01))


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
    apart = line.blank_before or (is_closed(outline.top.last_text) and not line.wrapped)
    if outline.evidence.legal or not outline.evidence.numbered or not apart:
        return False
    outermost = outline.stack[1] if len(outline.stack) > 1 else outline.root
    headed = outermost.pieces if outermost is outline.root else outermost.pieces[:1]
    return in_capitals(line.text) and any(in_capitals(piece.text) for piece in headed)
