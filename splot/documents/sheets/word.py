"""Tables of Word documents, each a sheet.

Source: ECMA-376 part 1, sections 17.4.17 (gridSpan) and 17.4.85 (vMerge).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from splot.documents.readers import docx
from splot.documents.readers.word_numbers import W, read_numbers
from splot.documents.readers.word_styles import read_styles
from splot.documents.sheets.files import Package, clean
from splot.documents.sheets.grid import MAX_COLUMNS, Grid, Room
from splot.documents.sheets.model import Cell, Workbook
from splot.documents.sheets.xlsx import custom_properties


def read(data: bytes) -> Workbook:
    """The tables in reading order; a table within a cell is read with its cell. Text outside tables is not read."""
    package = Package(data)
    parts = {name: package.tree(f"word/{name}.xml") for name in ("document", "numbering", "styles")}
    if parts["document"] is None:
        raise ValueError("no document")
    numbers = read_numbers(parts["numbering"])
    reading = docx.Reading(numbers, read_styles(parts["styles"], parts["numbering"]), {"footnotes": {}, "endnotes": {}})
    made, room = Workbook(), Room()
    for table in _tables(parts["document"]):
        grid = Grid(_("Table %(number)d") % {"number": len(made.sheets) + 1}, room)
        _read_table(table, reading, grid)
        made.sheets.append(grid.sheet())
    if any(text.strip() for text in reading.deleted):
        made.notes.append(_("The file keeps track of changes; deleted words were left out."))
    if any(text.strip() for text in reading.hidden):
        made.notes.append(_("Hidden words were left out."))
    made.properties = custom_properties(package)
    return made


def _tables(document: etree._Element) -> Iterator[etree._Element]:
    for table in document.iter(f"{W}tbl"):
        above = {one.tag for one in table.iterancestors(f"{W}tbl", docx.FALLBACK)}
        if not above:
            yield table


def _read_table(table: etree._Element, reading: docx.Reading, grid: Grid) -> None:
    """Cells by their place in the grid. A cell that continues the one above extends it downwards."""
    begun: dict[int, tuple[int, int, int]] = {}  # by column: first row, last row, last column of a vertical merge
    rows = (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)
    for number, row in enumerate(rows, 1):
        column = 1 + _whole(row.find(f"{W}trPr/{W}gridBefore"))
        for cell in (one for one in row.iter(f"{W}tc") if next(one.iterancestors(f"{W}tr")) is row):
            span = max(1, _whole(cell.find(f"{W}tcPr/{W}gridSpan")))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            words = _words(cell, reading)
            continued = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            if continued and column in begun and not words:
                begun[column] = (begun[column][0], number, begun[column][2])
            else:
                _close(begun.pop(column, None), column, grid)
                begun[column] = (number, number, column + span - 1)
                grid.put(number, column, Cell(words, words or None))
            column += span
    for column, merged in begun.items():
        _close(merged, column, grid)


def _close(merged: tuple[int, int, int] | None, column: int, grid: Grid) -> None:
    if merged and (merged[0] < merged[1] or column < merged[2]):
        grid.merges.append((merged[0], column, merged[1], merged[2]))


def _whole(element: etree._Element | None) -> int:
    said = "" if element is None else element.get(f"{W}val", "")
    return min(int(said), MAX_COLUMNS + 1) if said.isascii() and said.isdigit() and len(said) < 7 else 0


def _words(cell: etree._Element, reading: docx.Reading) -> str:
    """The paragraphs of a cell with the numbers that Word shows, one a line."""
    lines = (" ".join(filter(None, (line.label, line.text.strip()))) for line in docx._block(cell, reading))
    return clean("\n".join(lines)).strip()
