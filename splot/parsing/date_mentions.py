"""A span of days at a place in a text, and how exactly it is said."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from splot.parsing.date_words import MONTHS, SHORT_MONTHS, strip_diacritics

DAY, MONTH, QUARTER, HALF, YEAR, SCHOOL_YEAR = (
    "day",
    "month",
    "quarter",
    "half",
    "year",
    "school_year",
)
PRECISIONS = (DAY, MONTH, QUARTER, HALF, SCHOOL_YEAR, YEAR)  # from the finest
TWO_DIGIT_YEAR, SPAN_OF_YEARS, DAY_OR_MONTH_FIRST, NO_SUCH_DAY, APPROXIMATE, NO_SUCH_YEAR = (
    "two-digit-year",
    "span-of-years",
    "day-or-month-first",
    "no-such-day",
    "approximate",
    "no-such-year",
)
FIRST_YEAR, LAST_YEAR = 1900, 2099  # outside them a year is a misprint


@dataclass(frozen=True, slots=True)
class DateMention:
    """A span of days at a place in a text. `year` is None when it was not said; `years` counts
    whole ones.
    """

    at: int
    behind: int
    first: tuple[int, int]  # month, day
    last: tuple[int, int]  # day 0: the last of the month
    precision: str
    year: int | None = None
    years: int = 0
    doubt: str = ""

    def days(self) -> tuple[date, date] | None:
        """First and last day, None without a year or for 31 February."""
        try:
            end_year = (self.year or 0) + self.years
            last = self.last[1] or monthrange(end_year, self.last[0])[1]
            return date(self.year or 0, *self.first), date(end_year, self.last[0], last)
        except (ValueError, IndexError):
            return None

    def in_year(self, year: int) -> DateMention:
        return replace(self, year=year)


def look_up_month(name: str) -> int:
    """The number of a month by its name, 1 for what is none."""
    bare = strip_diacritics(name.rstrip("."))
    return MONTHS.get(bare) or SHORT_MONTHS.get(bare) or 1


def expand_year(digits: str | None) -> int | None:
    """The year of four digits, or of two of this century; None for None."""
    if digits is None:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)
