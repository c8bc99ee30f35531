"""The columns of the table: what each is called and what stands in it. Screen, print, files and history share them.

A cell is a list of lines; a line is a string or a Text. An empty list is an empty cell, which is shown as such.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.dates import Period, day
from splot.core.languages import Text
from splot.core.numbers import amount, number
from splot.core.values import Words

from .models import BudgetLine, Task, TaskResource

Line = str | Text
Cell = list[Line]


@dataclass(frozen=True)
class Column:
    """`code` stands in addresses and files for ever; `is_model` marks the nine columns of the model's table."""

    code: str
    label: Words
    cell: Callable[[Task], Cell]
    is_model: bool = False


def rows_of(task: Task, name: str) -> Iterable[Any]:
    """A task's related rows: those fetched with the whole page, if they were (`shown_…`)."""
    shown = getattr(task, f"shown_{name}", None)
    return getattr(task, name).all() if shown is None else shown


def _filled(*lines: Line | None) -> Cell:
    return [line for line in lines if line]


def _names(task: Task, name: str) -> Cell:
    return [row.name for row in rows_of(task, name)]


def _when(task: Task) -> Cell:
    """Windows one by one; else the span; else how it recurs."""
    windows = list(rows_of(task, "windows"))
    if windows:
        return [span(window.starts, window.due) for window in windows]
    if task.starts or task.due:
        extra = [] if task.timing == Task.Timing.DATES else [str(task.get_timing_display())]
        return [*extra, span(task.starts, task.due)]
    return [] if task.timing == Task.Timing.DATES else [str(task.get_timing_display())]


def span(starts: date | None, due: date | None) -> str:
    """ "1 Jan 2024 – 30 Jun 2024", "until 30 Jun 2024", "from 1 Jan 2024"."""
    if starts and due:
        return f"{day(starts, 'medium')} – {day(due, 'medium')}"
    if due:
        return _("until %(date)s") % {"date": day(due, "medium")}
    return _("from %(date)s") % {"date": day(starts, "medium")}


def _lead(task: Task) -> Cell:
    return _filled(task.lead.name if task.lead else None)


def _leader(task: Task) -> Cell:
    return _filled(str(task.leader) if task.leader else None)


def _priority(task: Task) -> Cell:
    return _filled(str(task.priority) if task.priority else None)


def _partners(task: Task) -> Cell:
    roles = {row.organisation_id: row.role for row in rows_of(task, "partner_roles")}
    return [f"{row.name} ({roles[row.pk]})" if roles.get(row.pk) else row.name for row in rows_of(task, "partners")]


def _resources(task: Task) -> Cell:
    return [resource_line(row) for row in rows_of(task, "resources")]


def resource_line(row: TaskResource) -> str:
    kind = str(row.get_kind_display())
    return f"{kind}: {row.text}" if row.text else kind


def _targets(task: Task) -> Cell:
    return [f"{row.indicator.name}: {number(row.value)} ({Period.parse(row.by)})" for row in rows_of(task, "targets")]


def _money(task: Task, figure: str) -> Cell:
    """The sums of one figure, a line for each year and currency; what nobody gave is no line."""
    sums: dict[tuple[int | None, str], Decimal] = {}
    for line in rows_of(task, "budget"):
        value = getattr(line, figure)
        if value is not None:
            key = (line.year, line.currency)
            sums[key] = sums.get(key, Decimal(0)) + value
    return [amount_line(value, currency, year) for (year, currency), value in sums.items()]


def amount_line(value: Decimal, currency: str, year: int | None = None) -> str:
    """ "2024: 12,000 PLN"."""
    words = f"{amount(value)} {currency}"
    return f"{year}: {words}" if year else words


def _sources(task: Task) -> Cell:
    labels = dict(BudgetLine.Source.choices)
    return [str(labels[source]) for source in dict.fromkeys(line.source for line in rows_of(task, "budget"))]


def _milestones(task: Task) -> Cell:
    found = []
    for row in rows_of(task, "milestones"):
        when = (
            _("reached %(date)s") % {"date": day(row.reached_on, "medium")}
            if row.reached_on
            else day(row.due, "medium")
        )
        found.append(f"{row.name} ({when})" if when else row.name)
    return found


COLUMNS = (
    Column("title", gettext_lazy("Task"), lambda task: _filled(task.title), is_model=True),
    Column(
        "activities",
        gettext_lazy("Activities"),
        lambda task: [row.number or str(row) for row in rows_of(task, "activities")],
    ),
    Column("audience", gettext_lazy("For whom"), lambda task: _filled(task.audience), is_model=True),
    Column(
        "lead",
        gettext_lazy("Municipal institution"),
        lambda task: _filled(task.lead.name if task.lead else None),
        is_model=True,
    ),
    Column("joint_leads", gettext_lazy("Leads together with"), lambda task: _names(task, "joint_leads")),
    Column("partners", gettext_lazy("Outside institutions"), _partners, is_model=True),
    Column(
        "own_role",
        gettext_lazy("Municipality’s role"),
        lambda task: _filled(task.own_role and str(task.get_own_role_display())),
    ),
    Column("leader", gettext_lazy("Person in charge"), _leader),
    Column("when", gettext_lazy("When"), _when, is_model=True),
    Column("after", gettext_lazy("After tasks"), lambda task: [str(row.number) for row in rows_of(task, "depends_on")]),
    Column("milestones", gettext_lazy("Milestones"), _milestones),
    Column(
        "priority",
        gettext_lazy("Order of priority"),
        _priority,
    ),
    Column("groups", gettext_lazy("Sensitive groups"), lambda task: _names(task, "groups"), is_model=True),
    Column("resources", gettext_lazy("Resources"), _resources, is_model=True),
    Column("sources", gettext_lazy("Sources of money"), _sources),
    Column("planned", gettext_lazy("Money planned"), lambda task: _money(task, "planned")),
    Column("committed", gettext_lazy("Money committed"), lambda task: _money(task, "committed")),
    Column("paid", gettext_lazy("Money paid"), lambda task: _money(task, "paid")),
    Column(
        "decision",
        gettext_lazy("Decision on money"),
        lambda task: _filled(task.decision and str(task.get_decision_display())),
    ),
    Column("targets", gettext_lazy("Indicators"), _targets, is_model=True),
    Column(
        "monitoring", gettext_lazy("Monitoring and evaluation"), lambda task: _filled(task.monitoring), is_model=True
    ),
    Column("risks", gettext_lazy("Risks"), lambda task: _filled(task.risks)),
    Column(
        "disposition",
        gettext_lazy("In the coming time"),
        lambda task: _filled(task.disposition and str(task.get_disposition_display())),
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

BY_CODE = {column.code: column for column in COLUMNS}
MODEL_COLUMNS = tuple(column.code for column in COLUMNS if column.is_model)


def column_label(code: str) -> str:
    """A column's name for people, "" for one that is kept as text."""
    return str(BY_CODE[code].label) if code in BY_CODE else str(FILE_ONLY.get(code, ""))
