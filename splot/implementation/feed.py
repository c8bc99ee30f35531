"""What happens in the table: people report on tasks."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.changes.offers import ChangeKind, FeedSources, Happening
from splot.core.derived_tables import RowSource
from splot.core.interface_texts import interface_text
from splot.core.languages import Text

from .models import StatusUpdate, Task

PROGRESS = "progress"


def feed_sources() -> FeedSources:
    return FeedSources(
        kinds=[ChangeKind(PROGRESS, _("Progress of a task"))],
        sources=[RowSource(StatusUpdate, _reports)],
    )


def _reports(rows: QuerySet[StatusUpdate]) -> Iterator[Happening]:
    for update in rows.select_related("municipality", "task__lead"):
        lead = update.task.lead
        yield Happening(
            row=update,
            kind=PROGRESS,
            subject=(Task, update.task_id),
            at=update.created_at,
            who=lead.name if lead else Text(),
            detail=interface_text(partial(_status_label, update)),
            look=update.look,
        )


def _status_label(update: StatusUpdate) -> str:
    return str(update.get_status_display())
