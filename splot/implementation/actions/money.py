"""Figures of money in many rows of the table at once: each row gets its line in the trail and its
state.
"""

from dataclasses import dataclass

from django.db.models import F

from splot.core.actions import action, record_many
from splot.people.models import User

from ..lines import MoneyLine
from ..models import BudgetLine, Task
from .history import save_states


@dataclass(frozen=True)
class BudgetLineChange:
    """What a task's line of money becomes: a new one when `line` is None, none when `wanted` is."""

    task: Task
    line: BudgetLine | None
    wanted: MoneyLine | None


@action
def change_budget_lines(*, by: User | None, changes: list[BudgetLineChange]) -> None:
    """Change one line of money in each of these tasks. They were read and locked in the same
    transaction.

    As many `change_task` would, in a number of queries that grows little with the tasks.
    """
    made, told = [], []
    for each in changes:
        before = [] if each.line is None else [str(each.line)]
        after = []
        if each.wanted is not None:
            line = BudgetLine(
                municipality=each.task.municipality, task=each.task, **vars(each.wanted)
            )
            made.append(line)
            after.append(str(line))
        told.append(("task.lines_changed", each.task, {"budget": [before, after]}))
    record_many(by=by, lines=told)
    BudgetLine.objects.filter(pk__in=[each.line.pk for each in changes if each.line]).delete()
    BudgetLine.objects.bulk_create(made)
    tasks = [each.task for each in changes]
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(version=F("version") + 1)
    save_states(tasks, by)
