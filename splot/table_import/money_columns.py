"""Columns of money: whose it is and for which year, as a heading or a person says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from splot.implementation.models import BudgetLine
from splot.language.normalisation import normalise_name
from splot.parsing.amount_words import CURRENCIES, find_currency, find_multiplier
from splot.spreadsheet_columns.schema import ColumnMeaning, FieldOption

TOTAL = "total"
USUAL_CURRENCY = "PLN"  # where neither a figure nor a person names another

YEAR = re.compile(r"(?<!\d)20[1-4]\d(?!\d)")
# Whose money a heading or a cell speaks of, by the beginnings of words.
SOURCE_PATTERNS: dict[str, str] = {
    "sought": r"poszukiw|do pozyskania|niezabezpiecz|brak zrodla|not found yet|sought|to be found"
              r"|шука",
    "eu": r"ue\b|unijn|unii europ|europejsk|eu\b|european union|amif\b|fami\b|efs|feniks|fers\b"
          r"|єс\b|європ|europaisch|evropsk|europe[oa]s?\b",
    "state": r"panstw|wojewod|rzadow|ministers|centraln|state|national|government|держав"
             r"|funduszu? pracy|pfron|nfz\b|bund(es|smittel)|landesmittel|statni|estatal",
    "own": r"miast|miejsk|gmin|wlasn|samorzad|municip|city|own\b|council|міськ|міст|місцев|власн"
           r"|eigen|stadtisch|kommunal|mestsk|mesta\b|obecni|vlastni|propi[oa]s?\b|ayuntamiento",
    "other": r"zewnetrz|inn[eyia]\b|innych|grant|norwesk|eog\b|fundacj|sponsor|darowizn|unicef"
             r"|unhcr|iom\b|other|outside|external|інш|drittmittel|sonstige|externi|extern[oa]s?\b",
}  # fmt: skip
SOURCE_REGEXES = {name: re.compile(rf"\b(?:{words})") for name, words in SOURCE_PATTERNS.items()}


def money_sources_of(text: str) -> set[str]:
    """Whose money these words name."""
    normalised = normalise_name(text)
    named = {source for source, words in SOURCE_REGEXES.items() if words.search(normalised)}
    if "sought" in named:
        return {"sought"}
    if named & {"eu", "state"}:
        named.discard("other")  # "external money, of the EU"
    return named


def money_source_of(text: str) -> str:
    """Whose money these words name, "" for nobody's, and for that of several."""
    named = money_sources_of(text)
    return named.pop() if len(named) == 1 else ""


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
            unset_label=gettext_lazy("source as the row says, else not stated"),
            choices=BudgetLine.Source.choices,
            find_in_heading=money_source_of,
        ),
        FieldOption(
            code="currency",
            label=gettext_lazy("Currency"),
            unset_label=gettext_lazy("currency as the cell says, else PLN"),
            choices=[(code, code) for code in CURRENCIES],
            find_in_heading=find_currency,
        ),
        FieldOption(
            code="unit",
            label=gettext_lazy("What the figures are counted in"),
            unset_label=gettext_lazy("counted as the cell says, else singly"),
            choices=[
                ("1000", gettext_lazy("thousands")),
                ("1000000", gettext_lazy("millions")),
            ],
            find_in_heading=lambda heading: str(find_multiplier(heading)),
        ),
        FieldOption(
            code="part",
            label=gettext_lazy("What the figure is"),
            unset_label=gettext_lazy("a figure of its own"),
            choices=[(TOTAL, gettext_lazy("the total of other columns, which it checks"))],
        ),
    )


def year_of_column(meaning: ColumnMeaning) -> int | None:
    """The year that a column of money is for, None where its cells say it."""
    year = meaning.options.get("year", "")
    return int(year) if year else None


def source_of_column(meaning: ColumnMeaning) -> str:
    """Whose money a column holds, "" where its rows say it."""
    return meaning.options.get("source", "")


def currency_of_column(meaning: ColumnMeaning, heading: str) -> str:
    """The currency of figures that name none themselves."""
    return meaning.options.get("currency") or find_currency(heading) or USUAL_CURRENCY


def unit_of_column(meaning: ColumnMeaning, heading: str) -> int:
    """What the figures of a column are multiplied with where they do not say it themselves."""
    return int(meaning.options.get("unit") or find_multiplier(heading))


def is_total(meaning: ColumnMeaning) -> bool:
    """Whether a column adds up others, and is no money of its own."""
    return meaning.options.get("part") == TOTAL
