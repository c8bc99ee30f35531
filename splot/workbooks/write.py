"""The workbook of an institution: its rows, the cells that it may fill, how to fill them, and the key.

The first row and the first column are hidden; they carry the codes of the columns and what ties each row to its
task, so that the sheet is understood when it comes back, in whatever format and order.
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
from splot.implementation.exports.view import Value
from splot.implementation.exports.xlsx import (
    GRID,
    OPEN,
    TEXT,
    filled,
    head_look,
    money_format,
    new_workbook,
    packed,
    set_height,
    set_page,
    style,
    title_look,
)

from .cells import INPUTS, LABELS, MONEY, reach_parts
from .merge import part_label
from .models import IssuedWorkbook
from .queries import HIDDEN_SHEET, KEY, NO_ROW, manifest, mark, numbers

SHOWN_FIRST = ("number", "title", "part", "activities", "when", "targets", "planned")
WIDTHS = {"number": 6, "title": 40, "narrative": 48, "obstacles": 34, "remark": 34, "targets": 30, "when": 20}
HEAD_ROW, FIRST_LIST = 4, 4  # the lists of choices begin in the fourth column of the hidden sheet
LOCK, UNLOCK = Protection(locked=True), Protection(locked=False)


def sheet_xlsx(sheet: IssuedWorkbook) -> bytes:
    """The workbook's bytes, in the municipality's language; the same sheet gives the same bytes."""
    language = sheet.plan.policy.municipality.language
    with override(language):
        title = _("%(institution)s: how the tasks go, %(period)s") % {
            "institution": sheet.organisation.name,
            "period": Period.parse(sheet.period),
        }
        book = new_workbook(title, language)
        for name, value in (("splot-key", sheet.key), ("splot-plan", f"{sheet.plan.policy.term} {sheet.plan}")):
            book.custom_doc_props.append(StringProperty(name=name, value=value))
        book.security = WorkbookProtection(lockStructure=True)
        _add_looks(book)
        _add_tasks(book, sheet, title)
        _add_advice(book)
        _add_manifest(book, sheet)
        return packed(book)


def sheets_zip(sheets: Iterable[IssuedWorkbook]) -> bytes:
    """All the workbooks in one archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for sheet in sheets:
            archive.writestr(zipfile.ZipInfo(sheet_name(sheet)), sheet_xlsx(sheet))
    return made.getvalue()


def sheet_name(sheet: IssuedWorkbook) -> str:
    """The file's name: "poznan-2023-2024-2023-wydzial-oswiaty-7.xlsx"."""
    policy = sheet.plan.policy
    whose = slugify(sheet.organisation.name.words.replace("ł", "l").replace("Ł", "L"))[:60]
    return f"{'-'.join(filter(None, (policy.municipality.slug, policy.term, sheet.period, whose, str(sheet.pk))))}.xlsx"


def _add_looks(book: Workbook) -> None:
    style(book, "Title of the sheet", **title_look())
    style(book, "Note", font=Font(name="Calibri", size=11), alignment=Alignment(vertical="top"))
    style(book, "Head", **head_look())
    given = {"border": GRID, "fill": PatternFill("solid", fgColor="F1F1F4"), "protection": LOCK}
    asked = {"border": GRID, "fill": PatternFill("solid", fgColor=OPEN), "protection": UNLOCK}
    style(book, "Given", number_format=TEXT, **given)
    style(book, "Number", number_format="0", **given)
    style(book, "Fill in", number_format=TEXT, **asked)
    style(book, "Fill in a number", number_format="0", **asked)
    style(book, "Fill in money", number_format=money_format("PLN").partition("\\")[0], **asked)
    style(book, "Not for you", number_format=TEXT, **{**given, "fill": PatternFill("lightUp", fgColor="C9CBD6")})


def _add_tasks(book: Workbook, sheet: IssuedWorkbook, title: str) -> None:
    codes = [*SHOWN_FIRST, *(each.code for each in INPUTS)]
    made = book.create_sheet(_("Tasks"))
    made.freeze_panes = "D5"
    widths = [8, *(WIDTHS.get(code, 15) for code in codes)]
    set_page(made, head_row=HEAD_ROW, widths=widths, rows=len(sheet.rows))
    made.column_dimensions["A"].hidden = True
    made.row_dimensions[1].hidden = True
    made.row_dimensions[2].height = 24
    made.protection.sheet = True
    made.protection.formatColumns = made.protection.formatRows = made.protection.autoFilter = False  # allowed
    _add_choices(made, codes, len(sheet.rows))
    made.append([filled(made, words, "Given") for words in (f"{KEY}{sheet.key}", *codes)])
    made.append([filled(made, NO_ROW, "Given"), filled(made, title, "Title of the sheet")])
    advice = _("Fill in the yellow cells, save the file and send it back. What you leave as it is stays as it is.")
    made.append([filled(made, NO_ROW, "Given"), filled(made, advice, "Note")])
    labels = {each.code: each.label for each in INPUTS} | {code: LABELS[code] for code in SHOWN_FIRST}
    head = [NO_ROW, *(str(labels[code]) for code in codes)]
    set_height(made, HEAD_ROW, head, widths)
    made.append([filled(made, words, "Head") for words in head])
    for at, number in enumerate(numbers(sheet), HEAD_ROW + 1):
        row = _row(made, sheet, number)
        set_height(made, at, [cell.value for cell in row], [99, *widths[1:]])
        made.append(row)


def _row(made: WriteOnlyWorksheet, sheet: IssuedWorkbook, number: str) -> list[WriteOnlyCell]:
    row = sheet.rows[number]
    cells = [filled(made, mark(sheet, number), "Given"), filled(made, int(number), "Number")]
    for code in SHOWN_FIRST[1:]:
        cells.append(filled(made, part_label(row["part"]) if code == "part" else row.get(code, ""), "Given"))
    values = _inputs(row)
    for each in INPUTS:
        look = "Fill in money" if each.cell in MONEY else "Fill in a number" if each.code == "reached" else "Fill in"
        cells.append(filled(made, values.get(each.code, ""), look if each.cell in row else "Not for you"))
    return cells


def _inputs(row: dict[str, str]) -> dict[str, Value]:
    """What stands in the columns to be filled: words as they are, choices by their label, figures as numbers."""
    found: dict[str, Value] = {each.code: row.get(each.code, "") for each in INPUTS}
    if row.get("reached"):
        found["reached_qualifier"], found["reached"], found["reached_unit"] = reach_parts(row["reached"])
    for each in INPUTS:
        value = found[each.code]
        if each.choices and value:
            found[each.code] = str(dict(each.choices())[str(value)])
        elif each.cell in MONEY and value:
            found[each.code] = Decimal(str(value))
    return found


def _add_choices(made: WriteOnlyWorksheet, codes: list[str], rows: int) -> None:
    """Drop-downs and limits of numbers; what is no choice is refused while it is typed."""
    listed = 0
    for each in INPUTS:
        letter = get_column_letter(codes.index(each.code) + 2)
        if each.choices:
            column, last = get_column_letter(FIRST_LIST + listed), len(list(each.choices()))
            listed += 1
            source = f"'{HIDDEN_SHEET}'!${column}$1:${column}${last}"
            check = DataValidation("list", formula1=source, allow_blank=True, error=_("Choose from the list."))
        elif each.code == "reached":
            check = DataValidation("whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
            check.error = _("Not a whole number.")
        elif each.cell in MONEY:
            check = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
            check.error = _("Not an amount of money. Write digits alone.")
        else:
            continue
        check.showErrorMessage = True
        check.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + max(rows, 1)}")
        made.data_validations.append(check)  # a write-only sheet has no shorter way


def _add_advice(book: Workbook) -> None:
    """The second sheet: how the first is filled."""
    made = book.create_sheet(_("How to fill it in"))
    made.column_dimensions["A"].width = 110
    made.protection.sheet = True
    made.append([filled(made, _("How to fill it in"), "Title of the sheet")])
    for words in _advice():
        made.append([filled(made, words, "Given")])


def _advice() -> list[str]:
    return [
        _("The sheet lists the tasks of your institution. Grey cells show what the table says; do not change them."),
        _("Yellow cells are yours. Fill in what you know and leave the rest empty; you can send the file again later."),
        _("How does the task go: choose from the list. Without it nothing else about the task can be taken."),
        _("What was done: two or three sentences that a resident understands."),
        _("What stood in the way: only if something did. For a task that was abandoned, say why."),
        _("How many were reached: a whole number, 0 if nobody was. Leave it empty if you do not know."),
        _("Beside it choose how sure the number is and what is counted."),
        _("Money: figures for the year of this sheet, without a currency. Empty means unknown, 0 means none."),
        _("Cells in grey are not for you: another institution leads the task, or its money has several sources."),
        _("A remark goes to the coordinator. It does not appear in the table."),
        _("Do not add rows and do not move them. What stands outside the yellow cells is not taken."),
        _("If somebody else changed the same cell meanwhile, the coordinator sees both texts and decides."),
    ]


def _add_manifest(book: Workbook, sheet: IssuedWorkbook) -> None:
    """The hidden sheet: whose workbook it is, the mark of each row, and the lists to choose from."""
    made = book.create_sheet(HIDDEN_SHEET)
    made.sheet_state = "hidden"
    made.protection.sheet = True
    lists = [[str(label) for __, label in each.choices()] for each in INPUTS if each.choices]
    lines = manifest(sheet)
    for at in range(max(len(lines), *map(len, lists))):
        line = [*(lines[at] if at < len(lines) else ["", ""]), ""]
        line += [one[at] if at < len(one) else "" for one in lists]
        made.append([filled(made, words, "Given") for words in line])
