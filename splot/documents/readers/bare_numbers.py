"""Numbers and letters without any mark ("1 Language", "A Language"), which most often only begin a
sentence ("12 people", "A school").
"""

from __future__ import annotations

from splot.documents.readers.lines import SourceLine
from splot.documents.readers.number_order import is_first, is_successor
from splot.documents.readers.numbering import Label, parse_bare_letter
from splot.documents.readers.paragraphs import is_closed

SHORTEST_RUN = 3  # so many in a row, 1, 2, 3, count as numbers by themselves
HEADING_LENGTH = 100


def discard_bare_numbers(lines: list[SourceLine], labels: list[list[Label]]) -> None:
    """Leaves a number without a mark among the labels of its line only where it is one.

    That is in a run 1, 2, 3 of lines that look like headings, of which one heads numbers that begin
    with it ("1.1"), or which is long.
    """
    numbers: dict[int, Label] = {}
    for at, candidates in enumerate(labels):
        if number := next((label for label in candidates if label.style.name == "bare"), None):
            numbers[at] = number
    headed = _places_before_paths(numbers, labels)
    kept: set[int] = set()
    for run in _find_runs(lines, numbers, headed):
        if len(run) >= SHORTEST_RUN or lines[run[0]].label or not headed.isdisjoint(run):
            kept.update(run)
    for at in numbers.keys() - kept:
        labels[at] = [label for label in labels[at] if label.style.name != "bare"]


def add_bare_letters(lines: list[SourceLine], labels: list[list[Label]]) -> None:
    """Adds a letter or roman number without a mark to the labels of its line, where it is due and
    heads numbers that begin with it: "A Education" before "A.1".
    """
    letters: dict[int, Label] = {}
    for at, line in enumerate(lines):
        plain = not (line.role or line.label or labels[at])
        if plain and (letter := parse_bare_letter(line.text)):
            letters[at] = letter
    headed = _places_before_paths(letters, labels)
    for run in _find_runs(lines, letters, headed):
        for at in headed.intersection(run):
            labels[at].append(letters[at])


def _find_runs(
    lines: list[SourceLine], bare: dict[int, Label], headed: set[int]
) -> list[list[int]]:
    """The places of lines that count 1, 2, 3 or A, B, C without a mark."""
    runs: list[list[int]] = []
    last = ""
    for at, label in bare.items():
        if not (at in headed or _looks_like_heading(lines[at], label)):
            continue
        first = is_first(label)
        if first:
            runs.append([])
        if first or (runs and is_successor(label.style, last, label.value)):
            runs[-1].append(at)
            last = label.value
    return runs


def _looks_like_heading(line: SourceLine, label: Label) -> bool:
    if line.label:
        return True
    return 0 < len(label.rest) <= HEADING_LENGTH and not (is_closed(label.rest) or line.wrapped)


def _places_before_paths(bare: dict[int, Label], labels: list[list[Label]]) -> set[int]:
    """The places of those after which the next number of the kind "1.1" begins with them."""
    places: set[int] = set()
    following = ""
    for at in range(len(labels) - 1, -1, -1):
        if at in bare and following.startswith(f"{bare[at].value}."):
            places.add(at)
        for label in labels[at]:
            if label.style.name == "path":
                following = label.value
    return places
