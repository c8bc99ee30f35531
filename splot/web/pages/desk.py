"""The desk: what waits for the person who signed in, in order, each line ending in the one thing to do."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.models import NOT_REPORTED, Status, Task
from splot.implementation.queries import counts_of, is_overdue, table_year, tasks_led_by, tasks_of
from splot.monitoring.queries import drafts_of
from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import is_coordinator, is_member
from splot.policy.models import Policy
from splot.policy.queries import open_readings, running_policies, unpublished_policies


@page(is_member)
def desk(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    today = timezone.localdate()
    running = running_policies(municipality)
    mine = [task for policy in running for task in _tasks_of(request, policy, today)]
    context: dict[str, Any] = {"groups": _in_order(mine, today)}
    if is_coordinator(request.user, municipality):
        context |= {
            "is_coordinator": True,
            "readings": open_readings(municipality),
            "unpublished": unpublished_policies(municipality),
            "running": [_gaps(policy, today) for policy in running],
        }
    return render(request, "web/desk.html", context)


def _tasks_of(request: HttpRequest, policy: Policy, today: date) -> list[Task]:
    """The person's tasks in a policy, each with the year that it is asked about."""
    year = table_year(policy, None, today)
    tasks = tasks_led_by(request.user, policy).running_in(year).with_status(year)
    for task in tasks:
        task.year = year
    return list(tasks)


def _gaps(policy: Policy, today: date) -> dict[str, Any]:
    """What a policy's table still lacks this year."""
    year = table_year(policy, None, today)
    tasks = tasks_of(policy, year)
    return {
        "policy": policy,
        "year": year,
        "counts": counts_of(tasks),
        "without_leader": tasks.filter(leader=None),
        "without_target": tasks.filter(targets=None),
        "drafts": drafts_of(policy),
    }


def _in_order(tasks: list[Task], today: date) -> list[tuple[str, list[Task]]]:
    """Overdue first, then silence, then the rest, then what is finished."""
    groups: dict[str, list[Task]] = {"overdue": [], "unreported": [], "running": [], "finished": []}
    for task in tasks:
        if is_overdue(task, task.status, today):
            groups["overdue"].append(task)
        elif task.status == NOT_REPORTED:
            groups["unreported"].append(task)
        elif task.status in (Status.DONE, Status.ABANDONED):
            groups["finished"].append(task)
        else:
            groups["running"].append(task)
    return [(name, rows) for name, rows in groups.items() if rows]
