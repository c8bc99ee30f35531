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


def prepare_with_progress(table_import: TableImport) -> PreparedImport | None:
    """Work out all rows while others can still write, and say now and then how many are done; None
    where a plan is kept that is right.
    """

    def tell(rows: int) -> None:
        TableImport.objects.filter(pk=table_import.pk).update(prepared=rows)

    if stored_plans_of(table_import).exists():
        tell(table_import.row_count)
        return None
    return prepare_import(table_import, tell)


def import_progress(table_import: TableImport) -> JobProgress:
    """The last work on an import, with the rows that are worked out; one query."""
    total = 0 if table_import.applied_at else table_import.row_count
    broken = _("The work stopped without an answer. Nothing was written; you can start it again.")
    done = min(table_import.prepared, total)
    return job_progress(
        run_import, table_import=table_import.pk, done=done, total=total, broken=broken
    )


@action
def enqueue_import(
    *, by: User | None, table_import: TableImport, version: int, **arguments: Any
) -> None:
    """Let the background worker apply a long import (`seen`) or undo it (`anyway`). Raises
    TableImportRefused, Conflict.
    """
    if import_progress(table_import).is_working:
        raise TableImportRefused(_("This file is being worked on already."))
    if not TableImport.objects.filter(pk=table_import.pk, version=version).update(prepared=0):
        raise Conflict(TableImport.objects.get(pk=table_import.pk))
    keep_plan(table_import)
    record(by=by, verb="table_import.enqueued", of=table_import)
    person, language = by.pk if by else None, translation.get_language()
    run_import.enqueue(
        table_import=table_import.pk,
        version=version,
        arguments=arguments,
        by=person,
        language=language,
    )


@background()
def run_import(
    *,
    table_import: int,
    version: int,
    arguments: Values,
    by: int | None,
    language: str | None,
) -> dict[str, str]:
    """Apply or undo an import. Gives {"why": what stood in the way, "" for nothing}; safe to
    repeat.
    """
    row = TableImport.objects.select_related("plan__policy__municipality").get(pk=table_import)
    policy: Policy = row.plan.policy
    person = User.objects.filter(pk=by).first() if by else None
    share_parents(row, policy)
    with translation.override(language):
        try:
            if "seen" in arguments:
                apply_import(
                    by=person,
                    table_import=row,
                    version=version,
                    prepared=prepare_with_progress(row),
                    **arguments,
                )
            else:
                undo_import(by=person, table_import=row, version=version, **arguments)
        except Refused as refusal:
            return {"why": str(refusal)}
        except Conflict:
            return {
                "why": _(
                    "Somebody else changed the choices meanwhile. Look at them, then start again."
                )
            }
    return {"why": ""}
