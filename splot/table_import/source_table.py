"""The rows of a table as tasks: one may reach over several rows, and several may stand in one; and
the rows that are no tasks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell, Workbook
from splot.documents.spreadsheets.continuation import join_cut_texts, join_pieces
from splot.documents.spreadsheets.finding import find_tables
from splot.documents.spreadsheets.headings import own_columns
from splot.documents.spreadsheets.row_kinds import (
    CONTINUED,
    DATA,
    GROUP,
    GROUP_WORDS,
    HEADER,
    NOTE,
    NOTE_WORDS,
    SUM,
)
from splot.documents.spreadsheets.sums import PART_WORDS, may_be_task
from splot.documents.spreadsheets.tables import SheetTable, TableRow
from splot.implementation.columns import MONEY_FIGURES

from .cell_lists import split_lists
from .column_headings import AREA, NUMBER
from .source_row import SourceRow, row_name

HEADING_SIGN = re.compile(r"[IVXLC\d]+[.)]|[A-Z][.)]|§|\(")
CellPlace = tuple[int, int]  # a row and a column of the sheet


def find_source_tables(book: Workbook) -> list[SheetTable]:
    """The tables of a workbook that have rows of data, in their order."""
    tables: list[SheetTable] = []
    for sheet in book.sheets if book.are_alternatives else join_pieces(book.sheets):
        tables += [table for table in find_tables(sheet) if table.data]
    return tables


def source_rows(table: SheetTable, codes: Sequence[str]) -> list[SourceRow]:
    """The tasks of a table, whose columns have these codes by place. Rows under one merged title
    are one task; a row with the number of a task is that task, whatever its cells list.
    """
    title = codes.index("title") if "title" in codes else None
    money = [at for at, code in enumerate(codes) if code in MONEY_FIGURES]
    titles = [*table.title_rows, table.sheet]
    tasks: list[SourceRow] = []
    first_of = _MergedSums()
    for row in table.rows:
        if row.kind == CONTINUED and tasks:
            _join_rows(tasks[-1], row, join_texts=join_cut_texts)
        elif row.kind == DATA and _is_same_task(tasks, row, title):
            _join_rows(tasks[-1], row, join_texts=_join_lines)
        elif row.kind == DATA:
            tasks.append(_source_row(row, table, titles))
            first_of.leave_to_first(tasks[-1], row, money)
        elif row.kind == SUM and tasks and tasks[-1].last == row.number - 1:
            _keep_part(tasks[-1], row)
        if row.kind == DATA:
            first_of.rows[row.number] = tasks[-1]
    number = codes.index(NUMBER) if NUMBER in codes else None
    for at in (at for at, code in enumerate(codes) if code == AREA):
        _repeat_areas(tasks, at)
    split: list[SourceRow] = []
    for task in tasks:
        is_numbered = number is not None and bool(task.cells[number])
        split += [task] if is_numbered else split_lists(task, title, money)
    return split


def _repeat_areas(tasks: Sequence[SourceRow], at: int) -> None:
    """An area that stands once, in the first of its rows, is that of the rows below it."""
    texts = [task.cells[at].one_line for task in tasks]
    named = list(filter(None, texts))
    if not texts or not texts[0] or len(named) == len(texts) or len(set(named)) < len(named):
        return
    above = tasks[0]
    for task in tasks:
        if task.cells[at]:
            above = task
        elif task.groups == above.groups:
            task.cells[at] = replace(above.cells[at], comment="")
            words = {"heading": above.cells[at].heading, "row": above.name}
            task.notes.append(_("%(heading)s: as in row %(row)s") % words)


def _keep_part(task: SourceRow, row: TableRow) -> None:
    """A row that says what is a part of the one above ("of which EU 700") stays with it in
    words.
    """
    texts = [cell.one_line for cell in row.cells if cell]
    if any(map(PART_WORDS.match, texts)):
        task.kept[_("Below the row")] = " ".join(texts)


def _is_same_task(tasks: Sequence[SourceRow], row: TableRow, title: int | None) -> bool:
    """Whether the merged title of the last task reaches down to this row."""
    origin = row.cells[title].merged_from if title is not None else None
    if origin is None or origin[0] >= row.number or not tasks:
        return False
    return tasks[-1].last == row.number - 1 and origin[0] >= tasks[-1].number


def _source_row(row: TableRow, table: SheetTable, titles: list[str]) -> SourceRow:
    below = zip(row.cells, table.header, strict=True)
    cells = [_source_cell(cell, heading) for cell, heading in below]
    name = row_name(row)
    task = SourceRow(row.number, cells, row.group, row.number, name, titles)
    if may_be_task([row.cells[at] for at in own_columns(row.cells)]):
        task.doubts.append(
            _("a sum of other rows, or a task? Its figures do not add up the others")
        )
    if table.has_moved_values(row):
        task.doubts.append(_("more values than headings: have its values been moved?"))
    return task


def _source_cell(cell: Cell, heading: str) -> Cell:
    """A cell below its heading; an error is no words of a person."""
    return replace(cell, heading=heading, text="" if cell.error else cell.text)


def _join_rows(task: SourceRow, row: TableRow, join_texts: Callable[[str, str], str]) -> None:
    """Adds a further row to a task."""
    pairs = zip(task.cells, row.cells, strict=True)
    task.cells = [_join_cells(before, cell, row.number, join_texts) for before, cell in pairs]
    task.last = row.number


def _join_lines(before: str, after: str) -> str:
    return "\n".join(filter(None, (before.strip(), after.strip())))


def _join_cells(before: Cell, cell: Cell, row: int, join_texts: Callable[[str, str], str]) -> Cell:
    """The words so far, and those of a further row of the same task that are its own."""
    more = _source_cell(cell, before.heading)
    if cell.merged_from and cell.merged_from[0] < row:
        return before
    is_uncounted = before.is_uncounted or more.is_uncounted
    value = None
    if not is_uncounted and not (before and more):
        value = before.value if before else more.value
    have_periods = all(part.periods for part in (before, more) if part)
    return Cell(
        text=join_texts(before.text, more.text),
        value=value,
        formula=is_uncounted,
        periods=(*before.periods, *more.periods) if have_periods else (),
        heading=before.heading,
        comment="\n".join(filter(None, (before.comment, more.comment))),
        error=before.error or more.error,
    )


class _MergedSums:
    """Sums in cells that are merged over several tasks, or over several columns: each is that of
    the first of them.
    """

    def __init__(self) -> None:
        self.rows: dict[int, SourceRow] = {}  # the task of each row of data
        self.others: dict[CellPlace, SourceRow] = {}  # where the merged cell begins in no task

    def leave_to_first(self, task: SourceRow, row: TableRow, money: Sequence[int]) -> None:
        for at in money:
            origin = row.cells[at].merged_from if row.cells[at] else None
            if origin is None:
                continue
            first = self.rows.get(origin[0]) or self.others.setdefault(origin, task)
            if first is not task and origin[0] < row.number:
                _leave_to_first_row(task, first, at)
            elif any(row.cells[place].text == row.cells[at].text for place in money if place < at):
                _leave_to_first_column(task, at)


def _leave_to_first_column(task: SourceRow, at: int) -> None:
    heading = task.cells[at].heading
    task.doubts.append(
        _("%(heading)s: one sum stands below several headings; it was counted once")
        % {"heading": heading}
    )
    task.cells[at] = Cell(heading=heading)


def _leave_to_first_row(task: SourceRow, first: SourceRow, at: int) -> None:
    cell = task.cells[at]
    shared = first.shared_money.setdefault(at, [first.name])
    shared.append(task.name)
    task.kept[cell.heading] = _("%(words)s: for rows together, see row %(row)s") % {
        "words": cell.one_line,
        "row": first.name,
    }
    task.cells[at] = Cell(heading=cell.heading)


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
        rows.append(replace(row, kind=kind, group=group))
    return replace(table, rows=rows)


@dataclass
class OtherRow:
    """A row that is no task: a group, a sum, a note. `doubts` are about its figures."""

    number: int
    name: str
    kind: str
    words: str
    doubts: list[str] = field(default_factory=list)


def other_rows(table: SheetTable) -> Iterator[OtherRow]:
    """What is no task. Headings printed again say nothing new."""
    for row in table.rows:
        if row.kind not in (DATA, HEADER):
            texts = [cell.one_line for cell in row.cells if cell]
            words = " · ".join(dict.fromkeys(texts))
            doubts = (
                [_("it heads other rows, or is a task by itself?")] if _may_be_task(row) else []
            )
            yield OtherRow(row.number, row_name(row), row.kind, words, doubts)


def _may_be_task(row: TableRow) -> bool:
    """Whether a row with a single cell may be a task of which only the name is known: nothing shows
    that it is a heading or a note.
    """
    own = own_columns(row.cells)
    if row.kind not in (GROUP, NOTE) or len(own) != 1:
        return False
    text = row.cells[own[0]].one_line
    is_merged = any(cell.merged_from for cell in row.cells)
    is_heading = text.isupper() or text.endswith(":") or HEADING_SIGN.match(text)
    return not (is_merged or is_heading or NOTE_WORDS.match(text) or GROUP_WORDS.match(text))
