"""The desk: what waits for the person who signed in, in order, each line ending in the one thing to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.models import NOT_REPORTED, Status, Task
from splot.implementation.queries import counts_of, is_overdue, table_year, tasks_led_by, tasks_of
from splot.monitoring.queries import drafts_of
from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import is_coordinator, is_member
from splot.policy.queries import current_policy, open_readings


@page(is_member)
def desk(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    today = timezone.localdate()
    policy = current_policy(municipality)
    context = {"policy": policy, "is_coordinator": is_coordinator(request.user, municipality)}
    if policy:
        year = table_year(policy, None, today)
        mine = list(tasks_led_by(request.user, municipality).filter(policy=policy).running_in(year).with_status(year))
        context |= {"year": year, "groups": _in_order(mine, today), "mine": mine}
    if context["is_coordinator"]:
        context |= {"readings": open_readings(municipality)}
        if policy:
            context |= {
                "counts": counts_of(tasks_of(policy, year)),
                "without_leader": tasks_of(policy, year).filter(leader=None),
                "without_target": tasks_of(policy, year).filter(targets=None),
                "drafts": drafts_of(policy),
            }
    return render(request, "web/desk.html", context)


def _in_order(tasks: list[Task], today) -> list[tuple[str, list[Task]]]:
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
