"""The rows of a table as tasks that may reach over several rows, and the rows that are no tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from splot.documents.spreadsheets import Cell, Workbook
from splot.documents.spreadsheets.row_kinds import DATA, GROUP, HEADER
from splot.documents.spreadsheets.tables import SheetTable, TableRow, find_tables


def find_source_tables(book: Workbook) -> list[SheetTable]:
    """The tables of a workbook that have rows of data, in their order."""
    tables: list[SheetTable] = []
    for sheet in book.sheets:
        tables += [table for table in find_tables(sheet) if table.data]
    return tables


@dataclass
class SourceRow:
    """One task of a file: its row, the cell of each column by place, the group rows above it."""

    number: int
    cells: list[Cell]
    groups: list[str]
    last: int  # its last row on the sheet


def source_rows(table: SheetTable, title: int | None) -> list[SourceRow]:
    """The rows of data, where rows under one merged title are one task. `title` is the place of its
    column.
    """
    tasks: list[SourceRow] = []
    for row in table.data:
        origin = row.cells[title].merged_from if title is not None else None
        is_more = bool(
            origin and origin[0] < row.number and tasks and tasks[-1].last == row.number - 1
        )
        if is_more and origin and origin[0] >= tasks[-1].number:
            task = tasks[-1]
            pairs = zip(task.cells, row.cells, strict=True)
            task.cells = [_join_cells(before, cell, row.number) for before, cell in pairs]
            task.last = row.number
        else:
            below = zip(row.cells, table.header, strict=True)
            cells = [_source_cell(cell, heading) for cell, heading in below]
            tasks.append(SourceRow(row.number, cells, row.group, row.number))
    return tasks


def _source_cell(cell: Cell, heading: str) -> Cell:
    """A cell below its heading; an error is no words of a person."""
    return replace(cell, heading=heading, text="" if cell.error else cell.text)


def _join_cells(before: Cell, cell: Cell, row: int) -> Cell:
    """The words so far, and those of a further row of the same task that are its own."""
    more = _source_cell(cell, before.heading)
    if cell.merged_from and cell.merged_from[0] < row:
        return before
    both = list(filter(None, (before.text.strip(), more.text.strip())))
    is_uncounted = before.is_uncounted or more.is_uncounted
    value = None
    if not is_uncounted and not (before and more):
        value = before.value if before else more.value
    return Cell(
        text="\n".join(both),
        value=value,
        formula=is_uncounted,
        heading=before.heading,
        comment="\n".join(filter(None, (before.comment, more.comment))),
        error=before.error or more.error,
    )


def with_task_rows(table: SheetTable, numbers: Collection[int]) -> SheetTable:
    """The table with some of its other rows read as tasks, because a person says so; they head
    nothing any more.
    """
    taken = [row for row in table.rows if row.number in numbers and row.kind not in (DATA, HEADER)]
    heads = {row.group[-1] for row in taken if row.kind == GROUP and row.group}
    rows = []
    for row in table.rows:
        kind = DATA if row in taken else row.kind
        group = [text for text in row.group if text not in heads]
        rows.append(TableRow(row.number, kind, row.cells, group))
    return replace(table, rows=rows)


def other_rows(table: SheetTable) -> Iterator[tuple[int, str, str]]:
    """(row, kind, words) of what is no task: groups, sums, notes. Headings printed again say
    nothing new.
    """
    for row in table.rows:
        if row.kind not in (DATA, HEADER):
            texts = [cell.one_line for cell in row.cells if cell]
            yield row.number, row.kind, " · ".join(dict.fromkeys(texts))
