"""A view of the table on its way into a file: its columns as typed values, its rows with what
groups them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.language.normalisation import normalise_text
from splot.policy.models import Policy

from ..cells import CellLines, related_rows
from ..column import AMOUNTS, COUNT, LONG_TEXT, SHORT_TEXT
from ..columns import COLUMN_BY_CODE
from ..models import Task
from ..table_view import TaskRow, task_rows

CellValue = str | Decimal | int | date | None
DAY = "day"  # beside what a column can hold: its first and its last one


@dataclass(frozen=True)
class TableExport:
    """What a reader asked for: rows that came `with_cells` for the columns' codes, in their order.

    `is_narrowed`: the rows are not the whole table of the year, which the file then says.
    """

    policy: Policy
    tasks: Sequence[Task]
    codes: Sequence[str]
    language: str
    year: int
    by: str = "area"
    is_narrowed: bool = False

    @property
    def title(self) -> str:
        with override(self.language):
            return _("Implementation table %(year)s") % {"year": self.year}

    @property
    def about(self) -> str:
        """Whose table it is and whether it is all of it."""
        with override(self.language):
            parts = [str(self.policy.municipality.name), str(self.policy.title)]
            if not self.policy.is_public:
                parts.append(_("Draft – not adopted"))
            if self.is_narrowed:
                parts.append(_("only the tasks that fit the chosen filters"))
            return normalise_text(" · ".join(parts))

    def rows(self) -> list[TaskRow]:
        """The rows with their cells, in the active language."""
        return task_rows(self.tasks, self.codes, self.by)


@dataclass(frozen=True)
class ExportColumn:
    """A column of a file. `look` is a column's content or DAY; `currency` belongs to amounts."""

    label: str
    value: Callable[[Task], CellValue]
    look: str
    currency: str = ""


def export_columns(view: TableExport) -> list[ExportColumn]:
    """Number, task, status and the columns of a view, in the active language.

    Money becomes a column for each year and currency, and time gets its first and last day, so that
    a spreadsheet can add and sort.
    """
    columns = [
        ExportColumn(_("No."), lambda task: task.number, COUNT),
        ExportColumn(
            str(COLUMN_BY_CODE["title"].label),
            lambda task: normalise_text(str(task.title)),
            LONG_TEXT,
        ),
        ExportColumn(_("Status"), lambda task: task.status_label, SHORT_TEXT),
    ]
    for code in view.codes:
        column = COLUMN_BY_CODE[code]
        if column.content == AMOUNTS:
            columns += _amount_columns(code, view.tasks)
        elif column.content == COUNT:
            columns.append(ExportColumn(str(column.label), _count_of(code), COUNT))
        else:
            columns.append(ExportColumn(str(column.label), _text_of(column.cell), column.content))
        if code == "when":
            columns.append(ExportColumn(_("First day"), lambda task: task.starts, DAY))
            columns.append(ExportColumn(_("Last day"), lambda task: task.due, DAY))
    return columns


def _count_of(code: str) -> Callable[[Task], int | None]:
    return lambda task: getattr(task, code)


def _text_of(cell: Callable[[Task], CellLines]) -> Callable[[Task], str]:
    return lambda task: cell_text(cell(task))


def cell_text(cell: CellLines) -> str:
    """A cell's lines one below another, in the active language."""
    return normalise_text("\n".join(map(str, cell)))


def _amount_columns(code: str, tasks: Iterable[Task]) -> list[ExportColumn]:
    """One field for each year and currency that any of the rows has a figure for."""
    keys = set()
    for task in tasks:
        for line in related_rows(task, "budget"):
            if getattr(line, code) is not None:
                keys.add((line.currency, line.year or 0))
    columns = []
    for currency, year in sorted(keys) or [("PLN", 0)]:
        label = f"{COLUMN_BY_CODE[code].label}, {currency}" + (f", {year}" if year else "")
        columns.append(ExportColumn(label, _sum_of(code, currency, year), AMOUNTS, currency))
    return columns


def _sum_of(code: str, currency: str, year: int) -> Callable[[Task], Decimal | None]:
    """What a task has of a figure in a currency and a year; None where nobody gave it, which is not
    zero.
    """

    def total(task: Task) -> Decimal | None:
        amounts = []
        for line in related_rows(task, "budget"):
            amount = getattr(line, code)
            if (line.currency, line.year or 0) == (currency, year) and amount is not None:
                amounts.append(amount)
        return sum(amounts, Decimal(0)) if amounts else None

    return total


def group_heading(row: TaskRow) -> str:
    """What stands above a group: "1. Education"; "" within one."""
    if row.heading is None:
        return ""
    return normalise_text(f"{row.area}. {row.heading}" if row.area else str(row.heading))
