"""Tables of a file that are one: the sheets of a plan, the pieces of a table, each under the same
headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from splot.documents.spreadsheets import Cell
from splot.documents.spreadsheets.continuation import continues_row
from splot.documents.spreadsheets.model import EMPTY
from splot.documents.spreadsheets.row_kinds import CONTINUED, DATA
from splot.documents.spreadsheets.tables import SheetTable, TableRow
from splot.language.normalisation import normalise_name

PART_STEP = 100_000  # between the numbers of the rows of two parts; no sheet has so many rows
MAX_PARTS = 99
SHARED_HEADINGS = 0.6  # of those of the wider table
# names that a program gives to sheets, and ours to the tables of a document
UNNAMED_SHEET = re.compile(
    r"(arkusz|sheet|tabela|table|таблиця|лист|аркуш|tabelle|list|hoja)\s*\d*", re.I
)

ColumnKey = tuple[str, int]  # a heading, and how many like it stand before it


def tables_to_join(tables: Sequence[SheetTable]) -> list[list[int]]:
    """The places of tables that have the same headings, for each two of them or more."""
    groups: list[list[int]] = []
    for place, table in enumerate(tables):
        for group in groups:
            if len(group) < MAX_PARTS and _have_like_headings(tables[group[0]], table):
                group.append(place)
                break
        else:
            groups.append([place])
    return [group for group in groups if len(group) > 1]


def _have_like_headings(first: SheetTable, second: SheetTable) -> bool:
    one, other = _column_keys(first), _column_keys(second)
    shared = len(set(one) & set(other))
    return shared >= max(2, SHARED_HEADINGS * max(len(one), len(other)))


def _column_keys(table: SheetTable) -> list[ColumnKey]:
    counts: Counter[str] = Counter()
    keys: list[ColumnKey] = []
    for heading in map(normalise_name, table.header):
        keys.append((heading, counts[heading]))
        counts[heading] += 1
    return keys


def join_tables(tables: Sequence[SheetTable]) -> SheetTable:
    """Tables one below another, with all their columns.

    A row keeps its number on its own sheet, and PART_STEP for each part before. What stands above a
    part, and the name of its sheet where the sheets differ, become groups of its rows.
    """
    places: dict[ColumnKey, int] = {}
    headings: dict[ColumnKey, str] = {}
    for table in tables:
        for key, heading in zip(_column_keys(table), table.header, strict=True):
            places.setdefault(key, len(places))
            headings.setdefault(key, heading)
    rows: list[TableRow] = []
    for part, table in enumerate(tables):
        above = _words_of_part(table, tables)
        columns = [places[key] for key in _column_keys(table)]
        for row in table.rows:
            rows.append(_placed_row(row, table, part, above, columns, len(places)))
            if len(rows) > 1 and row is table.rows[0] and part:
                _mark_cut_row(rows)
    names = dict.fromkeys(table.sheet for table in tables)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    return SheetTable(
        title_rows=[text for text in tables[0].title_rows if _is_shared(text, tables)],
        header=list(headings.values()),
        rows=rows,
        columns=list(range(1, len(places) + 1)),
        header_row=tables[0].header_row,
        sheet=", ".join(names),
        notes=list(notes),
        is_separated=all(table.is_separated for table in tables),
    )


def _is_shared(text: str, tables: Sequence[SheetTable]) -> bool:
    return all(text in table.title_rows for table in tables)


def _words_of_part(table: SheetTable, tables: Sequence[SheetTable]) -> list[str]:
    """What tells a part from the others."""
    words = [text for text in table.title_rows if not _is_shared(text, tables)]
    is_one_of_several = len({other.sheet for other in tables}) > 1
    if is_one_of_several and table.sheet and not UNNAMED_SHEET.fullmatch(table.sheet.strip()):
        words.append(table.sheet)
    return words


def _placed_row(
    row: TableRow,
    table: SheetTable,
    part: int,
    above: list[str],
    columns: Sequence[int],
    width: int,
) -> TableRow:
    cells = [EMPTY] * width
    for at, cell in zip(columns, row.cells, strict=True):
        cells[at] = _moved_cell(cell, part)
    group = [*(text for text in above if text not in row.group), *row.group]
    return TableRow(row.number + part * PART_STEP, row.kind, cells, group, table.sheet)


def _moved_cell(cell: Cell, part: int) -> Cell:
    if cell.merged_from is None or not part:
        return cell
    row, column = cell.merged_from
    return replace(cell, merged_from=(row + part * PART_STEP, column))


def _mark_cut_row(rows: list[TableRow]) -> None:
    """The first row of a part may be the rest of the last one of the part before."""
    before, row = rows[-2:]
    if before.kind == row.kind == DATA and continues_row(before.cells, row.cells):
        row.kind, row.group = CONTINUED, before.group
