"""The policy for its readers: what was promised, and how far it is."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from splot.implementation.models import Task
from splot.implementation.queries import (
    StatusCounts,
    counts_by_area,
    latest_updates_of_year,
    table_year,
    tasks_of,
    year_choices,
)
from splot.implementation.rules import can_edit_table
from splot.implementation.statuses import STATUS_LABELS
from splot.people.door import page
from splot.policy.models import Activity, Area, Policy
from splot.policy.queries import activity_of, area_of, newest_version, policy_of
from splot.policy.rules import can_edit_policy, can_read_part, can_read_policy, can_write_policy


@page(can_read_policy, find=policy_of, public=True, query=("year",))
def policy_page(request: HttpRequest, policy: Policy) -> HttpResponse:
    year = table_year(policy, request.GET.get("year"), timezone.localdate())
    context = {
        "policy": policy,
        "year": year,
        "years": year_choices(policy, year),
        "version": newest_version(policy),
        "counts": counts_by_area(policy, year),
        "provisions": _by_kind(policy),
        "values": policy.values.all(),
        "can_write": can_write_policy(request.user, policy),
        "general_aims": policy.aims.filter(area=None),
        "can_edit": can_edit_policy(request.user, policy),
    }
    return render(request, "implementation/policy.html", context)


def _by_kind(policy: Policy) -> dict[str, list]:
    kinds: dict[str, list] = defaultdict(list)
    for provision in policy.provisions.all():
        kinds[provision.kind].append(provision)
    return dict(kinds)


@page(can_read_part, find=area_of, public=True, query=("year",))
def area_page(request: HttpRequest, area: Area) -> HttpResponse:
    year = table_year(area.policy, request.GET.get("year"), timezone.localdate())
    tasks = list(tasks_of(area.policy, year).in_area(area).prefetch_related("activities"))
    by_activity: dict[int, list[Task]] = defaultdict(list)
    counts = dict.fromkeys(STATUS_LABELS, 0)
    others = []
    for task in tasks:
        counts[task.status] += 1
        if not task.activities.all():
            others.append(task)
        for activity in task.activities.all():
            by_activity[activity.pk].append(task)
    context = {
        "area": area,
        "policy": area.policy,
        "year": year,
        "years": year_choices(area.policy, year),
        "aims": area.aims.all(),
        "activities": [(activity, by_activity[activity.pk]) for activity in area.activities.all()],
        "others": others,
        "counts": StatusCounts(counts),
        "neighbours": list(area.policy.areas.all()),
        "can_edit": can_edit_policy(request.user, area),
    }
    return render(request, "implementation/area.html", context)


@page(can_read_part, find=activity_of, public=True, query=("year",))
def activity_page(request: HttpRequest, activity: Activity) -> HttpResponse:
    match = request.resolver_match
    if match and activity.slug != match.kwargs["slug"] and not activity.is_dropped:
        return redirect("activity", activity.municipality.slug, activity.policy.term, activity.slug)
    year = table_year(activity.policy, request.GET.get("year"), timezone.localdate())
    tasks = list(tasks_of(activity.policy, year).filter(activities=activity).with_institutions())
    latest = latest_updates_of_year(tasks, year)
    context = {
        "activity": activity,
        "policy": activity.policy,
        "year": year,
        "years": year_choices(activity.policy, year),
        "tasks": [(task, latest.get(task.pk)) for task in tasks],
        "can_edit": can_edit_table(request.user, activity),
    }
    return render(request, "implementation/activity.html", context)
