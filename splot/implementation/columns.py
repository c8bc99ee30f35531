"""The columns of the table: what each is called and what stands in it. Screen, print, files and
history share them.

A cell is a list of lines; a line is a string or a Text. An empty list is an empty cell, which is
shown as such.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.dates import Period, format_day
from splot.core.languages import Text
from splot.core.numbers import format_amount, format_number
from splot.core.values import Words

from .models import BudgetLine, Task, TaskResource

CellLine = str | Text
CellLines = list[CellLine]


@dataclass(frozen=True)
class Column:
    """`code` stands in addresses and files for ever; `is_model` marks the nine columns of the
    model's table.
    """

    code: str
    label: Words
    cell: Callable[[Task], CellLines]
    is_model: bool = False


def related_rows(task: Task, name: str) -> Iterable[Any]:
    """A task's related rows: those fetched with the whole page, if they were (`shown_…`)."""
    shown = getattr(task, f"shown_{name}", None)
    return getattr(task, name).all() if shown is None else shown


def _without_empty(*lines: CellLine | None) -> CellLines:
    return [line for line in lines if line]


def _names_cell(task: Task, name: str) -> CellLines:
    return [row.name for row in related_rows(task, name)]


def _when_cell(task: Task) -> CellLines:
    """Windows one by one; else the span; else how it recurs."""
    windows = list(related_rows(task, "windows"))
    if windows:
        return [format_span(window.starts, window.due) for window in windows]
    if task.starts or task.due:
        extra = [] if task.timing == Task.Timing.DATES else [str(task.get_timing_display())]
        return [*extra, format_span(task.starts, task.due)]
    return [] if task.timing == Task.Timing.DATES else [str(task.get_timing_display())]


def format_span(starts: date | None, due: date | None) -> str:
    """ "1 Jan 2024 – 30 Jun 2024", "until 30 Jun 2024", "from 1 Jan 2024"."""
    if starts and due:
        return f"{format_day(starts, 'medium')} – {format_day(due, 'medium')}"
    if due:
        return _("until %(date)s") % {"date": format_day(due, "medium")}
    return _("from %(date)s") % {"date": format_day(starts, "medium")}


def _lead(task: Task) -> CellLines:
    return _without_empty(task.lead.name if task.lead else None)


def _leader(task: Task) -> CellLines:
    return _without_empty(str(task.leader) if task.leader else None)


def _priority(task: Task) -> CellLines:
    return _without_empty(str(task.priority) if task.priority else None)


def _partners_cell(task: Task) -> CellLines:
    roles = {row.organisation_id: row.role for row in related_rows(task, "partner_roles")}
    return [
        f"{row.name} ({roles[row.pk]})" if roles.get(row.pk) else row.name
        for row in related_rows(task, "partners")
    ]


def _resources_cell(task: Task) -> CellLines:
    return [format_resource(row) for row in related_rows(task, "resources")]


def format_resource(row: TaskResource) -> str:
    kind = str(row.get_kind_display())
    return f"{kind}: {row.text}" if row.text else kind


def _targets_cell(task: Task) -> CellLines:
    return [
        f"{row.indicator.name}: {format_number(row.value)} ({Period.parse(row.by)})"
        for row in related_rows(task, "targets")
    ]


def _money_cell(task: Task, figure: str) -> CellLines:
    """The sums of one figure, a line for each year and currency; what nobody gave is no line."""
    sums: dict[tuple[int | None, str], Decimal] = {}
    for line in related_rows(task, "budget"):
        value = getattr(line, figure)
        if value is not None:
            key = (line.year, line.currency)
            sums[key] = sums.get(key, Decimal(0)) + value
    return [format_amount_line(value, currency, year) for (year, currency), value in sums.items()]


def format_amount_line(value: Decimal, currency: str, year: int | None = None) -> str:
    """ "2024: 12,000 PLN"."""
    words = f"{format_amount(value)} {currency}"
    return f"{year}: {words}" if year else words


def _sources_cell(task: Task) -> CellLines:
    labels = dict(BudgetLine.Source.choices)
    return [
        str(labels[source])
        for source in dict.fromkeys(line.source for line in related_rows(task, "budget"))
    ]


def _milestones_cell(task: Task) -> CellLines:
    found = []
    for row in related_rows(task, "milestones"):
        when = (
            _("reached %(date)s") % {"date": format_day(row.reached_on, "medium")}
            if row.reached_on
            else format_day(row.due, "medium")
        )
        found.append(f"{row.name} ({when})" if when else row.name)
    return found


COLUMNS = (
    Column("title", gettext_lazy("Task"), lambda task: _without_empty(task.title), is_model=True),
    Column(
        "activities",
        gettext_lazy("Activities"),
        lambda task: [row.number or str(row) for row in related_rows(task, "activities")],
    ),
    Column(
        "audience",
        gettext_lazy("For whom"),
        lambda task: _without_empty(task.audience),
        is_model=True,
    ),
    Column(
        "lead",
        gettext_lazy("Municipal institution"),
        lambda task: _without_empty(task.lead.name if task.lead else None),
        is_model=True,
    ),
    Column(
        "joint_leads",
        gettext_lazy("Leads together with"),
        lambda task: _names_cell(task, "joint_leads"),
    ),
    Column("partners", gettext_lazy("Outside institutions"), _partners_cell, is_model=True),
    Column(
        "own_role",
        gettext_lazy("Municipality’s role"),
        lambda task: _without_empty(task.own_role and str(task.get_own_role_display())),
    ),
    Column("leader", gettext_lazy("Person in charge"), _leader),
    Column("when", gettext_lazy("When"), _when_cell, is_model=True),
    Column(
        "after",
        gettext_lazy("After tasks"),
        lambda task: [str(row.number) for row in related_rows(task, "depends_on")],
    ),
    Column("milestones", gettext_lazy("Milestones"), _milestones_cell),
    Column(
        "priority",
        gettext_lazy("Order of priority"),
        _priority,
    ),
    Column(
        "groups",
        gettext_lazy("Sensitive groups"),
        lambda task: _names_cell(task, "groups"),
        is_model=True,
    ),
    Column("resources", gettext_lazy("Resources"), _resources_cell, is_model=True),
    Column("sources", gettext_lazy("Sources of money"), _sources_cell),
    Column("planned", gettext_lazy("Money planned"), lambda task: _money_cell(task, "planned")),
    Column(
        "committed", gettext_lazy("Money committed"), lambda task: _money_cell(task, "committed")
    ),
    Column("paid", gettext_lazy("Money paid"), lambda task: _money_cell(task, "paid")),
    Column(
        "decision",
        gettext_lazy("Decision on money"),
        lambda task: _without_empty(task.decision and str(task.get_decision_display())),
    ),
    Column("targets", gettext_lazy("Indicators"), _targets_cell, is_model=True),
    Column(
        "monitoring",
        gettext_lazy("Monitoring and evaluation"),
        lambda task: _without_empty(task.monitoring),
        is_model=True,
    ),
    Column("risks", gettext_lazy("Risks"), lambda task: _without_empty(task.risks)),
    Column(
        "disposition",
        gettext_lazy("In the coming time"),
        lambda task: _without_empty(task.disposition and str(task.get_disposition_display())),
    ),
)

# What only a spreadsheet has; a task keeps such words beside it when nobody understood them.
FILE_ONLY = {
    "number": gettext_lazy("Number of the task in this table"),
    "code": gettext_lazy("The file’s own code of the task"),
    "order": gettext_lazy("Running number in the file"),
    "area": gettext_lazy("Area or aim"),
    "starts": gettext_lazy("Start date"),
    "due": gettext_lazy("Due date"),
    "status": gettext_lazy("Status of our own file (not read)"),
}

COLUMN_BY_CODE = {column.code: column for column in COLUMNS}
MODEL_COLUMNS = tuple(column.code for column in COLUMNS if column.is_model)


def column_label(code: str) -> str:
    """A column's name for people, "" for one that is kept as text."""
    return (
        str(COLUMN_BY_CODE[code].label) if code in COLUMN_BY_CODE else str(FILE_ONLY.get(code, ""))
    )
