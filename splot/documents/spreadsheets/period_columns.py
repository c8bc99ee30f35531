"""Columns of months, quarters or years in which a mark says when a row runs, as one column of
times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from babel.dates import get_month_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.documents.spreadsheets.headings import HEADING_SEPARATOR
from splot.documents.spreadsheets.model import EMPTY, Cell
from splot.documents.spreadsheets.row_kinds import DATA
from splot.documents.spreadsheets.tables import SheetTable, TableRow
from splot.parsing.date_mentions import HALF, MONTH, QUARTER, YEAR
from splot.parsing.periods import YEAR_NUMBER, Period, find_period, is_bare_number

# a word or a sign that a row runs in a column's time, and one that it does not
MARK = re.compile(r"[xхv]+|tak|yes|ja|ano|sí|si|так|[^\w\s\-–—?!]+", re.I)
NO_MARK = re.compile(r"[-–—]+|nie|no|nein|ne|ні", re.I)
# a day or an act that a title names beside its year
OF_ACT = re.compile(
    r"dnia|uchwał|zarządzeni|stan\s+na|wersja|aktualiz|beschluss|usnesení|acuerdo", re.I
)
MIN_COLUMNS = {MONTH: 3, QUARTER: 2, HALF: 2, YEAR: 2}


def join_period_columns(table: SheetTable) -> SheetTable:
    """The table with one column of times in the place of columns of periods that hold nothing but
    marks; as it is where they hold anything else.
    """
    places = _period_columns(table)
    if not places:
        return table
    kept = [at for at in range(len(table.header)) if at not in places or at == min(places)]
    rows = [_join_cells(row, kept, places) for row in table.rows]
    header = list(table.header)
    header[min(places)] = _common_heading([table.header[at] for at in places])
    return replace(
        table,
        header=[header[at] for at in kept],
        rows=rows,
        columns=[table.columns[at] for at in kept],
    )


def _period_columns(table: SheetTable) -> dict[int, Period]:
    """{place: period} of the columns of the most frequent kind, where all of them hold marks."""
    year = year_of_titles([*table.title_rows, table.sheet])
    periods: dict[int, Period] = {}
    for at, heading in enumerate(table.header):
        if period := parse_period_heading(heading, year):
            periods[at] = period
    _count_bare_numbers(table.header, periods)
    for kind, least in MIN_COLUMNS.items():
        places = {at: period for at, period in periods.items() if period.kind == kind}
        if len(places) >= least and len(set(places.values())) == len(places):
            return places if _hold_marks(table, places) else {}
    return {}


def _count_bare_numbers(header: Sequence[str], periods: dict[int, Period]) -> None:
    """Bare numbers that never go beyond four are no months: from one to four they are quarters,
    and anything less is not known.
    """
    lower = list(map(lower_heading, header))
    bare = {at: period for at, period in periods.items() if is_bare_number(lower[at])}
    numbers = {period.first for period in bare.values()}
    if max(numbers, default=12) > 4:
        return
    is_each_year_whole = len(bare) == 4 * len({period.year for period in bare.values()})
    for at, period in bare.items():
        if numbers == {1, 2, 3, 4} and is_each_year_whole:
            last = 3 * period.first
            periods[at] = Period(QUARTER, period.year, last - 2, last)
        else:
            del periods[at]


def _hold_marks(table: SheetTable, places: dict[int, Period]) -> bool:
    marked = False
    for row in table.rows:
        for at in places if row.kind == DATA else ():
            cell = row.cells[at]
            if cell.fill and not cell:
                return False  # a colour may say what marks say in other rows
            if cell:
                marked = True
                if not (_is_mark(cell) or NO_MARK.fullmatch(cell.text.strip())):
                    return False
    return marked


def _is_mark(cell: Cell) -> bool:
    return MARK.fullmatch(cell.text.strip()) is not None


def year_of_titles(titles: Sequence[str]) -> int:
    """The one year for which titles or the name of a sheet say that a table is; 0 for none or
    several, and for the year of an act.
    """
    years: set[str] = set()
    for title in titles:
        is_of_act = OF_ACT.search(title) or re.search(r"\d\.\d", title)
        years.update(() if is_of_act else YEAR_NUMBER.findall(title))
    return int(years.pop()) if len(years) == 1 else 0


def parse_period_heading(heading: str, year: int = 0) -> Period | None:
    """The period that heads a column: "I kw. 2024", "2024 / III", "sty". None for other words."""
    years = set(YEAR_NUMBER.findall(heading))
    if len(years) > 1:
        return None
    return find_period(lower_heading(heading), int(years.pop()) if years else year)


def lower_heading(heading: str) -> str:
    """The lower of two headings of a column."""
    return heading.rpartition(HEADING_SEPARATOR)[2]


def _common_heading(headings: Sequence[str]) -> str:
    """What stands above all of the columns, where that is more than a year."""
    above = {heading.rpartition(HEADING_SEPARATOR)[0] for heading in headings}
    shared = YEAR_NUMBER.sub("", above.pop()).strip(" /") if len(above) == 1 else ""
    return shared or _("When")


def _join_cells(row: TableRow, kept: list[int], places: dict[int, Period]) -> TableRow:
    cells = list(row.cells)
    marked = [period for at, period in places.items() if _is_mark(row.cells[at])]
    runs = tuple(_runs(marked))
    text = "; ".join(map(_describe_run, runs))
    if row.kind == DATA:
        cells[min(places)] = Cell(text, text, periods=runs) if runs else EMPTY
    return TableRow(row.number, row.kind, [cells[at] for at in kept], row.group)


def _runs(periods: Sequence[Period]) -> Iterator[tuple[Period, Period]]:
    """The first and the last of periods that follow one another."""
    ordered = sorted(periods, key=lambda period: (period.year, period.first))
    start = before = None
    for period in ordered:
        if start is None or before is None:
            start = period
        elif _month_index(period, period.first) != _month_index(before, before.last) + 1:
            yield start, before
            start = period
        before = period
    if start is not None and before is not None:
        yield start, before


def _month_index(period: Period, month: int) -> int:
    return 12 * period.year + month


def _describe_run(run: tuple[Period, Period]) -> str:
    """A time as a person sees it in a cell: "2024", "01.2024-03.2024", "January - February" without
    a year.
    """
    first, last = run
    if not first.year:
        names = get_month_names("wide", context="stand-alone", locale=get_language() or "en")
        return " - ".join(dict.fromkeys((names[first.first], names[last.last])))
    if (first.first, last.last) == (1, 12):
        return "-".join(dict.fromkeys((str(first.year), str(last.year))))
    ends = (f"{first.first:02}.{first.year}", f"{last.last:02}.{last.year}")
    return "-".join(dict.fromkeys(ends))
