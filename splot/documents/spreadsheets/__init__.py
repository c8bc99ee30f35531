"""Parses spreadsheets into a Workbook: Excel, OpenDocument, separated values, tables in Word
documents and web pages.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from splot.documents.intake.files import identify_spreadsheet
from splot.documents.intake.refusals import (
    UnreadableDocument,
    damaged_spreadsheet,
    empty_spreadsheet,
    unreadable_spreadsheet,
)
from splot.documents.spreadsheets import delimited, html_tables, ods, word_tables, xls, xlsx
from splot.documents.spreadsheets.grid import TooLarge
from splot.documents.spreadsheets.model import Cell, Sheet, Workbook

__all__ = [
    "Cell",
    "Sheet",
    "UnreadableDocument",
    "Workbook",
    "read_sheets",
]

READERS: dict[str, Callable[[bytes], Workbook]] = {
    "xlsx": xlsx.read_xlsx,
    "xls": xls.read_xls,
    "ods": ods.read_ods,
    "html": html_tables.read_html_tables,
    "docx": word_tables.read_word_tables,
}


def read_sheets(data: bytes, name: str) -> Workbook:
    """The workbook in these bytes; `name` is the file's name, whose extension must tell the truth.

    Raises UnreadableDocument with a message for people; nothing else, whatever the bytes. Formulas
    are never computed, macros and links to other files are ignored. What strangers send is read by
    a process of its own (`run_sandboxed`) that is told to call this, or what uses it.
    """
    kind = identify_spreadsheet(data, name)
    try:
        book = delimited.read_delimited(data, name) if kind == "delimited" else READERS[kind](data)
    except UnreadableDocument:
        raise
    except TooLarge as error:
        raise unreadable_spreadsheet(
            name, str(error), _("Divide it into parts, and try again.")
        ) from error
    except MemoryError as error:
        raise unreadable_spreadsheet(
            name, _("it takes too much memory."), _("Divide it into parts, and try again.")
        ) from error
    except Exception as error:  # a hostile package can fail anywhere in zipfile, zlib or lxml
        raise damaged_spreadsheet(name) from error
    if not any(any(sheet.cells()) for sheet in book.sheets):
        raise empty_spreadsheet(name)
    return book
