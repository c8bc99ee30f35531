"""Tables that go on: in a document's next table, on the next page, in the row that a page cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from splot.documents.spreadsheets.headings import count_known_headings, find_header, own_columns
from splot.documents.spreadsheets.model import EMPTY, Cell, Sheet

MIN_COLUMNS = 3  # of a table that is known again without its headings
LOOK_AHEAD = 5  # rows of a piece, among which its own headings would stand


def join_pieces(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets, where tables of a document without headings of their own belong to the table
    before them.
    """
    joined: list[Sheet] = []
    for sheet in sheets:
        if joined and _continues_sheet(joined[-1], sheet):
            joined[-1] = _append_rows(joined[-1], sheet)
        else:
            joined.append(sheet)
    return joined


def _continues_sheet(before: Sheet, sheet: Sheet) -> bool:
    if not (before.rows and sheet.rows) or len(before.rows[0]) != len(sheet.rows[0]):
        return False
    header = find_header(before.rows, 0)
    if header is None or count_known_headings(before.rows[header[0]]) < 2:
        return False
    width = len(sheet.rows[0])
    if width < MIN_COLUMNS or any(map(_heads_table, sheet.rows[:LOOK_AHEAD])):
        return False
    if not any(2 * len(own_columns(row)) > width for row in sheet.rows):
        return False
    return sheet.of_document or _counts_on(before, sheet)


def _heads_table(row: list[Cell]) -> bool:
    return count_known_headings(row) >= max(2, len(own_columns(row)) / 2)


def _counts_on(before: Sheet, sheet: Sheet) -> bool:
    """Whether the numbers in the first column go on where those of the sheet before have ended."""
    last = next((row[0].text.strip(" .") for row in reversed(before.rows) if row[0]), "")
    first = sheet.rows[0][0].text.strip(" .")
    is_number = last.isdecimal() and first.isdecimal() and len(last) < 6
    return is_number and int(first) == int(last) + 1


def _append_rows(before: Sheet, sheet: Sheet) -> Sheet:
    """A sheet with the rows of another below its own."""
    down = len(before.rows)
    rows = [[_moved_down(cell, down) for cell in row] for row in sheet.rows]
    return replace(
        before,
        rows=[*before.rows, *rows],
        breaks=[*before.breaks, down],
        notes=list(dict.fromkeys([*before.notes, *sheet.notes])),
    )


def _moved_down(cell: Cell, rows: int) -> Cell:
    if cell is EMPTY or cell.merged_from is None:
        return cell
    row, column = cell.merged_from
    return replace(cell, merged_from=(row + rows, column))


def continues_row(before: Sequence[Cell], cells: list[Cell]) -> bool:
    """Whether cells at the top of a page are the rest of the last row of the page before: few, each
    going on in small letters below one that has words, and nothing in the column that begins a row.
    """
    own = own_columns(cells)
    if not own or 2 * len(own) > max(len(own_columns(list(before))), 2):
        return False
    if before[0] and own[0] == 0 and len(own) > 1:
        return False
    return all(before[at] and cells[at].text.strip()[:1].islower() for at in own)


def join_cut_texts(before: str, after: str) -> str:
    """Two halves of a text that the end of a page has cut, also within a word."""
    before, after = before.rstrip(), after.lstrip()
    if before.endswith("-") and before[-2:-1].isalpha():
        return before[:-1] + after
    return f"{before} {after}".strip()
