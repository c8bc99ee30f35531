"""What a person in charge says of a task: a new row each time, never a change."""

from typing import Any
from uuid import UUID

from splot.core.actions import action, entry_by_idempotency_key, record, record_many
from splot.core.actors import By
from splot.core.languages import Text
from splot.people.actors import user_of

from ..models import StatusUpdate, Task
from ..progress import build_status_update


@action
def report_progress(
    *,
    by: By,
    task: Task,
    period: str,
    status: str,
    narrative: Text,
    idempotency_key: UUID | None = None,
    **values: Any,
) -> StatusUpdate:
    """Say how a task goes in a period: a new row, which corrects the last one of the same period,
    if any.

    Further values: obstacles, reason (Text), reached, reached_qualifier, reached_unit, said_on, and
    said_for, the institution that spoke through its link or its sheet. Raises ValidationError for a
    period outside the policy's term and for an abandoned task without a reason.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return StatusUpdate.objects.get(pk=done.object_id)
    before = task.updates.filter(period=period).latest_first().first()
    update = build_status_update(
        task=task, period=period, status=status, narrative=narrative, corrects=before, **values
    )
    update.said_by = user_of(by)
    update.save()
    record(by=by, verb=_audit_verb(update), of=update, idempotency_key=idempotency_key)
    return update


@action
def save_status_updates(*, by: By, reports: list[StatusUpdate]) -> None:
    """Keep what `build_status_update` made, one report a task. Their tasks were read and locked in
    the same transaction.

    As many `report_progress` would, in a number of queries that grows little with the tasks.
    """
    for update in reports:
        update.said_by = user_of(by)
    updates = StatusUpdate.objects.bulk_create(reports)
    record_many(by=by, lines=[(_audit_verb(update), update, {}) for update in updates])


def _audit_verb(update: StatusUpdate) -> str:
    return "progress.corrected" if update.corrects_id else "progress.reported"
