"""Spreadsheets for tests: by openpyxl, by hand, and with parts exchanged as a foreign program might
write them.
"""

import io
import zipfile

import openpyxl

from splot.documents.spreadsheets import read_sheets
from tests.documents.word import with_part

__all__ = ["make_ods", "make_xlsx", "one", "saved", "texts", "with_part", "with_sheet"]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def saved(workbook):
    """The bytes of an openpyxl workbook."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def make_xlsx(rows, title="Plan"):
    """A workbook of one sheet with these values."""
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def with_sheet(inner, before="", after=""):
    """A workbook whose only sheet has this XML: rows, what stands before the rows, what stands
    behind them.
    """
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}">{before}<sheetData>{inner}</sheetData>{after}</worksheet>'
    return with_part(make_xlsx([["x"]]), "xl/worksheets/sheet1.xml", xml)


def make_ods(tables, styles="", names="", more=(), manifest="<manifest/>"):
    """An OpenDocument spreadsheet out of the XML of its tables; `more` are further parts (name,
    content).
    """
    spaces = " ".join(
        f'xmlns:{name}="{OFFICE}{name}:1.0"'
        for name in ("office", "table", "text", "style", "meta", "dc")
    )
    content = (
        "<office:document-content "
        f"{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}{names}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", SPREADSHEET, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
        for name, data in more:
            package.writestr(name, data.replace("SPACES", spaces))
    return buffer.getvalue()


def texts(book, sheet=0):
    return [[cell.text for cell in row] for row in book.sheets[sheet].rows]


def one(data, name="a.xlsx"):
    """The only cell of a file."""
    (row,) = read_sheets(data, name).sheets[0].rows
    return row[0]
