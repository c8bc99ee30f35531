"""The provisions that are open while a document is read, and how one is opened or left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from splot.documents.readers.evidence import Evidence
from splot.documents.readers.lines import SourceLine
from splot.documents.readers.number_order import is_successor, value_sort_key
from splot.documents.readers.numbering import PATH, PROVISIONS, Label
from splot.documents.readers.paragraphs import DraftNode

LIST_RANK = 7  # the rank of dashes
TABLE_RANK = 9
UNNUMBERED_RANK = 8  # deeper than any rank: every number closes an unnumbered passage
# an unnumbered heading, or a roman numeral above the §§, stands between chapter and article
HEADING_RANK = 1.5
DEEPEST_LIST = 8


@dataclass(slots=True)
class Outline:
    """The open provisions, the outermost first. The root's own lines are what precedes the first.

    titled: the title was taken off beforehand. named: the line with the kind of act has passed.
    last_section: the § before, wherever it stood in its annex.
    """

    evidence: Evidence
    titled: bool = False
    named: bool = False
    last_section: DraftNode | None = None
    root: DraftNode = field(default_factory=lambda: DraftNode("root", rank=-1))
    stack: list[DraftNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stack.append(self.root)

    @property
    def top(self) -> DraftNode:
        """The provision to which the next words belong."""
        return self.stack[-1]

    @property
    def begun(self) -> bool:
        """Whether the first provision has been met."""
        return bool(self.root.children)

    @property
    def can_hold_passages(self) -> bool:
        """Whether the title block has begun: its first line opens no passage."""
        return self.begun or self.titled or bool(self.root.pieces)

    @property
    def announces_list(self) -> bool:
        """Whether the open passage ends in a colon or heads a list: what comes next belongs in
        it.
        """
        if self.top.rank != UNNUMBERED_RANK or not self.top.pieces:
            return False
        return self.top.last_text.endswith(":") or self.top.pieces[-1].heads_list

    def inside(self) -> bool:
        """Whether a § or an article is open."""
        return any(draft.kind in ("article", "paragraph") for draft in self.stack)

    def is_open(self, key: tuple[str, int], label: Label | None = None) -> int:
        """The place in the stack of an open list of this key: the innermost in which the label is
        due, else the innermost; 0 when there is none.
        """
        places = [at for at in range(len(self.stack) - 1, 0, -1) if self.stack[at].key == key]
        for at in places:
            if label and is_successor(label.style, self.stack[at].value, label.value):
                return at
        return next(iter(places), 0)

    def prefix_of(self, label: Label) -> int:
        """The place in the stack of the outline number of which this one is a part: "2." of "2.1",
        "Priorytet 2" of "Cel 2.1"; or 0.
        """
        for at in range(len(self.stack) - 1, 0, -1):
            draft = self.stack[at]
            if draft.value and draft.kind == "level" and label.value.startswith(f"{draft.value}."):
                return at
        return 0

    def complete(self, label: Label) -> Label:
        """A number of an outline that was printed without its beginning, with it: "A.1.I" below
        "1.A.1" is 1.A.1.I.
        """
        if label.style.name != "path" or label.value[0].isdigit() or self.prefix_of(label):
            return label
        for draft in reversed(self.stack[1:]):
            if draft.key[0] != "path":
                continue
            start, __, end = draft.value.partition(".")
            if start and label.value.startswith(f"{end}.") and not end[:1].isdigit():
                return replace(label, value=f"{start}.{label.value}")
        return label

    def leave(self, rank: float) -> None:
        """Closes everything that stands at this rank or deeper."""
        while self.top is not self.root and self.top.rank >= rank:
            self.stack.pop()

    def close(self, line: SourceLine) -> None:
        """The common closing words of the list that ends so many provisions above the open one."""
        del self.stack[max(len(self.stack) - (line.closes or 0), 1) :]
        in_list = self.begun and self.top is not self.root
        (self.top.closing if in_list else self.top.pieces).append(line)

    def add_row(self, line: SourceLine) -> None:
        """A row of the open table, or the first of a table in the open provision."""
        if self.top.kind != "table" or line.opens_table:
            self.leave(TABLE_RANK)
            self.push(DraftNode("table", rank=TABLE_RANK))
        self.top.pieces.append(line)

    def push(self, draft: DraftNode) -> None:
        """Opens a provision within the innermost one."""
        parent = self.top
        if parent.closing:
            _reassign_closing(parent, draft)
        if draft.kind in ("attachment", "paragraph"):
            self.last_section = draft if draft.kind == "paragraph" else None
        parent.children.append(draft)
        self.stack.append(draft)


def list_key_of(outline: Outline, label: Label, line: SourceLine) -> tuple[str, int]:
    """Lists of one key are one list: a style, and its depth where the word processor knows it."""
    depth = min(line.depth, DEEPEST_LIST)
    if label.style.values == PATH:
        return label.style.name, len(value_sort_key(label.style, label.value))
    loose = label.style.kind == "indent" or not outline.inside()
    return label.style.name, depth if loose and label.style.name not in PROVISIONS else 0


def _reassign_closing(parent: DraftNode, following: DraftNode) -> None:
    """What looked like the closing part has something after it: a dash within an item, or a
    passage.
    """
    last = parent.children[-1]
    while last.children and not last.closing:
        last = last.children[-1]
    if following.key == parent.children[-1].key:
        (last.closing if last.closing else last.pieces).extend(parent.closing)
    else:
        parent.children.append(DraftNode("level", rank=UNNUMBERED_RANK, pieces=parent.closing))
    parent.closing = []
