"""A long file is taken over, or undone, by the background worker."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task as background

from splot.core.actions import Conflict, Refused, action, record
from splot.core.jobs import JobProgress, job_progress
from splot.core.values import Values
from splot.people.models import User
from splot.people.queries import share_parents
from splot.policy.models import Policy

from ..models import TableImport
from ..queries import PreparedImport, prepare_import, stored_plans_of
from .apply import apply_import, undo_import
from .saving import TableImportRefused, keep_plan

# rows that are written while a person waits; more are written in the background
MAX_ROWS_IN_REQUEST = 150


def prepare_with_progress(reading: TableImport) -> PreparedImport | None:
    """Work out all rows while others can still write, and say now and then how many are done; None
    where a plan is kept that is right.
    """

    def tell(rows: int) -> None:
        TableImport.objects.filter(pk=reading.pk).update(prepared=rows)

    if stored_plans_of(reading).exists():
        tell(reading.row_count)
        return None
    return prepare_import(reading, tell)


def import_progress(reading: TableImport) -> JobProgress:
    """The last work on a reading, with the rows that are worked out; one query."""
    total = 0 if reading.applied_at else reading.row_count
    broken = _("The work stopped without an answer. Nothing was written; you can start it again.")
    done = min(reading.prepared, total)
    return job_progress(run_import, reading=reading.pk, done=done, total=total, broken=broken)


@action
def enqueue_import(*, by: User | None, reading: TableImport, version: int, **asked: Any) -> None:
    """Let the background apply a long reading (`seen`) or undo it (`anyway`). Raises
    TableImportRefused, Conflict.
    """
    if import_progress(reading).is_working:
        raise TableImportRefused(_("This file is being worked on already."))
    if not TableImport.objects.filter(pk=reading.pk, version=version).update(prepared=0):
        raise Conflict(TableImport.objects.get(pk=reading.pk))
    keep_plan(reading)
    record(by=by, verb="reading.work_started", of=reading)
    person, language = by.pk if by else None, translation.get_language()
    run_import.enqueue(
        reading=reading.pk,
        version=version,
        asked=asked,
        by=person,
        language=language,
    )


@background()
def run_import(
    *,
    reading: int,
    version: int,
    asked: Values,
    by: int | None,
    language: str | None,
) -> dict[str, str]:
    """Apply or undo a reading. Gives {"why": what stood in the way, "" for nothing}; safe to
    repeat.
    """
    row = TableImport.objects.select_related("plan__policy__municipality").get(pk=reading)
    policy: Policy = row.plan.policy
    person = User.objects.filter(pk=by).first() if by else None
    share_parents(row, policy)
    with translation.override(language):
        try:
            if "seen" in asked:
                apply_import(
                    by=person,
                    reading=row,
                    version=version,
                    prepared=prepare_with_progress(row),
                    **asked,
                )
            else:
                undo_import(by=person, reading=row, version=version, **asked)
        except Refused as refusal:
            return {"why": str(refusal)}
        except Conflict:
            return {
                "why": _(
                    "Somebody else changed the choices meanwhile. Look at them, then start again."
                )
            }
    return {"why": ""}
