"""Many rows of the table added or taken off at once: each gets its line in the trail, and its
state.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import ManyToManyField, Max

from splot.core.actions import action, change, record_many
from splot.core.values import Values
from splot.people.models import User

from ..columns import search_text_of
from ..history import save_states
from ..lines import LINE_MODELS, RELATIONS
from ..models import ImplementationPlan, Task
from ..queries import lock_table
from ..states import split_values


@action
def add_tasks(*, by: User | None, plan: ImplementationPlan, rows: Sequence[Values]) -> list[Task]:
    """Add rows to the table, as many `add_task` would, in a number of queries that grows little
    with them.
    """
    lock_table(plan)
    sorted_rows = [split_values(dict(values)) for values in rows]
    last = Task.objects.filter(policy=plan.policy).aggregate(last=Max("number"))["last"] or 0
    common: Values = {"municipality": plan.municipality, "plan": plan, "policy": plan.policy}
    tasks = Task.objects.bulk_create(
        Task(number=number, search_text=search_text_of(fields), **common, **fields)
        for number, (__, ___, fields) in enumerate(sorted_rows, last + 1)
    )
    for name in RELATIONS:
        _add_relations(
            name,
            zip(
                tasks, (relations.get(name, ()) for relations, __, ___ in sorted_rows), strict=True
            ),
        )
    for name, model in LINE_MODELS.items():
        model._default_manager.bulk_create(
            model(municipality=plan.municipality, task=task, **vars(line))
            for task, (__, lines, ___) in zip(tasks, sorted_rows, strict=True)
            for line in lines.get(name, ())
        )
    Task.objects.filter(pk__in=[task.pk for task in tasks]).put_in_order()
    record_many(by=by, lines=[("task.added", task, {}) for task in tasks])
    save_states(tasks, by)
    return tasks


def _add_relations(name: str, wanted: Iterable[tuple[Task, Iterable[Any]]]) -> None:
    """Tie tasks to rows of their own municipality, each once."""
    relation = Task._meta.get_field(name)
    assert isinstance(relation, ManyToManyField)
    through, ours, theirs = (
        relation.remote_field.through,
        relation.m2m_field_name(),
        relation.m2m_reverse_field_name(),
    )
    assert through is not None
    made = []
    for task, rows in wanted:
        if any(row.municipality_id != task.municipality_id for row in rows):
            raise ValueError("rows of another municipality")
        made += [
            through(**{f"{ours}_id": task.pk, f"{theirs}_id": key})
            for key in dict.fromkeys(row.pk for row in rows)
        ]
    through._default_manager.bulk_create(made)


@action
def archive_tasks(*, by: User | None, tasks: Sequence[Task]) -> None:
    """Take rows off the table, as many `archive_task` would. Raises Conflict."""
    for task in tasks:
        change(task, by=by, verb="task.archived", version=task.version, is_archived=True)
    save_states(tasks, by)
