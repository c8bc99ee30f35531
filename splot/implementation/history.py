"""How the rows of the table stand is kept with every change, so that any day can be shown: how the
table then was, and what became of the rows that somebody touched.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from splot.core.languages import Text
from splot.people.models import User
from splot.policy.models import Policy

from .cells import CellLines
from .column import Column
from .columns import COLUMNS
from .lines import LINE_MODELS, RELATIONS
from .models import Task, TaskState
from .states import deserialise_task, serialise_task

NEW, CHANGED, ARCHIVED, RESTORED = "new", "changed", "archived", "restored"
ADDED_AND_ARCHIVED, UNCHANGED = "passed", "same"
CHANGE_KINDS = {
    NEW: _("new"),
    CHANGED: _("changed"),
    ARCHIVED: _("taken off the table"),
    RESTORED: _("put back"),
    ADDED_AND_ARCHIVED: _("added, and taken off again"),
    UNCHANGED: _("changed, and as it was before"),
}


# what a state names
POINTER_PREFETCHES = ("activities__area", "targets__indicator", "partner_roles__organisation")
BATCH_SIZE = 500


@dataclass(frozen=True)
class RowChange:
    """What became of a row between two moments: one of KINDS, the cells that differ, and every
    touch in between.
    """

    task: Task
    kind: str
    cells: list[tuple[Column, CellLines, CellLines]] = field(default_factory=list)
    steps: list[TaskState] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(CHANGE_KINDS[self.kind])


def save_state(task: Task, by: User | None, empty: Iterable[str] = ()) -> None:
    """Keep the row as it stands now, unless that is how it stood already. Inside an action, as all
    that is written.

    `empty` names relations and lines that are known to have no rows, and so need not be asked.
    """
    row = Task.objects.select_related("lead", "leader", "area").get(pk=task.pk)
    row.attached = {name: [] for name in empty}
    state, last = _build_state(row, by), row.states.first()
    if last is None or (last.data, last.is_archived) != (state.data, state.is_archived):
        state.save()


def save_states(tasks: Sequence[Task], by: User | None) -> None:
    """Keep each of these rows of the table as `save_state` does, in a number of queries that grows
    little with them.
    """
    newest = TaskState.objects.filter(pk__in=_newest_keys(TaskState.objects.filter(task__in=tasks)))
    last_of = {state.task_id: (state.data, state.is_archived) for state in newest}
    for start in range(0, len(tasks), BATCH_SIZE):
        keys = [task.pk for task in tasks[start : start + BATCH_SIZE]]
        states = []
        for row in _tasks_with_relations(keys):
            state = _build_state(row, by)
            if last_of.get(row.pk) != (state.data, state.is_archived):
                states.append(state)
        TaskState.objects.bulk_create(states)


def _build_state(row: Task, by: User | None) -> TaskState:
    return TaskState(
        municipality_id=row.municipality_id,
        task=row,
        by=by,
        data=serialise_task(row),
        is_archived=row.is_archived,
    )


def _tasks_with_relations(keys: Sequence[int]) -> list[Task]:
    """Rows with everything that a state keeps of them."""
    rows = Task.objects.filter(pk__in=keys).select_related("lead", "leader", "area")
    names = [*RELATIONS, *LINE_MODELS, *POINTER_PREFETCHES]
    return list(rows.prefetch_related(*names))


def rows_at(policy: Policy, moment: datetime) -> "QuerySet[TaskState]":
    """The rows that were on the table at a moment, as they then stood, by number."""
    newest = _newest_keys(TaskState.objects.filter(task__policy=policy, at__lte=moment))
    return TaskState.objects.filter(pk__in=newest, is_archived=False).order_by("task__number")


def changed_tasks(policy: Policy, since: datetime, until: datetime) -> "QuerySet[Task]":
    """The tasks whose rows somebody touched in a span of time, by number."""
    states = TaskState.objects.filter(at__gt=since, at__lte=until)
    return Task.objects.filter(policy=policy, pk__in=states.order_by().values("task")).order_by(
        "number"
    )


def row_changes(tasks: Iterable[Task], since: datetime, until: datetime) -> list[RowChange]:
    """What became of each of these tasks in a span of time, in their order; three queries."""
    states = TaskState.objects.filter(task__in=list(tasks))
    before = {state.task_id: state for state in _states_at(states, since)}
    after = {state.task_id: state for state in _states_at(states, until)}
    steps: dict[int, list[TaskState]] = defaultdict(list)
    for step in (
        states.filter(at__gt=since, at__lte=until).select_related("by").order_by("pk").defer("data")
    ):
        steps[step.task_id].append(step)
    return [_row_change(before.get(task.pk), after[task.pk], steps[task.pk]) for task in tasks]


def last_state_keys(tasks: Iterable[Task]) -> dict[int, int]:
    """{task's key: the key of its newest state}."""
    states = TaskState.objects.filter(task__in=[task.pk for task in tasks]).order_by()
    return dict(states.values_list("task").annotate(last=Max("pk")))


def _newest_keys(states: "QuerySet[TaskState]") -> QuerySet:
    return states.order_by().values("task").annotate(newest=Max("pk")).values("newest")


def _states_at(states: "QuerySet[TaskState]", moment: datetime) -> "QuerySet[TaskState]":
    return TaskState.objects.filter(pk__in=_newest_keys(states.filter(at__lte=moment)))


def _row_change(old: TaskState | None, new: TaskState, steps: list[TaskState]) -> RowChange:
    task = deserialise_task(new.data)
    if old is None:
        return RowChange(task, ADDED_AND_ARCHIVED if new.is_archived else NEW, [], steps)
    cells = _diff_cells(deserialise_task(old.data), task)
    if old.is_archived != new.is_archived:
        return RowChange(task, ARCHIVED if new.is_archived else RESTORED, cells, steps)
    return RowChange(task, CHANGED if cells else UNCHANGED, cells, steps)


def _diff_cells(earlier: Task, later: Task) -> list[tuple[Column, CellLines, CellLines]]:
    """The columns whose cells differ: (column, before, after)."""
    pairs = [(column, column.cell(earlier), column.cell(later)) for column in COLUMNS]
    return [
        (column, was, now)
        for column, was, now in pairs
        if _comparable_lines(was) != _comparable_lines(now)
    ]


def _comparable_lines(cell: CellLines) -> list[object]:
    return [line.texts if isinstance(line, Text) else line for line in cell]
