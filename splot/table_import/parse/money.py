"""Cells about money, and about what else a task draws on."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from splot.core.languages import Text
from splot.core.numbers import Qualifier
from splot.core.values import Values
from splot.documents.spreadsheets import Cell
from splot.implementation.lines import MoneyLine, ResourceLine
from splot.implementation.models import BudgetLine, TaskResource
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name
from splot.parsing import ParsedAmount, parse_amounts
from splot.parsing.amount_words import (
    AMOUNT,
    NO_COST,
    WITHIN_BUDGET,
    find_currency,
    find_multiplier,
)
from splot.spreadsheet_columns.schema import ColumnMeaning

from ..context import ImportContext
from ..money_columns import money_source_of, source_of_column, year_of_column
from .parsed_cell import ParsedCell, split_lines

MAX_AMOUNT = Decimal(10) ** 13  # what the table can hold
Kind = TaskResource.Kind
RESOURCE_OF_STATE = {
    NO_COST: Kind.NO_COST,
    WITHIN_BUDGET: Kind.WITHIN_BUDGET,
}  # what is no sum of money, whatever the column
RESOURCE_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        Kind.NO_COST,
        r"bez koszt|bezkosztow|bez naklad|no cost|free of charge|без витрат",
    ),
    (
        Kind.WITHIN_BUDGET,
        r"w ramach|biezac\w+ (dzialalnos|budzet)|within (the )?(current|existing|own)"
        r"|current budget|в межах",
    ),
    (
        Kind.MONEY,
        r"budzet|srodki (finans|wlasn|z|miasta|unijn)|dotacj|grant|finans|money|funds?\b"
        r"|\bzl\b|кошти|гроші",
    ),
    (
        Kind.PEOPLE,
        r"pracownik|pracownic|etat|kadr|zespol|lektor|tlumacz|wolontari|nauczyciel|specjalist"
        r"|asystent|trener|doradc|osob|people|staff|teacher|volunteer|interpreter|team"
        r"|персонал|працівник|волонтер|люди",
    ),
    (
        Kind.PLACE,
        r"\bsal[aei]?\b|lokal|pomieszcz|siedzib|budyn|swietlic|bibliotek|szkol|przestrzen"
        r"|place|room|venue|premises|приміщен|місце",
    ),
    (
        Kind.MATERIAL,
        r"material|sprzet|komputer|podreczn|ulotk|drukow|publikac|wyposaz|laptop|equipment"
        r"|books?\b|leaflet|матеріал|обладнан",
    ),
    (
        Kind.KNOWLEDGE,
        r"wiedz|szkole|doswiadcz|know how|ekspert|diagnoz|kompetenc|knowledge|training|expert"
        r"|знан|досвід",
    ),
)
LABELLED = re.compile(r"^\s*(?P<label>[^:\n]{2,40}):\s*(?P<text>.*)$", re.S)


def parse_money_cell(
    cell: Cell, context: ImportContext, meaning: ColumnMeaning, source: str
) -> ParsedCell:
    """Lines of money for one figure; `source` is the one that the row names elsewhere, "" where
    nobody named one.

    "No cost" and "within the current budget" are resources, not sums. A figure that is not exact
    keeps its words beside it; without a figure the words stay.
    """
    parsed, lines = ParsedCell(), []
    for parsed_amount in _parse_amounts(cell):
        if parsed_amount.state == AMOUNT:
            lines += _money_lines(parsed_amount, cell, context, meaning, source, parsed)
        elif parsed_amount.state in RESOURCE_OF_STATE:
            parsed.values.setdefault("resources", []).append(
                ResourceLine(RESOURCE_OF_STATE[parsed_amount.state], Text())
            )
            parsed.keep(parsed_amount.left)
        elif any(map(str.isalpha, cell.text)):
            parsed.keep(cell.text)
        parsed.doubt(*parsed_amount.doubts)
    if lines:
        parsed.values["budget"] = lines
    return parsed


def _parse_amounts(cell: Cell) -> list[ParsedAmount]:
    if cell.amount is not None and "\n" not in cell.text:
        first = parse_amounts(cell.text)[0]
        return [replace(first, amount=cell.amount, upper=None, state=AMOUNT, doubts=[], left="")]
    amounts: list[ParsedAmount] = []
    for part in split_lines(cell.text) or [""]:
        amounts += parse_amounts(part)
    return amounts


def _money_lines(
    parsed_amount: ParsedAmount,
    cell: Cell,
    context: ImportContext,
    meaning: ColumnMeaning,
    source: str,
    parsed: ParsedCell,
) -> list[MoneyLine]:
    """A figure for each year that it is said to be for."""
    unit = 1 if find_multiplier(cell.text) > 1 else find_multiplier(cell.heading)
    amount = (
        parsed_amount.upper
        if parsed_amount.upper is not None
        else parsed_amount.amount or Decimal(0)
    ) * unit
    source = money_source_of(parsed_amount.left) or source
    if (
        parsed_amount.each not in ("", "year")
        or amount >= MAX_AMOUNT
        or amount < 0
        or amount != round(amount, 2)
    ):
        parsed.keep(" ".join((*parsed_amount.read, parsed_amount.left)))
        parsed.doubt(_("an amount that is no sum of a year: it stays in words"))
        return []
    if parsed_amount.upper is not None:
        parsed.doubt(_("a range: its upper end was taken"))
    is_exact = parsed_amount.qualifier == Qualifier.EXACT and parsed_amount.upper is None
    note = Text() if is_exact else context.text(" ".join(parsed_amount.read))
    currency = parsed_amount.currency or find_currency(cell.heading) or "PLN"
    year = parsed_amount.year or year_of_column(meaning) or context.single_year
    years: list[int | None] = [year]
    if parsed_amount.each == "year" and year is None:
        years = list(context.years)
        parsed.doubt(_("a sum for each year: it was taken for every year of the table"))
    if parsed_amount.left and not money_source_of(parsed_amount.left):
        parsed.keep(parsed_amount.left)
    return [_money_line(amount, currency, meaning, line_year, source, note) for line_year in years]


def _money_line(
    amount: Decimal,
    currency: str,
    meaning: ColumnMeaning,
    year: int | None,
    source: str,
    note: Text,
) -> MoneyLine:
    line = MoneyLine(
        source=source or source_of_column(meaning), year=year, currency=currency, note=note
    )
    figure: Values = {meaning.code: amount.quantize(Decimal("0.01"))}
    return replace(line, **figure)


def parse_sources(cell: Cell, context: ImportContext) -> ParsedCell:
    """Whose money it is. Several sources say nothing of a figure of the row: their words stay."""
    own = choices_by_label(BudgetLine.Source)
    parts = re.split(r"[;,\n+/]+", cell.text)
    sources: set[str] = set()
    for part in parts:
        if source := own.get(normalise_name(part)) or money_source_of(part):
            sources.add(source)
    if len(sources) == 1:
        return ParsedCell({"source": sources.pop()})
    parsed = ParsedCell(left=cell.text.strip())
    if sources:
        parsed.doubt(_("several sources of money, and nothing says how much each gives"))
    return parsed


def parse_resources(cell: Cell, context: ImportContext) -> ParsedCell:
    """A resource on each line, of the kind that its words speak of; a line that speaks of none
    stays in words.
    """
    parsed, lines = ParsedCell(), []
    for part in split_lines(cell.text):
        match = LABELLED.match(part)
        kind = (
            choices_by_label(Kind).get(normalise_name(match["label"]))
            if match
            else choices_by_label(Kind).get(normalise_name(part))
        )
        if kind:
            text = match["text"] if match else ""
        else:
            kind, text = _resource_kind_of(part), part
        if kind is None:
            parsed.keep(part)
        else:
            lines.append(ResourceLine(kind, context.text(text) if text.strip() else Text()))
    if lines:
        parsed.values["resources"] = lines
    return parsed


def _resource_kind_of(part: str) -> str | None:
    if parse_amounts(part)[0].currency:
        return Kind.MONEY
    normalised = normalise_name(part)
    for kind, pattern in RESOURCE_PATTERNS:
        if re.search(pattern, normalised):
            return kind
    return None
