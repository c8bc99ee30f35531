"""Dates, periods and figures in the reader's language."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from splot.core import dates, numbers

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words: "12 March 2024"; a moment becomes its local date."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return dates.format_day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as a day and an hour: "12 March 2024, 14:05"; "" for none."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{dates.format_day(local.date())}, {local:%H:%M}"


@register.filter
def period(code: str) -> str:
    """A period in words: "2023-H1" -> "first half of 2023"; "" for none."""
    return str(dates.Period.parse(code)) if code else ""


@register.filter
def amount(value: Decimal | int | None) -> str:
    """A sum of money, with two decimals where it is not whole: "12,000.50"; "" for none."""
    return numbers.format_amount(value)


@register.filter
def figure(value: Decimal | int | None, unit: object = "") -> str:
    """A number as people write it, with its unit: "1,200 persons"; "" for none."""
    shown = numbers.format_number(value.normalize() if isinstance(value, Decimal) else value)
    return f"{shown} {unit}".strip() if shown else ""
