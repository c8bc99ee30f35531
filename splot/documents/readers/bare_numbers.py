"""Numbers without any mark ("1 Language"), which most often only begin a sentence ("12 people")."""

from __future__ import annotations

from splot.documents.readers.lines import SourceLine
from splot.documents.readers.numbering import Label
from splot.documents.readers.paragraphs import is_closed

SHORTEST_RUN = 3  # so many in a row, 1, 2, 3, count as numbers by themselves
HEADING_LENGTH = 100


def discard_bare_numbers(lines: list[SourceLine], labels: list[list[Label]]) -> None:
    """Leaves a number without a mark among the labels of its line only where it is one.

    That is in a run 1, 2, 3 of lines that look like headings, of which one heads numbers that begin
    with it ("1.1"), or which is long.
    """
    kept: set[int] = set()
    for run in _find_runs(lines, labels):
        headed = any(_heads_paths(labels, at) for at in run)
        if headed or len(run) >= SHORTEST_RUN or lines[run[0]].label:
            kept.update(run)
    for at, candidates in enumerate(labels):
        if at not in kept:
            labels[at] = [label for label in candidates if label.style.name != "bare"]


def _find_runs(lines: list[SourceLine], labels: list[list[Label]]) -> list[list[int]]:
    """The places of lines that count 1, 2, 3 without a mark."""
    runs: list[list[int]] = []
    due = 0
    for at, line in enumerate(lines):
        label = _bare_label(labels[at])
        if label is None or not (_looks_like_heading(line, label) or _heads_paths(labels, at)):
            continue
        number = int(label.value)
        if number == 1:
            runs.append([])
        if number in (1, due) and runs:
            runs[-1].append(at)
            due = number + 1
    return runs


def _bare_label(candidates: list[Label]) -> Label | None:
    return next((label for label in candidates if label.style.name == "bare"), None)


def _looks_like_heading(line: SourceLine, label: Label) -> bool:
    if line.label:
        return True
    return 0 < len(label.rest) <= HEADING_LENGTH and not (is_closed(label.rest) or line.wrapped)


def _heads_paths(labels: list[list[Label]], at: int) -> bool:
    """Whether the next number of the kind "1.1" is one of this number."""
    label = _bare_label(labels[at])
    for candidates in labels[at + 1 :]:
        if _bare_label(candidates):
            return False
        for following in candidates:
            if following.style.name == "path":
                return label is not None and following.value.startswith(f"{label.value}.")
    return False
