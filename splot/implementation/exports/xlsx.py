"""Exports a view of the table as an Excel workbook; styles and cells that all our workbooks share.

Words are strings in text format, so that no "=" ever becomes a formula, neither when opened nor
when edited.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.page import PageMargins

from splot.language.normalisation import normalise_text

from ..column import COUNT, LONG_TEXT, SHORT_TEXT
from ..models import Task
from .table_export import (
    DAY,
    CellValue,
    ExportColumn,
    TableExport,
    export_columns,
    group_heading,
)

ACCENT, TINT, RULE, FILLABLE_TINT = "1D2A63", "E8EAF4", "C9CBD6", "FFF6DF"
MAX_CELL_CHARACTERS = 32_000  # Excel keeps 32,767 in a cell
MAX_A4_COLUMNS = 9  # columns that still fit on A4
A3, A4 = 8, 9  # paper sizes
EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MIN_WIDTH, MAX_WIDTH = 10, 44
WIDTH_SAMPLE = 400  # rows that a column's width is judged by
LINE_HEIGHT, MAX_HEIGHT = 13, 400  # points; Excel has rows of 409 at most
PAPER_WIDTH = 260  # letters in the width of a sheet of A3 that a reader can make out
THIN = Side(style="thin", color=RULE)
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TEXT_FORMAT = "@"


def new_workbook(title: str, language: str) -> Workbook:
    """An empty workbook that names no author."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.language, book.properties.creator = title, language, ""
    return book


def add_style(book: Workbook, name: str, **look: object) -> str:
    """A style of the workbook that a cell takes by its name; top-aligned and wrapped, unless told
    otherwise.
    """
    style = NamedStyle(
        name=name,
        font=Font(name="Calibri", size=10),
        alignment=Alignment(vertical="top", wrap_text=True),
    )
    for part, value in look.items():
        setattr(style, part, value)
    book.add_named_style(style)
    return name


def head_style() -> dict[str, object]:
    return {
        "font": Font(name="Calibri", size=10, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor=ACCENT),
        "border": GRID,
        "alignment": Alignment(vertical="center", wrap_text=True),
        "number_format": TEXT_FORMAT,
    }


def title_style() -> dict[str, object]:
    return {
        "font": Font(name="Calibri", size=16, bold=True, color=ACCENT),
        "alignment": Alignment(vertical="top"),
    }


def styled_cell(sheet: WriteOnlyWorksheet, value: CellValue, name: str) -> WriteOnlyCell:
    """A cell in one of the workbook's styles. Words stay words, whatever they begin with."""
    cell = WriteOnlyCell(
        sheet, (escape_cell_text(value) or None) if isinstance(value, str) else value
    )
    cell.style = name
    if isinstance(cell.value, str):
        cell.data_type = "s"
    return cell


def escape_cell_text(text: str) -> str:
    """Text as a cell can hold it: without control characters, and with what looks like an escape of
    Excel's escaped.
    """
    text = EXCEL_ESCAPE.sub("_x005F_", normalise_text(text))
    return text if len(text) <= MAX_CELL_CHARACTERS else f"{text[: MAX_CELL_CHARACTERS - 1]}…"


def workbook_bytes(book: Workbook) -> bytes:
    """The file. Its parts carry no time, so that the same workbook gives the same bytes."""
    saved, file = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(
                    rb"<(dcterms:(?:created|modified)|dc:creator)[^>]*(?:/>|>[^<]*</\1>)", b"", data
                )
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


class _Row(RowDimension):
    """A row that opens as high as its words need, and grows when somebody writes more into it."""

    customHeight = property(lambda self: False)


def set_row_height(
    sheet: WriteOnlyWorksheet,
    at: int,
    values: Sequence[CellValue],
    widths: Sequence[float],
    level: int = 0,
) -> None:
    """The height of a row, in the lines that its cells take: not every program works it out when it
    opens a file.
    """
    lines = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str):
            lines = max(lines, _count_lines(value, width))
    height = min(lines * LINE_HEIGHT + 3, MAX_HEIGHT)
    sheet.row_dimensions[at] = _Row(sheet, index=at, ht=height, outlineLevel=level)


def _count_lines(text: str, width: float) -> int:
    """The lines that a text takes in a column so many letters wide."""
    letters = max(int(width) - 1, 1)
    return sum(math.ceil(max(len(line), 1) / letters) for line in text.split("\n"))


def set_up_page(
    sheet: WriteOnlyWorksheet,
    *,
    head_row: int,
    widths: Sequence[float],
    rows: int,
) -> None:
    """Landscape, head and task repeated on each sheet of paper, the filter below the head, page
    numbers.

    The columns share the width of the paper, or of several sheets where they would become too small
    to read.
    """
    columns = len(widths)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3 if columns > MAX_A4_COLUMNS else A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (
        max(1, round(sum(widths) / PAPER_WIDTH)),
        0,
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.oddFooter.right.text = "&P / &N"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    last = f"{get_column_letter(columns)}{head_row + max(rows, 1)}"
    sheet.auto_filter.ref = f"A{head_row}:{last}"


def table_xlsx(view: TableExport) -> bytes:
    """The bytes of a workbook with one sheet: title, head, and the rows in groups that fold."""
    with override(view.language):
        fields, rows = export_columns(view), view.rows()
        heads = [group_heading(row) for row in rows]
        values = [_row_values(row.task, fields) for row in rows]
        book = new_workbook(view.title, view.language)
        looks = _column_styles(book, fields)
        sheet = book.create_sheet(_sheet_name(view.title))
        sheet.sheet_properties.outlinePr.summaryBelow = False
        sheet.freeze_panes = "C4"
        columns = zip(*values[:WIDTH_SAMPLE], strict=True) if values else [()] * len(fields)
        widths = list(map(_column_width, fields, columns))
        set_up_page(sheet, head_row=3, widths=widths, rows=len(rows) + sum(map(bool, heads)))
        sheet.print_title_cols = "A:B"
        sheet.row_dimensions[1] = _Row(sheet, index=1, ht=24)
        labels = [field.label for field in fields]
        set_row_height(sheet, 3, labels, widths)
        sheet.append(_styled_row(sheet, [view.title], "Title of the table"))
        sheet.append(_styled_row(sheet, [view.about], "About"))
        sheet.append(_styled_row(sheet, labels, "Head"))
        _add_rows(sheet, heads, values, looks, widths)
        return workbook_bytes(book)


def _row_values(task: Task, fields: list[ExportColumn]) -> list[CellValue]:
    return [field.value(task) for field in fields]


def _styled_row(
    sheet: WriteOnlyWorksheet, values: Iterable[CellValue], style: str
) -> list[WriteOnlyCell]:
    return [styled_cell(sheet, value, style) for value in values]


def _add_rows(
    sheet: WriteOnlyWorksheet,
    heads: list[str],
    values: list[list[CellValue]],
    looks: list[str],
    widths: list[float],
) -> None:
    at = 3
    for head, row in zip(heads, values, strict=True):
        if head:
            at += 1
            sheet.append(_styled_row(sheet, [head, *[""] * (len(looks) - 1)], "Group"))
        at += 1
        set_row_height(sheet, at, row, widths, level=1)
        pairs = zip(row, looks, strict=True)
        sheet.append([styled_cell(sheet, value, look) for value, look in pairs])


def _column_styles(book: Workbook, fields: list[ExportColumn]) -> list[str]:
    """The style of each field; those of the frame are added to the workbook on the way."""
    add_style(book, "Title of the table", **title_style())
    add_style(
        book,
        "About",
        font=Font(name="Calibri", size=10, italic=True),
        alignment=Alignment(vertical="top"),
    )
    add_style(book, "Head", **head_style())
    bold = Font(name="Calibri", size=10, bold=True, color=ACCENT)
    fill = PatternFill("solid", fgColor=TINT)
    add_style(
        book,
        "Group",
        font=bold,
        fill=fill,
        number_format=TEXT_FORMAT,
        alignment=Alignment(vertical="center"),
    )
    formats = {SHORT_TEXT: TEXT_FORMAT, LONG_TEXT: TEXT_FORMAT, DAY: "yyyy-mm-dd", COUNT: "0"}
    styles: dict[tuple[str, str], str] = {}
    for field in fields:
        key = (field.look, field.currency)
        if key not in styles:
            name = " ".join(filter(None, key)).capitalize()
            number_format = formats.get(field.look) or money_format(field.currency)
            styles[key] = add_style(book, name, number_format=number_format, border=GRID)
    return [styles[field.look, field.currency] for field in fields]


def money_format(currency: str) -> str:
    """Two decimals with the currency's code behind; Excel puts its reader's separators between the
    digits.
    """
    return f'#,##0.00\\ "{currency}"'


def _column_width(field: ExportColumn, values: Iterable[CellValue]) -> float:
    """In letters: as wide as the longest line, within reason."""
    if field.look in (DAY, COUNT):
        return MIN_WIDTH if field.look == DAY else 8
    longest = 0
    for value in values:
        longest = max(longest, *map(len, _displayed_text(value).split("\n")))
    most = MAX_WIDTH if field.look == LONG_TEXT else MAX_WIDTH / 2
    return max(MIN_WIDTH, min(max(longest, len(field.label) / 2) + 2, most))


def _displayed_text(value: CellValue) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f} PLN"
    return "" if isinstance(value, date) else str(value or "")


def _sheet_name(title: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", title)[:31]
