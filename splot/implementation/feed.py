"""What happens in the table: people report on tasks."""

from collections.abc import Iterator
from functools import cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.changes.offers import ChangeKind, FeedSources, Happening
from splot.core.derived_tables import RowSource
from splot.core.interface_texts import interface_text
from splot.core.languages import Text

from .models import StatusUpdate, Task
from .statuses import STATUS_LABELS

PROGRESS = "progress"


def feed_sources() -> FeedSources:
    return FeedSources(
        kinds=[ChangeKind(PROGRESS, _("Progress of a task"))],
        sources=[RowSource(StatusUpdate, _reports)],
    )


def _reports(rows: QuerySet[StatusUpdate]) -> Iterator[Happening]:
    needed = ("status", "created_at", "municipality__slug", "task__lead__name")
    for update in rows.select_related("municipality", "task__lead").only(*needed):
        lead = update.task.lead
        yield Happening(
            row=update,
            kind=PROGRESS,
            subject=(Task, update.task_id),
            at=update.created_at,
            who=lead.name if lead else Text(),
            detail=_status_label(update.status),
            look=update.look,
        )


@cache
def _status_label(status: str) -> Text:
    """A status in the words of every language."""
    return interface_text(lambda: str(STATUS_LABELS[status]))
