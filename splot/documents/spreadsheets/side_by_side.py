"""Tables that stand beside one another on a sheet, each under the same headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from splot.documents.spreadsheets.headings import (
    TASK_HEADING,
    count_known_headings,
    own_columns,
)
from splot.documents.spreadsheets.model import Cell, Sheet

LOOK_AHEAD = 30  # rows among which the headings stand


@dataclass
class SheetPart:
    """Some columns of a sheet, as a sheet; `columns` are their places on the whole one."""

    sheet: Sheet
    columns: range


def split_side_by_side(sheet: Sheet) -> list[SheetPart]:
    """The parts of a sheet whose headings repeat from left to right; the whole sheet else."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    for row in sheet.rows[:LOOK_AHEAD]:
        starts = _repeated_starts(row)
        if len(starts) > 1:
            edges = [0, *starts[1:], width]
            spans = pairwise(edges)
            return [_part_of(sheet, range(first, end)) for first, end in spans]
    return [SheetPart(sheet, range(width))]


def _repeated_starts(row: list[Cell]) -> list[int]:
    """Where the headings of each of several tables begin in a row; nothing for a single table."""
    own = own_columns(row)
    texts = {at: row[at].one_line.casefold() for at in own}
    if len(own) < 4 or count_known_headings(row) < 4:
        return []
    starts = [at for at in own if texts[at] == texts[own[0]]]
    if len(starts) < 2:
        return []
    groups: list[list[str]] = []
    for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
        groups.append([texts[at] for at in own if start <= at < end])
    first = groups[0]
    is_table = len(first) > 1 and any(map(TASK_HEADING.match, first))
    return starts if is_table and all(map(lambda group: group == first, groups)) else []


def _part_of(sheet: Sheet, columns: range) -> SheetPart:
    rows = [list(_moved_left(row[columns.start : columns.stop], columns)) for row in sheet.rows]
    return SheetPart(replace(sheet, rows=rows), columns)


def _moved_left(cells: list[Cell], columns: range) -> Iterable[Cell]:
    """Cells that count their columns from the first of the part."""
    for cell in cells:
        if cell.merged_from is None or not columns.start:
            yield cell
        else:
            row, column = cell.merged_from
            yield replace(cell, merged_from=(row, column - columns.start))
