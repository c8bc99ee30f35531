"""Finds the tables on a sheet: their headings, what groups their rows, which rows are sums."""

from __future__ import annotations

import re
from itertools import pairwise

from splot.documents.spreadsheets.cards import find_cards
from splot.documents.spreadsheets.continuation import continues_row
from splot.documents.spreadsheets.groups import assign_groups
from splot.documents.spreadsheets.headings import (
    find_header,
    header_texts,
    heads_anew,
    normalise_row,
    own_columns,
    own_text,
    starts_table,
)
from splot.documents.spreadsheets.model import Cell, Sheet
from splot.documents.spreadsheets.period_columns import join_period_columns
from splot.documents.spreadsheets.row_kinds import (
    CONTINUED,
    DATA,
    GROUP,
    HEADER,
    SUM,
    classify_row,
    is_from_above,
    numbers_columns,
)
from splot.documents.spreadsheets.side_by_side import split_side_by_side
from splot.documents.spreadsheets.sums import (
    RunningSums,
    is_figure,
    may_be_sum,
    may_be_task,
)
from splot.documents.spreadsheets.tables import SheetTable, TableRow


def find_tables(sheet: Sheet) -> list[SheetTable]:
    """The tables of a sheet from left to right and from top to bottom. Every row with words is in
    one of them, or among its titles.
    """
    tables: list[SheetTable] = []
    for part in split_side_by_side(sheet):
        cards = find_cards(part.sheet)
        for table in [cards] if cards else _tables_below_one_another(part.sheet):
            table.columns = [part.columns.start + number for number in table.columns]
            table.behind_gap = _columns_behind_gaps(table.columns)
            table.sheet, table.notes = sheet.name, sheet.notes
            table.is_separated = sheet.is_separated
            tables.append(join_period_columns(table))
    return tables


def _columns_behind_gaps(columns: list[int]) -> list[int]:
    """The columns that stand first behind one without a word."""
    return [after for before, after in pairwise(columns) if after - before > 1]


def _tables_below_one_another(sheet: Sheet) -> list[SheetTable]:
    rows, start = sheet.rows, 0
    tables: list[SheetTable] = []
    while start < len(rows):
        header = find_header(rows, start)
        first, behind = header or _start_without_header(rows, start)
        end = _table_end(rows, first, behind) if header else len(rows)
        if table := _build_table(sheet, start, first, behind, end):
            tables.append(table)
        start = end
    return tables


def _start_without_header(rows: list[list[Cell]], start: int) -> tuple[int, int]:
    for at in range(start, len(rows)):
        if len(own_columns(rows[at])) > 1:
            return at, at
    return start, start


def _table_end(rows: list[list[Cell]], first: int, behind: int) -> int:
    """Where the next table's title or header begins."""
    gap = None
    header = list(map(normalise_row, rows[first:behind]))
    for at in range(behind, len(rows)):
        filled = own_columns(rows[at])
        if not filled:
            gap = at if gap is None else gap
        elif len(filled) > 1:
            if gap is not None and _starts_other_table(rows, at, behind - 1):
                return gap + 1
            if gap is None and heads_anew(rows, at, header):
                return _first_title(rows, at, behind)
            gap = None
    return len(rows)


def _first_title(rows: list[list[Cell]], at: int, behind: int) -> int:
    """The first of the rows with one cell that stand right above a header."""
    while at > behind and len(own_columns(rows[at - 1])) == 1:
        at -= 1
    return at


def _starts_other_table(rows: list[list[Cell]], at: int, header: int) -> bool:
    """Whether a row heads a table, and does not print the last header again."""
    if not starts_table(rows, at):
        return False
    return normalise_row(rows[at]) != normalise_row(rows[header])


def _build_table(sheet: Sheet, start: int, first: int, behind: int, end: int) -> SheetTable | None:
    rows = sheet.rows
    titles = list(filter(None, map(own_text, rows[start:first])))
    places = _filled_columns(rows[first:end])
    headed = header_texts(rows, first, behind) if behind > first else []
    header = [headed[at] if headed else "" for at in places]
    heads = list(map(normalise_row, rows[first:behind]))
    table_rows: list[TableRow] = []
    for at in range(behind, end):
        cells = [rows[at][place] for place in places]
        if any((cell and not is_from_above(cell, at)) or cell.formula for cell in cells):
            if normalise_row(rows[at]) in heads or numbers_columns(cells):
                kind = HEADER
            elif _is_cut(table_rows, cells, is_new_piece=at in sheet.breaks):
                kind = CONTINUED
            else:
                kind = classify_row(cells, at, header)
            table_rows.append(TableRow(at + 1, kind, cells))
    _mark_numbered_groups(table_rows)
    _mark_sums(table_rows)
    assign_groups(table_rows, titles)
    if not (table_rows or titles or any(header)):
        return None
    columns = [at + 1 for at in places]
    return SheetTable(titles, header, table_rows, columns, first + 1 if headed else 0)


def _is_cut(before: list[TableRow], cells: list[Cell], *, is_new_piece: bool) -> bool:
    """Whether a row at the top of a page is the rest of the last one of the page before."""
    if not before or not (is_new_piece or before[-1].kind == HEADER):
        return False
    last = next((row for row in reversed(before) if row.kind == DATA), None)
    return last is not None and continues_row(last.cells, cells)


def _mark_numbered_groups(rows: list[TableRow]) -> None:
    """A number and a name alone, above a row whose number begins with it: "1 | Education" above
    "1.1 | Course".
    """
    for row, following in pairwise(rows):
        own = own_columns(row.cells)
        below = own_columns(following.cells)
        if row.kind != DATA or len(own) != 2 or not below or is_figure(row.cells[own[1]]):
            continue
        number = row.cells[own[0]].one_line.rstrip(".) ")
        is_number = re.fullmatch(r"\d+(?:\.\d+)*|[IVX]+|[A-Z]", number) is not None
        if is_number and following.cells[below[0]].one_line.startswith(f"{number}."):
            row.kind = GROUP


def _mark_sums(rows: list[TableRow]) -> None:
    """Rows whose figures alone show whether they are sums: of two rows above them or more, of a
    single one where the words begin as those of a sum do.
    """
    least: dict[int, int] = {}  # number of a row -> rows that it has to add up
    for row in rows:
        own = [row.cells[at] for at in own_columns(row.cells)]
        if row.kind == DATA and may_be_sum(own):
            least[row.number] = 2
        elif row.kind == SUM and may_be_task(own):
            least[row.number] = 1
    sums = RunningSums()
    for row in rows if least else ():
        if row.number in least:
            row.kind = SUM if sums.equal(row.cells, least[row.number]) else DATA
        if row.kind == DATA:
            sums.add(row.cells)
        elif row.kind in (SUM, GROUP):
            sums.begin_anew()


def _filled_columns(rows: list[list[Cell]]) -> list[int]:
    """The places of the columns in which a row has words or a formula."""
    places: set[int] = set()
    for row in rows:
        places.update(at for at, cell in enumerate(row) if cell or cell.formula)
    return sorted(places)
