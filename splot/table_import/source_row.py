"""One task of a file, before its cells are parsed."""

from __future__ import annotations

from dataclasses import dataclass, field

from splot.documents.spreadsheets import Cell
from splot.documents.spreadsheets.tables import TableRow

from .joined_tables import PART_STEP

ITEM_STEP = 100 * PART_STEP  # between the numbers of the tasks that one row lists


@dataclass(slots=True)
class SourceRow:
    """One task of a file: its row, the cell of each column by place, the group rows above it.

    `number` tells it from all others; `name` is what a person finds it by, such as "4" or
    "Zdrowie 4". `titles` stand above the whole table. `kept` are words under their headings that
    say nothing of this task alone. `shared_money` is one sum for several rows, whose names it
    holds, by the place of its column; this row is the first of them.
    """

    number: int
    cells: list[Cell]
    groups: list[str]
    last: int  # its last row on the sheet
    name: str = ""
    titles: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    shared_money: dict[int, list[str]] = field(default_factory=dict)


def row_name(row: TableRow) -> str:
    """How a person finds a row: its number on the sheet, behind the sheet's name among several."""
    number = str(row.number % PART_STEP)
    return f"{row.sheet} {number}" if row.sheet else number
