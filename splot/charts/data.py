"""The input of a chart: points and series, with values that may be approximate, preliminary, secret
or missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel import Locale
from babel.numbers import format_compact_decimal, format_percent
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.core.numbers import format_number, format_qualified

ValueQualifier = Literal["exact", "about", "over", "up_to"]
ValueStatus = Literal["preliminary", "final", "secret", "missing"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value. `label` is its period or category; `value` None is missing or secret, which zero
    is not.
    """

    label: str
    value: Decimal | None
    qualifier: ValueQualifier = "exact"
    status: ValueStatus = "final"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values that can be compared with one another.

    `break_before` says why a series cannot be compared with the one before it (a new definition,
    another territory): it keeps the colour of that one, and the break is drawn between the two.
    """

    label: str
    points: Sequence[Point]
    break_before: str = ""


@dataclass(frozen=True, slots=True)
class ChartTarget:
    """A value to reach; `at_label` is the period by which ("" for all the time)."""

    label: str
    value: Decimal
    at_label: str = ""


def with_unit(figure: str, unit: str) -> str:
    """A figure in words with its unit, in the way of the reader's language: "1,200 people",
    "45%".
    """
    if not unit:
        return figure
    if unit == "%":
        sign = format_percent(0, locale=reader_locale()).replace("0", "")
        return f"{figure}{sign}"
    return _("%(figure)s %(unit)s") % {"figure": figure, "unit": unit}


def reader_locale() -> Locale:
    """Babel's locale of the page's language."""
    return Locale.parse((get_language() or settings.LANGUAGE_CODE).replace("-", "_"))


def format_figure(value: Decimal | None, unit: str, qualifier: str = "exact") -> str:
    """A value in words with qualifier and unit: "over 7,500 people"."""
    return with_unit(format_qualified(value, qualifier), unit)


def format_axis_figure(value: Decimal, unit: str) -> str:
    """A short form for an axis: "45%", "12K", "1.5M"; the unit is said elsewhere."""
    large = abs(value) >= 10_000
    short = (
        format_compact_decimal(value, locale=reader_locale(), fraction_digits=1)
        if large
        else format_number(value)
    )
    return with_unit(short, unit) if unit == "%" else short


def format_point(point: Point, unit: str) -> str:
    """A value in words, and the reason where there is none."""
    if point.value is None:
        return _("secret") if point.status == "secret" else _("no data")
    figure = format_figure(point.value, unit, point.qualifier)
    return (
        _("%(figure)s (preliminary)") % {"figure": figure}
        if point.status == "preliminary"
        else figure
    )


def format_table_cell(point: Point, unit: str) -> str:
    """A value as the table below a chart says it: the unit stands above the chart, except for
    "%".
    """
    return format_point(point, unit if unit == "%" else "")


def format_target(target: ChartTarget, unit: str) -> str:
    """ "Target 2025: 60%"."""
    return _("%(label)s: %(figure)s") % {
        "label": target.label,
        "figure": format_figure(target.value, unit),
    }
