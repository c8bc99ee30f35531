"""What an amending resolution says of an act: which passages read otherwise, are repealed, are
added, in the formulas of legislative drafting.

Source: Principles of Legislative Technique, §§ 82-90. The wordings are the caller's, so that the
formulas stand in any language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from splot.documents.amending import TRAILING_PUNCTUATION
from splot.documents.eids import assign_eids
from splot.documents.tree import (
    CITATION_FORMATS,
    JUSTIFICATION,
    SIGNATURE,
    Document,
    Node,
    bare_number,
    citation_of,
)
from splot.documents.typesetting.provisions import annex_heading

Wordings = Mapping[str, str]
NodePath = tuple[Node, ...]
PASSED_ONLY = (SIGNATURE, JUSTIFICATION)
MARKS = {";": "semicolon", ",": "comma"}


def without_passed_only(document: Document) -> Document:
    """A copy without what belongs to the act as it was passed alone: the line for the signature and
    the justification.
    """
    copy = deepcopy(document)
    copy.nodes = [node for node in copy.nodes if node.ref not in PASSED_ONLY]
    return copy


def amending_points(base: Document, amended: Document, wordings: Wordings) -> list[Node]:
    """A point for each change that leads from one text to the other, in reading order.

    `wordings` are those of an act (`splot.catalogue.queries.act_wordings`).
    """
    return _Comparison(base, amended, wordings).points()


@dataclass(slots=True)
class _Place:
    """Where a passage stands, as formulas say it: "w {within} {own} otrzymuje brzmienie"."""

    own: str
    within: str = ""

    @property
    def whole(self) -> str:
        return f"{self.within} {self.own}".strip()


@dataclass
class _Comparison:
    base: Document
    amended: Document
    wordings: Wordings
    old: dict[str, Node] = field(init=False)
    sections: list[Node] = field(init=False)

    def __post_init__(self) -> None:
        self.base = without_passed_only(self.base)
        self.amended = without_passed_only(self.amended)
        assign_eids(self.base.nodes)
        assign_eids(self.amended.nodes)
        self.old = {node.eid: node for node, __ in self.base.walk()}
        self.sections = []
        for node, __ in self.amended.walk():
            if node.kind in ("paragraph", "article"):
                self.sections.append(node)

    def points(self) -> list[Node]:
        sentences: list[str] = []
        settled: set[int] = set()  # those with all that stands in them
        for node, ancestors in self.amended.walk():
            if any(id(above) in settled for above in ancestors):
                continue
            before = self.old.get(node.eid)
            if before is None:
                sentences.append(self._added((*ancestors, node)))
                settled.add(id(node))
            elif self._is_repealed(node) and not self._is_repealed(before):
                sentences.append(self._repealed((*ancestors, node)))
            elif _own_list(node) != _own_list(before):
                sentences.append(self._reworded((*ancestors, node), whole=True))
                settled.add(id(node))
            else:
                sentences += self._changes_of(before, (*ancestors, node))
        return [Node("point", text=sentence) for sentence in sentences]

    def _is_repealed(self, node: Node) -> bool:
        return TRAILING_PUNCTUATION.sub("", node.text) == self.wordings["repealed"]

    def _changes_of(self, before: Node, path: NodePath) -> Iterator[str]:
        """What changed of the words of one passage, not of those that stand within it."""
        node = path[-1]
        if _heading_of(before) != _heading_of(node):
            quoted = self._quote(_heading_of(node))
            yield self._say("heading_reads_now", quoted, place=self._place(path).whole)
        if before.text == node.text and before.closing == node.closing:
            return
        mark = MARKS.get(node.text[-1:], "")
        if mark and before.text.endswith(".") and before.text[:-1] == node.text[:-1]:
            word = self.wordings[mark]
            yield self._say("full_stop_replaced", place=self._place(path).whole, mark=word)
            return
        yield self._reworded(path, whole=not node.children)

    def _reworded(self, path: NodePath, *, whole: bool) -> str:
        node, place = path[-1], self._place(path)
        if not whole:
            quoted = self._quote(node.text)
            return self._say("list_opening_reads_now", quoted, place=place.whole)
        quoted = self._quote(*_printed_lines(node))
        return self._say_of("reads_now", place, quoted)

    def _repealed(self, path: NodePath) -> str:
        return self._say_of("is_repealed", self._place(path))

    def _added(self, path: NodePath) -> str:
        node, place = path[-1], self._place(path)
        quoted = self._quote(*_printed_lines(node))
        siblings = path[-2].children if len(path) > 1 else self.amended.nodes
        if node in self.sections:
            siblings = self.sections
        at = next(at for at, sibling in enumerate(siblings) if sibling is node)
        if not at or siblings[at - 1].kind != node.kind:
            return self._say_of("is_added_first", place, quoted)
        before = self._step(siblings[at - 1], within=True)
        return self._say_of("is_added", place, quoted, before=before)

    def _place(self, path: NodePath) -> _Place:
        """A passage by its own mark, and by the passages and the annex that it stands in."""
        annex = next((node for node in path if node.kind == "attachment"), None)
        named = self._annex_name(annex) if annex else ""
        if path[-1] is annex:
            return _Place(named)
        inner = [node for node in path if node is not annex]
        own = self._step(inner[-1])
        whole = citation_of(inner)
        within = whole.removesuffix(own).strip(" ,") if whole.endswith(own) else ""
        if named and within:
            within = self.wordings["in_annex_within"].format(annex=named, within=within)
        return _Place(own, within or named)

    def _annex_name(self, annex: Node) -> str:
        number = bare_number(annex.num)
        mark = self.wordings["number"].format(number=number) if number.isdigit() else ""
        return self.wordings["in_annex"].format(number=f" {mark}" if mark else "")

    def _step(self, node: Node, *, within: bool = False) -> str:
        if node.kind == "chapter":
            wording = self.wordings["chapter_within" if within else "chapter_named"]
            return wording.format(number=bare_number(node.num) or node.heading)
        if node.kind in CITATION_FORMATS and node.kind != "indent":
            return CITATION_FORMATS[node.kind].format(bare_number(node.num))
        return citation_of([node])

    def _say_of(self, formula: str, place: _Place, quoted: str = "", **values: str) -> str:
        if place.within:
            formula, values = f"{formula}_within", {**values, "within": place.within}
        return self._say(formula, quoted, place=place.own, **values)

    def _say(self, formula: str, quoted: str = "", **values: str) -> str:
        sentence = self.wordings[formula].format(**values)
        return f"{sentence}\n{quoted}" if quoted else sentence

    def _quote(self, *lines: str) -> str:
        return self.wordings["quoted"].format(words="\n".join(lines))


def _heading_of(node: Node) -> str:
    """A heading; of an annex the title alone, without the act that it belongs to."""
    return annex_heading(node)[1] if node.kind == "attachment" else node.heading


def _own_list(node: Node) -> list[str]:
    """The items of a list that is a part of one passage's words, and no passages of their own."""
    inner = [below for below, __ in Document(nodes=node.children).walk()]
    if any(below.ref for below in inner):
        return []
    return [f"{below.num} {below.text}" for below in inner]


def _printed_lines(node: Node) -> list[str]:
    """A passage with all that stands in it, a line for each number."""
    lines: list[str] = []
    waiting: list[Node | str] = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            lines.append(item)
            continue
        if item.kind == "chapter":
            lines += filter(None, [item.num, item.heading, item.text])
        elif item.num or item.heading or item.text:
            lines.append(" ".join(filter(None, [item.num, item.heading, item.text])))
        waiting += [item.closing] if item.closing else []
        waiting += reversed(item.children)
    return _join_first_numbers(lines)


def _join_first_numbers(lines: Sequence[str]) -> list[str]:
    """ "§ 4." and "1. Words" on one line, as acts print them."""
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1].startswith("§") and " " not in joined[-1].removeprefix("§ "):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined
