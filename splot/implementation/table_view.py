"""How the table is shown: which columns, under which headings, as lines of words or on a line of
time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.core.dates import shift_day

from .cells import CellLines, areas_of_task, related_rows
from .columns import COLUMN_BY_CODE, COLUMNS, MODEL_COLUMNS
from .models import Task

MIN_BAR_WIDTH = 6  # thousandths of the line: a bar of one day is still seen
DEFAULT_COLUMNS = tuple(code for code in MODEL_COLUMNS if COLUMN_BY_CODE[code].can_be_chosen)


def column_choices() -> tuple[str, ...]:
    """The columns that a reader can show or leave out, in the table's order."""
    return tuple(column.code for column in COLUMNS if column.can_be_chosen)


def parse_column_codes(asked: str) -> tuple[str, ...]:
    """The columns that an address or a cookie names ("lead,when"), in the table's order; the
    model's by default.
    """
    wanted = set(asked.split(","))
    return tuple(code for code in column_choices() if code in wanted) or DEFAULT_COLUMNS


@dataclass(frozen=True)
class TaskRow:
    """A task with its cells, and the heading of its group where that begins with it."""

    task: Task
    cells: list[tuple[str, str, CellLines]]  # the column's code and label, what stands there
    heading: object = None
    area: int | None = None


def task_rows(tasks: Iterable[Task], codes: Sequence[str], by: str) -> list[TaskRow]:
    """Rows in the order in which they came, a heading on the first of each group."""
    rows, last = [], object()
    columns = [(COLUMN_BY_CODE[code], str(COLUMN_BY_CODE[code].label)) for code in codes]
    for task in tasks:
        key, heading, area = _group_of(task, by)
        cells = [(column.code, label, column.cell(task)) for column, label in columns]
        rows.append(
            TaskRow(task, cells, heading if key != last else None, area if key != last else None)
        )
        last = key
    return rows


def _group_of(task: Task, by: str) -> tuple[object, object, int | None]:
    """What tells a group from the next, what it is called, and the number of its area."""
    if by == "organisation":
        return task.lead_id, task.lead.name if task.lead else _("No institution named"), None
    if by == "leader":
        return task.leader_id, str(task.leader) if task.leader else _("Nobody in charge"), None
    if by == "group":
        name = next((group.name for group in task.groups.all() if group.pk == task.group_key), None)
        return task.group_key, name or _("No sensitive group named"), None
    if by == "priority":
        heading = (
            _("Priority %(number)s") % {"number": task.priority}
            if task.priority
            else _("No order of priority")
        )
        return task.priority, heading, None
    if by == "month":
        month = task.due and task.due.replace(day=1)
        return (
            month,
            format_date(month, "LLLL y", locale=get_language()) if month else _("No due date"),
            None,
        )
    for area in areas_of_task(task):
        return area.pk, area.name, area.number
    return None, _("Outside the areas"), None


@dataclass(frozen=True)
class TimelineBar:
    """A stretch of time on the line, in thousandths of its length; open ends reach its edges."""

    start: int
    width: int


@dataclass(frozen=True)
class TimelineRow:
    """A task on the line of time: its bars, its milestones (position, label, reached), what it
    waits for, when in words.
    """

    task: Task
    bars: list[TimelineBar]
    milestones: list[tuple[int, str, bool]]
    after: list[int]
    when: str
    heading: object = None


@dataclass(frozen=True)
class Timeline:
    """The span that is shown, with its months (position, label), and the position of today, if
    that is inside.
    """

    first: date
    last: date
    marks: list[tuple[int, str]]
    today: int | None
    rows: list[TimelineRow]


@dataclass(frozen=True)
class TimeScale:
    """Where days stand on the line, in thousandths of its length."""

    first: date
    last: date

    def position(self, day: date) -> int:
        length = (self.last - self.first).days + 1
        return min(max(round((day - self.first).days * 1000 / length), 0), 1000)

    def bar(self, starts: date | None, due: date | None) -> TimelineBar | None:
        """The bar of a span, None where it lies outside the line."""
        left, right = starts or self.first, due or self.last
        if right < self.first or left > self.last:
            return None
        start = min(self.position(left), 1000 - MIN_BAR_WIDTH)
        end = self.position(shift_day(right, 1))
        return TimelineBar(start, max(end - start, MIN_BAR_WIDTH))


def build_timeline(tasks: Iterable[Task], year: int, by: str, today: date) -> Timeline:
    """A year of tasks that came `with_cells` for when, milestones and after."""
    scale = TimeScale(date(year, 1, 1), date(year, 12, 31))
    rows, group = [], object()
    for task in tasks:
        key, heading, __ = _group_of(task, by)
        rows.append(_timeline_row(task, scale, heading if key != group else None))
        group = key
    marks = []
    for month in range(1, 13):
        first = date(year, month, 1)
        marks.append((scale.position(first), format_date(first, "LLL", locale=get_language())))
    is_inside = scale.first <= today <= scale.last
    return Timeline(
        scale.first, scale.last, marks, scale.position(today) if is_inside else None, rows
    )


def _timeline_row(task: Task, scale: TimeScale, heading: object) -> TimelineRow:
    return TimelineRow(
        task,
        bars=_timeline_bars(task, scale),
        milestones=_timeline_milestones(task, scale),
        after=[other.number for other in task.depends_on.all()],
        when="; ".join(map(str, COLUMN_BY_CODE["when"].cell(task))),
        heading=heading,
    )


def _timeline_bars(task: Task, scale: TimeScale) -> list[TimelineBar]:
    """A bar for each window, else one for the whole span; none for a task without any day, unless
    it recurs.
    """
    spans = [(window.starts, window.due) for window in related_rows(task, "windows")]
    bars = []
    for starts, due in spans or [(task.starts, task.due)]:
        bar = scale.bar(starts, due)
        if bar and (starts or due or task.recurs):
            bars.append(bar)
    return bars


def _timeline_milestones(task: Task, scale: TimeScale) -> list[tuple[int, str, bool]]:
    milestones = []
    for milestone in task.milestones.all():
        day = milestone.reached_on or milestone.due
        if day and scale.first <= day <= scale.last:
            label = f"{milestone.name} ({format_date(day, 'medium', locale=get_language())})"
            milestones.append((scale.position(day), label, bool(milestone.reached_on)))
    return milestones
