"""The second sheet of a workbook: how the first is filled in."""

from django.utils.translation import gettext as _
from openpyxl import Workbook

from splot.implementation.exports.xlsx import (
    styled_cell,
)


def add_help_sheet(book: Workbook) -> None:
    """The second sheet: how the first is filled."""
    worksheet = book.create_sheet(_("How to fill it in"))
    worksheet.column_dimensions["A"].width = 110
    worksheet.protection.sheet = True
    worksheet.append([styled_cell(worksheet, _("How to fill it in"), "Title of the sheet")])
    for text in _help_lines():
        worksheet.append([styled_cell(worksheet, text, "Given")])


def _help_lines() -> list[str]:
    return [
        _(
            "The sheet lists the tasks of your institution. Grey cells show what the table says; "
            "do "
            "not change them."
        ),
        _(
            "Yellow cells are yours. Fill in what you know and leave the rest empty; you can send "
            "the file again later."
        ),
        _(
            "How does the task go: choose from the list. Without it nothing else about the task "
            "can "
            "be taken."
        ),
        _("What was done: two or three sentences that a resident understands."),
        _("What stood in the way: only if something did. For a task that was abandoned, say why."),
        _(
            "How many were reached: a whole number, 0 if nobody was. Leave it empty if you do not "
            "know."
        ),
        _("Beside it choose how sure the number is and what is counted."),
        _(
            "Money: figures for the year of this sheet, without a currency. Empty means unknown, 0 "
            "means none."
        ),
        _(
            "Cells in grey are not for you: another institution leads the task, or its money has "
            "several sources."
        ),
        _("A remark goes to the coordinator. It does not appear in the table."),
        _(
            "Do not add rows and do not move them. What stands outside the yellow cells is not "
            "taken."
        ),
        _(
            "If somebody else changed the same cell meanwhile, the coordinator sees both texts and "
            "decides."
        ),
    ]
