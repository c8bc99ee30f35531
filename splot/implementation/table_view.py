"""How the table is shown: which columns, under which headings, as lines of words or on a line of
time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .cells import CellLines
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
        name = next((group.name for group in task.shown_groups if group.pk == task.group_key), None)
        return task.group_key, name or _("No sensitive group named"), None
    if by == "priority":
        words = (
            _("Priority %(number)s") % {"number": task.priority}
            if task.priority
            else _("No order of priority")
        )
        return task.priority, words, None
    if by == "month":
        month = task.due and task.due.replace(day=1)
        return (
            month,
            format_date(month, "LLLL y", locale=get_language()) if month else _("No due date"),
            None,
        )
    area = task.shown_activities[0].area if task.shown_activities else None
    if area is None:
        return None, _("Without an activity"), None
    return area.pk, area.name, area.number


@dataclass(frozen=True)
class TimelineBar:
    """A stretch of time on the line, in thousandths of its length; open ends reach its edges."""

    start: int
    width: int


@dataclass(frozen=True)
class TimelineRow:
    """A task on the line of time: bars, milestones (place, words, reached), what it waits for, when
    in words.
    """

    task: Task
    bars: list[TimelineBar]
    milestones: list[tuple[int, str, bool]]
    after: list[int]
    words: str
    heading: object = None


@dataclass(frozen=True)
class Timeline:
    """The span that is shown, with its months (place, label) and the place of today, if that is
    inside.
    """

    first: date
    last: date
    marks: list[tuple[int, str]]
    today: int | None
    rows: list[TimelineRow]


def build_timeline(tasks: Iterable[Task], year: int, by: str, today: date) -> Timeline:
    """A year of tasks that came `with_cells` for when, milestones and after."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    length = (last - first).days + 1

    def place(day: date) -> int:
        return min(max(round((day - first).days * 1000 / length), 0), 1000)

    def bar(starts: date | None, due: date | None) -> TimelineBar | None:
        left, right = starts or first, due or last
        if right < first or left > last:
            return None
        start = min(place(left), 1000 - MIN_BAR_WIDTH)
        return TimelineBar(start, max(place(right + timedelta(days=1)) - start, MIN_BAR_WIDTH))

    rows, group = [], object()
    for task in tasks:
        key, heading, __ = _group_of(task, by)
        spans = [(each.starts, each.due) for each in task.shown_windows] or [
            (task.starts, task.due)
        ]
        known = any(starts or due for starts, due in spans) or task.timing in (
            Task.Timing.YEARLY,
            Task.Timing.CONTINUOUS,
        )
        words = "; ".join(str(line) for line in COLUMN_BY_CODE["when"].cell(task))
        bars = [made for starts, due in spans if known and (made := bar(starts, due))]
        points = [
            (
                place(day),
                f"{each.name} ({format_date(day, 'medium', locale=get_language())})",
                bool(each.reached_on),
            )
            for each in task.shown_milestones
            if (day := each.reached_on or each.due) and first <= day <= last
        ]
        after = [each.number for each in task.shown_depends_on]
        rows.append(
            TimelineRow(task, bars, points, after, words, heading if key != group else None)
        )
        group = key
    marks = [
        (
            place(date(year, month, 1)),
            format_date(date(year, month, 1), "LLL", locale=get_language()),
        )
        for month in range(1, 13)
    ]
    return Timeline(first, last, marks, place(today) if first <= today <= last else None, rows)
