"""The tables on a sheet: their headings, what groups their rows, which rows are sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from splot.core.versioned_json import check_json_version
from splot.documents.spreadsheets.headings import (
    find_header,
    header_texts,
    own_columns,
    starts_table,
)
from splot.documents.spreadsheets.model import EMPTY, Cell, Sheet
from splot.documents.spreadsheets.row_kinds import (
    DATA,
    GROUP,
    HEADER,
    NOTE,
    classify_row,
    is_from_above,
    numbers_columns,
)

JSON_VERSION = 1  # of a table that is kept
CODE = re.compile(
    r"(?:(?P<word>[^\W\d_]{2,})\s+)?(?P<code>[IVXLC]+|[^\W\d_]|\d+(?:\.\d+)*)\s*(?:[.):–-]|$|\s)"
)
ROMAN = re.compile(r"[IVXLC]+")


@dataclass(slots=True)
class TableRow:
    """A row of a table. `number` is its row on the sheet, from 1; `group` are the texts above it,
    outermost first.

    kind: "data", "group" (heads the rows below), "sum", "note", "header" (a header printed again,
    or the numbers of columns). A row of kind "group" has itself as the last of its `group`.
    """

    number: int
    kind: str
    cells: list[Cell]
    group: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SheetTable:
    """A table: what stands above it, its headings, its rows. `columns` are the columns' numbers on
    the sheet, from 1.

    `header` and the cells of every row are in the order of `columns`; columns without a word are
    left out. The header is "" for each column where no row could be one. `notes` are those of the
    sheet.
    """

    title_rows: list[str]
    header: list[str]
    rows: list[TableRow]
    columns: list[int]
    header_row: int = 0  # on the sheet, from 1; 0 without one
    sheet: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def data(self) -> list[TableRow]:
        return [row for row in self.rows if row.kind == DATA]

    def to_json(self) -> dict:
        """As a process hands it over and the database keeps it; `from_json` reads it back."""
        rows = [[row.number, row.kind, _serialise_cells(row.cells), row.group] for row in self.rows]
        return {
            "version": JSON_VERSION,
            "rows": rows,
            "title_rows": self.title_rows,
            "header": self.header,
            "columns": self.columns,
            "header_row": self.header_row,
            "sheet": self.sheet,
            "notes": self.notes,
        }

    @classmethod
    def from_json(cls, serialised: dict) -> SheetTable:
        """The inverse of `to_json`. Raises UnknownJsonVersion."""
        check_json_version(serialised, JSON_VERSION, "A table of a spreadsheet")
        own = {name: value for name, value in serialised.items() if name not in ("version", "rows")}
        width = len(serialised["columns"])
        rows: list[TableRow] = []
        for number, kind, cells, group in serialised["rows"]:
            rows.append(TableRow(number, kind, _deserialise_cells(cells, width), group))
        return cls(rows=rows, **own)


def _serialise_cells(row: list[Cell]) -> list:
    """The cells of a row as JSON, without the empty ones that end it."""
    cells = [cell.to_json() for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _deserialise_cells(serialised: list, width: int) -> list[Cell]:
    return [*map(Cell.from_json, serialised), *[EMPTY] * (width - len(serialised))]


def find_tables(sheet: Sheet) -> list[SheetTable]:
    """The tables of a sheet from top to bottom. Every row with words is in one of them, or among
    its titles.
    """
    rows, start = sheet.rows, 0
    tables: list[SheetTable] = []
    while start < len(rows):
        header = find_header(rows, start)
        first, behind = header or _start_without_header(rows, start)
        end = _table_end(rows, behind) if header else len(rows)
        if table := _build_table(rows, start, first, behind, end):
            tables.append(table)
        start = end
    for table in tables:
        table.sheet, table.notes = sheet.name, sheet.notes
    return tables


def _start_without_header(rows: list[list[Cell]], start: int) -> tuple[int, int]:
    for at in range(start, len(rows)):
        if len(own_columns(rows[at])) > 1:
            return at, at
    return start, start


def _table_end(rows: list[list[Cell]], behind: int) -> int:
    """Where the next table's title or header begins."""
    gap = None
    for at in range(behind, len(rows)):
        filled = own_columns(rows[at])
        if not filled:
            gap = at if gap is None else gap
        elif len(filled) > 1:
            if gap is not None and _starts_other_table(rows, at, behind - 1):
                return gap + 1
            gap = None
    return len(rows)


def _starts_other_table(rows: list[list[Cell]], at: int, header: int) -> bool:
    """Whether a row heads a table, and does not print the last header again."""
    if not starts_table(rows, at):
        return False
    return _normalise_row(rows[at]) != _normalise_row(rows[header])


def _normalise_row(row: list[Cell]) -> list[str]:
    return [cell.one_line.casefold() for cell in row]


def _build_table(
    rows: list[list[Cell]], start: int, first: int, behind: int, end: int
) -> SheetTable | None:
    titles = list(filter(None, map(_own_text, rows[start:first])))
    places = _filled_columns(rows[first:end])
    headed = header_texts(rows, first, behind) if behind > first else []
    header = [headed[at] if headed else "" for at in places]
    heads = list(map(_normalise_row, rows[first:behind]))
    table_rows: list[TableRow] = []
    for at in range(behind, end):
        cells = [rows[at][place] for place in places]
        if any((cell and not is_from_above(cell, at)) or cell.formula for cell in cells):
            is_header = _normalise_row(rows[at]) in heads or numbers_columns(cells)
            kind = HEADER if is_header else classify_row(cells, at)
            table_rows.append(TableRow(at + 1, kind, cells))
    _assign_groups(table_rows)
    if not (table_rows or titles or any(header)):
        return None
    columns = [at + 1 for at in places]
    return SheetTable(titles, header, table_rows, columns, first + 1 if headed else 0)


def _own_text(row: list[Cell]) -> str:
    """The words of a row on one line, those of a merged cell once."""
    return " ".join(row[at].one_line for at in own_columns(row))


def _filled_columns(rows: list[list[Cell]]) -> list[int]:
    """The places of the columns in which a row has words or a formula."""
    places: set[int] = set()
    for row in rows:
        places.update(at for at, cell in enumerate(row) if cell or cell.formula)
    return sorted(places)


def _assign_groups(rows: list[TableRow]) -> None:
    """Gives each row the groups above it; a text alone that heads nothing is a note."""
    stack: list[tuple[tuple, str]] = []
    before = ""
    heading = set(_group_rows_with_data(rows))
    for row in rows:
        if row.kind == GROUP:
            signature = _group_signature(row)
            if row.number not in heading and signature[0] in ("", "code"):
                row.kind = NOTE
            else:
                above = _enclosing_groups(stack, signature, before)
                stack = [*above, (signature, _own_text(row.cells))]
        row.group = [text for _signature, text in stack]
        if row.kind in (DATA, GROUP):
            before = row.kind


def _group_rows_with_data(rows: list[TableRow]) -> Iterator[int]:
    """The numbers of the group rows with data somewhere below."""
    last = max((row.number for row in rows if row.kind == DATA), default=0)
    return (row.number for row in rows if row.kind == GROUP and row.number < last)


def _group_signature(row: TableRow) -> tuple:
    """What groups of one level have in common: their word ("Area 1", "Area 2"), the shape of their
    code.
    """
    match = CODE.match(row.cells[own_columns(row.cells)[0]].one_line)
    if not match:
        return ("",)
    code = match["code"]
    shape: int | str = "letter"
    if code[0].isdigit():
        shape = code.count(".") + 1
    elif ROMAN.fullmatch(code):
        shape = "roman"
    if match["word"]:
        return (match["word"].casefold(), shape)
    return ("code", shape)


def _enclosing_groups(
    stack: list[tuple[tuple, str]], signature: tuple, before: str
) -> list[tuple[tuple, str]]:
    """What of the groups above remains above a new one."""
    for at, (group, _text) in enumerate(stack):
        if group == signature:
            return stack[:at]
    if before == GROUP or not stack:
        return stack
    depth, last = signature[-1], stack[-1][0][-1]
    deeper = isinstance(depth, int) and isinstance(last, int) and depth > last
    return stack if deeper else stack[:-1]
