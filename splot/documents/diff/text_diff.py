"""The difference between two wordings, word by word, in bounded time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
SENTENCE = re.compile(r"[^.;:!?\n]*[.;:!?\n]+\s*|[^.;:!?\n]+")
MAX_CHANGES = 400  # words removed and added, beyond which sentences are compared
MAX_STEPS = 1_000_000  # equal words looked at along all diagonals
# letters: what is so short and stands alone between changes is shown as changed with them
MAX_STRAY_LETTERS = 3


class DiffSegment(NamedTuple):
    """A stretch of text and what became of it: SAME, REMOVED or ADDED."""

    kind: str
    text: str


class WordToken(NamedTuple):
    """A word or sign with the white space before it."""

    gap: str
    word: str


class DiffRun(NamedTuple):
    """Tokens old[old_start:old_end] that answer new[new_start:new_end], equal or not."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def diff_text(old: str, new: str) -> tuple[DiffSegment, ...]:
    """How one wording became the other: SAME and REMOVED joined give the old, SAME and ADDED the
    new.

    By words; where too much changed, by lines and sentences; where that is too much too, the middle
    as a whole. The method is Myers' (An O(ND) Difference Algorithm, 1986), given up after
    MOST_CHANGES.
    """
    if old == new:
        return (DiffSegment(SAME, old),) if old else ()
    for cut in (_tokenise_words, _tokenise_sentences):
        before, after = cut(old), cut(new)
        runs = _diff_tokens(_words_of(before), _words_of(after))
        if runs is not None:
            return _build_segments(before, after, _remove_stray_matches(before, runs))
    before, after = _tokenise_words(old), _tokenise_words(new)
    start, end = _common_ends(_words_of(before), _words_of(after))
    runs = [
        DiffRun(True, 0, start, 0, start),
        DiffRun(False, start, len(before) - end, start, len(after) - end),
        DiffRun(True, len(before) - end, len(before), len(after) - end, len(after)),
    ]
    return _build_segments(before, after, runs)


def _tokenise_words(text: str) -> list[WordToken]:
    """The words and signs, then an empty one that holds the white space at the end."""
    tokens: list[WordToken] = []
    gap = ""
    for piece in TOKEN.findall(text):
        if piece.isspace():
            gap = piece
        else:
            tokens.append(WordToken(gap, piece))
            gap = ""
    return [*tokens, WordToken(gap, "")]


def _tokenise_sentences(text: str) -> list[WordToken]:
    """The lines and sentences, with the white space after them."""
    return [WordToken("", sentence) for sentence in (*SENTENCE.findall(text), "")]


def _words_of(tokens: Sequence[WordToken]) -> list[str]:
    return [token.word for token in tokens]


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many items are equal at the start, and of the rest at the end."""
    shorter = min(len(old), len(new))
    start = end = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _diff_tokens(old: Sequence[str], new: Sequence[str]) -> list[DiffRun] | None:
    """Equal and unequal runs in turn, or None where too much changed."""
    start, end = _common_ends(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pairs = _longest_common_subsequence(middle_old, middle_new)
    if pairs is None:
        return None
    matched = [(at, at) for at in range(start)]
    matched += [(start + at_old, start + at_new) for at_old, at_new in pairs]
    matched += [(len(old) - at, len(new) - at) for at in range(end, 0, -1)]
    runs: list[DiffRun] = []
    next_old = next_new = 0
    for at_old, at_new in [*matched, (len(old), len(new))]:
        if (next_old, next_new) != (at_old, at_new):
            runs.append(DiffRun(False, next_old, at_old, next_new, at_new))
        if at_old < len(old):
            runs.append(DiffRun(True, at_old, at_old + 1, at_new, at_new + 1))
        next_old, next_new = at_old + 1, at_new + 1
    return runs


def _longest_common_subsequence(
    old: Sequence[str], new: Sequence[str]
) -> list[tuple[int, int]] | None:
    """The longest common subsequence as pairs of places; None beyond the limits.

    Of each number of changes the farthest place on each diagonal is kept, and walked back at the
    end.
    """
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    steps = 0
    for changes in range(min(len(old) + len(new), MAX_CHANGES) + 1):
        trace.append(reach.copy())
        for diagonal in range(-changes, changes + 1, 2):
            at_old = start = _farthest_reach(reach, diagonal, changes)
            at_new = at_old - diagonal
            while at_old < len(old) and at_new < len(new) and old[at_old] == new[at_new]:
                at_old, at_new = at_old + 1, at_new + 1
            reach[diagonal] = at_old
            steps += at_old - start
            if at_old >= len(old) and at_new >= len(new):
                return _backtrack_pairs(trace, len(old), len(new))
        if steps > MAX_STEPS:
            return None
    return None


def _is_insertion(reach: dict[int, int], diagonal: int, changes: int) -> bool:
    """Whether the farthest way to a diagonal adds a word (from the one above) or removes one."""
    return diagonal == -changes or (
        diagonal != changes and reach[diagonal - 1] < reach[diagonal + 1]
    )


def _farthest_reach(reach: dict[int, int], diagonal: int, changes: int) -> int:
    if _is_insertion(reach, diagonal, changes):
        return reach[diagonal + 1]
    return reach[diagonal - 1] + 1


def _backtrack_pairs(
    trace: list[dict[int, int]], at_old: int, at_new: int
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for changes in range(len(trace) - 1, -1, -1):
        diagonal, reach = at_old - at_new, trace[changes]
        start = _farthest_reach(reach, diagonal, changes)
        while at_old > start:
            at_old, at_new = at_old - 1, at_new - 1
            pairs.append((at_old, at_new))
        if _is_insertion(reach, diagonal, changes):
            at_new -= 1
        else:
            at_old -= 1
    return pairs[::-1]


def _remove_stray_matches(tokens: Sequence[WordToken], runs: list[DiffRun]) -> list[DiffRun]:
    """The runs without the stray "i" or comma that two unlike wordings happen to share."""
    joined: list[DiffRun] = []
    for run in runs:
        if joined and joined[-1].equal == run.equal:
            joined[-1] = joined[-1]._replace(old_end=run.old_end, new_end=run.new_end)
        else:
            joined.append(run)
    calm: list[DiffRun] = []
    for at, run in enumerate(joined):
        is_stray = (
            run.equal
            and 0 < at < len(joined) - 1
            and _is_short(tokens[run.old_start : run.old_end])
            and _is_rewording(joined[at - 1])
            and _is_rewording(joined[at + 1])
        )
        if calm and not calm[-1].equal and (is_stray or not run.equal):
            calm[-1] = calm[-1]._replace(old_end=run.old_end, new_end=run.new_end)
        else:
            calm.append(run)
    return calm


def _is_short(tokens: Sequence[WordToken]) -> bool:
    """Whether these words have no more letters than a stray match; each has one at least."""
    if len(tokens) > MAX_STRAY_LETTERS + 1:
        return False
    return sum(len(token.word) for token in tokens) <= MAX_STRAY_LETTERS


def _is_rewording(run: DiffRun) -> bool:
    return run.old_start < run.old_end and run.new_start < run.new_end


def _build_segments(
    old: Sequence[WordToken], new: Sequence[WordToken], runs: Sequence[DiffRun]
) -> tuple[DiffSegment, ...]:
    pieces: list[DiffSegment] = []
    for equal, old_start, old_end, new_start, new_end in runs:
        if not equal:
            pieces.append(DiffSegment(REMOVED, "".join(map("".join, old[old_start:old_end]))))
            pieces.append(DiffSegment(ADDED, "".join(map("".join, new[new_start:new_end]))))
            continue
        for before, after in zip(old[old_start:old_end], new[new_start:new_end], strict=True):
            if before.gap == after.gap:
                pieces.append(DiffSegment(SAME, before.gap + before.word))
            else:
                pieces += [
                    DiffSegment(REMOVED, before.gap),
                    DiffSegment(ADDED, after.gap),
                    DiffSegment(SAME, before.word),
                ]
    return tuple(_merge_segments(pieces))


def _merge_segments(pieces: Sequence[DiffSegment]) -> list[DiffSegment]:
    """Neighbours of one kind as one; of what changed between two same ones the removed comes
    first.
    """
    merged: list[DiffSegment] = []
    waiting: dict[str, list[str]] = {SAME: [], REMOVED: [], ADDED: []}

    def close(*kinds: str) -> None:
        for kind in kinds:
            if text := "".join(waiting[kind]):
                merged.append(DiffSegment(kind, text))
            waiting[kind].clear()

    for kind, text in pieces:
        if text:
            close(*((REMOVED, ADDED) if kind == SAME else (SAME,)))
            waiting[kind].append(text)
    close(SAME, REMOVED, ADDED)
    return merged
