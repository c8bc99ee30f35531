"""Tables of Word documents, each a sheet.

Source: ECMA-376 part 1, sections 17.4.17 (gridSpan) and 17.4.85 (vMerge).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from splot.documents.intake.packages import OfficePackage
from splot.documents.readers import docx
from splot.documents.readers.word_changes import join_over_deleted_breaks
from splot.documents.readers.word_numbering import W, parse_numbering
from splot.documents.readers.word_styles import parse_styles
from splot.documents.spreadsheets.grid import MAX_COLUMNS, CellBudget, Grid
from splot.documents.spreadsheets.model import Cell, Workbook
from splot.documents.spreadsheets.xlsx import parse_custom_properties
from splot.language.normalisation import normalise_text


def read_word_tables(data: bytes) -> Workbook:
    """The tables in reading order; a table within a cell is read with its cell. Text outside tables
    is not read.
    """
    package = OfficePackage(data)
    parts = {name: package.tree(f"word/{name}.xml") for name in ("document", "numbering", "styles")}
    if parts["document"] is None:
        raise ValueError("no document")
    join_over_deleted_breaks(parts["document"])
    numbers = parse_numbering(parts["numbering"])
    reading = docx.DocxContext(
        numbers,
        parse_styles(parts["styles"], parts["numbering"]),
        {"footnotes": {}, "endnotes": {}},
    )
    book, room = Workbook(), CellBudget()
    for table in _outermost_tables(parts["document"]):
        grid = Grid(_("Table %(number)d") % {"number": len(book.sheets) + 1}, room)
        _parse_table(table, reading, grid)
        sheet = grid.sheet()
        sheet.of_document = True
        book.sheets.append(sheet)
    if any(map(str.strip, reading.deleted)):
        book.notes.append(_("The file keeps track of changes; deleted words were left out."))
    if any(map(str.strip, reading.hidden)):
        book.notes.append(_("Hidden words were left out."))
    book.properties = parse_custom_properties(package)
    return book


def _outermost_tables(document: etree._Element) -> Iterator[etree._Element]:
    for table in document.iter(f"{W}tbl"):
        if next(table.iterancestors(f"{W}tbl", docx.FALLBACK), None) is None:
            yield table


def _parse_table(table: etree._Element, reading: docx.DocxContext, grid: Grid) -> None:
    """Cells by their place in the grid. A cell that continues the one above extends it
    downwards.
    """
    # by column: first row, last row, last column of a vertical merge
    begun: dict[int, tuple[int, int, int]] = {}
    rows = (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)
    for number, row in enumerate(rows, 1):
        column = 1 + _parse_count(row.find(f"{W}trPr/{W}gridBefore"))
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue  # of a table within a cell
            span = max(1, _parse_count(cell.find(f"{W}tcPr/{W}gridSpan")))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            struck = _take_struck_words(cell)
            words = _cell_text(cell, reading)
            if struck and not words:
                words = struck
            continued = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            if continued and column in begun and not words:
                begun[column] = (begun[column][0], number, begun[column][2])
            else:
                _close_merge(begun.pop(column, None), column, grid)
                begun[column] = (number, number, column + span - 1)
                grid.put(number, column, Cell(words, words or None, struck=struck))
            column += span
    for column, merged in begun.items():
        _close_merge(merged, column, grid)


def _close_merge(merged: tuple[int, int, int] | None, column: int, grid: Grid) -> None:
    if merged and (merged[0] < merged[1] or column < merged[2]):
        grid.merges.append((merged[0], column, merged[1], merged[2]))


def _parse_count(element: etree._Element | None) -> int:
    count = "" if element is None else element.get(f"{W}val", "")
    if count.isascii() and count.isdigit() and len(count) < 7:
        return min(int(count), MAX_COLUMNS + 1)
    return 0


def _cell_text(cell: etree._Element, reading: docx.DocxContext) -> str:
    """The paragraphs of a cell with the numbers that Word shows, one a line."""
    lines: list[str] = []
    for line in docx.parse_block_lines(cell, reading):
        lines.append(" ".join(filter(None, (line.label, line.text.strip()))))
    return normalise_text("\n".join(lines)).strip()


def _take_struck_words(cell: etree._Element) -> str:
    """The words of a cell that are struck out, taken out of it."""
    words: list[str] = []
    for run in list(cell.iter(f"{W}r")):
        strike = next(run.iterchildren(f"{W}rPr"), None)
        marks = () if strike is None else strike.iter(f"{W}strike", f"{W}dstrike")
        if any(mark.get(f"{W}val", "1") not in ("0", "false") for mark in marks):
            words += [text.text or "" for text in run.iter(f"{W}t")]
            run.getparent().remove(run)
    return normalise_text("".join(words)).strip()
