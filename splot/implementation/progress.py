"""A status update before it is saved: what can be reported on a task, and for which period."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.dates import Period
from splot.core.languages import Text

from .models import StatusUpdate, Task
from .statuses import NEEDING_REASON


def build_status_update(
    *, task: Task, period: str, status: str, said_on: date | None = None, **values: Any
) -> StatusUpdate:
    """An update of a task that is not saved yet; `corrects` is the latest one for exactly this
    period, if any.

    Raises ValidationError, as `report_progress` does.
    """
    when, said_on = Period.parse(period), said_on or timezone.localdate()
    if when.year not in task.policy.years:
        raise ValidationError({"period": _("The period is outside the policy’s term.")})
    if when.start > said_on:
        raise ValidationError({"period": _("This period has not begun yet.")})
    if status in NEEDING_REASON and not values.get("reason"):
        raise ValidationError({"reason": _("Say why the task was abandoned.")})
    if status not in NEEDING_REASON:
        values["reason"] = Text()
    return StatusUpdate(
        municipality=task.municipality,
        task=task,
        period=period,
        year=when.year,
        period_end=when.end,
        status=status,
        said_on=said_on,
        **values,
    )
