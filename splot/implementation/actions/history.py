"""Keeps rows of the table as they stand, so that any day can be shown."""

from collections.abc import Iterable

from django.db.models import Max, Prefetch

from splot.core.actions import action, record
from splot.core.models import AuditEntry
from splot.people.models import User

from ..lines import LINES
from ..models import ImplementationPlan, Task, TaskState
from ..states import RELATIONS, state_of

POINTED = ("activities__area", "targets__indicator", "partner_roles__organisation")  # what a state names
AT_ONCE = 500


def keep_state(task: Task, by: User | None) -> None:
    """Keep the row as it stands now, unless that is how it stood already."""
    row = Task.objects.select_related("lead", "leader").get(pk=task.pk)
    data, last = state_of(row), row.states.first()
    if last is None or (last.data, last.is_archived) != (data, row.is_archived):
        TaskState.objects.create(
            municipality=task.municipality, task=row, by=by, data=data, is_archived=row.is_archived
        )


def keep_states(tasks: list[Task], by: User | None) -> None:
    """Keep each of these rows of the table as `keep_state` does, in a number of queries that does not grow."""
    newest = TaskState.objects.filter(task__in=tasks).order_by().values("task").annotate(last=Max("pk")).values("last")
    kept = dict(TaskState.objects.filter(pk__in=newest).values_list("task", "data"))
    states = []
    for row in _whole(task.pk for task in tasks):
        if (data := state_of(row)) != kept.get(row.pk):
            states.append(TaskState(municipality_id=row.municipality_id, task=row, by=by, data=data))
    TaskState.objects.bulk_create(states)


def _whole(keys: Iterable[int]) -> list[Task]:
    """Rows with everything that a state keeps of them."""
    lists = [Prefetch(name, to_attr=f"shown_{name}") for name in (*RELATIONS, *LINES)]
    pointed = [f"shown_{name}" for name in POINTED]
    rows = Task.objects.filter(pk__in=list(keys)).select_related("lead", "leader")
    return list(rows.prefetch_related(*lists, *pointed))


@action
def keep_first_states(*, plan: ImplementationPlan) -> int:
    """Keep the rows that no state tells of yet, as a table that an earlier release wrote has them; gives their number.

    They stood like this since somebody touched them last, which the trail knows.
    """
    keys = list(Task.objects.filter(plan=plan, states=None).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        trail = AuditEntry.objects.filter(model=Task._meta.label_lower, object_id__in=some).order_by("pk")
        touched = {entry.object_id: entry for entry in trail}
        states = []
        for row in _whole(some):
            entry = touched.get(row.pk)
            known = {"at": entry.at, "by_id": entry.by_id} if entry else {}
            states.append(
                TaskState(
                    municipality_id=row.municipality_id,
                    task=row,
                    data=state_of(row),
                    is_archived=row.is_archived,
                    **known,
                )
            )
        TaskState.objects.bulk_create(states)
    record(by=None, verb="plan.states_kept", of=plan, changes={"rows": [None, len(keys)]})
    return len(keys)
