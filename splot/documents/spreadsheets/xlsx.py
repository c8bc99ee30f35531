"""Excel workbooks. One pass reads formulas with their stored results, exact numbers and merged
cells as ranges: openpyxl would read a file twice for that, and make every cell of a merged
A1:XFD1048576.

Source: ECMA-376 part 1, section 18 (SpreadsheetML).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext as _
from lxml import etree

from splot.documents.intake.packages import SAFE_PARSER_OPTIONS, OfficePackage
from splot.documents.spreadsheets import cell_formatting
from splot.documents.spreadsheets.grid import CellBudget, CellRange, Grid
from splot.documents.spreadsheets.model import Cell, Value, Workbook
from splot.documents.spreadsheets.xlsx_styles import CellStyle, parse_rich_text, parse_styles
from splot.language.normalisation import normalise_text

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d{1,4})?")
PLAIN_STYLE = CellStyle()
ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d)?)?.*")


@dataclass(slots=True)
class XlsxContext:
    """What the sheets of one file share. `struck` are words struck out, by the string's number."""

    package: OfficePackage
    strings: list[str] = field(default_factory=list)
    struck: dict[int, str] = field(default_factory=dict)
    styles: list[CellStyle] = field(default_factory=list)
    from_1904: bool = False


def read_xlsx(data: bytes) -> Workbook:
    """The workbook in these bytes. Raises TooLarge beyond the limits, anything else for damaged
    files.
    """
    package = OfficePackage(data)
    at = _main_part(package)
    root = package.tree(at)
    if root is None:
        raise ValueError("no workbook")
    relations = _parse_relations(package, at)
    book = XlsxContext(package)
    for kind, part in relations.values():
        if kind == "sharedStrings":
            _parse_strings(book, part)
        elif kind == "styles":
            book.styles = parse_styles(package.tree(part))
    properties = next(_elements_named(root, "workbookPr"), None)
    book.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    workbook, room = Workbook(), CellBudget()
    for element in _elements_named(root, "sheet"):
        kind, part = relations.get(_relation_id(element), ("", ""))
        if kind == "worksheet" and part in package.names:
            hidden = element.get("state", "visible") != "visible"
            grid = Grid(normalise_text(element.get("name", "")), room, hidden)
            _parse_sheet(book, part, grid)
            workbook.sheets.append(grid.sheet())
    for element in _elements_named(root, "definedName"):
        workbook.names[element.get("name", "")] = normalise_text(element.text or "")
    workbook.properties = parse_custom_properties(package)
    if any(part.lower().endswith("vbaproject.bin") for part in package.names):
        workbook.notes.append(_("The file has macros; they were ignored."))
    return workbook


def _elements_named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements by their local name: the strict form of the format has other namespaces."""
    return root.iter(f"{{*}}{name}")


def _relation_id(element: etree._Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _main_part(package: OfficePackage) -> str:
    for kind, part in _parse_relations(package, "").values():
        if kind == "officeDocument":
            return part if part in package.names else "xl/workbook.xml"
    return "xl/workbook.xml"


def _parse_relations(package: OfficePackage, part: str) -> dict[str, tuple[str, str]]:
    """{id: (kind, part)} of what a part refers to within the file."""
    folder, name = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    relations: dict[str, tuple[str, str]] = {}
    for element in () if root is None else _elements_named(root, "Relationship"):
        if element.get("TargetMode") != "External":
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            path = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            relations[element.get("Id", "")] = (kind, path.lstrip("/"))
    return relations


def parse_custom_properties(package: OfficePackage) -> dict[str, str]:
    """The custom properties of an Office file."""
    root = package.tree("docProps/custom.xml")
    properties: dict[str, str] = {}
    for element in () if root is None else _elements_named(root, "property"):
        words = "".join(map(str, element.itertext())).strip()
        properties[element.get("name", "")] = normalise_text(words)
    return properties


def _parse_strings(book: XlsxContext, part: str) -> None:
    if part not in book.package.names:
        return
    data = book.package.read(part)
    for _event, element in etree.iterparse(data, tag="{*}si", **SAFE_PARSER_OPTIONS):
        text, struck = _rich_text(element)
        if struck:
            book.struck[len(book.strings)] = struck
        book.strings.append(text)
        _release_element(element)


def _release_element(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _rich_text(element: etree._Element) -> tuple[str, str]:
    """The words of a string, and those that are struck out."""
    text, struck = parse_rich_text(element)
    return _unescape_text(text), _unescape_text(struck)


def _unescape_text(text: str) -> str:
    if "_x" in text:
        text = ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    return normalise_text(text)


def _parse_sheet(book: XlsxContext, part: str, grid: Grid) -> None:
    row_number = 0
    data, tags = book.package.read(part), ("{*}row", "{*}col", "{*}mergeCell")
    for _event, element in etree.iterparse(data, tag=tags, **SAFE_PARSER_OPTIONS):
        name = element.tag.rpartition("}")[2]
        if name == "row":
            row_number = int(element.get("r") or row_number + 1)
            if _is_hidden(element, "ht"):
                grid.hidden_rows.append((row_number, 1, row_number, 1))
            _parse_row(book, element, row_number, grid)
            _release_element(element)
        elif name == "col" and _is_hidden(element, "width"):
            first, last = int(element.get("min", 0)), int(element.get("max", 0))
            grid.hidden_columns.append((1, first, 1, last))
        elif name == "mergeCell":
            grid.merges.append(_parse_range(element.get("ref", "")))
    for (row, column), words in _parse_comments(book.package, part).items():
        grid.remark(row, column, words)


def _is_hidden(element: etree._Element, size: str) -> bool:
    """Whether a row or a column is hidden, or drawn together until nothing of it was left."""
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def _parse_row(book: XlsxContext, element: etree._Element, number: int, grid: Grid) -> None:
    """Puts the cells of a row. An empty one counts where its colour is another than that of the
    words in its row.
    """
    column = 0
    coloured: list[tuple[int, int, str]] = []
    fills: set[str] = set()
    for child in element:
        reference = child.get("r")
        row, column = _parse_reference(reference) if reference else (number, column + 1)
        fill = _style_of(book, child).fill
        cell = _parse_cell(book, child) if len(child) else None
        if cell is not None:
            grid.put(row, column, cell)
            fills.add(fill)
        elif fill:
            coloured.append((row, column, fill))
    for row, column, fill in coloured:
        if fill not in fills:
            grid.put(row, column, Cell(fill=fill))


def _style_of(book: XlsxContext, element: etree._Element) -> CellStyle:
    number = int(element.get("s", 0))
    return book.styles[number] if number < len(book.styles) else PLAIN_STYLE


@lru_cache(maxsize=100_000)
def _parse_reference(reference: str) -> tuple[int, int]:
    match = REFERENCE.fullmatch(reference.upper())
    if not match:
        raise ValueError(f"no cell: {reference!r}")
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def _parse_range(reference: str) -> CellRange:
    first, _colon, last = reference.partition(":")
    (top, left), (bottom, right) = _parse_reference(first), _parse_reference(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _parse_cell(book: XlsxContext, element: etree._Element) -> Cell | None:
    """A cell out of its element, None for one that holds nothing."""
    kind, stored, struck, formula = element.get("t", "n"), None, "", False
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "v":
            stored = child.text or ("" if kind == "str" else None)
        elif name == "f":
            formula = True
        elif name == "is":
            stored, struck = parse_rich_text(child)
    if stored is None:
        return Cell(formula=True) if formula else None
    style = _style_of(book, element)
    if kind == "s":
        text = book.strings[int(stored)]
        struck = text if style.struck else book.struck.get(int(stored), "")
        return Cell(text, text, formula=formula, struck=struck)
    if kind in ("str", "inlineStr"):
        text = _unescape_text(stored)
        struck = text if style.struck else _unescape_text(struck)
        return Cell(text, text, formula=formula, struck=struck)
    if kind == "e":
        return Cell(normalise_text(stored), None, formula=formula, error=normalise_text(stored))
    if kind == "b":
        answer = stored.strip() in ("1", "true")
        return Cell(cell_formatting.BOOLEANS[answer], answer, formula=formula)
    text, value = _parse_number(book, kind, stored.strip(), style.format)
    return Cell(text, value, formula=formula, struck=text if style.struck else "")


def _parse_number(book: XlsxContext, kind: str, stored: str, code: str) -> tuple[str, Value]:
    """What is shown and what is held; numbers have the 15 digits that Excel counts with."""
    if kind == "d" and (iso := ISO_DATE.fullmatch(stored)):
        return _parse_iso_date(iso[1], iso[2] or "")
    if not NUMBER.fullmatch(stored):
        return normalise_text(stored), normalise_text(stored)
    try:
        return cell_formatting.parse_stored_number(Decimal(stored), code, book.from_1904)
    except InvalidOperation:
        return normalise_text(stored), None


def _parse_iso_date(day: str, time: str) -> tuple[str, Value]:
    """A day, with its time of day in words; words alone where there is no such day."""
    try:
        moment = datetime.fromisoformat(day + time)
    except ValueError:
        return day, day
    hours = f" {moment:%H:%M}" if time else ""
    return cell_formatting.format_plain_date(moment) + hours, moment.date()


def _parse_comments(package: OfficePackage, part: str) -> dict[tuple[int, int], str]:
    """What people remarked, by cell. Discussions replace the copy of them that old programs are
    given.
    """
    plain: dict[tuple[int, int], str] = {}
    threads: dict[tuple[int, int], list[str]] = {}
    for kind, target in _parse_relations(package, part).values():
        root = package.tree(target) if kind in ("comments", "threadedComment") else None
        if root is None:
            continue
        for comment in _elements_named(root, "comment"):
            plain[_parse_reference(comment.get("ref", ""))] = _rich_text(comment)[0]
        for comment in _elements_named(root, "threadedComment"):
            texts = [text.text or "" for text in _elements_named(comment, "text")]
            place = _parse_reference(comment.get("ref", ""))
            threads.setdefault(place, []).append(normalise_text("".join(texts)))
    return plain | {place: "\n".join(words) for place, words in threads.items()}
