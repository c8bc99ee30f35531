"""What happens in the table: people report on tasks."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone
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
            at=_moment_of(update),
            who=lead.name if lead else Text(),
            detail=interface_text(partial(_status_label, update)),
            look=update.look,
        )


def _status_label(update: StatusUpdate) -> str:
    return str(update.get_status_display())


def _moment_of(update: StatusUpdate) -> datetime:
    """When it was kept; of what was said on an earlier day the beginning of that day."""
    kept = timezone.localtime(update.created_at)
    if update.said_on == kept.date():
        return kept
    return timezone.make_aware(datetime.combine(update.said_on, time.min))
