"""Reads about a task's reports: their history and the files beside them."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from splot.implementation.models import StatusUpdate, Task
from splot.implementation.queries import task_of
from splot.people.models import Municipality, PersonalLink, User
from splot.people.queries import within
from splot.policy.models import Policy

from .models import Attachment, ReportDraft


def attachment_of(municipality: Municipality, term: str, number: int, file: int) -> Attachment:
    """A file beside a task, by the task's number and its own, or 404."""
    return within(task_of(municipality, term, number), Attachment.objects.all(), pk=file)


def status_history_of(task: Task) -> "QuerySet[StatusUpdate]":
    """Everything said of a task, the latest period first, corrections above what they correct."""
    return task.updates.select_related("said_by", "said_for").prefetch_related(
        Prefetch("attachments", Attachment.objects.defer("content"))
    )


def tasks_by_key(municipality: Municipality, keys: Iterable[int]) -> dict[int, Task]:
    """{key: task} of those of the municipality, archived ones and other people's among them."""
    tasks = Task.objects.filter(municipality=municipality, pk__in=list(keys))
    return {task.pk: task for task in tasks.select_related("policy", "plan")}


def drafts_written(user: User | None, link: PersonalLink | None = None) -> "QuerySet[ReportDraft]":
    """What a person has begun to write, with their account or with their own links; what stands
    behind a link is only what was written with a link of its owner.
    """
    drafts = ReportDraft.objects.order_by("-saved_at", "-pk")
    if link is None:
        if user is None:  # the drafts of institutions belong to no account either
            return drafts.none()
        return drafts.filter(Q(user=user) | Q(link__user=user))
    if link.user_id:
        return drafts.filter(municipality=link.municipality, link__user=link.user_id)
    return drafts.filter(link__organisation=link.organisation_id)


def policies_with_drafts(user: User, municipality: Municipality) -> "QuerySet[Policy]":
    """The policies of whose tasks a person has begun to write, with the number of `drafts`."""
    drafts = drafts_written(user).filter(municipality=municipality).order_by()
    counted = Count("tasks__drafts", filter=Q(tasks__drafts__in=drafts))
    policies = Policy.objects.filter(tasks__drafts__in=drafts).annotate(drafts=counted)
    return policies.only("term").order_by("term")


def draft_to_go_on_with(
    drafts: Iterable[ReportDraft], period: str, *, or_any: bool = False
) -> ReportDraft | None:
    """The draft that a form for a period begins with: what was written with the account comes
    before what was written with a link; with `or_any` also one for another period.
    """
    fitting = [draft for draft in drafts if draft.period == period or or_any]
    fitting.sort(key=lambda draft: (draft.period != period, draft.user_id is None))
    return fitting[0] if fitting else None


def report_address(task: Task, period: str) -> str:
    """The page on which a task's report for a period is written."""
    address = [task.municipality.slug, task.policy.term, task.number]
    return f"{reverse('report_progress', args=address)}?period={period}"
