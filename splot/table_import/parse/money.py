"""Cells about money, and about what else a task draws on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from splot.core.bounds import MAX_AMOUNT
from splot.core.languages import Text
from splot.core.numbers import Qualifier
from splot.core.values import Values
from splot.documents.spreadsheets import Cell
from splot.implementation.lines import MoneyLine, ResourceLine
from splot.implementation.models import TaskResource
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name
from splot.parsing import ParsedAmount, parse_amounts
from splot.parsing.amount_words import (
    AMOUNT,
    NO_COST,
    UNPARSED,
    WITHIN_BUDGET,
    find_currencies,
    find_currency,
    find_multiplier,
)
from splot.parsing.amounts import AMBIGUOUS_SEPARATOR, SEVERAL_AMOUNTS, SHARES
from splot.spreadsheet_columns.schema import ColumnMeaning

from ..context import ImportContext
from ..money_columns import (
    currency_of_column,
    source_of_column,
    unit_of_column,
    year_of_column,
)
from ..settle_columns import BARE
from .parsed_cell import ParsedCell, split_lines
from .sources import ParsedSource, parse_source

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
    ("about 5 000") keeps its words beside it; without a figure the words stay.
    """
    parsed = ParsedCell()
    column = _MoneyColumn(cell, context, meaning, source)
    lines: list[MoneyLine] = []
    for amount in _without_parts(_parse_amounts(cell), parsed):
        if amount.state == AMOUNT:
            lines += _money_lines(amount, column, parsed)
        elif amount.state in RESOURCE_OF_STATE:
            parsed.values.setdefault("resources", []).append(
                ResourceLine(RESOURCE_OF_STATE[amount.state], Text())
            )
            parsed.leave(amount.left)
        elif amount.state == UNPARSED:
            parsed.leave(cell.text)
        elif any(map(str.isalpha, cell.text)):
            parsed.keep(cell.text)
        parsed.doubt(*_doubts_of_amount(amount, column))
    if len({(line.year, line.source, line.currency) for line in lines}) < len(lines):
        parsed.doubt(SEVERAL_AMOUNTS)
    if lines:
        parsed.values["budget"] = lines
    return parsed


@dataclass(frozen=True)
class _MoneyColumn:
    """What all amounts of a cell share."""

    cell: Cell
    context: ImportContext
    meaning: ColumnMeaning
    source: str  # that the row names elsewhere


def _doubts_of_amount(amount: ParsedAmount, column: _MoneyColumn) -> list[str]:
    """What was assumed of an amount. A point before three digits divides thousands where the
    figures are money, counted singly: no currency has three places.
    """
    is_named = amount.currency or find_currency(column.cell.heading)
    is_single = unit_of_column(column.meaning, column.cell.heading) == 1
    is_plain = is_named and is_single and "," not in column.cell.text
    settled = (AMBIGUOUS_SEPARATOR,) if is_plain else ()
    return [doubt for doubt in amount.doubts if doubt not in settled]


def _parse_amounts(cell: Cell) -> list[ParsedAmount]:
    if cell.amount is not None and "\n" not in cell.text:
        shown = _shown_amount(cell, cell.amount)
        if shown is not None:
            return [shown]
    amounts: list[ParsedAmount] = []
    for part in split_lines(cell.text) or [""]:
        amounts += parse_amounts(part)
    return amounts


def _shown_amount(cell: Cell, value: Decimal) -> ParsedAmount | None:
    """The number that a cell holds, with what its format says of it; None where the format makes
    something else than money of it (a share, a count of people).
    """
    first, *others = parse_amounts(cell.text)
    is_other = first.state == UNPARSED and any(sign.isalpha() or sign == "%" for sign in cell.text)
    if others or is_other or first.unexplained:
        return None
    doubts: list[str] = []
    is_multiplied = first.amount is not None and find_multiplier(cell.text) > 1
    if is_multiplied and abs((first.amount or 0) - value) > abs(value) / 10:
        words = {"shown": cell.text.strip(), "held": f"{value:f}"}
        doubts.append(_("the cell shows “%(shown)s” and holds %(held)s") % words)
        value = first.amount or value
    return replace(first, amount=value, upper=None, state=AMOUNT, doubts=doubts, left="")


def _without_parts(amounts: list[ParsedAmount], parsed: ParsedCell) -> list[ParsedAmount]:
    """The amounts of a cell, none of them twice: the parts of "30 tys., w tym 10 tys. miasto" stand
    for the sum where they make it up, else they stay in words.
    """
    first_part = next((at for at, amount in enumerate(amounts) if amount.is_part), len(amounts))
    sums, parts = amounts[:first_part], amounts[first_part:]
    if not parts:
        return sums
    total = sum(amount.amount or 0 for amount in sums)
    if sums and total == sum(amount.amount or 0 for amount in parts):
        currency = sums[-1].currency
        return [replace(part, currency=part.currency or currency) for part in parts]
    for part in parts:
        words = " ".join(filter(None, (*part.read, part.left)))
        parsed.keep(words)
        parsed.doubt(_("a part of the sum, kept in words: “%(words)s”") % {"words": words})
    return sums


def _money_lines(amount: ParsedAmount, column: _MoneyColumn, parsed: ParsedCell) -> list[MoneyLine]:
    """A figure for each year, and for each source, that it is said to be for."""
    cell, context = column.cell, column.context
    is_counted = find_multiplier(cell.text) > 1
    unit = 1 if is_counted else unit_of_column(column.meaning, cell.heading)
    figure = (amount.upper if amount.upper is not None else amount.amount or Decimal(0)) * unit
    if (
        amount.each not in ("", "year")
        or figure > MAX_AMOUNT
        or figure < 0
        or figure != round(figure, 2)
    ):
        parsed.keep(" ".join((*amount.read, amount.left)))
        parsed.doubt(_("an amount that is no sum of a year: it stays in words"))
        return []
    if amount.upper is not None:
        parsed.doubt(_("a range: its upper end was taken"))
    if figure and not amount.currency and BARE in column.meaning.options:
        parsed.doubt(_("it names no currency, as other figures of the column do"))
    headed = find_currencies(cell.heading)
    if figure and amount.currency and headed and amount.currency not in headed:
        currencies = {"heading": ", ".join(sorted(headed)), "cell": amount.currency}
        parsed.doubt(
            _("the heading says %(heading)s, the cell %(cell)s: the cell’s was taken") % currencies
        )
    if amount.qualifier != Qualifier.EXACT:
        parsed.keep(" ".join(amount.read))  # the table shows the figure alone
    is_exact = amount.qualifier == Qualifier.EXACT and amount.upper is None
    is_plain = is_exact and not amount.is_computed and not amount.shares
    note = Text() if is_plain else context.text(" ".join(amount.read))
    currency = amount.currency or currency_of_column(column.meaning, cell.heading)
    year = amount.year or year_of_column(column.meaning) or context.single_year
    years: list[int | None] = [year]
    if amount.each == "year" and year is None:
        years = list(context.years)
        parsed.doubt(_("a sum for each year: it was taken for every year of the table"))
    elif amount.each == "year" and len(context.years) > 1:
        parsed.doubt(_("a sum for each year: it was taken for %(year)s alone") % {"year": year})
    named = parse_source(amount.left) if amount.left else ParsedSource()
    parsed.leave(named.left)
    lines: list[MoneyLine] = []
    for source, part in _divide_by_shares(figure, amount, parsed):
        source = source or named.source or column.source
        for each in years:
            lines.append(_money_line(part, currency, column.meaning, each, source, note))
    return lines


def _divide_by_shares(
    figure: Decimal, amount: ParsedAmount, parsed: ParsedCell
) -> list[tuple[str, Decimal]]:
    """(source, part) of a sum of which shares are said to be somebody's; the rest is for nobody
    named. Shares that do not fit leave the sum whole.
    """
    divided: list[tuple[str, Decimal]] = []
    for percent, words in amount.shares:
        named = parse_source(words)
        if named.source and not named.left:
            divided.append((named.source, round(figure * percent / 100, 2)))
    rest = figure - sum(part for __, part in divided)
    if len(divided) < len(amount.shares) or rest < 0:
        parsed.leave(" ".join((*amount.read, amount.left)))
        parsed.doubt(SHARES)
        return [("", figure)]
    return [*divided, ("", rest)] if rest or not divided else divided


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
            parsed.leave(part)
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
