"""Writes about the rows of the table. Each change keeps the row as it then stood, so that any day
can be shown.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Max, Model

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.people.models import User
from splot.policy.models import Activity

from ..history import save_state
from ..lines import LINE_MODELS, RELATIONS, TaskLine, line_values
from ..models import ImplementationPlan, Task
from ..states import split_values

ROW_LISTS = (*RELATIONS, *LINE_MODELS)
AREA_FIELDS = {"activities", "area", "area_id"}  # what decides where in the table a row stands


@action
def add_task(
    *,
    by: User | None,
    plan: ImplementationPlan,
    number: int | None = None,
    idempotency_key: UUID | None = None,
    **values: Any,
) -> Task:
    """Add a row to the table; its number is the next free one unless given.

    Values are the task's fields, its RELATIONS (rows) and its LINES (lists of lines, see
    `splot.implementation.lines`).
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Task.objects.get(pk=done.object_id)
    plan.lock_table()
    relations, lines, fields = split_values(values)
    last = Task.objects.filter(policy=plan.policy).aggregate(last=Max("number"))["last"] or 0
    task = Task.objects.create(
        municipality=plan.municipality,
        plan=plan,
        policy=plan.policy,
        number=number or last + 1,
        **fields,
    )
    _set_relations(task, relations)
    _set_lines(task, lines)
    _put_in_order(task)
    record(by=by, verb="task.added", of=task, idempotency_key=idempotency_key)
    given = {**relations, **lines}
    save_state(task, by, empty=[name for name in ROW_LISTS if not given.get(name)])
    return task


@action
def change_task(
    *, by: User | None, task: Task, version: int, let_go: Collection[Activity] = (), **values: Any
) -> Task:
    """Change some of a row's fields, relations and lines; the others stay. Raises Conflict.

    Activities that were repealed stay with the row, unseen, until it lets them go.
    """
    relations, lines, fields = split_values(values)
    before, old_version = _describe_rows(task, [*relations, *lines]), task.version
    touched = bool(let_go) or _would_differ(task, relations, lines)
    change(task, by=by, verb="task.changed", version=version, touched=touched, **fields)
    if task.version == old_version:
        return task
    _set_relations(task, relations)
    _set_lines(task, lines)
    if AREA_FIELDS & (relations.keys() | fields.keys()):
        _put_in_order(task)
    if let_go:
        task.activities(manager="everything").remove(*let_go)
        record(
            by=by, verb="task.let_go", of=task, changes={"activities": [list(map(str, let_go)), []]}
        )
    after = _describe_rows(task, [*relations, *lines])
    differences = {}
    for name in before:
        if before[name] != after[name]:
            differences[name] = [before[name], after[name]]
    if differences:
        record(by=by, verb="task.lines_changed", of=task, changes=differences)
    save_state(task, by)
    return task


@action
def archive_task(*, by: User, task: Task, version: int, archived: bool) -> Task:
    """Take a task off the table, or put it back. What was said of it stays. Raises Conflict."""
    verb, was = "task.archived" if archived else "task.restored", task.is_archived
    change(task, by=by, verb=verb, version=version, is_archived=archived)
    if task.is_archived != was:
        save_state(task, by)
    return task


def _put_in_order(task: Task) -> None:
    Task.objects.filter(pk=task.pk).put_in_order()
    task.refresh_from_db(fields=["area", "table_position"])


def _set_relations(task: Task, relations: dict[str, list[Any]]) -> None:
    for name, rows in relations.items():
        if any(row.municipality_id != task.municipality_id for row in rows):
            raise ValueError("rows of another municipality")
        getattr(task, name).set(rows)


def _set_lines(task: Task, lines: dict[str, list[TaskLine]]) -> None:
    """Rows that say the same stay themselves; the others make room for what is new."""
    for name, wanted in lines.items():
        model, new_lines = LINE_MODELS[name], list(wanted)
        for row in getattr(task, name).all():
            line = _line_of_row(row, new_lines)
            if line is None:
                row.delete()
            else:
                new_lines.remove(line)
        owner = {"municipality": task.municipality, "task": task}
        model._default_manager.bulk_create(model(**owner, **vars(line)) for line in new_lines)


def _would_differ(
    task: Task, relations: dict[str, list[Any]], lines: dict[str, list[TaskLine]]
) -> bool:
    """Do these rows and lines say anything else than the task does?"""
    for name, rows in relations.items():
        if set(getattr(task, name).values_list("pk", flat=True)) != {row.pk for row in rows}:
            return True
    for name, wanted in lines.items():
        left = list(wanted)
        for row in getattr(task, name).all():
            line = _line_of_row(row, left)
            if line is None:
                return True
            left.remove(line)
        if left:
            return True
    return False


def _line_of_row(row: Model, lines: list[TaskLine]) -> TaskLine | None:
    """The first of the lines that says what the row says."""
    for line in lines:
        if line_values(row, line) == vars(line):
            return line
    return None


def _describe_rows(task: Task, names: Iterable[str]) -> dict[str, list[str]]:
    labels = {}
    for name in names:
        labels[name] = [str(row) for row in getattr(task, name).all()]
    return labels
