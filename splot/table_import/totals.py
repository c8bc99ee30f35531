"""The sums that a file states, in columns and in rows, beside what was read of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from splot.core.numbers import format_amount
from splot.documents.spreadsheets import Cell
from splot.documents.spreadsheets.headings import own_columns
from splot.documents.spreadsheets.row_kinds import GROUP, SUM
from splot.documents.spreadsheets.sums import PART_WORDS, SUM_WORDS
from splot.documents.spreadsheets.tables import SheetTable, TableRow
from splot.implementation.columns import MONEY_FIGURES
from splot.implementation.lines import MoneyLine
from splot.parsing import parse_amounts
from splot.parsing.amount_words import AMOUNT
from splot.spreadsheet_columns.schema import ColumnMeaning

from .column_headings import TOTAL
from .context import ImportContext
from .money_columns import is_total, year_of_column
from .parse.money import parse_money_cell
from .parse.parsed_cell import ParsedCell
from .parse.parsed_row import ParsedRow
from .source_row import ITEM_STEP, SourceRow, row_name

FigureKey = tuple[str, int | None, str]  # figure, year, currency
Sums = dict[FigureKey, Decimal]


@dataclass(frozen=True)
class StatedSum:
    """A sum that the file states in a row, and what the rows that it adds up give together."""

    row: int
    name: str  # of the row, for people
    figure: str
    year: int | None
    currency: str
    stated: Decimal
    given: Decimal

    @property
    def is_right(self) -> bool:
        return self.stated == self.given

    def doubt(self) -> str:
        """A sentence with both figures."""
        figures = {
            "stated": f"{format_amount(self.stated)} {self.currency}",
            "given": f"{format_amount(self.given)} {self.currency}",
        }
        return _("the file’s sum is %(stated)s, its rows give %(given)s") % figures


def without_totals(meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """The columns, where those that add up others are not read as money."""
    return [ColumnMeaning(TOTAL) if is_total(meaning) else meaning for meaning in meanings]


def check_row_totals(
    parsed_row: ParsedRow,
    row: SourceRow,
    meanings: Sequence[ColumnMeaning],
    context: ImportContext,
) -> None:
    """Each total of a row beside its parts. A total without parts is the money; what it is more
    than its only part has no source that the file states; any other difference is a doubt.
    """
    for at, meaning in enumerate(meanings):
        if is_total(meaning) and row.cells[at]:
            _check_row_total(parsed_row, row.cells[at], meaning, meanings, context)


def _check_row_total(
    parsed_row: ParsedRow,
    cell: Cell,
    meaning: ColumnMeaning,
    meanings: Sequence[ColumnMeaning],
    context: ImportContext,
) -> None:
    parsed = parse_money_cell(cell, context, meaning, "")
    lines = parsed.values.get("budget", [])
    before = parsed_row.cells.get(meaning.code)
    year = year_of_column(meaning)
    given = _sums_of(before.values.get("budget", ()) if before else ())
    stated = _sums_of(lines)
    parsed_row.texts.setdefault(meaning.code, cell.text.strip())
    if not lines or not _sum_like(given, meaning.code, year):
        if parsed.values or parsed.left or parsed.doubts:
            _add_money(parsed_row, meaning.code, parsed)
        return
    for (figure, __, currency), amount in stated.items():
        total = _sum_like(given, figure, year, currency)
        parts = [part for part in meanings if part.code == meaning.code and not is_total(part)]
        if amount > total and len(parts) == 1:
            line = MoneyLine(source="", year=lines[0].year, currency=currency)
            rest = {figure: amount - total}
            _add_money(parsed_row, meaning.code, ParsedCell({"budget": [_with(line, rest)]}))
        elif amount != total:
            stated_sum = StatedSum(0, "", figure, year, currency, amount, total)
            parsed_row.doubts.append(f"{cell.heading}: {stated_sum.doubt()}")


def _with(line: MoneyLine, figures: Mapping[str, Decimal]) -> MoneyLine:
    return MoneyLine(**{**vars(line), **figures})


def _add_money(parsed_row: ParsedRow, code: str, parsed: ParsedCell) -> None:
    before = parsed_row.cells.get(code)
    if before is None:
        parsed_row.cells[code] = parsed
        return
    lines = [*before.values.get("budget", []), *parsed.values.get("budget", [])]
    if lines:
        before.values["budget"] = lines
    before.doubts += parsed.doubts
    before.keep(parsed.left)


def money_of_rows(parsed_rows: Iterable[ParsedRow]) -> dict[int, Sums]:
    """The money that each row of the file names, by its number."""
    return {row.row.number: _money_of_row(row) for row in parsed_rows}


def _money_of_row(parsed_row: ParsedRow) -> Sums:
    """The money that a row of the file names, by figure, year and currency."""
    sums: Sums = {}
    for code in MONEY_FIGURES:
        parsed = parsed_row.cells.get(code)
        if parsed is not None:
            _add(sums, _sums_of(parsed.values.get("budget", ())))
    return sums


def _sums_of(lines: Iterable[MoneyLine]) -> Sums:
    sums: Sums = {}
    for line in lines:
        for figure in MONEY_FIGURES:
            amount = getattr(line, figure)
            if amount is not None:
                key = (figure, line.year, line.currency)
                sums[key] = sums.get(key, Decimal(0)) + amount
    return sums


def _add(sums: Sums, more: Mapping[FigureKey, Decimal]) -> None:
    for key, amount in more.items():
        sums[key] = sums.get(key, Decimal(0)) + amount


def _sum_like(sums: Sums, figure: str, year: int | None, currency: str = "") -> Decimal:
    """What sums give of a figure: of one year or of all, in one currency or in any."""
    total = Decimal(0)
    for (of_figure, of_year, of_currency), amount in sums.items():
        is_meant = of_figure == figure and currency in ("", of_currency)
        if is_meant and (year in (None, of_year) or of_year is None):
            total += amount
    return total


def stated_sums(
    table: SheetTable,
    meanings: Sequence[ColumnMeaning],
    money: Mapping[int, Sums],
    context: ImportContext,
) -> list[StatedSum]:
    """The sums that rows of a table state, each with what the rows give that it seems to add up.
    `money` is by the number of the row.
    """
    rows = _money_by_table_row(money)
    sums: list[StatedSum] = []
    last = max((row.number for row in table.rows if row.kind == SUM), default=0)
    running = _Running()
    whole: Sums = {}
    for sums_of_row in rows.values():
        _add(whole, sums_of_row)
    for at, row in enumerate(table.rows):
        stated = (
            _stated_in(row, table.header, meanings, context) if row.kind in (SUM, GROUP) else {}
        )
        if row.kind == SUM and stated:
            candidates = [*running.candidates(row), running.all or whole]
            sums += _compare(row, stated, candidates, is_last=row.number == last)
            running.end_part()
        elif row.kind == GROUP and stated:
            sums += _compare(row, stated, [_sums_below(table.rows[at + 1 :], row, rows)])
        if row.number in rows:
            running.add(row, rows[row.number])
    return sums


def _money_by_table_row(money: Mapping[int, Sums]) -> dict[int, Sums]:
    """The tasks that one row lists together."""
    rows: dict[int, Sums] = defaultdict(dict)
    for number, sums in money.items():
        _add(rows[number % ITEM_STEP], sums)
    return rows


class _Running:
    """The money of the rows so far: of all, of those since the last sum, of those of each group."""

    def __init__(self) -> None:
        self.all: Sums = {}
        self.lately: Sums = {}
        self.by_group: dict[tuple[str, ...], Sums] = {}

    def add(self, row: TableRow, sums: Sums) -> None:
        _add(self.all, sums)
        _add(self.lately, sums)
        for depth in range(1, len(row.group) + 1):
            _add(self.by_group.setdefault(tuple(row.group[:depth]), {}), sums)

    def candidates(self, row: TableRow) -> Iterator[Sums]:
        """What a sum may add up, the nearest first."""
        if self.lately:
            yield self.lately
        for depth in range(len(row.group), 0, -1):
            yield self.by_group.get(tuple(row.group[:depth]), {})

    def end_part(self) -> None:
        self.lately = {}


def _stated_in(
    row: TableRow, header: Sequence[str], meanings: Sequence[ColumnMeaning], context: ImportContext
) -> Sums:
    """The figures of a row that adds up others, below the headings of money."""
    if any(PART_WORDS.match(cell.one_line) for cell in row.cells if cell):
        return {}
    stated: Sums = {}
    columns = zip(without_totals(meanings), header, row.cells, strict=True)
    for meaning, heading, cell in columns:
        if meaning.code in MONEY_FIGURES and cell and cell.merged_from is None:
            headed = replace(cell, heading=heading)  # which may say "in thousands"
            parsed = parse_money_cell(headed, context, meaning, "")
            _add(stated, _sums_of(parsed.values.get("budget", ())))
    return stated or _stated_in_words(row, meanings)


def _stated_in_words(row: TableRow, meanings: Sequence[ColumnMeaning]) -> Sums:
    """The single amount of a row that is one cell, "Razem: 120 000 zł": of the figure of which the
    table has columns, of all years where it names none.
    """
    own = own_columns(row.cells)
    figures = {meaning.code for meaning in meanings if meaning.code in MONEY_FIGURES}
    if len(own) != 1 or len(figures) != 1 or not SUM_WORDS.search(row.cells[own[0]].text):
        return {}
    amounts = [
        amount for amount in parse_amounts(row.cells[own[0]].one_line) if amount.state == AMOUNT
    ]
    if len(amounts) != 1 or amounts[0].amount is None or not amounts[0].currency:
        return {}
    years = {year_of_column(meaning) for meaning in meanings if meaning.code in figures}
    if amounts[0].year not in (None, *years):
        return {}  # of a year that no column has for itself
    return {(figures.pop(), amounts[0].year, amounts[0].currency): amounts[0].amount}


def _sums_below(rows: Sequence[TableRow], head: TableRow, money: Mapping[int, Sums]) -> Sums:
    sums: Sums = {}
    for row in rows:
        if row.group[: len(head.group)] != head.group:
            break
        _add(sums, money.get(row.number, {}))
    return sums


def _compare(
    row: TableRow, stated: Sums, candidates: Sequence[Sums], *, is_last: bool = False
) -> Iterator[StatedSum]:
    for (figure, year, currency), amount in stated.items():
        given = [_sum_like(sums, figure, year, currency) for sums in candidates]
        nearest = given[-1] if is_last else given[0]
        meant = amount if amount in given else nearest
        name = row_name(row)
        yield StatedSum(row.number, name, figure, year, currency, amount, meant)
