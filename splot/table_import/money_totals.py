"""Columns of money beside one another: which add up others, and which nothing tells apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from splot.documents.spreadsheets.sums import PART_WORDS, SUM_WORDS, figure_of, is_only_sum
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import MONEY_FIGURES
from splot.language.normalisation import normalise_name
from splot.spreadsheet_columns.schema import UNMAPPED, ColumnMeaning, SettledColumns

from .money_columns import TOTAL, source_of_column, year_of_column

CHECKED_ROWS = 60  # that show whether a column adds up others
TOTAL_WORDS = re.compile(
    rf"{SUM_WORDS.pattern}|(?<!\w)(?:łączn\w+|całkowit\w+|całość|overall|whole|gesamt\w*"
    r"|celkov\w*|загальн\w+)",
    re.I,
)


def settle_totals(table: SheetTable, meanings: Sequence[ColumnMeaning]) -> SettledColumns:
    """Which columns of money are the totals of others, by their headings or by their figures; and
    which of several that say neither source nor year apart have to be asked for.
    """
    totals: dict[int, ColumnMeaning] = {}
    contested: dict[int, str] = {}
    money = [at for at, meaning in enumerate(meanings) if meaning.code in MONEY_FIGURES]
    if len(money) == 1 and is_only_sum(table.header[money[0]]):  # of people, for all one knows
        return SettledColumns({money[0]: ColumnMeaning(UNMAPPED)})
    for figure in MONEY_FIGURES:
        places = [at for at, meaning in enumerate(meanings) if meaning.code == figure]
        found = _totals_among(table, meanings, places)
        totals |= {at: _as_total(meanings[at]) for at in found}
        others = [at for at in places if at not in found]
        totals |= _dated_parts(meanings, found, others)
        contested |= dict.fromkeys(_unclear_among(table, meanings, others), figure)
    return SettledColumns(totals, contested)


def _dated_parts(
    meanings: Sequence[ColumnMeaning], totals: Collection[int], parts: Sequence[int]
) -> dict[int, ColumnMeaning]:
    """Columns that say no year themselves, whose one total does."""
    years = {year_of_column(meanings[at]) for at in totals}
    year = years.pop() if len(years) == 1 else None
    if year is None or any(year_of_column(meanings[at]) for at in parts):
        return {}
    dated: dict[int, ColumnMeaning] = {}
    for at in parts:
        options = {**meanings[at].options, "year": str(year)}
        dated[at] = ColumnMeaning(meanings[at].code, options)
    return dated


def _as_total(meaning: ColumnMeaning) -> ColumnMeaning:
    return ColumnMeaning(meaning.code, {**meaning.options, "part": TOTAL})


def _totals_among(
    table: SheetTable, meanings: Sequence[ColumnMeaning], places: Sequence[int]
) -> set[int]:
    """The columns that add up others of the same figure."""
    named = {at for at in places if TOTAL_WORDS.search(table.header[at])}
    totals: set[int] = set()
    for at in places:
        parts = [other for other in places if other not in named | {at}]
        parts = [other for other in parts if _is_part(meanings[other], meanings[at])]
        has_named_part = any(PART_WORDS.match(table.header[other]) for other in parts)
        is_part = PART_WORDS.match(table.header[at]) or source_of_column(meanings[at])
        says_so = at in named or has_named_part
        if parts and not is_part and (says_so or _adds_up(table, at, parts)):
            totals.add(at)
    return totals


def _is_part(part: ColumnMeaning, whole: ColumnMeaning) -> bool:
    year = year_of_column(whole)
    says_more = part.options.get("source") or part.options.get("year") != whole.options.get("year")
    return bool(says_more) and (year is None or year_of_column(part) in (None, year))


def _adds_up(table: SheetTable, whole: int, parts: Sequence[int]) -> bool:
    """Whether in each row that has them the figures of some columns are those of one together."""
    checked = 0
    for row in table.data[:CHECKED_ROWS]:
        figures = [figure_of(row.cells[at]) for at in parts]
        total = figure_of(row.cells[whole])
        given = [figure for figure in figures if figure is not None]
        if total is None or not given:
            continue
        if sum(given) != total:
            return False
        checked += 1
    return checked > 0


def _unclear_among(
    table: SheetTable, meanings: Sequence[ColumnMeaning], places: Sequence[int]
) -> set[int]:
    """Columns of one figure and year that nothing tells apart: no source, or the same heading."""
    unclear: set[int] = set()
    for at in places:
        for other in places:
            if at == other or not _covers_year(meanings[at], meanings[other]):
                continue
            is_same_heading = normalise_name(table.header[at]) == normalise_name(
                table.header[other]
            )
            if is_same_heading or not source_of_column(meanings[at]):
                unclear.add(at)
    return unclear


def _covers_year(meaning: ColumnMeaning, other: ColumnMeaning) -> bool:
    """Whether the money of a column can be for the year of another one, in its currency."""
    is_one_currency = meaning.options.get("currency") == other.options.get("currency")
    return is_one_currency and year_of_column(meaning) in (None, year_of_column(other))
