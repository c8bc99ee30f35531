"""Many rows of the table added or taken off at once: each gets its line in the trail, and its
state.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import ManyToManyField, Max

from splot.core.actions import action, change, record_many
from splot.core.values import Values
from splot.people.models import User

from ..history import save_states
from ..lines import LINE_MODELS, RELATIONS
from ..models import ImplementationPlan, Task
from ..states import split_values

# A task that is not saved yet, with its relations and its lines.
NewTask = tuple[Task, dict[str, list[Any]], dict[str, list[Any]]]


@action
def add_tasks(*, by: User | None, plan: ImplementationPlan, rows: Sequence[Values]) -> list[Task]:
    """Add rows to the table, as many `add_task` would, in a number of queries that grows little
    with them.
    """
    plan.lock_table()
    last = Task.objects.filter(policy=plan.policy).aggregate(last=Max("number"))["last"] or 0
    owner: Values = {"municipality": plan.municipality, "plan": plan, "policy": plan.policy}
    new_tasks: list[NewTask] = []
    for number, values in enumerate(rows, last + 1):
        relations, lines, fields = split_values(dict(values))
        new_tasks.append((Task(number=number, **owner, **fields), relations, lines))
    tasks = [task for task, *__ in new_tasks]
    Task.objects.bulk_create(tasks)
    for name in RELATIONS:
        _add_relations(name, new_tasks)
    for name in LINE_MODELS:
        _add_lines(name, new_tasks)
    Task.objects.filter(pk__in=[task.pk for task in tasks]).put_in_order()
    record_many(by=by, lines=[("task.added", task, {}) for task in tasks])
    save_states(tasks, by)
    return tasks


def _add_relations(name: str, new_tasks: list[NewTask]) -> None:
    """Tie tasks to rows of their own municipality, each once."""
    relation = Task._meta.get_field(name)
    assert isinstance(relation, ManyToManyField)
    through = relation.remote_field.through
    assert through is not None
    task_key, row_key = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    ties = []
    for task, relations, __ in new_tasks:
        keys = set()
        for row in relations.get(name, ()):
            if row.municipality_id != task.municipality_id:
                raise ValueError("rows of another municipality")
            if row.pk not in keys:
                ties.append(through(**{task_key: task.pk, row_key: row.pk}))
            keys.add(row.pk)
    through._default_manager.bulk_create(ties)


def _add_lines(name: str, new_tasks: list[NewTask]) -> None:
    model, rows = LINE_MODELS[name], []
    for task, __, lines in new_tasks:
        for line in lines.get(name, ()):
            rows.append(model(municipality=task.municipality, task=task, **vars(line)))
    model._default_manager.bulk_create(rows)


@action
def archive_tasks(*, by: User | None, tasks: Sequence[Task]) -> None:
    """Take rows off the table, as many `archive_task` would. Raises Conflict."""
    for task in tasks:
        change(task, by=by, verb="task.archived", version=task.version, is_archived=True)
    save_states(tasks, by)
