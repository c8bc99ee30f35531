"""A table of a file as it is kept while a person decides, and its rows as tasks that may reach over
several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from splot.core.values import Json
from splot.documents.spreadsheets import Cell, Sheet, Workbook
from splot.documents.spreadsheets.model import Value
from splot.documents.spreadsheets.tables import (
    DATA,
    GROUP,
    HEADER,
    SheetTable,
    TableRow,
    find_tables,
)

JsonTable = Json


@dataclass(frozen=True)
class SourceTable:
    """A table that was found on a sheet. `columns` are the sheet's columns, counted from 1, of
    `header`.
    """

    sheet: str
    titles: list[str]
    header: list[str]
    rows: list[TableRow]
    columns: list[int]
    notes: list[str] = field(default_factory=list)

    @property
    def data(self) -> list[TableRow]:
        return [row for row in self.rows if row.kind == DATA]

    def to_json(self) -> JsonTable:
        """As the database keeps it; `from_json` reads it back."""
        rows = [
            [row.number, row.kind, [cell.to_json() for cell in row.cells], row.group]
            for row in self.rows
        ]
        return {**vars(self), "rows": rows}

    @classmethod
    def from_json(cls, kept: JsonTable) -> SourceTable:
        rows = [
            TableRow(number, kind, [Cell.from_json(cell) for cell in cells], group)
            for number, kind, cells, group in kept["rows"]
        ]
        return cls(**{**kept, "rows": rows})


def find_source_tables(book: Workbook) -> list[SourceTable]:
    """The tables of a workbook that have rows of data, in their order."""
    return [
        _source_table(sheet, table)
        for sheet in book.sheets
        for table in find_tables(sheet)
        if _has_data(table)
    ]


def _has_data(table: SheetTable) -> bool:
    return any(row.kind == DATA for row in table.rows)


def _source_table(sheet: Sheet, table: SheetTable) -> SourceTable:
    return SourceTable(
        sheet.name, table.title_rows, table.header, table.rows, table.columns, sheet.notes
    )


@dataclass(frozen=True)
class SourceCell:
    """What stands in one cell, or in the cells of one column that belong to one task, one below the
    other.
    """

    text: str = ""
    value: Value = None
    heading: str = ""
    comment: str = ""
    error: str = ""
    is_uncounted: bool = False  # a formula whose result the file does not have

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def day(self) -> date | None:
        return self.value if isinstance(self.value, date) else None

    @property
    def amount(self) -> Decimal | None:
        return self.value if isinstance(self.value, Decimal) else None


@dataclass
class SourceRow:
    """One task of a file: its row, the words of each column by place, the group rows above it."""

    number: int
    words: list[SourceCell]
    groups: list[str]
    last: int  # its last row on the sheet


def source_rows(table: SourceTable, title: int | None) -> list[SourceRow]:
    """The rows of data, where rows under one merged title are one task. `title` is the place of its
    column.
    """
    made: list[SourceRow] = []
    for row in table.data:
        origin = row.cells[title].merged_from if title is not None else None
        is_more = bool(
            origin and origin[0] < row.number and made and made[-1].last == row.number - 1
        )
        if is_more and origin and origin[0] >= made[-1].number:
            made[-1].words = [
                _join_cells(*pair, row.number)
                for pair in zip(made[-1].words, row.cells, strict=True)
            ]
            made[-1].last = row.number
        else:
            words = [
                _source_cell(cell, heading)
                for cell, heading in zip(row.cells, table.header, strict=True)
            ]
            made.append(SourceRow(row.number, words, row.group, row.number))
    return made


def _source_cell(cell: Cell, heading: str) -> SourceCell:
    return SourceCell(
        text="" if cell.error else cell.text,
        value=cell.value,
        heading=heading,
        comment=cell.comment,
        error=cell.error,
        is_uncounted=cell.formula and cell.value is None and not cell.error,
    )


def _join_cells(before: SourceCell, cell: Cell, row: int) -> SourceCell:
    """The words so far, and those of a further row of the same task that are its own."""
    more = _source_cell(cell, before.heading)
    if cell.merged_from and cell.merged_from[0] < row:
        return before
    both = list(filter(None, (before.text.strip(), more.text.strip())))
    return SourceCell(
        text="\n".join(both),
        value=more.value if not before else before.value if not more else None,
        heading=before.heading,
        comment="\n".join(filter(None, (before.comment, more.comment))),
        error=before.error or more.error,
        is_uncounted=before.is_uncounted or more.is_uncounted,
    )


def with_task_rows(table: SourceTable, numbers: Collection[int]) -> SourceTable:
    """The table with some of its other rows read as tasks, because a person says so; they head
    nothing any more.
    """
    taken = [row for row in table.rows if row.number in numbers and row.kind not in (DATA, HEADER)]
    heads = {row.group[-1] for row in taken if row.kind == GROUP and row.group}
    rows = [
        TableRow(
            row.number,
            DATA if row in taken else row.kind,
            row.cells,
            [text for text in row.group if text not in heads],
        )
        for row in table.rows
    ]
    return replace(table, rows=rows)


def other_rows(table: SourceTable) -> Iterator[tuple[int, str, str]]:
    """(row, kind, words) of what is no task: groups, sums, notes. Headings printed again say
    nothing new.
    """
    for row in table.rows:
        if row.kind not in (DATA, HEADER):
            words = " · ".join(
                dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells if cell)
            )
            yield row.number, row.kind, words
