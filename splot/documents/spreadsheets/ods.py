"""OpenDocument spreadsheets, which store what each cell shows beside what it holds.

Source: OpenDocument 1.3 part 3, sections 9 (tables) and 19.385 (office:value-type).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from splot.documents.intake.packages import SAFE_PARSER_OPTIONS, OfficePackage
from splot.documents.spreadsheets.cell_formatting import format_plain_date
from splot.documents.spreadsheets.grid import MAX_COLUMNS, MAX_ROWS, CellBudget, Grid
from splot.documents.spreadsheets.model import Cell, Value, Workbook
from splot.language.normalisation import normalise_text

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FORMATTING = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
MAX_SPACES = 1000
MAX_REPEATED = 1 << 20  # rows a spreadsheet has at most; numbers beyond are hostile
HIDDEN = ("collapse", "filter")
NO_FILLS = ("", "transparent", "#ffffff")
DIGITS = re.compile(r"\d{1,4}")


@dataclass(slots=True)
class OdsStyles:
    """The names of styles that say something: of hidden sheets, of words struck out; the colour of
    cells by the style's name.
    """

    hidden: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    fills: dict[str, str] = field(default_factory=dict)


def read_ods(data: bytes) -> Workbook:
    """The workbook in these bytes. Raises TooLarge beyond the limits, anything else for damaged
    files.
    """
    package = OfficePackage(data)
    styles = _parse_styles(package)
    book, room = Workbook(), CellBudget()
    grid: Grid | None = None
    row_number = column_number = 1
    content = package.read("content.xml")
    for event, element in etree.iterparse(content, events=("start", "end"), **SAFE_PARSER_OPTIONS):
        tag = element.tag
        if event == "start":
            if tag == f"{TABLE}table" and grid is None:
                hidden = element.get(f"{TABLE}style-name", "") in styles.hidden
                grid = Grid(normalise_text(element.get(f"{TABLE}name", "")), room, hidden)
                row_number = column_number = 1
        elif tag == f"{TABLE}table" and grid is not None and _is_outermost(element):
            book.sheets.append(grid.sheet())
            grid = None
            element.clear()
        elif tag == f"{TABLE}named-range":
            address = element.get(f"{TABLE}cell-range-address", "")
            book.names[element.get(f"{TABLE}name", "")] = normalise_text(address)
        elif grid is not None and tag == f"{TABLE}table-column" and _table_depth(element) == 1:
            column_number = _parse_column(element, column_number, grid)
        elif grid is not None and tag == f"{TABLE}table-row" and _table_depth(element) == 1:
            row_number = _parse_row(element, row_number, grid, styles)
            element.clear()
    book.properties = _parse_properties(package)
    return book


def _table_depth(element: etree._Element) -> int:
    """In how many tables an element stands: a cell may hold a table of its own, which is read with
    the cell.
    """
    return sum(1 for _above in element.iterancestors(f"{TABLE}table"))


def _is_outermost(element: etree._Element) -> bool:
    return _table_depth(element) == 0


def _parse_styles(package: OfficePackage) -> OdsStyles:
    styles = OdsStyles()
    content = package.read("content.xml")
    for _event, element in etree.iterparse(content, tag=f"{STYLE}style", **SAFE_PARSER_OPTIONS):
        name = element.get(f"{STYLE}name", "")
        for properties in element.iter(f"{STYLE}table-properties"):
            if properties.get(f"{TABLE}display") == "false":
                styles.hidden.add(name)
        for properties in element.iter(f"{STYLE}text-properties"):
            if properties.get(f"{STYLE}text-line-through-style", "none") != "none":
                styles.struck.add(name)
        for properties in element.iter(f"{STYLE}table-cell-properties"):
            fill = properties.get(f"{FORMATTING}background-color", "")
            if fill not in NO_FILLS:
                styles.fills[name] = fill
    return styles


def _parse_column(element: etree._Element, number: int, grid: Grid) -> int:
    after = number + _parse_count(element, "number-columns-repeated")
    if element.get(f"{TABLE}visibility") in HIDDEN:
        grid.hidden_columns.append((1, number, 1, after - 1))
    return after


def _parse_count(element: etree._Element, name: str) -> int:
    """A number of repetitions or of cells spanned, within reason."""
    count = element.get(f"{TABLE}{name}", "1")
    if count.isascii() and count.isdigit() and int(count[:9]) > 0:
        return min(int(count), MAX_REPEATED)
    return 1


def _parse_row(element: etree._Element, number: int, grid: Grid, styles: OdsStyles) -> int:
    """Puts a row as often as it is repeated; returns the number of the next one."""
    cells = list(_parse_cells(element, styles))
    repeated = _parse_count(element, "number-rows-repeated")
    hidden = element.get(f"{TABLE}visibility") in HIDDEN
    if hidden:
        grid.hidden_rows.append((number, 1, number + repeated - 1, 1))
    if any(cell for _column, cell, _rows, _columns in cells):
        for row in range(number, min(number + repeated, MAX_ROWS + 2)):
            for column, cell, rows, columns in cells:
                grid.put(row, column, cell)
                if rows > 1 or columns > 1:
                    grid.merges.append((row, column, row + rows - 1, column + columns - 1))
    else:
        for column, cell, rows, columns in cells:
            if cell.comment or cell.formula or cell.fill:
                grid.put(number, column, cell)
            if rows > 1 or columns > 1:
                grid.merges.append((number, column, number + rows - 1, column + columns - 1))
    return number + repeated


def _parse_cells(row: etree._Element, styles: OdsStyles) -> Iterator[tuple[int, Cell, int, int]]:
    """(column, cell, rows, columns spanned); what a merged cell covers is not shown. Empty ones are
    left out, but for those of another colour than that of the words in their row.
    """
    column = 1
    fills = {styles.fills.get(_style_of(cell), "") for cell in row.iter(CELLS[0]) if len(cell)}
    for element in row.iter(*CELLS):
        if next(element.iterancestors(f"{TABLE}table-row")) is not row:
            continue
        repeated = _parse_count(element, "number-columns-repeated")
        if element.tag == CELLS[0]:
            cell = _parse_cell(element, styles)
            if cell.fill and (cell or cell.fill in fills):
                cell = replace(cell, fill="")
            rows = _parse_count(element, "number-rows-spanned")
            columns = _parse_count(element, "number-columns-spanned")
            if cell or cell.comment or cell.formula or cell.fill or rows > 1 or columns > 1:
                within = column <= MAX_COLUMNS
                end = min(column + repeated, MAX_COLUMNS + 2) if within else column + 1
                for at in range(column, end):
                    yield at, cell, rows, columns
        column += repeated


def _style_of(element: etree._Element) -> str:
    return element.get(f"{TABLE}style-name", "")


def _parse_cell(element: etree._Element, styles: OdsStyles) -> Cell:
    comment = "\n".join(map(_cell_text, element.findall(f"{OFFICE}annotation")))
    style = _style_of(element)
    struck = _take_struck_words(element, styles)
    text = _cell_text(element)
    if style in styles.struck or (struck and not text.strip()):
        text = struck = text.strip() or struck
    formula = element.get(f"{TABLE}formula") is not None
    value = _parse_value(element, text)
    if not text and isinstance(value, date):
        text = format_plain_date(value)
    elif not text and value is not None:
        text = str(value)
    error = text if formula and text.startswith(("#", "Err:")) else ""
    fill = styles.fills.get(style, "")
    return Cell(
        text, None if error else value, None, formula, comment, error, struck=struck, fill=fill
    )


def _take_struck_words(element: etree._Element, styles: OdsStyles) -> str:
    """The words that are struck out within a cell, taken out of it."""
    words: list[str] = []
    for span in list(element.iter(f"{TEXT}span")) if styles.struck else ():
        if span.get(f"{TEXT}style-name", "") in styles.struck:
            words.append(_inline_text(span))
            for child in list(span):
                span.remove(child)
            span.text = ""
    return normalise_text(" ".join(words)).strip()


def _cell_text(element: etree._Element) -> str:
    """The paragraphs of a cell or a remark, one a line; those of a remark do not belong to the
    cell's.
    """
    return normalise_text("\n".join(map(_inline_text, _paragraphs_of(element)))).strip("\n")


def _paragraphs_of(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield child
        elif child.tag != f"{OFFICE}annotation":
            yield from _paragraphs_of(child)


def _inline_text(paragraph: etree._Element) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1") or 1), MAX_SPACES))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag != f"{OFFICE}annotation":
            parts.append(_inline_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _parse_value(element: etree._Element, text: str) -> Value:
    kind = element.get(f"{OFFICE}value-type")
    try:
        if kind in ("float", "percentage", "currency"):
            value = Decimal(element.get(f"{OFFICE}value", ""))
            return value if value.is_finite() else None
        if kind == "date":
            day = date.fromisoformat(element.get(f"{OFFICE}date-value", "")[:10])
            return day if not text or _shows_day(text, day) else text
    except (InvalidOperation, ValueError):
        return normalise_text(text) or None
    if kind == "boolean":
        return element.get(f"{OFFICE}boolean-value") == "true"
    return text or None


def _shows_day(text: str, day: date) -> bool:
    """Whether words for a day say more than its month or its year."""
    numbers = [int(digits) for digits in DIGITS.findall(text)]
    for part in (day.year, day.year % 100, day.month):
        if part in numbers[::-1] and len(numbers) > 1:
            numbers.remove(part)
    return day.day in numbers


def _parse_properties(package: OfficePackage) -> dict[str, str]:
    root = package.tree("meta.xml")
    properties: dict[str, str] = {}
    for element in () if root is None else root.iter(f"{META}user-defined"):
        properties[element.get(f"{META}name", "")] = normalise_text(element.text or "")
    return properties
