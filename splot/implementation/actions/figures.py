"""Figures of money in many rows of the table at once: each row gets its line in the trail and its state."""

from dataclasses import dataclass

from django.db.models import F, Max, Prefetch

from splot.core.actions import action, record
from splot.people.models import User

from ..lines import LINES, MoneyLine
from ..models import BudgetLine, Task, TaskState
from ..states import RELATIONS, state_of

POINTED = ("activities__area", "targets__indicator", "partner_roles__organisation")  # what a state names


@dataclass(frozen=True)
class NewFigures:
    """What a task's line of money becomes: a new one when `line` is None, none when `wanted` is."""

    task: Task
    line: BudgetLine | None
    wanted: MoneyLine | None


@action
def set_figures(*, by: User | None, changes: list[NewFigures]) -> None:
    """Change one line of money in each of these tasks. They were read and locked in the same transaction.

    As many `change_task` would, in a number of queries that grows little with the tasks.
    """
    made = []
    for each in changes:
        before = [] if each.line is None else [str(each.line)]
        after = []
        if each.wanted is not None:
            line = BudgetLine(municipality=each.task.municipality, task=each.task, **vars(each.wanted))
            made.append(line)
            after.append(str(line))
        record(by=by, verb="task.lines_changed", of=each.task, changes={"budget": [before, after]})
    BudgetLine.objects.filter(pk__in=[each.line.pk for each in changes if each.line]).delete()
    BudgetLine.objects.bulk_create(made)
    tasks = [each.task for each in changes]
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(version=F("version") + 1)
    _keep_states(tasks, by)


def _keep_states(tasks: list[Task], by: User | None) -> None:
    """Keep each of these rows as it stands now, unless that is how it stood already."""
    lists = [Prefetch(name, to_attr=f"shown_{name}") for name in (*RELATIONS, *LINES)]
    pointed = [f"shown_{name}" for name in POINTED]
    rows = Task.objects.filter(pk__in=[task.pk for task in tasks]).select_related("lead", "leader")
    newest = TaskState.objects.filter(task__in=tasks).order_by().values("task").annotate(last=Max("pk")).values("last")
    kept = dict(TaskState.objects.filter(pk__in=newest).values_list("task", "data"))
    states = []
    for row in rows.prefetch_related(*lists, *pointed):
        if (data := state_of(row)) != kept.get(row.pk):
            states.append(TaskState(municipality_id=row.municipality_id, task=row, by=by, data=data))
    TaskState.objects.bulk_create(states)
