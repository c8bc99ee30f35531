"""Which provisions of a document a mention means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from splot.documents.references.parsing import Mention, NumberSpan, Step, parse_all_mentions
from splot.documents.references.patterns import STEP_KINDS
from splot.documents.tree import Document, Node, bare_number

AMENDING_WORDS = re.compile(
    r"wprowadza się|otrzymuje brzmienie|zmian\w* w|w uchwale|amended|shall read|the resolution no",
    re.I,
)
TEXT_FIELDS = ("heading", "text", "closing")

NodePath = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A number by which a text names a provision of its own document.

    `part` ("heading", "text" or "closing") of `node` names it from `start` to `end`. `target` is
    the eId of the provision, or None where there is none. A range gives two, its first and its
    last.
    """

    node: Node
    part: str
    start: int
    end: int
    target: str | None


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """What a mention means: the provision by each number, None where there is none.

    `inherited`: it was read together with the mention before. `ambiguous`: another reading leads
    elsewhere, or the number is printed twice.
    """

    targets: dict[NumberSpan, Node | None]
    inherited: bool = False
    ambiguous: bool = False


class ProvisionIndex:
    """The provisions of a document by what they are called. The eIds are assigned."""

    def __init__(self, document: Document):
        self.paths: dict[str, NodePath] = {}
        self.named: dict[tuple, list[Node]] = {}
        self.rows: dict[tuple, list[str]] = {}
        self.articles = False
        for node, above in document.walk():
            path = (*above, node)
            self.paths[node.eid] = path
            self.articles = self.articles or node.kind == "article"
            if node.kind in STEP_KINDS or node.kind in ("chapter", "attachment"):
                scope = "" if node.kind == "attachment" else scope_of(path)
                self.named.setdefault((scope, *steps_of(path)), []).append(node)
                self.rows.setdefault(_row_key(path), []).append(node.eid)

    def between(self, first: NodePath, last: NodePath) -> list[str]:
        """The eIds from one provision to another of the same list, which may run on across
        chapters.
        """
        row = self.rows.get(_row_key(first), [])
        start, end = first[-1].eid, last[-1].eid
        return row[row.index(start) : row.index(end) + 1] if start in row and end in row else []

    def lookup(self, steps: tuple[Step, ...], path: NodePath, annex: str = "") -> list[Node]:
        """The provisions so called by a passage: in its own annex before the act, or in the annex
        named.

        steps: from the first that is named; what is missing above it is where the passage stands.
        """
        kind = steps[0][0]
        if kind == "attachment":
            return self.named.get(("", *steps), [])
        if annex:
            annexes = self.named.get(("", ("attachment", annex)), [])
            return self.named.get((annexes[0].eid, *steps), []) if annexes else []
        full = (*self.steps_around(kind, path), *steps)
        return self.named.get((scope_of(path), *full)) or self.named.get(("", *full), [])

    def steps_around(self, kind: str, path: NodePath) -> tuple[Step, ...]:
        """What stands above a provision of this kind where a passage names it without more."""
        if kind not in STEP_KINDS:
            return ()
        outside = STEP_KINDS[: STEP_KINDS.index(kind)]
        return tuple(step for step in steps_of(path) if step[0] in outside)

    def can_mean(self, mention: Mention, path: NodePath) -> bool:
        """Whether there is something above the first step: in an outline "pkt 3" may mean
        anything.
        """
        kind = mention.inherited[0][0] if mention.inherited else mention.kinds[0]
        if kind not in STEP_KINDS[2:]:
            return True
        above = STEP_KINDS[: STEP_KINDS.index(kind)]
        return not mention.annex and any(outer in above for outer, _number in steps_of(path))

    def meaning(self, mention: Mention, path: NodePath) -> ResolvedMention:
        """What a mention in a passage means; read with the mention before it where that leads
        somewhere.
        """
        first = mention.steps(mention.items[0].first)
        alone = self.lookup(first, path, mention.annex)
        joined: list[Node] = []
        if mention.inherited:
            joined = self.lookup((*mention.inherited, *first), path, mention.annex)
        taken = mention.inherited if joined else ()
        targets: dict[NumberSpan, Node | None] = {}
        ambiguous = bool(alone and joined and alone != joined)
        for item in mention.items:
            for number in item.numbers:
                nodes = self.lookup((*taken, *mention.steps(number)), path, mention.annex)
                ambiguous = ambiguous or len(nodes) > 1
                targets[number] = nodes[0] if nodes else None
        return ResolvedMention(targets, bool(joined), ambiguous)


def scope_of(path: NodePath) -> str:
    """The eId of the annex that a path leads into, "" in the act itself."""
    return path[0].eid if path and path[0].kind == "attachment" else ""


def _row_key(path: NodePath) -> tuple:
    *outer, (kind, _number) = steps_of(path)
    return (scope_of(path), *outer, kind)


def steps_of(path: NodePath) -> tuple[Step, ...]:
    """A path as its kinds and numbers; an annex and a chapter are their own, everything else does
    without.
    """
    if path and path[-1].kind in ("chapter", "attachment"):
        return ((path[-1].kind, bare_number(path[-1].num)),)
    return tuple((node.kind, number_of(node)) for node in path if node.kind in STEP_KINDS)


def number_of(node: Node) -> str:
    """The number by which a provision is cited; dashes count by their place."""
    return node.eid.rsplit("_", 1)[-1] if node.kind == "indent" else bare_number(node.num)


def is_amending(path: NodePath) -> bool:
    """Whether a passage speaks of the numbers of another act, which it changes."""
    return any(AMENDING_WORDS.search(node.text) for node in path)


def find_references(document: Document) -> list[Reference]:
    """Every reference of a document to its own provisions, in reading order. The eIds are assigned.

    References to other acts, in quotations and in provisions that amend are not among them.
    """
    index = ProvisionIndex(document)
    references: list[Reference] = []
    for path in index.paths.values():
        if not is_amending(path):
            for part in TEXT_FIELDS:
                references += _references_in(index, path, part)
    return references


def _references_in(index: ProvisionIndex, path: NodePath, part: str) -> Iterator[Reference]:
    text = getattr(path[-1], part)
    for mention in parse_all_mentions(text, index.articles):
        if (mention.other_act and not mention.annex) or not index.can_mean(mention, path):
            continue
        targets = index.meaning(mention, path).targets
        for item in mention.items:
            for number in item.numbers if item.sure else ():
                start = mention.start if number is mention.items[0].first else number.start
                target = targets[number]
                yield Reference(path[-1], part, start, number.end, target.eid if target else None)
