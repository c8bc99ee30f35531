"""What a person in charge says of a task: a new row each time, never a change."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import action, done_before, record
from splot.core.dates import Period
from splot.core.languages import Text
from splot.people.models import User

from ..models import Status, StatusUpdate, Task


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

    Further values: obstacles, reason (Text), reached, reached_qualifier, reached_unit, and said_for, the institution
    that spoke through its link or its sheet. Raises ValidationError for
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
