"""Writes about the table: plans, tasks, sensitive groups, status updates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import action, change, done_before, record
from splot.core.dates import Period
from splot.core.languages import Text
from splot.indicators.models import Indicator
from splot.people.models import Municipality, Organisation, User
from splot.policy.models import Activity, Policy

from .models import ImplementationPlan, SensitiveGroup, Status, StatusUpdate, Target, Task, TaskResource

AREA_STEP = 1_000_000  # more passages than any act has


@dataclass(frozen=True)
class ResourceLine:
    kind: str
    text: Text


@dataclass(frozen=True)
class TargetLine:
    indicator: Indicator
    value: Decimal
    by: str
    baseline: Decimal | None = None
    baseline_period: str = ""


@action
def start_plan(*, by: User | None, policy: Policy, starts: int, ends: int) -> ImplementationPlan:
    plan, __ = ImplementationPlan.objects.get_or_create(
        municipality=policy.municipality, policy=policy, starts=starts, ends=ends
    )
    record(by=by, verb="plan.started", of=plan)
    return plan


@action
def add_group(*, by: User | None, municipality: Municipality, name: Text, once: UUID | None = None) -> SensitiveGroup:
    if done := done_before(once):
        return SensitiveGroup.objects.get(pk=done.object_id)
    group = SensitiveGroup.objects.create(municipality=municipality, name=name)
    record(by=by, verb="group.added", of=group, once=once)
    return group


@action
def change_group(*, by: User, group: SensitiveGroup, version: int, **values: Any) -> SensitiveGroup:
    """Rename a group or put it away; tasks that name it keep it. Raises Conflict."""
    return change(group, by=by, verb="group.changed", version=version, **values)


@action
def add_task(
    *,
    by: User | None,
    plan: ImplementationPlan,
    activities: Iterable[Activity],
    partners: Iterable[Organisation] = (),
    groups: Iterable[SensitiveGroup] = (),
    resources: Iterable[ResourceLine] = (),
    targets: Iterable[TargetLine] = (),
    number: int | None = None,
    once: UUID | None = None,
    **values: Any,
) -> Task:
    """Add a row to the table; its number is the next free one unless given."""
    if done := done_before(once):
        return Task.objects.get(pk=done.object_id)
    last = Task.objects.filter(policy=plan.policy).aggregate(last=Max("number"))["last"] or 0
    task = Task.objects.create(
        municipality=plan.municipality,
        plan=plan,
        policy=plan.policy,
        number=number or last + 1,
        words=_words(values),
        **values,
    )
    _set_relations(task, activities=activities, partners=partners, groups=groups)
    _set_lines(task, resources, targets)
    record(by=by, verb="task.added", of=task, once=once)
    return task


@action
def change_task(
    *,
    by: User | None,
    task: Task,
    version: int,
    activities: Iterable[Activity],
    partners: Iterable[Organisation],
    groups: Iterable[SensitiveGroup],
    resources: Iterable[ResourceLine],
    targets: Iterable[TargetLine],
    **values: Any,
) -> Task:
    """Change a whole row. Raises Conflict when somebody else changed it since `version`."""
    before = _lines_as_text(task)
    change(task, by=by, verb="task.changed", version=version, **values)
    Task.objects.filter(pk=task.pk).update(words=_words(vars(task)))
    _set_relations(task, activities=activities, partners=partners, groups=groups)
    _set_lines(task, resources, targets)
    after = _lines_as_text(task)
    differences = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if differences:
        record(by=by, verb="task.lines_changed", of=task, changes=differences)
    return task


def _set_relations(task: Task, **relations: Iterable[Any]) -> None:
    for name, rows in relations.items():
        rows = list(rows)
        if any(row.municipality_id != task.municipality_id for row in rows):
            raise ValueError("rows of another municipality")
        getattr(task, name).set(rows)
        if name == "activities":
            places = [activity.area.number * AREA_STEP + activity.position for activity in rows]
            Task.objects.filter(pk=task.pk).update(place=min(places, default=0))


def _set_lines(task: Task, resources: Iterable[ResourceLine], targets: Iterable[TargetLine]) -> None:
    task.resources.all().delete()
    task.targets.all().delete()
    common = {"municipality": task.municipality, "task": task}
    TaskResource.objects.bulk_create(TaskResource(**common, **vars(line)) for line in resources)
    Target.objects.bulk_create(Target(**common, **vars(line)) for line in targets)


def _words(values: dict[str, Any]) -> str:
    """The wordings that a search looks through."""
    texts = [values.get(name) or Text() for name in ("title", "audience", "monitoring")]
    return "\n".join(wording for text in texts for wording in text.texts.values()).lower()


def _lines_as_text(task: Task) -> dict[str, list[str]]:
    names = ("activities", "partners", "groups", "resources", "targets")
    return {name: [str(row) for row in getattr(task, name).all()] for name in names}


@action
def archive_task(*, by: User, task: Task, version: int, archived: bool) -> Task:
    """Take a task off the table, or put it back. What was said of it stays. Raises Conflict."""
    verb = "task.archived" if archived else "task.restored"
    return change(task, by=by, verb=verb, version=version, is_archived=archived)


@action
def report_progress(
    *,
    by: User | None,
    task: Task,
    period: str,
    status: str,
    narrative: Text,
    said_on: date | None = None,
    once: UUID | None = None,
    **values: Any,
) -> StatusUpdate:
    """Say how a task goes in a period: a new row, which corrects the last one of the same period, if any.

    Further values: obstacles, reason (Text), reached, reached_qualifier, reached_unit. Raises ValidationError for
    a period outside the policy's term and for an abandoned task without a reason.
    """
    if done := done_before(once):
        return StatusUpdate.objects.get(pk=done.object_id)
    when = Period.parse(period)
    if when.year not in task.policy.years:
        raise ValidationError({"period": _("The period is outside the policy’s term.")})
    if when.start > (said_on or timezone.localdate()):
        raise ValidationError({"period": _("This period has not begun yet.")})
    if status == Status.ABANDONED and not values.get("reason"):
        raise ValidationError({"reason": _("Say why the task was abandoned.")})
    if status != Status.ABANDONED:
        values["reason"] = Text()
    update = StatusUpdate.objects.create(
        municipality=task.municipality,
        task=task,
        period=period,
        year=when.year,
        period_end=when.end,
        status=status,
        narrative=narrative,
        corrects=task.updates.filter(period=period).order_by("-pk").first(),
        said_by=by,
        said_on=said_on or timezone.localdate(),
        **values,
    )
    record(by=by, verb="progress.corrected" if update.corrects else "progress.reported", of=update, once=once)
    return update
