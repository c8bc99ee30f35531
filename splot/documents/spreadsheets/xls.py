"""Excel workbooks in the format of before 2007.

Source: [MS-XLS], as xlrd reads it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell as XlsCell
from xlrd.sheet import Sheet as XlsSheet

from splot.documents.spreadsheets.cell_formatting import BOOLEANS, parse_stored_number
from splot.documents.spreadsheets.grid import CellBudget, Grid
from splot.documents.spreadsheets.model import Cell, Workbook
from splot.documents.spreadsheets.xlsx_styles import CellStyle
from splot.language.normalisation import normalise_text

NO_FILL = 0
NO_COLOURS = (None, (255, 255, 255))
UNKNOWN_ERROR = "#?"


@dataclass(frozen=True)
class XlsContext:
    """What the sheets of one file share."""

    book: Book
    styles: list[CellStyle]
    struck_fonts: list[bool]


def read_xls(data: bytes) -> Workbook:
    """The workbook in these bytes; formulas are seen by their results alone. Raises TooLarge beyond
    the limits, anything else for damaged files.
    """
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
    )
    struck_fonts = [bool(font.struck_out) for font in book.font_list]
    context = XlsContext(book, _parse_styles(book, struck_fonts), struck_fonts)
    workbook, room = Workbook(), CellBudget()
    for sheet in book.sheets():
        grid = Grid(normalise_text(sheet.name), room, hidden=bool(sheet.visibility))
        _parse_sheet(context, sheet, grid)
        workbook.sheets.append(grid.sheet())
    return workbook


def _parse_styles(book: Book, struck_fonts: list[bool]) -> list[CellStyle]:
    styles: list[CellStyle] = []
    for xf in book.xf_list:
        number_format = book.format_map.get(xf.format_key)
        colour = book.colour_map.get(xf.background.pattern_colour_index)
        has_fill = xf.background.fill_pattern != NO_FILL and colour not in NO_COLOURS
        styles.append(
            CellStyle(
                number_format.format_str if number_format else "General",
                struck_fonts[xf.font_index] if xf.font_index < len(struck_fonts) else False,
                "".join(f"{part:02X}" for part in colour) if has_fill and colour else "",
            )
        )
    return styles


def _parse_sheet(context: XlsContext, sheet: XlsSheet, grid: Grid) -> None:
    for number, row in sheet.rowinfo_map.items():
        if row.hidden:
            grid.hidden_rows.append((number + 1, 1, number + 1, 1))
    for number, column in sheet.colinfo_map.items():
        if column.hidden:
            grid.hidden_columns.append((1, number + 1, 1, number + 1))
    for top, bottom, left, right in sheet.merged_cells:  # ends are those behind the last
        grid.merges.append((top + 1, left + 1, bottom, right))
    for number in range(sheet.nrows):
        _parse_row(context, sheet, number, grid)
    for (row, column), note in sheet.cell_note_map.items():
        if words := normalise_text(note.text):
            grid.remark(row + 1, column + 1, words)


def _parse_row(context: XlsContext, sheet: XlsSheet, number: int, grid: Grid) -> None:
    """Puts the cells of a row. An empty one counts where its colour is another than that of the
    words in its row.
    """
    coloured: list[tuple[int, str]] = []
    fills: set[str] = set()
    for column, source in enumerate(sheet.row(number)):
        style = context.styles[source.xf_index]
        cell = _parse_cell(context, sheet, (number, column), source, style)
        if cell is not None:
            grid.put(number + 1, column + 1, cell)
            fills.add(style.fill)
        elif style.fill:
            coloured.append((column, style.fill))
    for column, fill in coloured:
        if fill not in fills:
            grid.put(number + 1, column + 1, Cell(fill=fill))


def _parse_cell(
    context: XlsContext,
    sheet: XlsSheet,
    place: tuple[int, int],
    source: XlsCell,
    style: CellStyle,
) -> Cell | None:
    """The cell, None for an empty one."""
    if source.ctype == xlrd.XL_CELL_TEXT:
        text, struck = _split_struck(context, sheet, place, source.value, style)
        return Cell(text, text, struck=struck) if text.strip() else None
    if source.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        stored = Decimal(repr(source.value))
        text, value = parse_stored_number(stored, style.format, context.book.datemode == 1)
        return Cell(text, value, struck=text if style.struck else "")
    if source.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(BOOLEANS[bool(source.value)], bool(source.value))
    if source.ctype == xlrd.XL_CELL_ERROR:
        error = xlrd.error_text_from_code.get(source.value, UNKNOWN_ERROR)
        return Cell(error, None, error=error)
    return None


def _split_struck(
    context: XlsContext, sheet: XlsSheet, place: tuple[int, int], words: str, style: CellStyle
) -> tuple[str, str]:
    """The words of a cell, and those that are struck out: no part of the first, or all of it."""
    runs = [(0, style.struck)]
    for start, font in sheet.rich_text_runlist_map.get(place, ()):
        is_struck = font < len(context.struck_fonts) and context.struck_fonts[font]
        runs.append((start, is_struck))
    ends = [*(start for start, __ in runs[1:]), len(words)]
    kept = struck = ""
    for (start, is_struck), end in zip(runs, ends, strict=True):
        part = words[start:end]
        kept, struck = (kept, struck + part) if is_struck else (kept + part, struck)
    text = normalise_text(kept if kept.strip() else struck)
    if not struck.strip():
        return text, ""
    return text.strip(), normalise_text(struck).strip()
