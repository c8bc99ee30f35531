"""Reads about a task's reports: their history and the files beside them."""

from django.db.models import Prefetch, QuerySet

from splot.implementation.models import StatusUpdate, Task
from splot.implementation.queries import task_of
from splot.people.models import Municipality, PersonalLink, User
from splot.people.queries import within

from .models import Attachment, ReportDraft


def attachment_of(municipality: Municipality, term: str, number: int, file: int) -> Attachment:
    """A file beside a task, by the task's number and its own, or 404."""
    return within(task_of(municipality, term, number), Attachment.objects.all(), pk=file)


def status_history_of(task: Task) -> "QuerySet[StatusUpdate]":
    """Everything said of a task, the latest period first, corrections above what they correct."""
    return task.updates.select_related("said_by", "said_for").prefetch_related(
        Prefetch("attachments", Attachment.objects.defer("content"))
    )


def draft_of(
    task: Task, period: str, *, user: User | None, link: PersonalLink | None = None
) -> ReportDraft | None:
    """What this person has begun to write of a task for a period."""
    return task.drafts.filter(period=period, **({"link": link} if link else {"user": user})).first()
