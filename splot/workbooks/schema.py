"""The schema of an institution's workbook: its columns, what may be filled, the manifest; and what
comes back of it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.numbers import Qualifier
from splot.core.values import Words
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.models import StatusUpdate
from splot.implementation.statuses import status_choices

from .models import IssuedWorkbook

ReachUnit = StatusUpdate.ReachUnit
FILLABLE_FIGURES = ("committed", "paid")
PROGRESS_CELLS = ("status", "narrative", "obstacles", "reached")


@dataclass(frozen=True)
class FillableColumn:
    """A column to be filled. `cell` is the code of the cell that it is a part of; `choices` make a
    drop-down.
    """

    code: str
    label: Words
    cell: str
    choices: Callable[[], Iterable[tuple[str, object]]] | None = None


FILLABLE_COLUMNS = (
    FillableColumn("status", gettext_lazy("How does the task go?"), "status", status_choices),
    FillableColumn("narrative", gettext_lazy("What was done?"), "narrative"),
    FillableColumn(
        "obstacles", gettext_lazy("What stood in the way? If it was abandoned: why?"), "obstacles"
    ),
    FillableColumn("reached", gettext_lazy("How many were reached?"), "reached"),
    FillableColumn(
        "reached_qualifier",
        gettext_lazy("How sure is the number?"),
        "reached",
        lambda: Qualifier.choices,
    ),
    FillableColumn(
        "reached_unit", gettext_lazy("What is counted?"), "reached", lambda: ReachUnit.choices
    ),
    FillableColumn("committed", gettext_lazy("Money committed"), "committed"),
    FillableColumn("paid", gettext_lazy("Money paid"), "paid"),
    FillableColumn("remark", gettext_lazy("Remark for the coordinator"), "remark"),
)


# {cell: the codes of its columns}
COLUMNS_OF_CELL: dict[str, list[str]] = {}
for fillable_column in FILLABLE_COLUMNS:
    COLUMNS_OF_CELL.setdefault(fillable_column.cell, []).append(fillable_column.code)
FILLABLE_CELLS = tuple(COLUMNS_OF_CELL)
# of the table, not to be filled: what every workbook shows, then what the registry adds
TABLE_COLUMNS = (
    *("activities", "when", "targets", "planned"),
    *(code for code, column in COLUMN_BY_CODE.items() if column.in_workbooks),
)
LOCKED_COLUMNS = ("title", "part", *TABLE_COLUMNS)
FIRST_COLUMNS = ("number", *LOCKED_COLUMNS)
# What a column is called here and not in the table.
OWN_LABELS = {
    **{column.code: column.label for column in FILLABLE_COLUMNS},
    "number": gettext_lazy("No."),
    "part": gettext_lazy("Your part"),
}


def part_label(part: str) -> str:
    """What an institution is to a task, in words of the active language."""
    return {LEAD: _("leads"), JOINT: _("leads together"), PARTNER: _("takes part")}[part]


def workbook_column_label(code: str) -> str:
    return str(OWN_LABELS[code] if code in OWN_LABELS else COLUMN_BY_CODE[code].label)


LEAD, JOINT, PARTNER = "lead", "joint", "partner"
PARTNER_CELLS = ("remark",)  # the rest of the row is the leads' to say
# of a workbook: the name of its hidden sheet, what stands before its key
HIDDEN_SHEET, KEY_PREFIX = "splot", "splot:"
NO_TASK = "-"  # stands where a row has a mark, in rows that are no tasks
CellValues = dict[str, str]


@dataclass(frozen=True)
class ReturnedRow:
    """A row of a workbook that came back. `sheet_row` is its row on the sheet, `values` the cells
    that could be read, `unclear` {cell: (words, what is wrong)}; a column that the file has lost is
    in neither.
    """

    sheet_row: int
    number: int | None
    mark: str
    locked: CellValues
    values: CellValues
    unclear: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReturnedFile:
    """A workbook that came back, read. `manifest` is what its hidden sheet says, None where it has
    none.
    """

    name: str
    digest: str
    key: str
    rows: list[ReturnedRow]
    manifest: list[list[str]] | None = None
    notes: list[str] = field(default_factory=list)


def task_numbers(workbook: IssuedWorkbook) -> list[str]:
    """The numbers of its tasks in order: a database may keep the rows in any."""
    return sorted(workbook.rows, key=int)


def row_checksum(workbook: IssuedWorkbook, number: str) -> str:
    """A checksum of a row's task, locked words and key, so that no row passes for
    another.
    """
    row = workbook.rows[number]
    locked = [row[code] for code in LOCKED_COLUMNS if code in row]
    content = json.dumps([workbook.key, number, locked], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def build_manifest(workbook: IssuedWorkbook) -> list[list[str]]:
    """What the hidden sheet of a workbook says: lines of a name and a value, then each row's number
    and mark.
    """
    policy = workbook.plan.policy
    front = [
        ["key", workbook.key],
        ["municipality", policy.municipality.slug],
        ["policy", policy.term],
        ["plan", str(workbook.plan)],
        ["period", workbook.period],
    ]
    return front + [[number, row_checksum(workbook, number)] for number in task_numbers(workbook)]
