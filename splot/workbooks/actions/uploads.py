"""Uploads of returned workbooks: files are kept as they came, and merged one by one in the
background.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task as background

from splot.core.actions import Refused, action, entry_by_idempotency_key, record
from splot.core.jobs import JobProgress, job_progress
from splot.core.values import Values
from splot.documents.intake.archives import IncomingFile, UnreadableFile
from splot.people.models import User
from splot.people.queries import share_parents
from splot.policy.models import Policy

from ..models import ReturnedWorkbook, UploadedFile, WorkbookUpload
from ..read import read_workbooks
from ..schema import ReturnedFile
from .workbooks import merge_workbook

logger = logging.getLogger(__name__)


@action
def start_upload(
    *,
    by: User | None,
    policy: Policy,
    files: Sequence[IncomingFile | UnreadableFile],
    idempotency_key: UUID | None = None,
) -> WorkbookUpload:
    """Keep the files and let the background worker merge them; those that could not even be opened
    are told apart.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return WorkbookUpload.objects.get(pk=done.object_id)
    upload = WorkbookUpload.objects.create(
        municipality=policy.municipality, policy=policy, uploaded_by=by
    )
    UploadedFile.objects.bulk_create(_uploaded_file(upload, file) for file in files)
    record(
        by=by,
        verb="workbooks.uploaded",
        of=upload,
        changes={"files": [None, len(files)]},
        idempotency_key=idempotency_key,
    )
    _enqueue_upload(by, upload)
    return upload


def _uploaded_file(upload: WorkbookUpload, file: IncomingFile | UnreadableFile) -> UploadedFile:
    row = UploadedFile(municipality=upload.municipality, upload=upload, name=file.name[-200:])
    if isinstance(file, UnreadableFile):
        row.content, row.refusal, row.done_at = b"", file.why, timezone.now()
    else:
        row.content = file.content
    return row


def _enqueue_upload(by: User | None, upload: WorkbookUpload) -> None:
    person, language = by.pk if by else None, translation.get_language()
    process_upload.enqueue(upload=upload.pk, by=person, language=language)


@action
def resume_upload(*, by: User | None, upload: WorkbookUpload) -> None:
    """Let the background worker go on with the files that still wait. Raises Refused."""
    work = upload_progress(upload)
    if work.is_working:
        raise Refused(_("These files are being worked on already."))
    if work.done == work.total:
        raise Refused(_("All of these files were dealt with."))
    record(by=by, verb="workbooks.resumed", of=upload)
    _enqueue_upload(by, upload)


def upload_progress(upload: WorkbookUpload) -> JobProgress:
    """How far the background worker is with an upload; two queries."""
    counts = upload.files.aggregate(total=Count("pk"), done=Count("done_at"), alive=Max("done_at"))
    return job_progress(process_upload, upload=upload.pk, **counts)


@background()
def process_upload(*, upload: int, by: int | None, language: str | None) -> dict[str, str]:
    """Take back the files of an upload that wait, each for itself; what one brings is kept,
    whatever comes next.

    A file that fails for an unknown reason goes on waiting and stops no other one. Gives {"why":
    ""}. Safe to repeat.
    """
    row = WorkbookUpload.objects.select_related("policy__municipality").get(pk=upload)
    person = User.objects.filter(pk=by).first() if by else None
    waiting = list(row.files.filter(done_at=None).defer("content"))
    for file in waiting:
        share_parents(file, row)
    with translation.override(language):
        contents = ((file.name, bytes(file.content)) for file in waiting)
        for file, parsed in zip(waiting, read_workbooks(contents), strict=True):
            if parsed is not None:
                _merge_or_leave(person, file, parsed)
    return {"why": ""}


def _merge_or_leave(
    by: User | None, file: UploadedFile, parsed: ReturnedFile | UnreadableFile
) -> None:
    try:
        merge_uploaded_file(by=by, file=file, parsed=parsed)
    except Refused:
        pass  # another worker was faster
    except Exception:
        logger.exception("workbook %s was not taken back and waits", file.pk)


@action
def merge_uploaded_file(
    *, by: User | None, file: UploadedFile, parsed: ReturnedFile | UnreadableFile
) -> None:
    """Merge one file and keep what became of it, in one step; its content is then needed no
    more.

    Raises Refused for a file that was dealt with meanwhile.
    """
    waiting = (
        UploadedFile.objects.select_for_update().filter(pk=file.pk, done_at=None).defer("content")
    )
    if not waiting.first():
        raise Refused(_("All of these files were dealt with."))
    values: Values = {"content": b"", "done_at": timezone.now()}
    if isinstance(parsed, UnreadableFile):
        values["refusal"] = parsed.why
    else:
        values["came_before"] = ReturnedWorkbook.objects.filter(
            workbook__key=parsed.key, digest=parsed.digest
        ).exists()
        try:
            values["returned"] = merge_workbook(by=by, policy=file.upload.policy, file=parsed)
            values["counts"] = Counter(cell["state"] for cell in values["returned"].cells)
        except Refused as refusal:
            values["refusal"] = str(refusal)
    UploadedFile.objects.filter(pk=file.pk).update(**values)
    if why := values.get("refusal"):
        record(by=by, verb="workbook.refused", of=file, changes={"why": [None, why]})
