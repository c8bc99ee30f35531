"""Months, quarters, half-years and years as they head the columns of a chart of times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from splot.parsing.date_mentions import HALF, MONTH, QUARTER, YEAR, DateMention
from splot.parsing.date_words import HALF_WORD, QUARTER_WORD, find_month
from splot.parsing.spans import NO_YEAR, YEAR_ASSUMED, DateSpan, ParsedSpans
from splot.parsing.vocabulary.periods import ROMAN_NUMERALS

OF_YEAR = re.compile(r"(?<!\w)(?:r|rok|roku|year|jahr|рік|року)(?!\w)\.?", re.I)
YEAR_NUMBER = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)")
EDGES = " .,/()-–"
# "I kw.", "Q1", "1 kw.", and T1 of a Spanish "trimestre"
QUARTER_HEADING = re.compile(
    rf"(?P<roman>IV|I{{1,3}})\W*{QUARTER_WORD}|[QT]\W?(?P<behind>[1-4])"
    rf"|(?P<before>[1-4])\W*{QUARTER_WORD}",
    re.I,
)
HALF_HEADING = re.compile(
    rf"(?P<roman>II?)\W*{HALF_WORD}|H(?P<behind>[12])|(?P<before>[12])\W*{HALF_WORD}", re.I
)


@dataclass(frozen=True, slots=True)
class Period:
    """Months of a year, from the first to the last; the year is 0 where nobody says it."""

    kind: str
    year: int
    first: int
    last: int


def find_period(text: str, year: int = 0) -> Period | None:
    """The period that a heading is, of its own year or else the one given: "I kw. 2024", "III",
    "sty". None for other words.
    """
    years = set(YEAR_NUMBER.findall(text))
    if len(years) > 1:
        return None
    year = int(years.pop()) if years else year
    rest = OF_YEAR.sub(" ", YEAR_NUMBER.sub(" ", text)).strip(EDGES)
    if not rest:
        return Period(YEAR, year, 1, 12) if YEAR_NUMBER.search(text) else None
    if month := _parse_month(rest):
        return Period(MONTH, year, month, month)
    for kind, pattern, months in ((QUARTER, QUARTER_HEADING, 3), (HALF, HALF_HEADING, 6)):
        if match := pattern.fullmatch(rest):
            number = _number_of(match)
            return Period(kind, year, months * (number - 1) + 1, months * number)
    return None


def is_bare_number(text: str) -> bool:
    """Whether a number is all that a heading says besides its year: "III", "2025 3"."""
    word = YEAR_NUMBER.sub(" ", text).strip(EDGES)
    return word.upper() in ROMAN_NUMERALS or word.isdecimal()


def _parse_month(word: str) -> int:
    """1 to 12, 0 for no month."""
    if word.isdecimal() and len(word) < 3:
        return int(word) if 1 <= int(word) <= 12 else 0
    return ROMAN_NUMERALS.get(word.upper()) or find_month(word)


def _number_of(match: re.Match[str]) -> int:
    return ROMAN_NUMERALS.get((match["roman"] or "").upper()) or int(
        match["behind"] or match["before"]
    )


def spans_of_runs(
    runs: Sequence[tuple[Period, Period]], words: str, default_year: int | None
) -> ParsedSpans:
    """The days from the first to the last period of each run, as `parse_spans` would find them in
    `words`. Runs without a year are of the default one, with a doubt.
    """
    spans = ParsedSpans(read=(words,))
    for first, last in runs:
        year = first.year or default_year
        if not year:
            return ParsedSpans(doubts=[NO_YEAR], left=words)
        if not first.year and YEAR_ASSUMED not in spans.doubts:
            spans.doubts.append(YEAR_ASSUMED)
        mention = DateMention(0, 0, (first.first, 1), (last.last, 0), first.kind, year)
        days = mention.days(), mention.in_year(last.year or year).days()
        if days[0] and days[1]:
            spans.windows.append(DateSpan(days[0][0], days[1][1], first.kind))
    return spans
