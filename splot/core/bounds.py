"""Between which values the figures and days of rows lie, whichever way they come in."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .numbers import format_number

FIRST_YEAR, LAST_YEAR = 1990, 2100
YEARS_AROUND_TERM = 10  # in which a day may lie, before a policy's first year and after its last
MAX_AMOUNT = Decimal("999999999999.99")  # of money
MAX_NUMBER = Decimal("999999999999.999")  # of what an indicator measures, also below zero
MAX_COUNT = 2_000_000_000  # of people or cases
MAX_PRIORITY = 9_999
MIN_SHARE, MAX_SHARE = 0, 100  # in per cent, beyond which a person is asked
MAX_SERIES = 99  # of an indicator whose definition has changed


def validate_day(day: date) -> None:
    """Refuse a day of a year that is no year of a policy, such as 24 or 9999."""
    validate_day_within(day, range(FIRST_YEAR, LAST_YEAR + 1))


def validate_day_within(day: date, years: range) -> None:
    """Refuse a day that lies in none of the years."""
    if day.year not in years:
        raise ValidationError(
            _("The year has to lie between %(first)d and %(last)d.")
            % {"first": years[0], "last": years[-1]}
        )


def years_around(years: range) -> range:
    """The years in which something of a term may lie: the term's, and those around them."""
    first, last = years[0] - YEARS_AROUND_TERM, years[-1] + YEARS_AROUND_TERM
    return range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1)


def validate_year(year: int) -> None:
    _validate_between(year, FIRST_YEAR, LAST_YEAR, grouped=False)


def validate_amount(value: Decimal) -> None:
    """Refuse a sum of money below zero, or beyond what the table holds."""
    _validate_between(value, 0, MAX_AMOUNT)


def validate_number(value: Decimal) -> None:
    """Refuse what an indicator cannot hold."""
    _validate_between(value, -MAX_NUMBER, MAX_NUMBER)


def validate_count(value: int | Decimal) -> None:
    """Refuse a number of people or cases below zero, or beyond all people."""
    _validate_between(value, 0, MAX_COUNT)


def is_unusual_share(value: Decimal) -> bool:
    """Is it outside of what a share in per cent usually is? A growth by 150 % may be meant."""
    return not MIN_SHARE <= value <= MAX_SHARE


def validate_priority(value: int | Decimal) -> None:
    _validate_between(value, 1, MAX_PRIORITY)


def validate_series(value: int | Decimal) -> None:
    _validate_between(value, 1, MAX_SERIES)


def _validate_between(
    value: Decimal | int, least: Decimal | int, most: Decimal | int, *, grouped: bool = True
) -> None:
    if not least <= value <= most:
        write = format_number if grouped else str
        raise ValidationError(
            _("The number has to lie between %(least)s and %(most)s.")
            % {"least": write(least), "most": write(most)}
        )
