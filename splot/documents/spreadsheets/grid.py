"""Gathers the cells of a sheet as they come, within limits, and makes the rectangle of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.documents.spreadsheets.fills import drop_plain_fills
from splot.documents.spreadsheets.model import EMPTY, Cell, Sheet

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = MAX_ROWS * MAX_COLUMNS  # of all sheets together, empty ones among them

# first row, first column, last row, last column, counted from 1
CellRange = tuple[int, int, int, int]


class TooLarge(Exception):
    """A sheet beyond the limits. The message is for people."""


@dataclass(slots=True)
class CellBudget:
    """How many cells the sheets of one file may still take."""

    left: int = MAX_CELLS

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise TooLarge(_("its sheets hold more than %(most)d cells.") % {"most": MAX_CELLS})


@dataclass(slots=True)
class Grid:
    """One sheet while it is read. Rows and columns are counted from 1; only what has content has to
    fit.
    """

    name: str
    room: CellBudget
    hidden: bool = False
    filled: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[CellRange] = field(default_factory=list)
    hidden_rows: list[CellRange] = field(default_factory=list)
    hidden_columns: list[CellRange] = field(default_factory=list)
    bottom: int = 0
    right: int = 0
    has_fills: bool = False

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell. Raises TooLarge for content outside the limits."""
        if cell or cell.comment or (cell.formula and cell.value is None):
            self._check(row, column)
            self.bottom, self.right = max(self.bottom, row), max(self.right, column)
        elif row > MAX_ROWS or column > MAX_COLUMNS:
            return
        self.has_fills = self.has_fills or bool(cell.fill)
        self.filled.setdefault(row, {})[column] = cell

    def remark(self, row: int, column: int, comment: str) -> None:
        """Add a comment to a cell, which may be empty."""
        cell = self.filled.get(row, {}).get(column, EMPTY)
        both = "\n".join(filter(None, (cell.comment, comment)))
        self.put(row, column, replace(cell, comment=both))

    def _check(self, row: int, column: int) -> None:
        if row > MAX_ROWS:
            raise TooLarge(
                _("the sheet “%(name)s” is filled down to row %(row)d; the most is %(most)d rows.")
                % {"name": self.name, "row": row, "most": MAX_ROWS}
            )
        if column > MAX_COLUMNS:
            raise TooLarge(
                _(
                    "the sheet “%(name)s” is filled as far as column %(column)d; the most is "
                    "%(most)d columns."
                )
                % {"name": self.name, "column": column, "most": MAX_COLUMNS}
            )

    def sheet(self) -> Sheet:
        """The sheet, up to the last row and column with content. Raises TooLarge when there is no
        room for it.
        """
        self.room.take(self.bottom * self.right)
        rows = [[EMPTY] * self.right for _row in range(self.bottom)]
        for number, cells in self.filled.items():
            for column, cell in cells.items():
                if number <= self.bottom and column <= self.right:
                    rows[number - 1][column - 1] = cell
        self._merge(rows)
        if self.has_fills:
            drop_plain_fills(rows)
        sheet = Sheet(self.name, self.hidden, rows)
        row_spans = [(top, bottom) for top, _left, bottom, _right in self.hidden_rows]
        sheet.hidden_rows = self._numbers(row_spans, self.bottom)
        column_spans = [(left, right) for _top, left, _bottom, right in self.hidden_columns]
        sheet.hidden_columns = self._numbers(column_spans, self.right)
        sheet.notes = _sheet_notes(sheet)
        return sheet

    def _merge(self, rows: list[list[Cell]]) -> None:
        for top, left, bottom, right in self.merges:
            last_row, last_column = min(bottom, self.bottom), min(right, self.right)
            if not (1 <= top <= last_row and 1 <= left <= last_column):
                continue
            # overlapping ones cost, too
            self.room.take((last_row - top + 1) * (last_column - left + 1))
            origin = rows[top - 1][left - 1]
            covered = replace(origin, merged_from=(top, left), comment="")
            for row in range(top, last_row + 1):
                cells = rows[row - 1]
                for column in range(left, last_column + 1):
                    is_origin = row == top and column == left
                    if not is_origin and cells[column - 1].merged_from is None:
                        cells[column - 1] = covered

    def _numbers(self, spans: Iterable[tuple[int, int]], most: int) -> list[int]:
        """The numbers in spans, each once; the spans themselves may be hostile."""
        hidden = bytearray(most + 1)
        for first, last in spans:
            if 1 <= first <= most:
                end = min(last, most)
                hidden[first : end + 1] = b"\x01" * (end - first + 1)
        return [number for number in range(1, most + 1) if hidden[number]]


def _sheet_notes(sheet: Sheet) -> list[str]:
    """What a person should know of a sheet before its cells are used."""
    uncounted = sum(map(_lacks_result, sheet.cells()))
    errors = sum(1 for cell in sheet.cells() if cell.error and cell.merged_from is None)
    rows, columns = len(sheet.hidden_rows), len(sheet.hidden_columns)
    of_uncounted = ngettext(
        "%(count)d cell has a formula without a stored result; formulas are not computed.",
        "%(count)d cells have a formula without a stored result; formulas are not computed.",
        uncounted,
    )
    of_errors = ngettext("%(count)d cell shows an error.", "%(count)d cells show an error.", errors)
    of_rows = ngettext(
        "%(count)d hidden row was read too.", "%(count)d hidden rows were read too.", rows
    )
    of_columns = ngettext(
        "%(count)d hidden column was read too.", "%(count)d hidden columns were read too.", columns
    )
    notes = [_("The sheet is hidden; it was read too.")] if sheet.hidden else []
    for count, sentence in (
        (uncounted, of_uncounted),
        (errors, of_errors),
        (rows, of_rows),
        (columns, of_columns),
    ):
        if count:
            notes.append(sentence % {"count": count})
    return notes


def _lacks_result(cell: Cell) -> bool:
    return cell.formula and cell.value is None and not cell.error and cell.merged_from is None
