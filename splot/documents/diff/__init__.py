"""Compares two versions of a document passage by passage."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from splot.documents.diff.matching import ComparedPassage, Matching, index_passages
from splot.documents.diff.text_diff import ADDED, REMOVED, SAME, DiffSegment, diff_text
from splot.documents.tree import Document, Node

REWORDED, MOVED, MOVED_REWORDED = "reworded", "moved", "moved-reworded"
KINDS = (SAME, ADDED, REMOVED, REWORDED, MOVED, MOVED_REWORDED)

__all__ = [
    "ADDED",
    "KINDS",
    "MOVED",
    "MOVED_REWORDED",
    "REMOVED",
    "REWORDED",
    "SAME",
    "Comparison",
    "DiffSegment",
    "PassageChange",
    "compare_documents",
    "diff_text",
]


@dataclass(frozen=True)
class PassageChange:
    """What became of one passage: one of KINDS, apart from its number.

    `old` or `new` is None, and its place "", where that version does not have the passage. `depth`
    is how many passages stand above it, in the new version if it is there. `renumbered` says that
    its number or one above it changed. The differences are worked out when they are asked for.
    """

    kind: str
    old: Node | None
    new: Node | None
    old_place: str
    new_place: str
    depth: int
    renumbered: bool = False

    @cached_property
    def heading(self) -> tuple[DiffSegment, ...]:
        """The difference of the headings."""
        return self._difference("heading")

    @cached_property
    def text(self) -> tuple[DiffSegment, ...]:
        """The difference of the texts."""
        return self._difference("text")

    @cached_property
    def closing(self) -> tuple[DiffSegment, ...]:
        """The difference of the words that close the list."""
        return self._difference("closing")

    def _difference(self, part: str) -> tuple[DiffSegment, ...]:
        old = getattr(self.old, part) if self.old else ""
        new = getattr(self.new, part) if self.new else ""
        return diff_text(old, new)


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side.

    `changes` holds every passage of both exactly once: in the reading order of the new, the removed
    where they stood. `numbers` leads from each old citation that changed to the new one, or to None
    where the passage was removed.
    """

    title: tuple[DiffSegment, ...]
    preamble: tuple[DiffSegment, ...]
    changes: list[PassageChange]
    numbers: dict[str, str | None]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many passages are of each of KINDS, and how many were "renumbered"."""
        counts = dict.fromkeys((*KINDS, "renumbered"), 0)
        for change in self.changes:
            counts[change.kind] += 1
            counts["renumbered"] += change.renumbered
        return counts

    @property
    def is_same(self) -> bool:
        """No word, place or number differs."""
        if any(segment.kind != SAME for segment in (*self.title, *self.preamble)):
            return False
        return not any(change.kind != SAME or change.renumbered for change in self.changes)


def compare_documents(old: Document, new: Document) -> Comparison:
    """Compares two versions, whose eIds are assigned.

    A passage is known by its `ref` where both versions give one, else by its words, else by similar
    words, for which the same number speaks too. Moved is what has another parent or another order
    among its siblings (the fewest that explain the new order), not what only counts on after an
    insertion. White space aside, equal words are the same.
    """
    pairs = Matching(index_passages(old), index_passages(new)).match()
    moved = _find_moved(pairs)
    placed: list[tuple[tuple[int, int, int], PassageChange]] = []
    for passage in pairs.new:
        change = _build_change(pairs, pairs.old_of.get(passage.at), passage, moved)
        placed.append(((passage.at, 0, 0), change))
    for at, followed in _places_of_removed(pairs, moved).items():
        placed.append(((followed, 1, at), _build_removal(pairs.old[at])))
    placed.sort(key=lambda item: item[0])
    changes = [change for _place, change in placed]
    numbers: dict[str, str | None] = {}
    for change in changes:
        if change.renumbered or (change.new is None and change.old and change.old.num):
            numbers.setdefault(change.old_place, change.new_place or None)
    title, preamble = diff_text(old.title, new.title), diff_text(old.preamble, new.preamble)
    return Comparison(title, preamble, changes, numbers)


def _build_change(
    pairs: Matching, at: int | None, new: ComparedPassage, moved: set[int]
) -> PassageChange:
    if at is None:
        return PassageChange(ADDED, None, new.node, "", new.place, new.depth)
    old = pairs.old[at]
    reworded = old.own.split(" ", 1)[1:] != new.own.split(" ", 1)[1:]
    kind = {
        (False, False): SAME,
        (False, True): REWORDED,
        (True, False): MOVED,
        (True, True): MOVED_REWORDED,
    }[new.at in moved, reworded]
    return PassageChange(
        kind, old.node, new.node, old.place, new.place, new.depth, _is_renumbered(old, new)
    )


def _build_removal(old: ComparedPassage) -> PassageChange:
    return PassageChange(REMOVED, old.node, None, old.place, "", old.depth)


def _is_renumbered(old: ComparedPassage, new: ComparedPassage) -> bool:
    """A passage without a number is cited by its words: those that change are no number."""
    numbered = bool(old.node.num or new.node.num)
    return numbered and old.place != new.place and old.node.eid != new.node.eid


def _find_moved(pairs: Matching) -> set[int]:
    """Places in the new version of what has another parent, or is not in the longest run that kept
    its order.
    """
    moved: set[int] = set()
    siblings: dict[int, list[int]] = {}
    for new in pairs.new:
        if new.at not in pairs.old_of:
            continue
        if pairs.new_of.get(pairs.old[pairs.old_of[new.at]].parent) == new.parent:
            siblings.setdefault(new.parent, []).append(new.at)
        else:
            moved.add(new.at)
    for children in siblings.values():
        stayed = _longest_increasing_subsequence([pairs.old_of[at] for at in children])
        moved.update(at for at in children if pairs.old_of[at] not in stayed)
    return moved


def _longest_increasing_subsequence(numbers: list[int]) -> set[int]:
    """The numbers of a longest increasing subsequence, in O(n log n)."""
    tails: list[int] = []  # the smallest end of a run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(tails, number)
        before[number] = tails[length - 1] if length else None
        tails[length : length + 1] = [number]
    longest: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        longest.add(last)
        last = before[last]
    return longest


def _places_of_removed(pairs: Matching, moved: set[int]) -> dict[int, int]:
    """Of each removed passage the place in the new version that it followed: a sibling's end, or
    its parent.
    """
    stood: dict[int, int] = {}
    cursor: dict[int, int] = {-1: -1}  # by parent: what the next child follows
    for old in pairs.old:
        answer = pairs.new_of.get(old.at)
        follows = cursor[old.parent]
        if answer is None:
            stood[old.at] = cursor[old.at] = follows
            continue
        cursor[old.at] = answer
        if answer not in moved:
            cursor[old.parent] = pairs.new[answer].end
    return stood
