"""Times that are said roughly, each a doubt: "mid-2025", "early June 2026", "wiosna 2024", "24"."""

from __future__ import annotations

import re

from splot.parsing.date_mentions import (
    APPROXIMATE,
    DAY,
    MONTH,
    QUARTER,
    TWO_DIGIT_YEAR,
    YEAR,
    DateMention,
    expand_year,
    look_up_month,
)
from splot.parsing.date_words import BEFORE_YEAR, MONTH_NAME, YEAR_WORD, YYYY

EARLY, MIDDLE, LATE = "early", "middle", "late"
PARTS = (
    (EARLY, r"early|na\s+początku|początk(?:iem|u)|początek|anfang|začátk\w+|začátek"
            r"|(?:a\s+)?principios|на\s+початку|початок"),
    (MIDDLE, r"mid|middle|w\s+połowie|połow[aęy]|około\s+połowy|mitte|polovin\w+|v\s+polovině"
             r"|(?:a\s+)?mediados|у\s+середині|середина"),
    (LATE, r"late|pod\s+koniec|końcówka|(?:a\s+)?finales|gegen\s+ende|наприкінці"),
)  # fmt: skip
SEASONS = (
    (3, r"wiosn[aąęy]|spring|frühling|frühjahr|jaro|na\s+jaře|primavera|весна|навесні"),
    (6, r"lat(?:o|em)|summer|sommer|léto|v\s+létě|verano|літо|влітку"),
    (9, r"jesie(?:ń|nią)|autumn|fall|herbst|podzim|na\s+podzim|otoño|осінь|восени"),
    (12, r"zim[aąęy]|winter|v\s+zimě|invierno|зима|взимку"),
)
_ANY_PART = "|".join(words for __, words in PARTS)
_ANY_SEASON = "|".join(words for __, words in SEASONS)
_OF = r"(?:\s*[-–]\s*|\s+)(?:of\s+|de\s+|des\s+|roku\s+|roce\s+)?"

PART_OF_TIME = re.compile(
    rf"(?<!\w)(?P<part>{_ANY_PART}){_OF}(?:(?P<name>{MONTH_NAME})\s*{BEFORE_YEAR}\s*)?"
    rf"(?P<y>{YYYY}){YEAR_WORD}",
    re.I,
)
SEASON = re.compile(
    rf"(?<!\w)(?P<season>{_ANY_SEASON})(?:\s*{BEFORE_YEAR}\s*(?P<y>{YYYY}){YEAR_WORD})?(?!\w)", re.I
)
MONTH_OF_SHORT_YEAR = re.compile(
    rf"(?<!\w)(?P<name>{MONTH_NAME})\s*['’]?(?P<y>[2-4]\d)(?!\d)", re.I
)
SHORT_YEAR = re.compile(r"^\s*(?:rok\s+)?['’]?(?P<y>[2-4]\d)\s*(?:r\.?)?\s*$", re.I)


def _kind_of(word: str, kinds: tuple[tuple[str | int, str], ...]) -> str | int:
    for kind, words in kinds:
        if re.fullmatch(words, word, re.I):
            return kind
    return kinds[0][0]


def _parse_part(match: re.Match[str]) -> DateMention:
    """Of a year its first or last quarter, or the middle day; of a month its first or last ten
    days, or the fifteenth.
    """
    part = _kind_of(match["part"], PARTS)
    month = look_up_month(match["name"]) if match["name"] else None
    if month is None:
        first, last = {
            EARLY: ((1, 1), (3, 31)),
            MIDDLE: ((6, 30), (6, 30)),
            LATE: ((10, 1), (12, 31)),
        }[str(part)]
    else:
        begins, ends = {EARLY: (1, 10), MIDDLE: (15, 15), LATE: (21, 0)}[str(part)]
        first, last = (month, begins), (month, ends)
    precision = DAY if part == MIDDLE or month else QUARTER
    year = expand_year(match["y"])
    return DateMention(*match.span(), first, last, precision, year, 0, APPROXIMATE)


def _parse_season(match: re.Match[str]) -> DateMention:
    """Three whole months; those of winter end in the year after."""
    begins = int(_kind_of(match["season"], SEASONS))
    ends = (begins + 1) % 12 + 1
    year = expand_year(match["y"])
    span = match.span()
    return DateMention(
        *span, (begins, 1), (ends, 0), QUARTER, year, int(ends < begins), APPROXIMATE
    )


def _parse_month_of_short_year(match: re.Match[str]) -> DateMention:
    month, year = look_up_month(match["name"]), expand_year(match["y"])
    return DateMention(*match.span(), (month, 1), (month, 0), MONTH, year, 0, TWO_DIGIT_YEAR)


def _parse_short_year(match: re.Match[str]) -> DateMention:
    return DateMention(
        *match.span(), (1, 1), (12, 0), YEAR, expand_year(match["y"]), 0, TWO_DIGIT_YEAR
    )


APPROXIMATE_PATTERNS = (
    (PART_OF_TIME, _parse_part),
    (SEASON, _parse_season),
    (MONTH_OF_SHORT_YEAR, _parse_month_of_short_year),
    (SHORT_YEAR, _parse_short_year),
)
