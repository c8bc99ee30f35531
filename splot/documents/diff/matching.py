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

    @property
    def is_empty(self) -> bool:
        """Whether it has no words of its own and nothing below it."""
        return not self.words and self.end == self.at


def index_passages(document: Document) -> list[ComparedPassage]:
    """Every passage of a document in reading order."""
    passages: list[ComparedPassage] = []
    places: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, (node, above) in enumerate(document.walk()):
        parent = places[id(above[-1])] if above else -1
        words = " ".join(f"{node.heading} {node.text} {node.closing}".split())
        bag = frozenset(WORD.findall(words.lower())) or frozenset(words.split())
        own = f"{node.kind} {words}" if words else ""
        before = last.get(parent, -1)
        place = citation_of((*above, node))
        passages.append(
            ComparedPassage(at, node, parent, before, len(above), place, own, bag, end=at)
        )
        places[id(node)] = last[parent] = at
    below: dict[int, list[int]] = {}
    for passage in reversed(passages):
        children = tuple(below.pop(passage.at, ()))
        passage.tree = hash((passage.node.kind, passage.own, children))
        if passage.parent >= 0:
            below.setdefault(passage.parent, []).append(passage.tree)
            parent_passage = passages[passage.parent]
            parent_passage.end = max(parent_passage.end, passage.end)
    return passages


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
        self._by(lambda passage, _parent: passage.node.ref)
        self._by(lambda passage, parent: (passage.tree, passage.node.num, parent))
        self._by(lambda passage, _parent: None if passage.is_empty else passage.tree)
        self._by(lambda passage, parent: passage.own and (passage.own, passage.node.num, parent))
        self._by(lambda passage, parent: passage.own and (passage.own, parent))
        self._by(lambda passage, _parent: passage.own, fewest=True)
        for _round in range(MAX_ROUNDS):
            if not self._take(self._similar()):
                break
        while self._take(self._by_children()):
            pass
        self._take(self._empty())
        return self

    def _may(self, old: ComparedPassage, new: ComparedPassage) -> bool:
        """Neither has a partner, their refs do not say that they differ, nor do their kinds."""
        kinds = {old.node.kind, new.node.kind}
        return (
            old.at not in self.new_of
            and new.at not in self.old_of
            and (not (old.node.ref and new.node.ref) or old.node.ref == new.node.ref)
            and (len(kinds) == 1 or not kinds.intersection(DIVISIONS))
        )

    def _pair(self, old: ComparedPassage, new: ComparedPassage) -> bool:
        if allowed := self._may(old, new):
            self.new_of[old.at] = new.at
            self.old_of[new.at] = old.at
        return allowed

    def _free(self) -> tuple[list[ComparedPassage], list[ComparedPassage]]:
        olds = [passage for passage in self.old if passage.at not in self.new_of]
        news = [passage for passage in self.new if passage.at not in self.old_of]
        return olds, news

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
        for old in olds:
            # a parent that has a pair is known by its place in the new version
            parent: Hashable = self.new_of.get(old.parent)
            if value := key(old, self.old[old.parent].own if parent is None else parent):
                groups.setdefault(value, ([], []))[0].append(old)
        for new in news:
            parent = new.parent if new.parent in self.old_of else self.new[new.parent].own
            if value := key(new, parent):
                groups.setdefault(value, ([], []))[1].append(new)
        for same_olds, same_news in groups.values():
            if fewest or len(same_olds) == len(same_news):
                for old, new in zip(same_olds, same_news, strict=False):
                    self._pair(old, new)

    def _take(self, scored: Iterable[tuple[float, ComparedPassage, ComparedPassage]]) -> bool:
        """Pairs the best first, the nearest of equals; both versions are treated alike."""

        def rank(pair: tuple[float, ComparedPassage, ComparedPassage]) -> tuple[float, int, int]:
            score, old, new = pair
            return -score, abs(old.at - new.at), old.at

        paired = False
        for _score, old, new in sorted(scored, key=rank):
            paired = self._pair(old, new) or paired
        return paired

    def _similar(self) -> list[tuple[float, ComparedPassage, ComparedPassage]]:
        olds, news = self._free()
        olds = [passage for passage in olds if passage.words]
        news = [passage for passage in news if passage.words]
        often: Counter[str] = Counter()
        for passage in (*olds, *news):
            often.update(passage.words)
        beside = self._beside(olds, news)
        candidates = set(beside)
        candidates.update(_candidate_pairs(olds, news, often))
        for at_new, at_old in _candidate_pairs(news, olds, often):
            candidates.add((at_old, at_new))
        scored = []
        for at_old, at_new in candidates:
            old, new = self.old[at_old], self.new[at_new]
            alike = 2 * len(old.words & new.words) / (len(old.words) + len(new.words))
            score = (
                alike
                + SAME_PLACE_BONUS * ((at_old, at_new) in beside)
                + OTHER_KIND_PENALTY * (old.node.kind != new.node.kind)
            )
            if alike >= MIN_SIMILARITY and score >= SCORE_THRESHOLD and self._may(old, new):
                scored.append((score, old, new))
        return scored

    def _beside(
        self, olds: list[ComparedPassage], news: list[ComparedPassage]
    ) -> set[tuple[int, int]]:
        """Places of those with one number, or that stand before or after the same passage."""
        places = {new.place: new.at for new in news}
        first_children: dict[int, int] = {}  # by the parent
        followers: dict[int, int] = {}  # by the sibling before it
        for new in news:
            if new.before < 0:
                first_children[new.parent] = new.at
            else:
                followers[new.before] = new.at
        following = {old.before: old.at for old in self.old if old.before >= 0}
        pairs = {(old.at, places[old.place]) for old in olds if old.place in places}
        for old in olds:
            if old.before < 0 and old.parent in self.new_of:
                answer = first_children.get(self.new_of[old.parent])
            else:
                answer = followers.get(self.new_of.get(old.before, -2))
            if answer is not None:
                pairs.add((old.at, answer))
            after = self.new_of.get(following.get(old.at, -2), -2)
            if after >= 0 and self.new[after].before >= 0:
                pairs.add((old.at, self.new[after].before))
        return pairs

    def _by_children(self) -> list[tuple[float, ComparedPassage, ComparedPassage]]:
        """What has no words of its own in a version is known by what stands below it."""
        votes: Counter[tuple[int, int]] = Counter()
        for at_old, at_new in self.new_of.items():
            if at_old >= 0:
                votes[self.old[at_old].parent, self.new[at_new].parent] += 1
        scored: list[tuple[float, ComparedPassage, ComparedPassage]] = []
        for (at_old, at_new), count in votes.items():
            if min(at_old, at_new) < 0:
                continue
            old, new = self.old[at_old], self.new[at_new]
            if old.node.kind != new.node.kind or (old.words and new.words):
                continue
            if self._may(old, new):
                weight = HALF_EMPTY_WEIGHT if old.words or new.words else 1
                scored.append((count * weight, old, new))
        return scored

    def _empty(self) -> list[tuple[float, ComparedPassage, ComparedPassage]]:
        """Without any words, a passage is its number."""
        olds, news = self._free()
        by_number = {(new.place, new.node.kind): new for new in news if not new.words}
        scored: list[tuple[float, ComparedPassage, ComparedPassage]] = []
        for old in olds:
            number = (old.place, old.node.kind)
            if not old.words and number in by_number:
                scored.append((1, old, by_number[number]))
        return scored


def _candidate_pairs(
    ones: list[ComparedPassage], others: list[ComparedPassage], often: Counter[str]
) -> Iterable[tuple[int, int]]:
    """Places of those that share rare words, a few for each of the first list: never all pairs."""
    holding: dict[str, list[int]] = {}
    for other in others:
        for word in other.words:
            if often[word] <= MAX_WORD_FREQUENCY:
                holding.setdefault(word, []).append(other.at)
    for passage in ones:
        words = [word for word in passage.words if word in holding]
        shared: Counter[int] = Counter()
        for word in heapq.nsmallest(MAX_RARE_WORDS, words, lambda word: (often[word], word)):
            shared.update(holding[word])
        nearest = heapq.nsmallest(MAX_CANDIDATES, shared.items(), lambda item: (-item[1], item[0]))
        for at, _count in nearest:
            yield passage.at, at
