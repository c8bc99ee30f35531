"""Headings of a file -> columns of the table: proposed with a reason and samples, confirmed by a
person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import (
    COLUMN_BY_CODE,
    FILE_ONLY,
    MONEY_FIGURES,
    column_label,
)
from splot.language.normalisation import normalise_name
from splot.parsing import parse_amounts, parse_codes, parse_spans
from splot.parsing.amount_words import AMOUNT

from .column_imports import COLUMN_IMPORTS, column_headings
from .context import ImportContext
from .headings import AS_TEXT, DUE, GROUP, NUMBER, STARTS, STATUS
from .meaning import YEAR, ColumnMeaning, money_source_of

UNIQUE_CODES = tuple(code for code, known in COLUMN_IMPORTS.items() if known.stands_once)
MAX_SAMPLES, MAX_INSPECTED = 3, 60
SURE, PROBABLE = 0.75, 0.45


@dataclass(frozen=True)
class RecognisedColumn:
    """A column of a file: its heading, what it seems to be, how sure that is (0 to 1), and what
    stands in it.
    """

    number: int
    heading: str
    meaning: ColumnMeaning
    confidence: float
    samples: list[str] = field(default_factory=list)
    is_remembered: bool = False


def recognise_columns(
    table: SheetTable, memory: Mapping[str, ColumnMeaning], known: ImportContext
) -> list[RecognisedColumn]:
    """What each column seems to be: as remembered, else by its heading and by what stands in it."""
    candidates = {
        number: list(_candidate_meanings(table, number, heading, memory, known))
        for number, heading in enumerate(table.header)
    }
    for number, code in own_export_columns(table).items():
        candidates[number] = [(2.0, ColumnMeaning(code))]
    chosen = _assign_meanings(candidates)
    if STARTS not in {meaning.code for __, meaning in chosen.values()}:
        chosen = {at: (score, _when_for_due(meaning)) for at, (score, meaning) in chosen.items()}
    return [
        RecognisedColumn(
            number=number,
            heading=heading,
            meaning=chosen[number][1],
            confidence=min(chosen[number][0], 1.0),
            samples=column_samples(table, number),
            is_remembered=normalise_name(heading) in memory,
        )
        for number, heading in enumerate(table.header)
    ]


def _when_for_due(meaning: ColumnMeaning) -> ColumnMeaning:
    return ColumnMeaning("when") if meaning.code == DUE else meaning


Scored = tuple[float, ColumnMeaning]


def _assign_meanings(candidates: dict[int, list[Scored]]) -> dict[int, Scored]:
    """The best candidate of each column, where a code that stands once goes to the column that fits
    it best.
    """
    chosen: dict[int, Scored] = {}
    taken: set[str] = set()
    pairs = [(score, at, meaning) for at, scored in candidates.items() for score, meaning in scored]
    for score, at, meaning in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if at not in chosen and not (meaning.code in UNIQUE_CODES and meaning.code in taken):
            chosen[at] = (score, meaning)
            taken.add(meaning.code)
    return {at: chosen.get(at, (0.0, ColumnMeaning(AS_TEXT))) for at in candidates}


def _candidate_meanings(
    table: SheetTable,
    number: int,
    heading: str,
    memory: Mapping[str, ColumnMeaning],
    known: ImportContext,
) -> Iterator[Scored]:
    words = normalise_name(heading)
    if words and words in memory:
        yield 2.0, memory[words]
        return
    scores: dict[str, float] = {}
    own = codes_by_own_label().get(words) or codes_by_own_label().get(
        normalise_name(heading.split(",")[0])
    )  # "Money paid, PLN, 2024"
    if own:
        scores[own] = 1.2
    for code, weight, pattern in _heading_patterns():
        if pattern.search(words):
            scores[code] = max(scores.get(code, 0), weight)
    for code, share in _content_evidence(table, number, known).items():
        if code in scores:
            scores[code] += 0.25 * (share - 0.5)
        elif share > 0.7:
            scores[code] = 0.4 * share if heading else 0.7 * share
    for code, score in scores.items():
        yield score, _meaning_of(code, heading)


@lru_cache(maxsize=1)
def _heading_patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple((code, weight, re.compile(pattern)) for code, weight, pattern in column_headings())


@lru_cache(maxsize=1)
def codes_by_own_label() -> dict[str, str]:
    """{the table's own heading in each language, plain: code}: what was written from here is known
    again.
    """
    found: dict[str, str] = {}
    for language, __ in settings.LANGUAGES:
        with override(language):
            for code in (*COLUMN_BY_CODE, *FILE_ONLY):
                found.setdefault(normalise_name(column_label(code)), code)
            found |= {normalise_name(_("First day")): STARTS, normalise_name(_("Last day")): DUE}
    return found


def own_export_columns(table: SheetTable) -> dict[int, str]:
    """{place: code} of the columns that only a table written from here has: the number of the task,
    its status, in a CSV also the name of its group. None of them in any other table.
    """
    head = [normalise_name(heading) for heading in table.header[:4]]
    for language, __ in settings.LANGUAGES:
        with override(language):
            group, *ours = [
                normalise_name(label)
                for label in (_("Group"), _("No."), column_label("title"), _("Status"))
            ]
        if head == [group, *ours]:
            return {0: GROUP, 1: NUMBER, 3: STATUS}
        if head[:3] == ours:
            return {0: NUMBER, 2: STATUS}
    return {}


def _meaning_of(code: str, heading: str) -> ColumnMeaning:
    if code not in MONEY_FIGURES:
        return ColumnMeaning(code)
    years = YEAR.findall(heading)
    return ColumnMeaning(
        code, int(years[0]) if len(set(years)) == 1 else None, money_source_of(heading)
    )


def column_samples(table: SheetTable, number: int) -> list[str]:
    """The first different words of a column."""
    return list(dict.fromkeys(_column_texts(table, number)))[:MAX_SAMPLES]


def _column_texts(table: SheetTable, number: int) -> Iterable[str]:
    cells = (row.cells[number] for row in table.data)
    return (cell.one_line[:120] for cell in cells if cell)


def _content_evidence(table: SheetTable, number: int, known: ImportContext) -> dict[str, float]:
    """{code: share of the cells that speak for it}."""
    cells = [
        words for words, __ in zip(_column_texts(table, number), range(MAX_INSPECTED), strict=False)
    ]
    if not cells:
        return {}
    tests: dict[str, Callable[[str], object]] = {
        "when": lambda words: (
            parse_spans(words, 2024).read != () and not parse_spans(words, 2024).left
        ),
        "planned": lambda words: (
            parse_amounts(words)[0].state == AMOUNT and parse_amounts(words)[0].currency
        ),
        "lead": lambda words: known.institutions.find(words)[0] is not None,
        "leader": lambda words: known.people.find(words)[0] is not None,
        "groups": lambda words: known.groups.find(words)[0] is not None,
        "activities": lambda words: any(
            known.activity_by_code(code)[0] for code in parse_codes(words)
        ),
    }
    shares = {code: sum(map(bool, map(test, cells))) / len(cells) for code, test in tests.items()}
    if not table.header[number]:
        long = sum(len(words) > 25 for words in cells) / len(cells)
        shares["title"] = long * (1 if len(set(cells)) == len(cells) else 0.8)
    return {code: share for code, share in shares.items() if share}
