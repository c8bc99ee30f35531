"""One thing given to many rows of the table at once, and taken back again: an activity, an area, an
institution, a person in charge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict, Refused, action
from splot.core.values import Values
from splot.people.models import User
from splot.policy.models import Policy

from ..history import last_state_keys, save_states
from ..models import Task, TaskState
from ..restore import restored_values
from .tasks import change_task


class Outcome(models.TextChoices):
    """What became of a row."""

    CHANGED = "changed", gettext_lazy("changed")
    SAME = "same", gettext_lazy("had it already")
    MEANWHILE = "meanwhile", gettext_lazy("not changed: somebody changed the task meanwhile")
    ARCHIVED = "archived", gettext_lazy("not changed: it is off the table")
    BY_ACTIVITY = "by_activity", gettext_lazy("not changed: it has the area of its activities")
    RESTORED = "restored", gettext_lazy("as it was before")


@dataclass
class Assignment:
    """What became of each row, by its number, and the states of those that changed: from, to."""

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    states: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_anything_changed(self) -> bool:
        return not {Outcome.CHANGED, Outcome.RESTORED}.isdisjoint(self.outcomes.values())


class NothingAssigned(Refused):
    """No row could be changed; `assignment` says of each why."""

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(_("No row was changed."))
        self.assignment = assignment


@action
def assign_to_tasks(
    *,
    by: User,
    policy: Policy,
    versions: Mapping[int, int],
    field_name: str,
    value: models.Model,
    replaces: bool = False,
) -> Assignment:
    """Give rows a value of a field, or one more activity, in place of the others if it `replaces`
    them.

    `versions` are those that the person saw, by the numbers of the tasks. A row that somebody
    changed since stays as it is. Raises NothingAssigned.
    """
    assignment = Assignment()
    tasks = Task.objects.filter(policy=policy, number__in=versions).order_by("number")
    rows = list(tasks.select_related("municipality").prefetch_related("activities"))
    save_states(rows, by)  # how each stood: a row of an early release may have no state yet
    before = last_state_keys(rows)
    for task in rows:
        if task.is_archived:
            assignment.outcomes[task.number] = Outcome.ARCHIVED
            continue
        values, outcome = _values_for(task, field_name, value, replaces)
        if values:
            outcome = _change_row(by, task, versions[task.number], values)
        assignment.outcomes[task.number] = outcome
    _end(assignment, rows, before)
    return assignment


@action
def undo_assignment(
    *, by: User, policy: Policy, field_name: str, states: Iterable[tuple[int, int]]
) -> Assignment:
    """Give rows back what they had before `assign_to_tasks`, unless somebody has changed them
    since. Raises NothingAssigned.
    """
    assignment = Assignment()
    earlier = {after: before for before, after in states}
    changed = TaskState.objects.filter(pk__in=earlier, task__policy=policy)
    rows = list(Task.objects.filter(pk__in=changed.values("task")).order_by("number"))
    newest = last_state_keys(rows)
    data = dict(TaskState.objects.filter(pk__in=earlier.values()).values_list("pk", "data"))
    for task in rows:
        state = data.get(earlier.get(newest[task.pk], 0))
        outcome = Outcome.MEANWHILE
        if state is not None:
            all_values = restored_values(state)
            names = {field_name, f"{field_name}_id"} & all_values.keys()
            if field_name == "activities":
                names.add("area_id")  # which the activity had brought along
            values = {name: all_values[name] for name in names}
            outcome = _change_row(by, task, task.version, values, done=Outcome.RESTORED)
        assignment.outcomes[task.number] = outcome
    _end(assignment, [], {})
    return assignment


def _values_for(
    task: Task, field_name: str, value: models.Model, replaces: bool
) -> tuple[Values, Outcome]:
    """What `change_task` is to write; nothing with the reason where the row keeps what it has."""
    activities = list(task.activities.all())
    if field_name == "activities":
        wanted = [value] if replaces or value in activities else [*activities, value]
        is_same = set(wanted) == set(activities) or (value in activities and not replaces)
        return ({}, Outcome.SAME) if is_same else ({"activities": wanted}, Outcome.CHANGED)
    if getattr(task, f"{field_name}_id") == value.pk:
        return {}, Outcome.SAME
    if field_name == "area" and activities:
        return {}, Outcome.BY_ACTIVITY
    return {field_name: value}, Outcome.CHANGED


def _change_row(
    by: User, task: Task, version: int, values: Values, *, done: Outcome = Outcome.CHANGED
) -> Outcome:
    try:
        change_task(by=by, task=task, version=version, **values)
    except Conflict:
        return Outcome.MEANWHILE
    return done


def _end(assignment: Assignment, rows: list[Task], before: Mapping[int, int]) -> None:
    """Note the states of the rows that changed; refuse what changed none."""
    if not assignment.is_anything_changed:
        raise NothingAssigned(assignment)
    changed = [task for task in rows if assignment.outcomes[task.number] == Outcome.CHANGED]
    after = last_state_keys(changed)
    assignment.states = [(before[task.pk], after[task.pk]) for task in changed]
