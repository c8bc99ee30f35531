"""Reports: kept as a draft while one writes, then sent. A draft never counts as a report."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from splot.core.actions import action, entry_by_idempotency_key, record
from splot.documents.intake.attachments import Upload
from splot.implementation.actions.status_updates import report_progress
from splot.implementation.models import StatusUpdate, Task
from splot.people.actors import actor_by_link
from splot.people.models import PersonalLink, User

from ..models import ReportDraft
from .attachments import add_attachment


@action
def save_draft(
    *,
    by: User | None,
    task: Task,
    period: str,
    values: dict[str, str],
    link: PersonalLink | None = None,
) -> ReportDraft:
    """Keep what somebody has written so far, in place of their draft before.

    Empty values keep nothing, nor do words that were sent already: a form that saves itself may be
    late.
    """
    owner = {"link": link} if link else {"user": by}
    actor = actor_by_link(link) if link else by
    if not any(values.values()) or _is_reported(task, period, values):
        ReportDraft.objects.filter(task=task, period=period, **owner).delete()
        record(by=actor, verb="draft.dropped", of=task)
        return ReportDraft(task=task, period=period, values={})
    draft, __ = ReportDraft.objects.update_or_create(
        task=task,
        period=period,
        **owner,
        defaults={"values": values, "municipality": task.municipality},
    )
    record(by=actor, verb="draft.kept", of=draft)
    return draft


def _is_reported(task: Task, period: str, values: dict[str, str]) -> bool:
    last = task.updates.filter(period=period).latest_first().first()
    tidy = {name: text.replace("\r\n", "\n").strip() for name, text in values.items()}
    return last is not None and tidy == {name: last.as_typed(name).strip() for name in values}


@action
def send_report(
    *,
    by: User | None,
    task: Task,
    period: str,
    files: Iterable[Upload] = (),
    link: PersonalLink | None = None,
    idempotency_key: UUID | None = None,
    **values: Any,
) -> StatusUpdate:
    """Report on a task, with files, and drop the draft. Raises as `report_progress`.

    Through a link its owner speaks: a person, or an institution.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return StatusUpdate.objects.get(pk=done.object_id)
    actor = actor_by_link(link) if link else by
    institution = link.organisation if link else None
    update = report_progress(by=actor, task=task, period=period, said_for=institution, **values)
    for upload in files:
        add_attachment(by=actor, update=update, upload=upload)
    ReportDraft.objects.filter(
        task=task, period=period, **({"link": link} if link else {"user": by})
    ).delete()
    record(by=actor, verb="progress.sent", of=update, idempotency_key=idempotency_key)
    return update
