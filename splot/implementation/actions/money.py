"""Figures of money in many rows of the table at once: each row gets its line in the trail and its
state.
"""

from django.db.models import F

from splot.core.actions import action, record_many
from splot.people.models import User

from ..history import save_states
from ..lines import BudgetLineChange
from ..models import BudgetLine, Task


@action
def change_budget_lines(*, by: User | None, changes: list[BudgetLineChange]) -> None:
    """Change one row of money in each of these tasks, which were read and locked in the same
    transaction.

    As many `change_task` would, in a number of queries that grows little with the tasks.
    """
    rows: list[BudgetLine] = []
    audit_lines = []
    for change in changes:
        before = [str(change.row)] if change.row else []
        after = []
        if change.line:
            owner = {"municipality": change.task.municipality, "task": change.task}
            rows.append(BudgetLine(**owner, **vars(change.line)))
            after.append(str(rows[-1]))
        audit_lines.append(("task.lines_changed", change.task, {"budget": [before, after]}))
    record_many(by=by, lines=audit_lines)
    replaced = [change.row.pk for change in changes if change.row]
    BudgetLine.objects.filter(pk__in=replaced).delete()
    BudgetLine.objects.bulk_create(rows)
    tasks = [change.task for change in changes]
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(version=F("version") + 1)
    save_states(tasks, by)
