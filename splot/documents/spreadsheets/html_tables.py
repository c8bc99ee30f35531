"""Tables of web pages, each a sheet: what many systems export under the name of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree, html

from splot.documents.encodings import decode_bytes, marked_encoding
from splot.documents.spreadsheets.grid import MAX_COLUMNS, MAX_ROWS, CellBudget, Grid
from splot.documents.spreadsheets.model import Cell, Workbook
from splot.language.normalisation import normalise_spaces, normalise_text

CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,30})", re.I)
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
STRUCK = ("s", "strike", "del")
BLOCKS = ("p", "div", "li", "tr")
NOT_SHOWN = ("script", "style", "template")


def read_html_tables(data: bytes) -> Workbook:
    """The tables in reading order; a table within a cell is read with its cell. Raises TooLarge
    beyond the limits, anything else for what is no page.
    """
    text = XML_DECLARATION.sub("", _decode_page(data))
    book, room = Workbook(), CellBudget()
    page = html.document_fromstring(text, parser=html.HTMLParser(no_network=True))
    for table in page.iter("table"):
        if next(table.iterancestors("table"), None) is None:
            caption = next((_cell_text(each) for each in table.iterchildren("caption")), "")
            number = {"number": len(book.sheets) + 1}
            grid = Grid(normalise_spaces(caption) or _("Table %(number)d") % number, room)
            _parse_table(table, grid)
            book.sheets.append(grid.sheet())
    return book


def _decode_page(data: bytes) -> str:
    """The text in the encoding that the page names, if it is in that, else in the likeliest."""
    declared = CHARSET.search(data[:4096])
    if declared and not marked_encoding(data):
        try:
            return data.decode(declared[1].decode())
        except (LookupError, UnicodeError):
            pass
    return decode_bytes(data).text


def _parse_table(table: etree._Element, grid: Grid) -> None:
    """Cells by their place in the grid; those that reach over several rows or columns are
    merged.
    """
    last_rows: dict[int, int] = {}  # by column: the last row that a cell above reaches
    rows = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    for number, row in enumerate(rows, 1):
        column = 1
        for cell in row.iterchildren("td", "th"):
            while last_rows.get(column, 0) >= number:
                column += 1
            down, across = (
                _span_of(cell, "rowspan", MAX_ROWS),
                _span_of(cell, "colspan", MAX_COLUMNS),
            )
            if down > 1 or across > 1:
                grid.merges.append((number, column, number + down - 1, column + across - 1))
            last_rows |= dict.fromkeys(range(column, column + across), number + down - 1)
            grid.put(number, column, _parse_cell(cell))
            column += across


def _span_of(cell: etree._Element, name: str, most: int) -> int:
    words = cell.get(name, "1").strip()
    return min(int(words), most) or 1 if words.isascii() and words.isdecimal() else 1


def _parse_cell(cell: etree._Element) -> Cell:
    struck = normalise_text(" ".join(_struck_texts(cell))).strip()
    text = _cell_text(cell) or struck
    return Cell(text, text or None, struck=struck)


def _struck_texts(cell: etree._Element) -> list[str]:
    """The words that are struck out, taken out of the cell."""
    texts: list[str] = []
    for element in list(cell.iter(*STRUCK)):
        texts.append(_cell_text(element))
        tail = element.tail
        element.clear()
        element.tail = tail
    return texts


def _cell_text(element: etree._Element) -> str:
    """The words of an element, its blocks and line breaks on lines of their own."""
    lines = "".join(_pieces_of(element)).split("\n")
    return normalise_text("\n".join(filter(None, map(normalise_spaces, lines))))


def _pieces_of(element: etree._Element) -> Iterator[str]:
    yield " ".join((element.text or "").split("\n"))
    for child in element:
        if child.tag == "br" or child.tag in BLOCKS:
            yield "\n"
        if isinstance(child.tag, str) and child.tag not in NOT_SHOWN:
            yield from _pieces_of(child)
        if child.tag in BLOCKS:
            yield "\n"
        yield " ".join((child.tail or "").split("\n"))
