"""Lines that the margin broke: whether a file has them, and words joined again across them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from splot.documents.readers.lines import ESCAPE_MARK, CleanupLog, SourceLine
from splot.documents.readers.numbering import parse_labels

BROKEN_WORD = re.compile("\\w[-\u00ad\u2010]$")
WORD = re.compile(r"\w[\w\u00ad-]*")
MANY_CONTINUED = 0.2  # of the lines of a file


def are_broken(lines: list[SourceLine]) -> bool:
    """Whether so many lines begin in the middle of a sentence that the margin must have broken
    them.
    """
    continued = 0
    for line in lines:
        continued += line.text[:1].islower() and not (line.label or parse_labels(line.text))
    return continued > MANY_CONTINUED * len(lines)


def join_hyphenated(lines: list[SourceLine], log: CleanupLog) -> None:
    """Joins "integra-" and "cja". A hyphen stays before a capital or a number ("2024-2026"), and
    where the document writes the word with it elsewhere. A number that opens its line is no end of
    a word.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(map(str.lower, WORD.findall(line.text)))
    for before, line in pairwise(lines):
        start = before.text.rstrip()
        if not BROKEN_WORD.search(start[-2:]) or not _goes_on(line):
            continue
        first, _space, following = line.text.partition(" ")
        head = start[:-1].rsplit(maxsplit=1)[-1]
        tail = WORD.match(first)
        hyphenated = f"{head}-{tail.group() if tail else first}".lower()
        mark = "-" if counts[hyphenated] or not first[0].islower() or head[-1].isdigit() else ""
        log.changed("hyphenation", before, f"{head}- {first} → {head}{mark}{first}")
        before.text = f"{start[:-1]}{mark}{first}"
        line.text = following.strip()
        line.wrapped = True


def _goes_on(line: SourceLine) -> bool:
    """Whether a line can begin with the end of a word."""
    opens = line.label or ESCAPE_MARK in line.text or parse_labels(line.text)
    return line.text[:1].isalnum() and not opens
