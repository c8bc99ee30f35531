"""Builds the tree: decides for each line whether it opens a provision, and under which one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from splot.documents.reading.evidence import Evidence, looks_like_provision
from splot.documents.reading.front import find_kind, in_capitals
from splot.documents.reading.lines import NOTE, Line
from splot.documents.reading.numbering import (
    AUTOMATIC,
    CONTAINERS,
    PATH,
    PROVISIONS,
    Label,
    follows,
    is_first,
    labels,
    order,
)
from splot.documents.reading.paragraphs import Draft, continues, is_closed, is_dangling

SIGNATORY = re.compile(
    r"^(?:Przewodnicząc|Wiceprzewodnicząc|Prezydent |Burmistrz |Wójt |Chair|Vice-Chair|Mayor|President of)[^.;]{0,80}$",
    re.I,
)
LIST = 7  # the rank of dashes
UNNUMBERED = 8  # deeper than any rank: every number closes an unnumbered passage
HEADED = 1.5  # an unnumbered heading, or a roman numeral above the §§, stands between chapter and article
DEEPEST_LIST = 8
CAPITALS = ("heading", 0)


@dataclass(slots=True)
class Outline:
    """The open provisions, the outermost first. The root's own lines are what precedes the first.

    titled: the title was taken off beforehand. named: the line with the kind of act has passed.
    last_section: the § before, wherever it stood in its annex.
    """

    evidence: Evidence
    titled: bool = False
    named: bool = False
    last_section: Draft | None = None
    root: Draft = field(default_factory=lambda: Draft("root", rank=-1))
    stack: list[Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stack.append(self.root)

    @property
    def top(self) -> Draft:
        """The provision to which the next words belong."""
        return self.stack[-1]

    @property
    def begun(self) -> bool:
        """Whether the first provision has been met."""
        return bool(self.root.children)

    def inside(self) -> bool:
        """Whether a § or an article is open."""
        return any(draft.kind in ("article", "paragraph") for draft in self.stack)

    def is_open(self, key: tuple[str, int]) -> int:
        """The place in the stack of the innermost open list of this key; 0 when there is none."""
        return next((at for at in range(len(self.stack) - 1, 0, -1) if self.stack[at].key == key), 0)


def build(lines: list[Line], evidence: Evidence, titled: bool = False) -> Draft:
    """The drafts of the whole document under one root. Work per line does not grow with the document."""
    outline = Outline(evidence, titled)
    for line, candidates in zip(lines, evidence.labels, strict=True):
        label = _choose(outline, candidates, line)
        if label is None and line.label:
            label = Label(AUTOMATIC, line.label, line.label, "")
        if label is None:
            _add_text(outline, line)
            continue
        if label.style.name == "dash" and _closes_list(outline, line):
            outline.stack.pop()
            outline.top.closing.append(line)
            continue
        _open_label(outline, label, line)
    return outline.root


def _choose(outline: Outline, candidates: list[Label], line: Line) -> Label | None:
    """The likeliest reading of the number at the start of a line, or None when it is no number."""
    possible = [(_score(outline, label, line), label) for label in candidates]
    ranked = sorted(possible, key=lambda pair: -pair[0])  # stable: the table decides between equals
    return next((label for score, label in ranked if _opens(outline, label, line, score)), None)


def _key(outline: Outline, label: Label, line: Line) -> tuple[str, int]:
    """Lists of one key are one list: a style, and its depth where the word processor knows it."""
    depth = min(line.depth, DEEPEST_LIST)
    if label.style.values == PATH:
        return label.style.name, len(order(label.style, label.value))
    loose = label.style.kind == "indent" or not outline.inside()
    return label.style.name, depth if loose and label.style.name not in PROVISIONS else 0


def _score(outline: Outline, label: Label, line: Line) -> int:
    """2 for the number that is due in an open list, 1 for the first of a list, 0 for any other."""
    at = outline.is_open(_key(outline, label, line))
    if at and follows(label.style, outline.stack[at].value, label.value):
        return 2
    section = outline.last_section
    if label.style.name == "paragraph" and section and follows(label.style, section.value, label.value):
        return 2
    return int(is_first(label))


def _opens(outline: Outline, label: Label, line: Line, score: int) -> bool:
    before = outline.top.last_text
    headed = outline.top.style is not None and outline.top.style.name in (*CONTAINERS, "heading")
    ended = headed or line.blank_before or not before or is_closed(before) or bool(line.label)
    if is_dangling(before) and not (line.blank_before or line.label):
        return False
    if label.style.name in PROVISIONS:
        return _opens_provision(outline, label, line, ended or score == 2)
    if not outline.begun and outline.evidence.legal and label.style.name not in ("I.", "A."):
        return False
    if label.style.kind == "indent":
        same = outline.top.style is not None and outline.top.style.name == label.style.name and not line.wrapped
        return ended or same or before.endswith(",") or (label.style.name == "dash" and _closes_list(outline, line))
    if label.style.name not in outline.evidence.styles:
        return False
    return bool(line.label) or _opens_item(outline, label, line, score, ended or before.endswith(","))


def _opens_provision(outline: Outline, label: Label, line: Line, due: bool) -> bool:
    if not looks_like_provision(label, bool(line.label)):
        return False
    if label.style.name in ("annex", "reasons"):
        return (outline.begun or outline.named) and (outline.evidence.legal or label.style.name == "annex")
    return due or label.style.name in CONTAINERS


def _opens_item(outline: Outline, label: Label, line: Line, score: int, ended: bool) -> bool:
    """A number in the middle of a paragraph must be the one that is due."""
    if label.style.name == "path" and not score and not _prefix_at(outline, label):
        return False
    if score == 2:
        return True
    if not ended:
        return score == 1 and label.style.name in ("1.", "1)", "a)")
    lower = label.style.name == "1." and label.rest[:1].islower()
    return score == 1 or not lower


def _closes_list(outline: Outline, line: Line) -> bool:
    """Whether a dash now is the common closing part: "1) a, 2) b – shall apply."

    The last item of such a list ends without a mark, those before it end with one.
    """
    top = outline.top
    if line.wrapped or not outline.inside() or top.style is None or is_closed(top.last_text):
        return False
    siblings = outline.stack[-2].children
    if len(siblings) < 2 or top.last_text.endswith(",") or not top.pieces or top.children:
        return False
    before = siblings[-2]
    while before.children and not before.closing:
        before = before.children[-1]
    return top.kind in ("point", "alinea", "indent") and before.last_text.endswith((",", ";"))


def _open_label(outline: Outline, label: Label, line: Line) -> None:
    """Opens a provision, and those that begin on the same line: "§ 1. 1. Text"."""
    rest = line.text if line.label else label.rest
    _open(outline, label, line)
    inner = next((one for one in labels(rest) if _begins_within(outline, one, line)), None)
    if inner is not None and rest:
        _open_label(outline, inner, replace(line, label="", text=rest, blank_before=False))
    elif rest:
        outline.top.pieces.append(replace(line, text=rest, label=""))


def _begins_within(outline: Outline, label: Label, line: Line) -> bool:
    """Whether a second number on a line opens the first item of a list in the provision just opened."""
    if label.style.name not in ("1.", "1)", "a)") or not is_first(label):
        return False
    return outline.top.rank < (label.style.rank or 0) and not outline.is_open(_key(outline, label, line))


def _open(outline: Outline, label: Label, line: Line) -> None:
    key = _key(outline, label, line)
    at = outline.is_open(key)
    if at:
        del outline.stack[at:]
    elif label.style.name in PROVISIONS:
        _leave(outline, label.style.rank or 0)
    elif label.style.kind == "indent":
        if outline.top.rank == UNNUMBERED and not outline.top.last_text.endswith(":"):
            outline.stack.pop()
    elif outline.inside() and label.style.rank is not None:
        _leave(outline, label.style.rank)
    else:
        beside = line.heading or (outline.top.key == CAPITALS and in_capitals(label.rest))
        _leave(outline, _heading_rank(line) if beside else LIST)
    if label.style.name == "path":
        _leave_other_paths(outline, label)
    kind = label.style.kind if outline.inside() else label.style.outside
    rank = _rank(outline, label, line)
    num = line.label or label.num
    _push(outline, Draft(kind, num, label.style, label.value, key, rank))


def _leave(outline: Outline, rank: float) -> None:
    while outline.top is not outline.root and outline.top.rank >= rank:
        outline.stack.pop()


def _rank(outline: Outline, label: Label, line: Line) -> float:
    """Where it now stands. What has no rank of its own stands just below what it was found in."""
    ranked = label.style.kind == "indent" or label.style.name in PROVISIONS
    if ranked or (outline.inside() and label.style.rank):
        return label.style.rank or 0
    if line.heading:
        return max(_heading_rank(line), outline.top.rank + 0.01)
    if label.style.name in ("I.", "A.") and not outline.inside():
        return HEADED if outline.top.rank < HEADED else outline.top.rank + 0.01
    return max(outline.top.rank, 3.5) + 0.01


def _heading_rank(line: Line) -> float:
    return HEADED + min(line.heading, 9) / 20


def _prefix_at(outline: Outline, label: Label) -> int:
    """Where in the stack the outline number stands of which this is a part: "2.1" of "2."."""
    for at in range(len(outline.stack) - 1, 0, -1):
        draft = outline.stack[at]
        if draft.key[0] in ("1.", "path") and label.value.startswith(draft.value + "."):
            return at
    return 0


def _leave_other_paths(outline: Outline, label: Label) -> None:
    at = _prefix_at(outline, label)
    if at:
        del outline.stack[at + 1 :]
        return
    others = (at for at in range(1, len(outline.stack)) if outline.stack[at].key[0] in ("1.", "path"))
    first = next(others, 0)
    if first:
        del outline.stack[first:]


def _push(outline: Outline, draft: Draft) -> None:
    parent = outline.top
    if parent.closing:
        _take_back_closing(parent, draft)
    if draft.kind in ("attachment", "paragraph"):
        outline.last_section = draft if draft.kind == "paragraph" else None
    parent.children.append(draft)
    outline.stack.append(draft)


def _take_back_closing(parent: Draft, following: Draft) -> None:
    """What looked like the closing part has something after it: a dash within an item, or a passage."""
    last = parent.children[-1]
    while last.children:
        last = last.children[-1]
    if following.key == parent.children[-1].key and not last.closing:
        last.pieces += parent.closing
    else:
        parent.children.append(Draft("level", rank=UNNUMBERED, pieces=parent.closing))
    parent.closing = []


def _add_text(outline: Outline, line: Line) -> None:
    """Words without a number go to the innermost open provision, or open a passage of their own."""
    leaving = _leaves_for_passage(outline, line)
    if _is_heading(outline, line):
        rank = _heading_rank(line)
        _leave(outline, rank)
        style = replace(AUTOMATIC, name="heading")
        _push(outline, Draft("level", style=style, key=("heading", line.heading), rank=rank))
    elif leaving is not None:
        _leave(outline, leaving)
        _push(outline, Draft("level", rank=UNNUMBERED))
    top = outline.top
    outline.named = outline.named or (top is outline.root and find_kind([line]) is not None)
    (top.closing if top.closing else top.pieces).append(line)


def _leaves_for_passage(outline: Outline, line: Line) -> float | None:
    """The rank to leave for a passage of its own (a footnote, a signature, what follows a list); or None."""
    top = outline.top
    if line.role == NOTE:
        return 0
    if not outline.evidence.numbered:
        goes_on = top.pieces and continues(top.pieces[-1], line)
        return None if goes_on else LIST
    if line.role:
        return None
    if outline.inside():
        return 0 if is_closed(top.last_text) and SIGNATORY.match(line.text) else None
    after_list = top.rank >= LIST and line.blank_before and not line.text[:1].islower()
    return LIST if after_list else None


def _is_heading(outline: Outline, line: Line) -> bool:
    """A heading style of the word processor, or capitals where the document's headings are in capitals."""
    waiting = outline.top.style is not None and not outline.top.pieces
    if line.role or waiting or not (outline.begun or outline.root.pieces or outline.titled):
        return False
    if line.heading:
        return True
    if outline.evidence.legal or not outline.evidence.numbered or not line.blank_before:
        return False
    outermost = outline.stack[1] if len(outline.stack) > 1 else outline.root
    headed = outermost.pieces if outermost is outline.root else outermost.pieces[:1]
    return in_capitals(line.text) and any(in_capitals(piece.text) for piece in headed)
