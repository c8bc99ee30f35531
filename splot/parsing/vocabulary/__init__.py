"""The words of plans and of their tables by meaning and language; readers of acts and of
spreadsheets make their patterns of them.

To add a word, write it into the line of its meaning and language, as `patterns` says; to add a
language, give each meaning a line under its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from splot.parsing.vocabulary.columns import COLUMNS
from splot.parsing.vocabulary.details import DETAILS
from splot.parsing.vocabulary.patterns import LETTERS, compile_stem, join_forms, split_entries
from splot.parsing.vocabulary.periods import PERIODS
from splot.parsing.vocabulary.plan_parts import PLAN_PARTS
from splot.parsing.vocabulary.roles import ROLES
from splot.parsing.vocabulary.sums import SUMS

__all__ = ["VOCABULARY", "entries_of", "forms_pattern", "join_forms", "stems_pattern"]

VOCABULARY: dict[str, dict[str, tuple[str, ...]]] = {
    **PLAN_PARTS,
    **ROLES,
    **DETAILS,
    **COLUMNS,
    **PERIODS,
    **SUMS,
}


Normaliser = Callable[[str], str]


def entries_of(*meanings: str) -> Iterator[str]:
    """All entries of some meanings, in every language."""
    for meaning in meanings:
        for lines in VOCABULARY[meaning].values():
            for line in lines:
                yield from split_entries(line)


def forms_pattern(*meanings: str, normalise: Normaliser = str) -> str:
    """A regular expression of all forms of the words with some meanings. Texts that were normalised
    need it made of words that were, too.
    """
    return join_forms(_normalised(entries_of(*meanings), normalise))


def stems_pattern(*meanings: str, normalise: Normaliser = str) -> str:
    """A regular expression of how the words with some meanings begin, whatever they end in."""
    return "|".join(map(compile_stem, _normalised(entries_of(*meanings), normalise)))


def _normalised(entries: Iterable[str], normalise: Normaliser) -> Iterator[str]:
    for entry in entries:
        if words := LETTERS.sub(lambda match: normalise(match[0]), entry).strip():
            yield words
