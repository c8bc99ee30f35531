"""Which passage of one version is which of the other."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from splot.documents.tree import Document, Node, citation_of

WORD = re.compile(r"\w+")
MIN_SIMILARITY = 0.3  # share of common words below which nothing makes two passages one
# what the share must be together with BESIDE, the weight of standing in the same place
SCORE_THRESHOLD = 0.5
SAME_PLACE_BONUS = 0.2
OTHER_KIND_PENALTY = -0.15
HALF_EMPTY_WEIGHT = 0.5  # a child's vote for one that got its first words, or lost them
MAX_RARE_WORDS = 16  # the words of a passage by which similar ones are looked for
MAX_WORD_FREQUENCY = 60  # a word that stands in more passages leads to none
MAX_CANDIDATES = 8  # passages that are weighed for each
MAX_ROUNDS = 3  # a match tells where its neighbours stand
DIVISIONS = ("chapter", "attachment")  # never become a provision


@dataclass(slots=True, eq=False)
class ComparedPassage:
    """A node at its place in reading order: `parent` is a place too (-1: none), `end` its last
    descendant's.
    """

    at: int
    node: Node
    parent: int
    before: int  # the sibling before it, or -1
    depth: int
    place: str
    own: str  # kind and words, white space aside; "" for a passage without words of its own
    words: frozenset[str]
    tree: int = 0  # a hash of its words and of all below it
    end: int = 0


def index_passages(document: Document) -> list[ComparedPassage]:
    """Every passage of a document in reading order."""
    found: list[ComparedPassage] = []
    places: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, (node, above) in enumerate(document.walk()):
        parent = places[id(above[-1])] if above else -1
        words = " ".join(f"{node.heading} {node.text} {node.closing}".split())
        bag = frozenset(WORD.findall(words.lower())) or frozenset(words.split())
        own = f"{node.kind} {words}" if words else ""
        before = last.get(parent, -1)
        found.append(
            ComparedPassage(
                at, node, parent, before, len(above), citation_of((*above, node)), own, bag, end=at
            )
        )
        places[id(node)] = last[parent] = at
    below: dict[int, list[int]] = {}
    for one in reversed(found):
        one.tree = hash((one.node.kind, one.own, tuple(below.pop(one.at, ()))))
        if one.parent >= 0:
            below.setdefault(one.parent, []).append(one.tree)
            found[one.parent].end = max(found[one.parent].end, one.end)
    return found


class Matching:
    """Pairs of passages, each of at most one pair. `new_of` and `old_of` are places by place."""

    def __init__(self, old: list[ComparedPassage], new: list[ComparedPassage]):
        self.old, self.new = old, new
        self.new_of: dict[int, int] = {-1: -1}  # what stands above the outermost
        self.old_of: dict[int, int] = {-1: -1}

    def match(self) -> Matching:
        """By ref; by equal words, with what stands around them deciding between equals; by similar
        words.
        """
        self._by(lambda one, _parent: one.node.ref)
        self._by(lambda one, parent: (one.tree, one.node.num, parent))
        self._by(lambda one, _parent: one.tree if one.words or one.end > one.at else None)
        self._by(lambda one, parent: (one.own, one.node.num, parent) if one.own else None)
        self._by(lambda one, parent: (one.own, parent) if one.own else None)
        self._by(lambda one, _parent: one.own, fewest=True)
        for _round in range(MAX_ROUNDS):
            if not self._take(self._similar()):
                break
        while self._take(self._by_children()):
            pass
        self._take(self._empty())
        return self

    def _may(self, one: ComparedPassage, other: ComparedPassage) -> bool:
        """Neither has a partner, their refs do not say that they differ, nor do their kinds."""
        kinds = {one.node.kind, other.node.kind}
        return (
            one.at not in self.new_of
            and other.at not in self.old_of
            and (not (one.node.ref and other.node.ref) or one.node.ref == other.node.ref)
            and (len(kinds) == 1 or not kinds.intersection(DIVISIONS))
        )

    def _pair(self, one: ComparedPassage, other: ComparedPassage) -> bool:
        if allowed := self._may(one, other):
            self.new_of[one.at] = other.at
            self.old_of[other.at] = one.at
        return allowed

    def _free(self) -> tuple[list[ComparedPassage], list[ComparedPassage]]:
        olds = [one for one in self.old if one.at not in self.new_of]
        return olds, [one for one in self.new if one.at not in self.old_of]

    def _by(
        self, key: Callable[[ComparedPassage, Hashable], Hashable], *, fewest: bool = False
    ) -> None:
        """Pairs those with an equal key, in reading order, if there are as many of them on either
        side.

        The key is asked with what the parent is known by: its pair, or its words. fewest: pair also
        where one side has more of them.
        """
        groups: dict[Hashable, tuple[list[ComparedPassage], list[ComparedPassage]]] = {}
        olds, news = self._free()
        for side, (ones, all_, pairs) in enumerate(
            ((olds, self.old, self.new_of), (news, self.new, self.old_of))
        ):
            for one in ones:
                known: Hashable = (
                    (one.parent if side else pairs[one.parent]) if one.parent in pairs else None
                )
                if value := key(one, all_[one.parent].own if known is None else known):
                    groups.setdefault(value, ([], []))[side].append(one)
        for ones, others in groups.values():
            if fewest or len(ones) == len(others):
                for one, other in zip(ones, others, strict=False):
                    self._pair(one, other)

    def _take(self, scored: Iterable[tuple[float, ComparedPassage, ComparedPassage]]) -> bool:
        """Pairs the best first, the nearest of equals; both versions are treated alike."""
        ranked = sorted(
            scored, key=lambda found: (-found[0], abs(found[1].at - found[2].at), found[1].at)
        )
        return any([self._pair(one, other) for _score, one, other in ranked])

    def _similar(self) -> list[tuple[float, ComparedPassage, ComparedPassage]]:
        olds, news = self._free()
        olds, news = [one for one in olds if one.words], [one for one in news if one.words]
        often = Counter(word for one in (*olds, *news) for word in one.words)
        beside = self._beside(olds, news)
        found = set(beside)
        found.update(_candidate_pairs(olds, news, often))
        found.update((one, other) for other, one in _candidate_pairs(news, olds, often))
        scored = []
        for at_old, at_new in found:
            one, other = self.old[at_old], self.new[at_new]
            alike = 2 * len(one.words & other.words) / (len(one.words) + len(other.words))
            score = (
                alike
                + SAME_PLACE_BONUS * ((at_old, at_new) in beside)
                + OTHER_KIND_PENALTY * (one.node.kind != other.node.kind)
            )
            if alike >= MIN_SIMILARITY and score >= SCORE_THRESHOLD and self._may(one, other):
                scored.append((score, one, other))
        return scored

    def _beside(
        self, olds: list[ComparedPassage], news: list[ComparedPassage]
    ) -> set[tuple[int, int]]:
        """Places of those with one number, or that stand before or after the same passage."""
        places = {one.place: one.at for one in news}
        before = {
            (one.before, one.parent) if one.before < 0 else one.before: one.at for one in news
        }
        following = {one.before: one.at for one in self.old if one.before >= 0}
        found = {(one.at, places[one.place]) for one in olds if one.place in places}
        for one in olds:
            if one.before < 0 and one.parent in self.new_of:
                answer = before.get((-1, self.new_of[one.parent]))
            else:
                answer = before.get(self.new_of.get(one.before, -2))
            if answer is not None:
                found.add((one.at, answer))
            after = self.new_of.get(following.get(one.at, -2), -2)
            if after >= 0 and self.new[after].before >= 0:
                found.add((one.at, self.new[after].before))
        return found

    def _by_children(self) -> list[tuple[float, ComparedPassage, ComparedPassage]]:
        """What has no words of its own in a version is known by what stands below it."""
        votes = Counter(
            (self.old[at].parent, self.new[answer].parent)
            for at, answer in self.new_of.items()
            if at >= 0
        )
        pairs = (
            (count, self.old[one], self.new[other])
            for (one, other), count in votes.items()
            if min(one, other) >= 0
        )
        return [
            (count * HALF_EMPTY_WEIGHT if one.words or other.words else count, one, other)
            for count, one, other in pairs
            if one.node.kind == other.node.kind
            and not (one.words and other.words)
            and self._may(one, other)
        ]

    def _empty(self) -> list[tuple[float, ComparedPassage, ComparedPassage]]:
        """Without any words, a passage is its number."""
        olds, news = self._free()
        places = {(one.place, one.node.kind): one for one in news if not one.words}
        keys = ((one, (one.place, one.node.kind)) for one in olds if not one.words)
        return [(1, one, places[key]) for one, key in keys if key in places]


def _candidate_pairs(
    ones: list[ComparedPassage], others: list[ComparedPassage], often: Counter[str]
) -> Iterable[tuple[int, int]]:
    """Places of those that share rare words, a few for each of the first list: never all pairs."""
    holding: dict[str, list[int]] = {}
    for other in others:
        for word in other.words:
            if often[word] <= MAX_WORD_FREQUENCY:
                holding.setdefault(word, []).append(other.at)
    for one in ones:
        rare = heapq.nsmallest(
            MAX_RARE_WORDS, (word for word in one.words if word in holding), lambda w: (often[w], w)
        )
        shared = Counter(at for word in rare for at in holding[word])
        for at, _count in heapq.nsmallest(
            MAX_CANDIDATES, shared.items(), lambda item: (-item[1], item[0])
        ):
            yield one.at, at
