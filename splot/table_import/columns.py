"""Headings of a file -> columns of the table: proposed with a reason and samples, confirmed by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.implementation.columns import BY_CODE, FILE_ONLY, column_label
from splot.implementation.models import BudgetLine
from splot.parsing import codes, moneys, times
from splot.parsing.amounts import AMOUNT

from .context import ImportContext
from .fuzzy import on_one_line, plain
from .headings import CODE, DUE, HEADINGS, KEPT, NUMBER, ORDER, SOURCES, STARTS, STATUS
from .source_table import FileTable

FIGURES = ("planned", "committed", "paid")
ONCE = ("title", NUMBER, CODE, ORDER, "when", STARTS, DUE, "priority", "own_role", "decision", "disposition", "leader")
SAMPLES, LOOKED_AT = 3, 60
SURE, PROBABLE = 0.75, 0.45
THOUSANDS = re.compile(r"\b(w )?(tys|tysiacach|thousands?|тис)\b", re.I)
MILLIONS = re.compile(r"\b(w )?(mln|milionach|millions?|млн)\b", re.I)
YEAR = re.compile(r"(?<!\d)20[1-4]\d(?!\d)")


@dataclass(frozen=True)
class Meaning:
    """What a column is: a code, and for money whose it is and for which year. `str()` is kept and remembered."""

    code: str
    year: int | None = None
    source: str = ""

    @classmethod
    def parse(cls, kept: str) -> Meaning:
        """The inverse of `str()`; whatever is no meaning is a column kept as text."""
        code, year, source, *__ = [*kept.split(":"), "", ""]
        if code not in BY_CODE and code not in FILE_ONLY:
            return cls(KEPT)
        if code not in FIGURES:
            return cls(code)
        known = source if source in BudgetLine.Source.values else ""
        return cls(code, int(year) if YEAR.fullmatch(year) else None, known)

    def __str__(self) -> str:
        return f"{self.code}:{self.year or ''}:{self.source}".rstrip(":")

    @property
    def is_money(self) -> bool:
        return self.code in FIGURES


@dataclass(frozen=True)
class Recognised:
    """A column of a file: its heading, what it seems to be, how sure that is (0 to 1), and what stands in it."""

    number: int
    heading: str
    meaning: Meaning
    confidence: float
    samples: list[str] = field(default_factory=list)
    is_remembered: bool = False


def recognise(table: FileTable, memory: Mapping[str, str], known: ImportContext) -> list[Recognised]:
    """What each column seems to be: as remembered, else by its heading and by what stands in it."""
    candidates = {
        number: list(_candidates(table, number, heading, memory, known)) for number, heading in enumerate(table.header)
    }
    if is_our_own(table):
        candidates |= {0: [(2.0, Meaning(NUMBER))], 2: [(2.0, Meaning(STATUS))]}
    chosen = _assigned(candidates)
    if STARTS not in {meaning.code for __, meaning in chosen.values()}:
        chosen = {at: (score, _when_for_due(meaning)) for at, (score, meaning) in chosen.items()}
    return [
        Recognised(
            number=number,
            heading=heading,
            meaning=chosen[number][1],
            confidence=min(chosen[number][0], 1.0),
            samples=samples(table, number),
            is_remembered=plain(heading) in memory,
        )
        for number, heading in enumerate(table.header)
    ]


def _when_for_due(meaning: Meaning) -> Meaning:
    return Meaning("when") if meaning.code == DUE else meaning


Scored = tuple[float, Meaning]


def _assigned(candidates: dict[int, list[Scored]]) -> dict[int, Scored]:
    """The best candidate of each column, where a code that stands once goes to the column that fits it best."""
    chosen: dict[int, Scored] = {}
    taken: set[str] = set()
    pairs = [(score, at, meaning) for at, scored in candidates.items() for score, meaning in scored]
    for score, at, meaning in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if at not in chosen and not (meaning.code in ONCE and meaning.code in taken):
            chosen[at] = (score, meaning)
            taken.add(meaning.code)
    return {at: chosen.get(at, (0.0, Meaning(KEPT))) for at in candidates}


def _candidates(
    table: FileTable, number: int, heading: str, memory: Mapping[str, str], known: ImportContext
) -> Iterator[Scored]:
    words = plain(heading)
    if words and words in memory:
        yield 2.0, Meaning.parse(memory[words])
        return
    scores: dict[str, float] = {}
    own = own_labels().get(words) or own_labels().get(plain(heading.split(",")[0]))  # "Money paid, PLN, 2024"
    if own:
        scores[own] = 1.2
    for code, weight, pattern in _compiled():
        if pattern.search(words):
            scores[code] = max(scores.get(code, 0), weight)
    for code, share in _evidence(table, number, known).items():
        if code in scores:
            scores[code] += 0.25 * (share - 0.5)
        elif share > 0.7:
            scores[code] = 0.4 * share if heading else 0.7 * share
    for code, score in scores.items():
        yield score, _with_details(code, heading)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple((code, weight, re.compile(pattern)) for code, weight, pattern in HEADINGS)


@lru_cache(maxsize=1)
def own_labels() -> dict[str, str]:
    """{the table's own heading in each language, plain: code}: what was written from here is known again."""
    found: dict[str, str] = {}
    for language, __ in settings.LANGUAGES:
        with override(language):
            for code in (*BY_CODE, *FILE_ONLY):
                found.setdefault(plain(column_label(code)), code)
            found |= {plain(_("First day")): STARTS, plain(_("Last day")): DUE}
    return found


def is_our_own(table: FileTable) -> bool:
    """Whether the table was written from here: then its first column is the number of the task, and the status ours."""
    for language, __ in settings.LANGUAGES:
        with override(language):
            ours = [plain(_("No.")), plain(column_label("title")), plain(_("Status"))]
        if [plain(heading) for heading in table.header[:3]] == ours:
            return True
    return False


def _with_details(code: str, heading: str) -> Meaning:
    if code not in FIGURES:
        return Meaning(code)
    years = YEAR.findall(heading)
    return Meaning(code, int(years[0]) if len(set(years)) == 1 else None, source_of(heading))


def source_of(words: str) -> str:
    """Whose money these words name, "" for nobody's."""
    said = plain(words)
    return next((code for code, pattern in SOURCES if re.search(pattern, said)), "")


def unit_of(heading: str) -> Decimal:
    """What the figures below a heading are multiplied with: 1000 for "Koszt (tys. zł)"."""
    said = plain(heading)
    return Decimal(1000 if THOUSANDS.search(said) else 1_000_000 if MILLIONS.search(said) else 1)


def currency_of(heading: str) -> str:
    """The currency that a heading names, PLN where it names none."""
    found = re.search(r"\b(EUR|USD|GBP|UAH|CHF|CZK|NOK)\b|(€)", heading.upper())
    return "PLN" if not found else found[1] or "EUR"


def samples(table: FileTable, number: int) -> list[str]:
    """The first different words of a column."""
    return list(dict.fromkeys(_filled(table, number)))[:SAMPLES]


def _filled(table: FileTable, number: int) -> Iterable[str]:
    cells = (row.cells[number] for row in table.data)
    return (on_one_line(cell.text)[:120] for cell in cells if cell)


def _evidence(table: FileTable, number: int, known: ImportContext) -> dict[str, float]:
    """{code: share of the cells that speak for it}."""
    cells = [words for words, __ in zip(_filled(table, number), range(LOOKED_AT), strict=False)]
    if not cells:
        return {}
    tests: dict[str, Callable[[str], object]] = {
        "when": lambda words: times(words, 2024).read != () and not times(words, 2024).left,
        "planned": lambda words: moneys(words)[0].state == AMOUNT and moneys(words)[0].currency,
        "lead": lambda words: known.institutions.find(words)[0] is not None,
        "leader": lambda words: known.people.find(words)[0] is not None,
        "groups": lambda words: known.groups.find(words)[0] is not None,
        "activities": lambda words: any(known.activity_by_code(code)[0] for code in codes(words)),
    }
    shares = {code: sum(map(bool, map(test, cells))) / len(cells) for code, test in tests.items()}
    if not table.header[number]:
        long = sum(len(words) > 25 for words in cells) / len(cells)
        shares["title"] = long * (1 if len(set(cells)) == len(cells) else 0.8)
    return {code: share for code, share in shares.items() if share}
