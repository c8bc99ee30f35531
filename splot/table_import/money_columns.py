"""Columns of money: whose it is and for which year, as a heading or a person says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from splot.implementation.models import BudgetLine
from splot.language.normalisation import normalise_name
from splot.spreadsheet_columns.schema import ColumnMeaning, FieldOption

YEAR = re.compile(r"(?<!\d)20[1-4]\d(?!\d)")
# Whose money a heading or a cell speaks of; earlier lines win.
SOURCE_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "sought",
        r"poszukiw|do pozyskania|niezabezpiecz|brak zrodla|not found yet|sought|to be found"
        r"|шука",
    ),
    (
        "eu",
        r"\bue\b|unijn|unii europ|europejsk|\beu\b|european union|\bamif\b|\bfami\b|\befs"
        r"|feniks|\bfers\b|\bєс\b|європ",
    ),
    (
        "state",
        r"panstw|wojewod|rzadow|ministers|centraln|state|national|government|держав"
        r"|funduszu? pracy|pfron",
    ),
    (
        "own",
        r"miast|miejsk|gmin|wlasn|samorzad|municip|city|own|council|міськ|власн|міст",
    ),
    (
        "other",
        r"zewnetrz|inne|inny|grant|norwesk|eog|fundacj|sponsor|darowizn|unicef|unhcr|iom|other"
        r"|outside|external|інш",
    ),
)


def money_source_of(text: str) -> str:
    """Whose money these words name, "" for nobody's."""
    normalised = normalise_name(text)
    for source, pattern in SOURCE_PATTERNS:
        if re.search(pattern, normalised):
            return source
    return ""


def single_year_of(heading: str) -> str:
    """The year that a heading names, "" where it names none or several."""
    years = set(YEAR.findall(heading))
    return years.pop() if len(years) == 1 else ""


def money_options(years: Iterable[int]) -> tuple[FieldOption, ...]:
    """What a person can say of a column of money; `years` are to choose from."""
    return (
        FieldOption(
            code="year",
            label=gettext_lazy("Year"),
            unset_label=gettext_lazy("year as the cell says"),
            choices=[(str(year), str(year)) for year in years],
            find_in_heading=single_year_of,
            accepts=lambda value: YEAR.fullmatch(value) is not None,
        ),
        FieldOption(
            code="source",
            label=gettext_lazy("Source of the money"),
            unset_label=gettext_lazy("source as the row says, else the municipality’s budget"),
            choices=BudgetLine.Source.choices,
            find_in_heading=money_source_of,
        ),
    )


def year_of_column(meaning: ColumnMeaning) -> int | None:
    """The year that a column of money is for, None where its cells say it."""
    year = meaning.options.get("year", "")
    return int(year) if year else None


def source_of_column(meaning: ColumnMeaning) -> str:
    """Whose money a column holds, "" where its rows say it."""
    return meaning.options.get("source", "")
