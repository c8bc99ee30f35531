"""The workbook of an institution: its rows, the cells that it may fill, how to fill them, and the
key.

The first row and the first column are hidden; they carry the codes of the columns and what ties
each row to its task, so that the sheet is understood when it comes back, in whatever format and
order.
"""

import io
import zipfile
from collections.abc import Iterable
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from splot.core.dates import Period
from splot.implementation.exports.table_export import CellValue
from splot.implementation.exports.xlsx import (
    FILLABLE_TINT,
    GRID,
    TEXT_FORMAT,
    add_style,
    head_style,
    money_format,
    new_workbook,
    set_row_height,
    set_up_page,
    styled_cell,
    title_style,
    workbook_bytes,
)
from splot.workbooks.help_sheet import add_help_sheet

from .cells import deserialise_reach
from .models import IssuedWorkbook
from .schema import (
    FILLABLE_COLUMNS,
    FILLABLE_FIGURES,
    FIRST_COLUMNS,
    HIDDEN_SHEET,
    KEY_PREFIX,
    NO_TASK,
    build_manifest,
    part_label,
    row_checksum,
    task_numbers,
    workbook_column_label,
)

WIDTHS = {
    "number": 6,
    "title": 40,
    "narrative": 48,
    "obstacles": 34,
    "remark": 34,
    "targets": 30,
    "when": 20,
}
HEAD_ROW, FIRST_LIST = 4, 4  # the lists of choices begin in the fourth column of the hidden sheet
LOCK, UNLOCK = Protection(locked=True), Protection(locked=False)


def workbook_xlsx(workbook: IssuedWorkbook) -> bytes:
    """The workbook's bytes, in the municipality's language; the same sheet gives the same bytes."""
    language = workbook.plan.policy.municipality.language
    with override(language):
        title = _("%(institution)s: how the tasks go, %(period)s") % {
            "institution": workbook.organisation.name,
            "period": Period.parse(workbook.period),
        }
        book = new_workbook(title, language)
        for name, value in (
            ("splot-key", workbook.key),
            ("splot-plan", f"{workbook.plan.policy.term} {workbook.plan}"),
        ):
            book.custom_doc_props.append(StringProperty(name=name, value=value))
        book.security = WorkbookProtection(lockStructure=True)
        _add_styles(book)
        _add_tasks(book, workbook, title)
        add_help_sheet(book)
        _add_manifest(book, workbook)
        return workbook_bytes(book)


def workbooks_zip(workbooks: Iterable[IssuedWorkbook]) -> bytes:
    """All the workbooks in one archive."""
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w") as archive:
        for workbook in workbooks:
            archive.writestr(zipfile.ZipInfo(workbook_file_name(workbook)), workbook_xlsx(workbook))
    return archive_bytes.getvalue()


def workbook_file_name(workbook: IssuedWorkbook) -> str:
    """The file's name: "poznan-2023-2024-2023-wydzial-oswiaty-7.xlsx"."""
    policy = workbook.plan.policy
    name = workbook.organisation.name.source_wording.replace("ł", "l").replace("Ł", "L")
    whose = slugify(name)[:60]
    parts = (policy.municipality.slug, policy.term, workbook.period, whose, str(workbook.pk))
    return f"{'-'.join(filter(None, parts))}.xlsx"


def _add_styles(book: Workbook) -> None:
    add_style(book, "Title of the sheet", **title_style())
    add_style(book, "Note", font=Font(name="Calibri", size=11), alignment=Alignment(vertical="top"))
    add_style(book, "Head", **head_style())
    locked = {"border": GRID, "fill": PatternFill("solid", fgColor="F1F1F4"), "protection": LOCK}
    fillable = {
        "border": GRID,
        "fill": PatternFill("solid", fgColor=FILLABLE_TINT),
        "protection": UNLOCK,
    }
    add_style(book, "Given", number_format=TEXT_FORMAT, **locked)
    add_style(book, "Number", number_format="0", **locked)
    add_style(book, "Fill in", number_format=TEXT_FORMAT, **fillable)
    add_style(book, "Fill in a number", number_format="0", **fillable)
    add_style(
        book, "Fill in money", number_format=money_format("PLN").partition("\\")[0], **fillable
    )
    add_style(
        book,
        "Not for you",
        number_format=TEXT_FORMAT,
        **{**locked, "fill": PatternFill("lightUp", fgColor="C9CBD6")},
    )


def _add_tasks(book: Workbook, workbook: IssuedWorkbook, title: str) -> None:
    codes = [*FIRST_COLUMNS, *(each.code for each in FILLABLE_COLUMNS)]
    worksheet = book.create_sheet(_("Tasks"))
    worksheet.freeze_panes = "D5"
    widths = [8, *(WIDTHS.get(code, 15) for code in codes)]
    set_up_page(worksheet, head_row=HEAD_ROW, widths=widths, rows=len(workbook.rows))
    worksheet.column_dimensions["A"].hidden = True
    worksheet.row_dimensions[1].hidden = True
    worksheet.row_dimensions[2].height = 24
    worksheet.protection.sheet = True
    # allowed
    worksheet.protection.formatColumns = worksheet.protection.formatRows = (
        worksheet.protection.autoFilter
    ) = False
    _add_choices(worksheet, codes, len(workbook.rows))
    worksheet.append(_styled_row(worksheet, (f"{KEY_PREFIX}{workbook.key}", *codes), "Given"))
    worksheet.append(
        [
            styled_cell(worksheet, NO_TASK, "Given"),
            styled_cell(worksheet, title, "Title of the sheet"),
        ]
    )
    advice = _(
        "Fill in the yellow cells, save the file and send it back. What you leave as it is "
        "stays as it is."
    )
    worksheet.append(
        [styled_cell(worksheet, NO_TASK, "Given"), styled_cell(worksheet, advice, "Note")]
    )
    head = [NO_TASK, *map(workbook_column_label, codes)]
    set_row_height(worksheet, HEAD_ROW, head, widths)
    worksheet.append(_styled_row(worksheet, head, "Head"))
    for at, number in enumerate(task_numbers(workbook), HEAD_ROW + 1):
        row = _task_cells(worksheet, workbook, number)
        set_row_height(worksheet, at, [cell.value for cell in row], [99, *widths[1:]])
        worksheet.append(row)


def _task_cells(
    worksheet: WriteOnlyWorksheet, workbook: IssuedWorkbook, number: str
) -> list[WriteOnlyCell]:
    row = workbook.rows[number]
    cells = [
        styled_cell(worksheet, row_checksum(workbook, number), "Given"),
        styled_cell(worksheet, int(number), "Number"),
    ]
    for code in FIRST_COLUMNS[1:]:
        text = part_label(row["part"]) if code == "part" else row.get(code, "")
        cells.append(styled_cell(worksheet, text, "Given"))
    values = _fillable_values(row)
    for column in FILLABLE_COLUMNS:
        if column.cell not in row:
            look = "Not for you"
        elif column.cell in FILLABLE_FIGURES:
            look = "Fill in money"
        elif column.code == "reached":
            look = "Fill in a number"
        else:
            look = "Fill in"
        cells.append(styled_cell(worksheet, values.get(column.code, ""), look))
    return cells


def _fillable_values(row: dict[str, str]) -> dict[str, CellValue]:
    """What stands in the columns to be filled: words as they are, choices by their label, figures
    as numbers.
    """
    values: dict[str, CellValue] = {
        column.code: row.get(column.code, "") for column in FILLABLE_COLUMNS
    }
    if row.get("reached"):
        values["reached_qualifier"], values["reached"], values["reached_unit"] = deserialise_reach(
            row["reached"]
        )
    for column in FILLABLE_COLUMNS:
        value = values[column.code]
        if column.choices and value:
            values[column.code] = str(dict(column.choices())[str(value)])
        elif column.cell in FILLABLE_FIGURES and value:
            values[column.code] = Decimal(str(value))
    return values


def _add_choices(worksheet: WriteOnlyWorksheet, codes: list[str], rows: int) -> None:
    """Drop-downs and limits of numbers; what is no choice is refused while it is typed."""
    listed = 0
    for column in FILLABLE_COLUMNS:
        letter = get_column_letter(codes.index(column.code) + 2)
        if column.choices:
            list_letter, last = get_column_letter(FIRST_LIST + listed), len(list(column.choices()))
            listed += 1
            source = f"'{HIDDEN_SHEET}'!${list_letter}$1:${list_letter}${last}"
            check = DataValidation(
                "list", formula1=source, allow_blank=True, error=_("Choose from the list.")
            )
        elif column.code == "reached":
            check = DataValidation(
                "whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True
            )
            check.error = _("Not a whole number.")
        elif column.cell in FILLABLE_FIGURES:
            check = DataValidation(
                "decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True
            )
            check.error = _("Not an amount of money. Write digits alone.")
        else:
            continue
        check.showErrorMessage = True
        check.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + max(rows, 1)}")
        worksheet.data_validations.append(check)  # a write-only sheet has no shorter way


def _add_manifest(book: Workbook, workbook: IssuedWorkbook) -> None:
    """The hidden sheet: whose workbook it is, the mark of each row, and the lists to choose
    from.
    """
    worksheet = book.create_sheet(HIDDEN_SHEET)
    worksheet.sheet_state = "hidden"
    worksheet.protection.sheet = True
    lists: list[list[str]] = []
    for column in FILLABLE_COLUMNS:
        if column.choices:
            lists.append([str(label) for __, label in column.choices()])
    lines = build_manifest(workbook)
    for at in range(max(len(lines), *map(len, lists))):
        line = [*(lines[at] if at < len(lines) else ["", ""]), ""]
        line += [labels[at] if at < len(labels) else "" for labels in lists]
        worksheet.append(_styled_row(worksheet, line, "Given"))


def _styled_row(
    worksheet: WriteOnlyWorksheet, texts: Iterable[CellValue], look: str
) -> list[WriteOnlyCell]:
    """Cells of one look."""
    return [styled_cell(worksheet, text, look) for text in texts]
