"""Days, months, quarters, halves and years as people write them, each a span of days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from splot.parsing.approximate_dates import APPROXIMATE_PATTERNS
from splot.parsing.date_mentions import (
    DAY,
    DAY_OR_MONTH_FIRST,
    HALF,
    MONTH,
    QUARTER,
    SCHOOL_YEAR,
    SPAN_OF_YEARS,
    TWO_DIGIT_YEAR,
    YEAR,
    DateMention,
    expand_year,
    look_up_month,
)
from splot.parsing.date_words import (
    AFTER_DAY,
    BEFORE_YEAR,
    DASH,
    DD,
    ENGLISH_MONTH,
    HALF_NUMBER,
    HALF_WORD,
    MM,
    MONTH_NAME,
    ORDINALS,
    QUARTER_NUMBER,
    QUARTER_WORD,
    ROMAN,
    YEAR_WORD,
    YYYY,
)
from splot.parsing.scanner import Scanner
from splot.parsing.vocabulary.periods import ROMAN_NUMERALS


def _parse_ordinal(word: str) -> int:
    digits = word.rstrip(".")
    if digits.isascii() and digits.isdigit():
        return int(digits)
    if word.upper() in ROMAN_NUMERALS:
        return ROMAN_NUMERALS[word.upper()]
    for stem, value in ORDINALS.items():
        if word.lower().startswith(stem):
            return value
    return 1


def _parse_day(match: re.Match[str]) -> DateMention:
    """From groups d, m (or name, or roman), y, and e for the last of several days."""
    groups = match.groupdict()
    if groups.get("name"):
        month = look_up_month(groups["name"])
    else:
        month = _parse_ordinal(groups.get("m") or groups["roman"])
    first, last = int(groups["d"]), int(groups.get("e") or groups["d"])
    year = groups.get("y")
    doubt = TWO_DIGIT_YEAR if year and len(year) == 2 else ""
    if groups.get("slash") == "/" and first <= 12 and first != month:
        doubt = DAY_OR_MONTH_FIRST
    return DateMention(
        *match.span(), (month, first), (month, last), DAY, expand_year(year), 0, doubt
    )


def _part_of_year_parser(unit: int, precision: str) -> Callable[[re.Match[str]], DateMention]:
    """Reads groups a (and b, the last one of several) as parts of a year of so many months."""

    def make(match: re.Match[str]) -> DateMention:
        groups = match.groupdict()
        first = _parse_ordinal(groups["a"])
        last = _parse_ordinal(groups.get("b") or groups["a"])
        year = groups.get("y") or groups.get("y2")
        months = ((first - 1) * unit + 1, 1), (last * unit, 0)
        return DateMention(*match.span(), *months, precision, expand_year(year), int(last < first))

    return make


def _parse_named_month(match: re.Match[str]) -> DateMention:
    month = look_up_month(match["name"])
    return DateMention(*match.span(), (month, 1), (month, 0), MONTH, expand_year(match["y"]))


def _parse_years(match: re.Match[str]) -> DateMention:
    groups = match.groupdict()
    first = int(groups["y"]) + (2000 if len(groups["y"]) == 2 else 0)
    end = groups.get("z") or groups["y"]
    last = int(end) + (first // 100 * 100 if len(end) == 2 else 0)
    doubt = ""
    if groups.get("slash") == "/":
        doubt = SPAN_OF_YEARS
    elif len(groups["y"]) == 2:
        doubt = TWO_DIGIT_YEAR
    return DateMention(*match.span(), (1, 1), (12, 0), YEAR, first, last - first, doubt)


def _parse_school_year(match: re.Match[str]) -> DateMention:
    return DateMention(*match.span(), (9, 1), (8, 0), SCHOOL_YEAR, int(match["y"]), 1)


def _compile_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){pattern}", re.I)


# in the order in which they are tried: what says more comes first
DATE_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DateMention]], ...] = (
    (
        _compile_pattern(rf"(?P<y>{YYYY})(?P<slash>[-./])(?P<m>{MM})(?P=slash)(?P<d>{DD})(?!\d)"),
        _parse_day,
    ),
    (
        _compile_pattern(
            rf"(?<!\d\.)(?P<d>{DD})\s?(?P<slash>[-./])\s?(?P<m>{MM})\s?(?P=slash)\s?(?P<y>{YYYY}"
            rf"|[2-4]\d)(?!\d){YEAR_WORD}"
        ),
        _parse_day,
    ),
    (
        _compile_pattern(
            rf"(?P<m>{MM})(?P<slash>[-/])(?P<d>1[3-9]|2\d|3[01])(?P=slash)(?P<y>{YYYY})(?!\d)"
        ),
        _parse_day,
    ),
    (
        _compile_pattern(
            rf"(?P<d>{DD}){DASH}(?P<e>{DD})\.(?P<m>{MM})\.(?P<y>{YYYY})(?!\d){YEAR_WORD}"
        ),
        _parse_day,
    ),
    (
        _compile_pattern(rf"(?P<d>{DD})[. ]\s?(?P<roman>{ROMAN})[. /]\s?(?P<y>{YYYY}){YEAR_WORD}"),
        _parse_day,
    ),
    (
        _compile_pattern(
            rf"(?P<d>{DD})(?:{DASH}(?P<e>{DD}))?(?:st|nd|rd"
            rf"|th)?\.?\s+(?:de\s+)?(?P<name>{AFTER_DAY})(?:,?\s*(?:del?\s+)?(?P<y>{YYYY}){YEAR_WORD})?"
        ),
        _parse_day,
    ),
    (
        _compile_pattern(
            rf"(?P<name>{ENGLISH_MONTH})\s*(?P<d>{DD})(?:st|nd|rd"
            rf"|th)?(?!\d)(?:,?\s+(?P<y>{YYYY}))?(?!\d)"
        ),
        _parse_day,
    ),
    (
        _compile_pattern(
            rf"(?P<a>{QUARTER_NUMBER})(?=(?:\s*(?:,|/|&|i\s|oraz\s|and\s"
            rf"|та\s)\s*{QUARTER_NUMBER})+\s*{QUARTER_WORD})"
        ),
        _part_of_year_parser(3, QUARTER),
    ),
    (
        _compile_pattern(
            rf"(?P<a>{QUARTER_NUMBER})(?:(?:{DASH})(?P<b>{QUARTER_NUMBER}))?\s*{QUARTER_WORD}"
            rf"(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?"
        ),
        _part_of_year_parser(3, QUARTER),
    ),
    (
        _compile_pattern(
            rf"(?P<y>{YYYY})\s?[-/ ]?\s?(?:Q|kw\.?\s?)(?P<a>[1-4])\b"
            rf"(?!\s*{BEFORE_YEAR}\s*{YYYY})"
        ),
        _part_of_year_parser(3, QUARTER),
    ),
    (
        _compile_pattern(
            rf"(?:Q|{QUARTER_WORD}\s*)(?P<a>IV|III|II|I|[1-4])(?:{DASH}Q?(?P<b>IV|III|II|I"
            r"|[1-4]))?\b"
            rf"(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}|(?<=')[2-4]\d(?!\d)){YEAR_WORD})?"
        ),
        _part_of_year_parser(3, QUARTER),
    ),
    (
        _compile_pattern(rf"(?P<a>[1-4])Q(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?\b"),
        _part_of_year_parser(3, QUARTER),
    ),
    (
        _compile_pattern(
            rf"(?P<a>{HALF_NUMBER})\s*{HALF_WORD}(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?"
        ),
        _part_of_year_parser(6, HALF),
    ),
    (
        _compile_pattern(rf"(?:H(?P<a>[12]))\b(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?"),
        _part_of_year_parser(6, HALF),
    ),
    (
        _compile_pattern(rf"(?P<a>[12])H\b(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?"),
        _part_of_year_parser(6, HALF),
    ),
    (
        _compile_pattern(
            r"(?:rok(?:u)?\s+(?:szkoln\w+|akademick\w+)|r\.\s?szk\.|(?:school"
            rf"|academic)\s+year|schuljahr|školní\s+rok)\s+(?P<y>{YYYY})\s?[/–-]\s?(?:\d{{4}}|\d\d)\b{YEAR_WORD}"
        ),
        _parse_school_year,
    ),
    *APPROXIMATE_PATTERNS,
    (
        _compile_pattern(
            rf"(?P<name>{MONTH_NAME})(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?"
        ),
        _parse_named_month,
    ),
    (
        _compile_pattern(
            rf"(?P<a>{ROMAN})(?:{DASH}(?P<b>{ROMAN}))?[ ./]\s?(?P<y>{YYYY}){YEAR_WORD}"
        ),
        _part_of_year_parser(1, MONTH),
    ),
    (
        _compile_pattern(
            rf"(?<!\d\.)(?P<a>{MM})(?:{DASH}(?P<b>{MM}))?[./](?P<y>{YYYY})(?!\d){YEAR_WORD}"
        ),
        _part_of_year_parser(1, MONTH),
    ),
    (
        _compile_pattern(rf"(?P<y>{YYYY})-(?P<a>0[1-9]|1[0-2])(?![\d-])"),
        _part_of_year_parser(1, MONTH),
    ),
    (
        _compile_pattern(
            rf"(?:(?:lata|latach|w)\s+)?(?P<y>{YYYY})(?:\s?r\.)?\s?(?P<slash>[-–—/])\s?(?P<z>{YYYY}"
            rf"|\d\d)(?!\d){YEAR_WORD}"
        ),
        _parse_years,
    ),
    (
        re.compile(
            r"(?:^|(?<=[/,;]))\s*(?P<y>2\d|3\d)(?P<slash>[-–/])(?P<z>2\d|3\d)\s*(?=$|[/,;])"
        ),
        _parse_years,
    ),
    (
        _compile_pattern(
            rf"(?<![\d.,])(?:(?:lata|latach|rok|roku|roce|year|jahr|año)\s+)?(?P<y>{YYYY})(?![\d%]){YEAR_WORD}"
        ),
        _parse_years,
    ),
    (_compile_pattern(rf"(?<!\d\.)(?P<d>{DD})\.(?P<m>{MM})\b(?!\.?\d)\.?"), _parse_day),
)


def find_dates(scan: Scanner) -> Iterator[DateMention]:
    """What the text says of days and years, taken from it, in no order. Numbers that are no date
    stay.
    """
    for pattern, make in DATE_PATTERNS:
        for match in scan.find(pattern):
            moment = make(match)
            if moment.years < 0 or moment.years > 60:
                continue
            scan.take(moment.at, moment.behind)
            yield moment
