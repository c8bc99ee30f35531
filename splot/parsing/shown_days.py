"""Parses cells that hold a day, with what their format shows about it: "od 30.06.2023"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import chain

from babel import Locale

from splot.parsing.date_mentions import (
    DAY,
    DAY_OR_MONTH_FIRST,
    FIRST_YEAR,
    LAST_YEAR,
    NO_SUCH_YEAR,
    TWO_DIGIT_YEAR,
)
from splot.parsing.spans import DateSpan, ParsedSpans, parse_spans

WORD = re.compile(r"[^\W\d_]+")
WORD_OR_SIGN = re.compile(rf"{WORD.pattern}|[^\w\s.,/:'()–-]")
LANGUAGES = ("pl", "en", "uk", "ru", "de", "be")  # that formats of files name
NO_WORDS = frozenset({"r", "roku", "p", "р", "г", "am", "pm"})  # that say no more than the day

SETTLED = (DAY_OR_MONTH_FIRST, TWO_DIGIT_YEAR)  # by the day that the cell holds


def parse_shown_day(text: str, day: date | None, default_year: int | None = None) -> ParsedSpans:
    """What a cell says of time, from its text and the day that it holds, if it holds one. The day
    counts, since its digits may be shown in any order; words beside it are parsed or left.
    """
    if day is None:
        return parse_spans(text, default_year)
    shown = text.strip()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return ParsedSpans(doubts=[NO_SUCH_YEAR], left=shown)
    words: list[str] = []
    for word in WORD_OR_SIGN.findall(shown):
        if word.casefold() not in _names_in_dates():
            words.append(word)
    said = parse_spans(shown, default_year) if words else ParsedSpans()
    if len(said.windows) == 1 and day in (said.windows[0].starts, said.windows[0].due):
        said.doubts = [doubt for doubt in said.doubts if doubt not in SETTLED]
        return said
    spans = ParsedSpans([DateSpan(None, day, DAY)], read=(shown,) if shown else ())
    spans.left = " ".join(words)
    return spans


@cache
def _names_in_dates() -> frozenset[str]:
    """The words of which formats of dates are made: names of months and of days of the week."""
    names: list[str] = []
    for code in LANGUAGES:
        locale = Locale.parse(code)
        for contexts in (locale.months, locale.days):
            for width in chain.from_iterable(context.values() for context in contexts.values()):
                names += width.values()
    words = WORD.findall(" ".join(names).casefold())
    return NO_WORDS | {word for word in words if len(word) > 2}  # "Do" is a Thursday, and "until"
