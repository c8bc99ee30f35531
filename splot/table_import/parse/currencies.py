"""The currency of a row's money that stands in a column of its own."""

import re
from collections.abc import Iterable

from splot.documents.spreadsheets import Cell
from splot.language.normalisation import normalise_name
from splot.parsing.amount_words import CURRENCIES, match_kind
from splot.spreadsheet_columns.schema import ColumnMeaning

CURRENCY_HEADING = re.compile(r"walut|currency|wahrung|mena\b|moneda|divisa|валюта")


def currency_beside(cells: Iterable[tuple[ColumnMeaning, Cell]]) -> str:
    """The currency that a cell below such a heading names alone, "" for none."""
    for __, cell in cells:
        if CURRENCY_HEADING.search(normalise_name(cell.heading)):
            return str(match_kind(CURRENCIES, cell.text.strip()))
    return ""


def in_currency(meaning: ColumnMeaning, currency: str) -> ColumnMeaning:
    """A column of money, whose figures of this row are in a currency."""
    if not currency:
        return meaning
    return ColumnMeaning(meaning.code, {**meaning.options, "currency": currency})
