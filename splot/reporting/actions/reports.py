"""Reports: kept as a draft while one writes, then sent. A draft never counts as a report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_noop

from splot.core.actions import Conflict, action, entry_by_idempotency_key, record, record_nothing
from splot.core.actors import By
from splot.core.models import UnsavedEntry
from splot.core.unsaved import unsaved_entries
from splot.core.unsaved.actions import discard_unsaved, keep_unsaved
from splot.core.unsaved.reasons import Reason
from splot.core.unsaved.sent_forms import KEY_FIELD, SentForm, hash_keys
from splot.documents.intake.attachments import Upload
from splot.implementation.actions.status_updates import report_progress
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.progress import build_status_update
from splot.people.actors import actor_by_link, user_of
from splot.people.models import PersonalLink, User
from splot.people.unsaved import Sender, writer_of_link, writer_of_user, writers_of

from ..labels import report_words
from ..models import ReportDraft
from ..queries import drafts_written, report_address
from ..requests import needs_report, requests_by_task
from .attachments import add_attachment

TWO_WINDOWS = Reason(gettext_noop("You wrote this in one window, and something else in another."))


@dataclass(frozen=True)
class FormKeys:
    """Which form speaks: its own key, and that of the draft which it began with, if any.

    What another form wrote, in another window, is neither overwritten nor thrown away.
    """

    own: UUID
    draft: UUID | None = None

    def __contains__(self, key: UUID) -> bool:
        return key in (self.own, self.draft)


def new_form_keys() -> FormKeys:
    """The keys of a form that began with no draft."""
    return FormKeys(uuid4())


@action
def save_draft(
    *,
    by: User | None,
    task: Task,
    period: str,
    values: dict[str, str],
    link: PersonalLink | None = None,
    form: FormKeys | None = None,
) -> ReportDraft:
    """Keep what somebody has written so far, in place of their draft before.

    Empty values keep nothing, nor do words that were sent already: a form that saves itself may be
    late. What they wrote in another window is kept as an entry of its own.
    """
    form, actor = form or new_form_keys(), actor_by_link(link) if link else by
    has_dropped = _drop_own(by, link, task, form)
    if not any(values.values()) or _is_reported(task, period, values):
        if has_dropped:
            record(by=actor, verb="draft.dropped", of=task)
        else:
            record_nothing()
        return ReportDraft(task=task, period=period, values={})
    for draft in drafts_written(by, link).filter(task=task).select_related("link"):
        is_in_the_way = draft.period == period and (link is not None or draft.user_id is not None)
        if is_in_the_way:
            _keep_displaced(actor, task, draft)
    draft = ReportDraft.objects.create(
        municipality=task.municipality,
        task=task,
        period=period,
        values=values,
        form_key=form.own,
        link=link,
        user=None if link else by,
    )
    record(by=actor, verb="draft.kept", of=draft)
    return draft


@action
def keep_stray_reports(
    *,
    by: User | None,
    sender: Sender,
    sent: SentForm,
    reasons: Sequence[Reason],
    keys: Mapping[int, FormKeys],
    link: PersonalLink | None = None,
) -> UnsavedEntry:
    """Keep what was sent of tasks that its writer cannot report on any more, in place of the
    drafts that they had made with the same forms ({key of a task: its form}).
    """
    for draft in drafts_written(by, link).filter(task__in=list(keys)):
        if draft.form_key in keys[draft.task_id]:
            draft.delete()
    return keep_unsaved(
        by=sender.by,
        scope=sender.scope,
        writer=sender.writers[0],
        sent=sent,
        reasons=reasons,
    )


@action
def discard_draft(*, by: By, draft: ReportDraft) -> None:
    """Throw a draft away, as its writer wishes."""
    record(by=by, verb="draft.dropped", of=draft.task)
    draft.delete()


def _drop_own(by: User | None, link: PersonalLink | None, task: Task, form: FormKeys) -> bool:
    """Let go of what its writer wrote before in this very form, as a draft or displaced by another
    window; was there any?
    """
    drafts = drafts_written(by, link).filter(task=task)
    own = [draft for draft in drafts if draft.form_key in form]
    for draft in own:
        draft.delete()
    writers = writers_of(by) if by else []
    if link:
        writers = [writer_of_link(link)]
    entries = unsaved_entries(task.municipality.scope, writers)
    displaced = list(entries.filter(form_key=hash_keys([str(form.own)])))
    if displaced:
        discard_unsaved(by=actor_by_link(link) if link else by, entries=displaced)
    return bool(own or displaced)


def _keep_displaced(actor: By, task: Task, draft: ReportDraft) -> None:
    """Make an entry of a draft in whose place another window of the same person writes."""
    keys = {"period": draft.period, KEY_FIELD: str(draft.form_key)}
    sent = SentForm(
        form_key=hash_keys([str(draft.form_key)]),
        data=urlencode({**draft.values, **keys}),
        words=report_words(task, draft.values),
    )
    keep_unsaved(
        by=actor,
        scope=task.municipality.scope,
        writer=writer_of_link(draft.link) if draft.link else writer_of_user(draft.user_id or 0),
        sent=sent,
        reasons=[TWO_WINDOWS],
        address="" if draft.link else report_address(task, draft.period),
    )
    draft.delete()


def _is_reported(task: Task, period: str, values: dict[str, str]) -> bool:
    last = _latest_update(task, period)
    tidy = {name: text.replace("\r\n", "\n").strip() for name, text in values.items()}
    return last is not None and tidy == {name: last.as_typed(name).strip() for name in values}


def _latest_update(task: Task, period: str) -> StatusUpdate | None:
    return task.updates.filter(period=period).latest_first().first()


@action
def send_report(
    *,
    by: User | None,
    task: Task,
    period: str,
    files: Iterable[Upload] = (),
    link: PersonalLink | None = None,
    seen: int | None = None,
    form: FormKeys | None = None,
    idempotency_key: UUID | None = None,
    **values: Any,
) -> StatusUpdate:
    """Report on a task, with files, and drop the draft. Raises as `report_progress`.

    Through a link its owner speaks: a person, or an institution. `seen` is the key of the latest
    update for the period that the writer had before them, 0 for none: raises Conflict where
    somebody else has said something else since. What was said already is not said again, unless a
    report is awaited: then it says that things are as they were.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return StatusUpdate.objects.get(pk=done.object_id)
    actor = actor_by_link(link) if link else by
    institution = link.organisation if link else None
    Task.objects.select_for_update().get(pk=task.pk)  # one report at a time
    last = _latest_update(task, period)
    is_known = last is not None and _says_same(task, last, values)
    if last is not None and is_known and not files and not _is_awaited(task):
        record_nothing()
        _drop_own(by, link, task, form or new_form_keys())
        return last
    is_unseen = last is not None and seen is not None and last.pk != seen
    if last is not None and is_unseen and not is_known and not _is_speaker(last, actor, link):
        raise Conflict(last)
    update = report_progress(by=actor, task=task, period=period, said_for=institution, **values)
    for upload in files:
        add_attachment(by=actor, update=update, upload=upload)
    _drop_own(by, link, task, form or new_form_keys())
    record(by=actor, verb="progress.sent", of=update, idempotency_key=idempotency_key)
    return update


def _says_same(task: Task, last: StatusUpdate, values: dict[str, Any]) -> bool:
    """Does the latest update say what these values would say?"""
    try:
        return build_status_update(task=task, period=last.period, **values).says_same_as(last)
    except ValidationError:
        return False


def _is_speaker(update: StatusUpdate, actor: By, link: PersonalLink | None) -> bool:
    """Was it said by whoever speaks now?"""
    user, institution = user_of(actor), link.organisation_id if link else None
    speaker = user.pk if user else None
    return (update.said_by_id, update.said_for_id) == (speaker, institution)


def _is_awaited(task: Task) -> bool:
    return needs_report(requests_by_task([task], timezone.localdate()).get(task.pk, []))
