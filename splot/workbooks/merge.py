"""Three-way merge of a returned workbook: each cell is compared with what was sent and with what
is now.

Nothing is written here. A cell is a line of `ReturnedWorkbook.cells`: task, column, sent, now,
theirs, state, and for a refused one `why`, a sentence.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import filterfalse

from django.utils.translation import gettext as _

from splot.core.values import Json
from splot.language.normalisation import normalise_spaces

from .cells import normalise_cell_text
from .models import IssuedWorkbook
from .schema import (
    FILLABLE_CELLS,
    LOCKED_COLUMNS,
    CellValues,
    ReturnedFile,
    ReturnedRow,
    build_manifest,
    row_checksum,
    task_numbers,
    workbook_column_label,
)

TAKEN, SAME, CONFLICT, REFUSED, KEPT, OVERRULED = (
    "taken",
    "same",
    "conflict",
    "refused",
    "kept",
    "overruled",
)
LEFT_AS_SENT = "left"  # as it was sent, though the workbook has said something since
# lines of the hidden sheet for people who look for them
MANIFEST_LABELS = ("municipality", "policy", "plan")
MergedCell = Json
# what this workbook last said: {(task, column): words}
PreviousValues = Mapping[tuple[int | None, str], str]


def count_conflicts(cells: Iterable[MergedCell]) -> int:
    """How many cells are still to be decided."""
    return sum(cell["state"] == CONFLICT for cell in cells)


def row_refusal(workbook: IssuedWorkbook, row: ReturnedRow, others: Collection[int]) -> str:
    """Why a row is refused as a whole; "" when it is not. `others` are the numbers of the table's
    further tasks.
    """
    if row.number is None:
        return _("Row %(place)s has no number of a task: rows cannot be added here.") % {
            "place": row.sheet_row
        }
    number = str(row.number)
    if number not in workbook.rows:
        if row.number in others:
            return _("Task %(number)s belongs to other institutions.") % {"number": number}
        return _("There is no task %(number)s in this sheet: rows cannot be added here.") % {
            "number": number
        }
    if row.mark != row_checksum(workbook, number) or normalise_spaces(
        row.locked.get("title", "")
    ) != normalise_spaces(workbook.rows[number]["title"]):
        return _("The number and the words of row %(place)s do not belong together any more.") % {
            "place": row.sheet_row
        }
    return ""


def was_tampered(workbook: IssuedWorkbook, file: ReturnedFile) -> bool:
    """Whether the hidden sheet says anything else than what was sent; the names in it may have
    changed since.
    """
    if file.manifest is None:
        return False
    sent = list(filterfalse(_is_manifest_label, build_manifest(workbook)))
    return sent != list(filterfalse(_is_manifest_label, file.manifest))


def _is_manifest_label(line: list[str]) -> bool:
    return line[0] in MANIFEST_LABELS


def is_edited(row: ReturnedRow, sent: CellValues, previous: PreviousValues) -> bool:
    """Whether somebody wrote in one of the cells of a row that can be filled, or in a row of their
    own.
    """
    return (
        not sent
        or bool(row.unclear)
        or any(_is_new_value(row, code, sent, previous) for code in row.values)
    )


def _is_new_value(row: ReturnedRow, code: str, sent: CellValues, previous: PreviousValues) -> bool:
    """Whether a cell says anything else than was sent, or no longer says what it last did."""
    before = sent.get(code, "")
    return row.values[code] != before or previous.get((row.number, code), before) != before


def refused_cells(row: ReturnedRow, sent: CellValues, why: str) -> list[MergedCell]:
    """Everything that was written in a row, kept with the reason why it was not taken."""
    filled = dict(row.values) if sent else {**row.locked, **row.values}
    for code, (text, __) in row.unclear.items():
        filled[code] = text
    cells = []
    for code, text in filled.items():
        before = sent.get(code, "")
        if text != before:
            cells.append(_merged_cell(row, code, before, None, text, REFUSED, why))
    return cells


def merge_row(
    row: ReturnedRow, sent: CellValues, now: CellValues, previous: PreviousValues
) -> list[MergedCell]:
    """The cells of a row that somebody touched. What the workbook said last (`previous`) is not
    brought again.

    A cell that was filled and is as it was sent once more leaves the table as it is: mostly a
    colleague has filled another copy. It is listed, for somebody may have meant to take a word
    back.
    """
    cells = []
    for code in FILLABLE_CELLS:
        if code in row.unclear:
            text, why = row.unclear[code]
            state = REFUSED
        elif code in row.values and _is_new_value(row, code, sent, previous):
            text = row.values[code]
            is_seen = previous.get((row.number, code)) == text
            state, why = _merge_state(code, sent, now, text, is_seen)
        else:
            continue
        before = sent.get(code, "")
        cells.append(_merged_cell(row, code, before, now.get(code), text, state, why))
    return cells


def _merge_state(
    code: str, sent: CellValues, now: CellValues, theirs: str, is_seen: bool
) -> tuple[str, str]:
    if code not in sent:
        return REFUSED, _("This cell was not to be filled in this sheet.")
    if is_seen or theirs == now.get(code):
        return SAME, ""
    if theirs == sent[code]:
        return LEFT_AS_SENT, ""
    if code not in now:
        return REFUSED, _("The task has money from several sources by now: enter it in the task.")
    return (TAKEN, "") if now[code] == sent[code] else (CONFLICT, "")


def changed_locked_cells(expected: CellValues, row: ReturnedRow) -> list[MergedCell]:
    """Cells that were not to be filled and say something else than `expected`."""
    why = _("This cell was not to be filled in this sheet.")
    cells = []
    for code, text in row.locked.items():
        before = expected.get(code, "")
        if code != "part" and normalise_spaces(text) != normalise_spaces(before):
            cells.append(_merged_cell(row, code, before, None, text, REFUSED, why))
    return cells


def _merged_cell(
    row: ReturnedRow, code: str, sent: str, now: str | None, theirs: str, state: str, why: str = ""
) -> MergedCell:
    cell: MergedCell = {
        "task": row.number,
        "column": code,
        "sent": sent,
        "now": now,
        "theirs": normalise_cell_text(theirs),
        "state": state,
    }
    return {**cell, "why": why} if why else cell


def missing_notes(workbook: IssuedWorkbook, file: ReturnedFile) -> list[str]:
    """Sentences on the rows and columns that the file has lost."""
    came = {str(row.number) for row in file.rows}
    lost = [number for number in task_numbers(workbook) if number not in came]
    notes = []
    if lost:
        notes.append(_("Missing in the file: tasks %(numbers)s.") % {"numbers": ", ".join(lost)})
    present: set[str] = set()
    for row in file.rows:
        present.update(row.values, row.unclear, row.locked)
    missing = [code for code in (*LOCKED_COLUMNS, *FILLABLE_CELLS) if code not in present]
    if missing and came:
        labels = ", ".join(map(workbook_column_label, missing))
        notes.append(_("Missing columns: %(columns)s.") % {"columns": labels})
    return notes


def previous_values(returns: Iterable[list[MergedCell]]) -> dict[tuple[int | None, str], str]:
    """The last word of each cell in earlier returns of a workbook, oldest first; what was refused
    or left is none.
    """
    values: dict[tuple[int | None, str], str] = {}
    for cells in returns:
        for cell in cells:
            if cell["state"] not in (REFUSED, LEFT_AS_SENT):
                values[cell["task"], cell["column"]] = cell["theirs"]
    return values
