"""What stands in a cell of the table: a function from a task to the lines of its cell, for each
column that is more than a text or a choice.

A line is a string or a Text. An empty list is an empty cell, which is shown as such.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from splot.core.dates import Period, format_day
from splot.core.languages import Text
from splot.core.numbers import format_amount, format_number
from splot.policy.models import Area

from .models import Task, TaskResource

CellLine = str | Text
CellLines = list[CellLine]
Cell = Callable[[Task], CellLines]


def related_rows(task: Task, name: str) -> Iterable[Any]:
    """A task's rows of a relation, or of a list of lines: those that are attached to it, else as
    Django has prefetched them.
    """
    if name in task.attached:
        return task.attached[name]
    rows: Iterable[Any] = getattr(task, name).all()
    return rows


def _without_empty(*lines: CellLine | None) -> CellLines:
    return [line for line in lines if line]


def text_cell(task: Task, name: str) -> CellLines:
    """A text in languages."""
    return _without_empty(getattr(task, name))


def choice_cell(task: Task, name: str) -> CellLines:
    """One of several choices, by its label."""
    return [str(getattr(task, f"get_{name}_display")())] if getattr(task, name) else []


def names_cell(relation: str) -> Cell:
    """The cell of related rows that have a name, a line for each."""
    return lambda task: [row.name for row in related_rows(task, relation)]


def amounts_cell(figure: str) -> Cell:
    """The cell of one figure of the money."""
    return lambda task: _amount_lines(task, figure)


def activities_cell(task: Task) -> CellLines:
    return [row.number or str(row) for row in related_rows(task, "activities")]


def areas_of_task(task: Task) -> list[Area]:
    """The areas of its activities, each once, else its own where the policy still has that."""
    areas: dict[int, Area] = {}  # by number: a state of the past has no keys of theirs
    for activity in related_rows(task, "activities"):
        areas.setdefault(activity.area.number, activity.area)
    if not areas and task.area is not None and not task.area.is_dropped:
        return [task.area]
    return list(areas.values())


def area_cell(task: Task) -> CellLines:
    return [area.name for area in areas_of_task(task)]


def after_cell(task: Task) -> CellLines:
    return [str(row.number) for row in related_rows(task, "depends_on")]


def when_cell(task: Task) -> CellLines:
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


def lead_cell(task: Task) -> CellLines:
    return _without_empty(task.lead.name if task.lead else None)


def leader_cell(task: Task) -> CellLines:
    return _without_empty(str(task.leader) if task.leader else None)


def priority_cell(task: Task) -> CellLines:
    return _without_empty(str(task.priority) if task.priority else None)


def partners_cell(task: Task) -> CellLines:
    roles = {row.organisation_id: row.role for row in related_rows(task, "partner_roles")}
    lines: CellLines = []
    for partner in related_rows(task, "partners"):
        role = roles.get(partner.pk)
        lines.append(f"{partner.name} ({role})" if role else partner.name)
    return lines


def resources_cell(task: Task) -> CellLines:
    return [format_resource(row) for row in related_rows(task, "resources")]


def format_resource(row: TaskResource) -> str:
    kind = str(row.get_kind_display())
    return f"{kind}: {row.text}" if row.text else kind


def targets_cell(task: Task) -> CellLines:
    lines: CellLines = []
    for target in related_rows(task, "targets"):
        goal = f"{format_number(target.value)} ({Period.parse(target.by)})"
        lines.append(f"{target.indicator.name}: {goal}")
    return lines


def _amount_lines(task: Task, figure: str) -> CellLines:
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
    amount = f"{format_amount(value)} {currency}"
    return f"{year}: {amount}" if year else amount


def sources_cell(task: Task) -> CellLines:
    lines: CellLines = []
    for row in related_rows(task, "budget"):
        label = str(row.get_source_display())
        if label not in lines:
            lines.append(label)
    return lines


def milestones_cell(task: Task) -> CellLines:
    lines: CellLines = []
    for milestone in related_rows(task, "milestones"):
        when = format_day(milestone.due, "medium")
        if milestone.reached_on:
            day = format_day(milestone.reached_on, "medium")
            when = _("reached %(date)s") % {"date": day}
        lines.append(f"{milestone.name} ({when})" if when else milestone.name)
    return lines
