"""Saves the state of rows of the table, so that it can be shown as of any day."""

from collections.abc import Iterable, Sequence

from django.db.models import Max, Prefetch

from splot.people.models import User

from ..lines import LINE_MODELS, RELATIONS
from ..models import Task, TaskState
from ..states import serialise_task

# what a state names
POINTER_PREFETCHES = ("activities__area", "targets__indicator", "partner_roles__organisation")
BATCH_SIZE = 500


def save_state(task: Task, by: User | None) -> None:
    """Keep the row as it stands now, unless that is how it stood already."""
    row = Task.objects.select_related("lead", "leader").get(pk=task.pk)
    state, last = _new_state(row, by=by), row.states.first()
    if last is None or (last.data, last.is_archived) != (state.data, state.is_archived):
        state.save()


def save_states(tasks: Sequence[Task], by: User | None) -> None:
    """Keep each of these rows of the table as `save_state` does, in a number of queries that grows
    little with them.
    """
    newest = (
        TaskState.objects.filter(task__in=tasks)
        .order_by()
        .values("task")
        .annotate(last=Max("pk"))
        .values("last")
    )
    rows = TaskState.objects.filter(pk__in=newest).values_list("task", "data", "is_archived")
    kept = {task: (data, is_archived) for task, data, is_archived in rows}
    for start in range(0, len(tasks), BATCH_SIZE):
        made = [
            _new_state(row, by=by)
            for row in _with_relations(task.pk for task in tasks[start : start + BATCH_SIZE])
        ]
        TaskState.objects.bulk_create(
            state for state in made if kept.get(state.task_id) != (state.data, state.is_archived)
        )


def _new_state(row: Task, **about: object) -> TaskState:
    return TaskState(
        municipality_id=row.municipality_id,
        task=row,
        data=serialise_task(row),
        is_archived=row.is_archived,
        **about,
    )


def _with_relations(keys: Iterable[int]) -> list[Task]:
    """Rows with everything that a state keeps of them."""
    lists = [Prefetch(name, to_attr=f"shown_{name}") for name in (*RELATIONS, *LINE_MODELS)]
    pointed = [f"shown_{name}" for name in POINTER_PREFETCHES]
    rows = Task.objects.filter(pk__in=list(keys)).select_related("lead", "leader")
    return list(rows.prefetch_related(*lists, *pointed))
