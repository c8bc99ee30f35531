"""Writes about the rows of the table. Each change keeps the row as it then stood, so that any day can be shown."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Max

from splot.core.actions import action, change, done_before, record
from splot.core.languages import Text
from splot.core.values import Values
from splot.people.models import User
from splot.policy.models import Activity

from ..lines import LINES, Line, values_of
from ..models import ImplementationPlan, Task
from ..states import RELATIONS
from .history import keep_state


@action
def add_task(
    *, by: User | None, plan: ImplementationPlan, number: int | None = None, once: UUID | None = None, **values: Any
) -> Task:
    """Add a row to the table; its number is the next free one unless given.

    Values are the task's fields, its RELATIONS (rows) and its LINES (lists of lines, see `splot.implementation.lines`).
    """
    if done := done_before(once):
        return Task.objects.get(pk=done.object_id)
    hold_table(plan)
    relations, lines, fields = sorted_out(values)
    last = Task.objects.filter(policy=plan.policy).aggregate(last=Max("number"))["last"] or 0
    task = Task.objects.create(
        municipality=plan.municipality,
        plan=plan,
        policy=plan.policy,
        number=number or last + 1,
        words=searched_words(fields),
        **fields,
    )
    _set_relations(task, relations)
    _set_lines(task, lines)
    record(by=by, verb="task.added", of=task, once=once)
    keep_state(task, by)
    return task


@action
def change_task(*, by: User | None, task: Task, version: int, let_go: Collection[Activity] = (), **values: Any) -> Task:
    """Change some of a row's fields, relations and lines; the others stay. Raises Conflict.

    Activities that were repealed stay with the row, unseen, until it lets them go.
    """
    relations, lines, fields = sorted_out(values)
    before = _listed(task, [*relations, *lines])
    change(task, by=by, verb="task.changed", version=version, **fields)
    Task.objects.filter(pk=task.pk).update(words=searched_words(vars(task)))
    _set_relations(task, relations)
    _set_lines(task, lines)
    if let_go:
        task.activities(manager="everything").remove(*let_go)
        record(by=by, verb="task.let_go", of=task, changes={"activities": [list(map(str, let_go)), []]})
    after = _listed(task, [*relations, *lines])
    differences = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if differences:
        record(by=by, verb="task.lines_changed", of=task, changes=differences)
    keep_state(task, by)
    return task


@action
def archive_task(*, by: User, task: Task, version: int, archived: bool) -> Task:
    """Take a task off the table, or put it back. What was said of it stays. Raises Conflict."""
    verb = "task.archived" if archived else "task.restored"
    change(task, by=by, verb=verb, version=version, is_archived=archived)
    keep_state(task, by)
    return task


def hold_table(plan: ImplementationPlan) -> None:
    """Let nobody else number or write many rows of this table until the transaction ends."""
    ImplementationPlan.objects.select_for_update().get(pk=plan.pk)


def sorted_out(values: Values) -> tuple[dict[str, list[Any]], dict[str, list[Any]], Values]:
    """Relations, lines and fields apart; windows give the task its first and last day."""
    relations = {name: list(values.pop(name)) for name in RELATIONS if name in values}
    lines = {name: list(values.pop(name)) for name in LINES if name in values}
    if windows := lines.get("windows"):
        starts, dues = [one.starts for one in windows if one.starts], [one.due for one in windows if one.due]
        open_start, open_end = len(starts) < len(windows), len(dues) < len(windows)
        values["starts"] = None if open_start else min(starts)
        values["due"] = None if open_end else max(dues)
    return relations, lines, values


def _set_relations(task: Task, relations: dict[str, list[Any]]) -> None:
    for name, rows in relations.items():
        if any(row.municipality_id != task.municipality_id for row in rows):
            raise ValueError("rows of another municipality")
        getattr(task, name).set(rows)
        if name == "activities":
            Task.objects.filter(pk=task.pk).put_in_order()


def _set_lines(task: Task, lines: dict[str, list[Line]]) -> None:
    """Rows that say the same stay themselves; the others make room for what is new."""
    for name, wanted in lines.items():
        model, left = LINES[name], list(wanted)
        for row in getattr(task, name).all():
            same = next((line for line in left if values_of(row, line) == vars(line)), None)
            if same is None:
                row.delete()
            else:
                left.remove(same)
        model._default_manager.bulk_create(
            model(municipality=task.municipality, task=task, **vars(line)) for line in left
        )


def searched_words(values: Values) -> str:
    """The wordings that a search looks through."""
    names = ("title", "audience", "monitoring", "risks")
    texts: list[Text] = [values.get(name) or Text() for name in names]
    return "\n".join(wording for text in texts for wording in text.texts.values()).lower()


def _listed(task: Task, names: Iterable[str]) -> dict[str, list[str]]:
    return {name: [str(row) for row in getattr(task, name).all()] for name in names}
