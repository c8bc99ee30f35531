"""Periods that people report on: a year, a half, a quarter or a month: "2023", "2023-H1",
"2023-Q3", "2023-05".
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

PERIOD_CODE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """First and last day of a period; ordered by end, so that the later word about a year comes
    last.
    """

    end: date
    start: date
    code: str

    @classmethod
    def parse(cls, code: str) -> "Period":
        """Read a code such as "2023-H1". Raises ValueError for anything else."""
        match = PERIOD_CODE.fullmatch(code)
        if not match:
            raise ValueError(f"not a period: {code!r}")
        year = int(match["year"])
        if match["half"]:
            first, last = (1, 6) if match["half"] == "1" else (7, 12)
        elif match["quarter"]:
            first, last = 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"])
        elif match["month"]:
            first = last = int(match["month"])
        else:
            first, last = 1, 12
        return cls(date(year, last, monthrange(year, last)[1]), date(year, first, 1), code)

    @property
    def year(self) -> int:
        return self.start.year

    def __str__(self) -> str:
        year, __, part = self.code.partition("-")
        if part.startswith("H"):
            names = {"H1": _("first half of %(year)s"), "H2": _("second half of %(year)s")}
            return names[part] % {"year": year}
        if part.startswith("Q"):
            return _("quarter %(number)s of %(year)s") % {"number": part[1:], "year": year}
        if part:
            return format_date(self.start, "LLLL y", locale=get_language())
        return year


def validate_period(code: str) -> None:
    """Refuse what is not a period's code, with a sentence that shows one."""
    try:
        Period.parse(code)
    except ValueError as error:
        raise ValidationError(_("Write a period as 2024, 2024-H1, 2024-Q3 or 2024-05.")) from error


def shift_day(day: date, days: int) -> date:
    """The day so many days later, the last or the first day that there is where that lies beyond
    it: a row of an older release may hold any day.
    """
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def format_day(value: date | None, style: str = "long") -> str:
    """A date in words of the reader's language, "" for none."""
    return format_date(value, style, locale=get_language()) if value else ""
