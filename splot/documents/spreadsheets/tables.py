"""A table of a sheet as plain values: its headings and its rows, each of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from splot.core.versioned_json import check_json_version
from splot.documents.spreadsheets.model import EMPTY, Cell
from splot.documents.spreadsheets.row_kinds import DATA

JSON_VERSION = 1  # of a table that is kept


@dataclass(slots=True)
class TableRow:
    """A row of a table. `number` is its row on the sheet, from 1; `group` are the texts above it,
    outermost first.

    kind: "data", "group" (heads the rows below), "sum", "note", "header" (a header printed again,
    or the numbers of columns), "continued" (the rest of the row above, cut by the end of a page).
    A row of kind "group" has itself as the last of its `group`.
    """

    number: int
    kind: str
    cells: list[Cell]
    group: list[str] = field(default_factory=list)
    sheet: str = ""  # where several sheets are taken as one table


@dataclass(slots=True)
class SheetTable:
    """A table: what stands above it, its headings, its rows. `columns` are the columns' numbers on
    the sheet, from 1.

    `header` and the cells of every row are in the order of `columns`; columns without a word are
    left out. The header is "" for each column where no row could be one. `notes` are those of the
    sheet. `behind_gap` are those of the `columns` that stand behind an empty one. `is_separated` is
    that of the sheet.
    """

    title_rows: list[str]
    header: list[str]
    rows: list[TableRow]
    columns: list[int]
    header_row: int = 0  # on the sheet, from 1; 0 without one
    sheet: str = ""
    notes: list[str] = field(default_factory=list)
    behind_gap: list[int] = field(default_factory=list)
    is_separated: bool = False

    @property
    def data(self) -> list[TableRow]:
        return [row for row in self.rows if row.kind == DATA]

    def has_moved_values(self, row: TableRow) -> bool:
        """Whether separated values go on behind the last heading, as they do where one of them
        holds the sign that separates them: 1,50 among commas.
        """
        behind = max((at + 1 for at, heading in enumerate(self.header) if heading), default=None)
        if not self.is_separated or behind is None or behind >= len(self.columns):
            return False
        return bool(row.cells[behind]) and self.columns[behind] not in self.behind_gap

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
            "behind_gap": self.behind_gap,
            "is_separated": self.is_separated,
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
