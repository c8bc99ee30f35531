"""What the desk says of a running policy's table: its statuses, and what it lacks this year."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.people.models import User
from splot.policy.models import Policy
from splot.policy.offers import GapLine, PolicyGaps

from .models import Target, TaskQuerySet, TaskResource
from .queries import counts_of, table_year, tasks_of
from .statuses import NOT_REPORTED, Status


def policy_gaps(user: User, policy: Policy, today: date) -> PolicyGaps:
    """The gaps of the table, in three queries."""
    year = table_year(policy, None, today)
    tasks = tasks_of(policy, year)
    counts = counts_of(tasks)
    table = reverse("table", args=[policy.municipality.slug, policy.term])
    lines = []
    if counts.total:
        gaps = _count_gaps(tasks, today)
        idle = policy.activities.exclude(pk__in=tasks.order_by().values("activities")).count()
        here = f"{table}?year={year}"
        address = [policy.municipality.slug, policy.term]
        lines = [
            (_late_sentence(counts[Status.LATE]), f"{here}&status={Status.LATE}"),
            (_overdue_sentence(gaps["overdue"]), f"{here}&gap=overdue"),
            (
                _unreported_sentence(counts[NOT_REPORTED], counts.total, year),
                f"{here}&status={NOT_REPORTED}",
            ),
            (_lacking_sentence(gaps["leader"], "leader"), f"{here}&gap=leader"),
            (_lacking_sentence(gaps["targets"], "targets"), f"{here}&gap=targets"),
            (_lacking_sentence(gaps["resources"], "resources"), f"{here}&gap=resources"),
            (_idle_sentence(idle, year), reverse("policy", args=address)),
        ]
    nothing_missing = _("Nothing is missing for %(year)s.") % {"year": year}
    return PolicyGaps(
        position=10,
        lines=[GapLine(sentence, url) for sentence, url in lines if sentence],
        above="implementation/_desk_statuses.html",
        complete=nothing_missing if counts.total else "",
        content={"counts": counts, "table": table},
    )


def _count_gaps(tasks: TaskQuerySet, today: date) -> dict[str, int]:
    """How many of the tasks lack what, by the names of GAPS."""
    marked = (
        tasks.order_by()
        .with_overdue(today)
        .annotate(
            lacks_targets=~Exists(Target.objects.filter(task=OuterRef("pk"))),
            lacks_resources=~Exists(TaskResource.objects.filter(task=OuterRef("pk"))),
        )
    )
    return marked.aggregate(
        overdue=Count("pk", filter=Q(is_overdue=True)),
        leader=Count("pk", filter=Q(leader=None)),
        targets=Count("pk", filter=Q(lacks_targets=True)),
        resources=Count("pk", filter=Q(lacks_resources=True)),
    )


def _late_sentence(number: int) -> str:
    sentence = ngettext("%(number)s task is late", "%(number)s tasks are late", number)
    return sentence % {"number": number} if number else ""


def _overdue_sentence(number: int) -> str:
    sentence = ngettext(
        "%(number)s task is past its due date", "%(number)s tasks are past their due date", number
    )
    return sentence % {"number": number} if number else ""


def _unreported_sentence(number: int, total: int, year: int) -> str:
    sentence = ngettext(
        "%(number)s of %(total)s tasks has no report for %(year)s",
        "%(number)s of %(total)s tasks have no report for %(year)s",
        number,
    )
    return sentence % {"number": number, "total": total, "year": year} if number else ""


def _lacking_sentence(number: int, what: str) -> str:
    sentence = {
        "leader": ngettext(
            "%(number)s task has nobody in charge", "%(number)s tasks have nobody in charge", number
        ),
        "targets": ngettext(
            "%(number)s task has no target", "%(number)s tasks have no target", number
        ),
        "resources": ngettext(
            "%(number)s task names no resources", "%(number)s tasks name no resources", number
        ),
    }
    return sentence[what] % {"number": number} if number else ""


def _idle_sentence(number: int, year: int) -> str:
    sentence = ngettext(
        "%(number)s activity has no task in %(year)s",
        "%(number)s activities have no task in %(year)s",
        number,
    )
    return sentence % {"number": number, "year": year} if number else ""
