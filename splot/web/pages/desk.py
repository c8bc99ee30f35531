"""The desk: what waits for the person who signed in, in order, each line ending in the one thing to
do.
"""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.implementation.models import Task
from splot.implementation.queries import (
    counts_of,
    is_overdue,
    table_year,
    tasks_lacking,
    tasks_led_by,
    tasks_of,
)
from splot.implementation.statuses import FINISHED, NOT_REPORTED, Status
from splot.monitoring.queries import draft_reviews
from splot.monitoring.rules import can_edit_review
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.rules import can_open_desk, can_read_drafts
from splot.policy.models import Policy
from splot.policy.queries import (
    open_act_imports,
    open_amendments,
    running_policies,
    unpublished_policies,
)
from splot.policy.rules import can_import_policy, can_translate_policy


@page(can_open_desk)
def desk(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    today = timezone.localdate()
    running = running_policies(municipality)
    mine = [task for policy in running for task in _tasks_of(request, policy, today)]
    led = {task.policy_id for task in mine}
    awaited = [policy for policy in running if policy.pk in led]
    context: dict[str, object] = {"groups": _group_by_urgency(mine, today), "awaited": awaited}
    if can_read_drafts(request.user, municipality):
        context |= {
            "is_staff": True,
            "is_writer": can_translate_policy(request.user, municipality),
            "unpublished": [*unpublished_policies(municipality), *open_amendments(municipality)],
            "running": [_policy_gaps(policy, today, request) for policy in running],
        }
    if can_import_policy(request.user, municipality):
        context |= {"is_coordinator": True, "readings": open_act_imports(municipality)}
    return render(request, "web/desk.html", context)


def _tasks_of(request: SignedInRequest, policy: Policy, today: date) -> list[Task]:
    """The person's tasks in a policy, each with the year that it is asked about."""
    year = table_year(policy, None, today)
    tasks = tasks_led_by(request.user, policy).running_in(year).with_status(year)
    for task in tasks:
        task.year = year
    return list(tasks)


def _policy_gaps(policy: Policy, today: date, request: SignedInRequest) -> dict[str, object]:
    """What a policy's table and reports lack this year, the most urgent first: (sentence, address)
    each.
    """
    year = table_year(policy, None, today)
    place = [policy.municipality.slug, policy.term]
    tasks = tasks_of(policy, year)
    counts, table = counts_of(tasks), reverse("table", args=place)
    idle = policy.activities.exclude(pk__in=tasks.order_by().values("activities")).count()
    found = [
        (_late_sentence(counts[Status.LATE]), f"{table}?year={year}&status={Status.LATE}"),
        (
            _overdue_sentence(tasks_lacking(tasks, "overdue").count()),
            f"{table}?year={year}&gap=overdue",
        ),
        (
            _unreported_sentence(counts[NOT_REPORTED], counts.total, year),
            f"{table}?year={year}&status={NOT_REPORTED}",
        ),
        (
            _lacking_sentence(tasks.filter(leader=None).count(), "leader"),
            f"{table}?year={year}&gap=leader",
        ),
        (
            _lacking_sentence(tasks.filter(targets=None).count(), "targets"),
            f"{table}?year={year}&gap=targets",
        ),
        (
            _lacking_sentence(tasks.filter(resources=None).count(), "resources"),
            f"{table}?year={year}&gap=resources",
        ),
        (_idle_sentence(idle, year) if counts.total else "", reverse("policy", args=place)),
    ]
    draft = "edit_report" if can_edit_review(request.user, policy) else "report"
    found += [
        (
            _("The report for %(year)s is a draft") % {"year": review.year},
            reverse(draft, args=[*place, review.year]),
        )
        for review in draft_reviews(policy)
    ]
    lines = [(sentence, address) for sentence, address in found if sentence]
    return {
        "policy": policy,
        "year": year,
        "counts": counts,
        "lines": lines,
        "has_table": counts.total,
    }


def _late_sentence(number: int) -> str:
    words = ngettext("%(number)s task is late", "%(number)s tasks are late", number)
    return words % {"number": number} if number else ""


def _overdue_sentence(number: int) -> str:
    words = ngettext(
        "%(number)s task is past its due date", "%(number)s tasks are past their due date", number
    )
    return words % {"number": number} if number else ""


def _unreported_sentence(number: int, total: int, year: int) -> str:
    words = ngettext(
        "%(number)s of %(total)s tasks has no report for %(year)s",
        "%(number)s of %(total)s tasks have no report for %(year)s",
        number,
    )
    return words % {"number": number, "total": total, "year": year} if number else ""


def _lacking_sentence(number: int, what: str) -> str:
    words = {
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
    return words[what] % {"number": number} if number else ""


def _idle_sentence(number: int, year: int) -> str:
    words = ngettext(
        "%(number)s activity has no task in %(year)s",
        "%(number)s activities have no task in %(year)s",
        number,
    )
    return words % {"number": number, "year": year} if number else ""


def _group_by_urgency(tasks: list[Task], today: date) -> list[tuple[str, list[Task]]]:
    """Overdue first, then silence, then the rest, then what is finished."""
    groups: dict[str, list[Task]] = {"overdue": [], "unreported": [], "running": [], "finished": []}
    for task in tasks:
        if is_overdue(task, task.status, today):
            groups["overdue"].append(task)
        elif task.status == NOT_REPORTED:
            groups["unreported"].append(task)
        elif task.status in FINISHED:
            groups["finished"].append(task)
        else:
            groups["running"].append(task)
    return [(name, rows) for name, rows in groups.items() if rows]
