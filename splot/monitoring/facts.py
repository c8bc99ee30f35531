"""The facts of a policy's year as plain values, before they are worded for a report.

Facts are JSON values and Texts; figures of indicators are strings ("7500.5"), days are ISO 8601,
statuses and units are codes. `serialise_facts` makes JSON of them and `deserialise_facts` reads
it; a published review keeps its own for ever.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch

from splot.core.languages import Text
from splot.core.values import Json
from splot.implementation.models import SensitiveGroup, StatusUpdate, Target, Task
from splot.implementation.queries import latest_updates_of_year, tasks_of
from splot.implementation.statuses import NOT_REPORTED, STATUS_LABELS
from splot.people.models import Organisation
from splot.people.queries import share_parents
from splot.policy.models import Activity, Area, Policy, Provision
from splot.policy.queries import areas_of, newest_version

from .figures import sum_people_reached
from .indicator_facts import indicator_facts
from .models import CorrectiveProposal, Review

Facts = Json


def facts_of(policy: Policy, year: int) -> Facts:
    """Everything the data say of a year, in at most 13 queries (`policy.municipality` is loaded
    already).

    A task that serves several areas stands in each of them and counts once in `counts`.
    """
    tasks = list(_tasks_of_year(policy, year))
    updates = latest_updates_of_year(tasks, year)
    activities = list(
        policy.activities.only("pk", "policy", "area", "number", "slug", "text", "position")
    )
    areas = list(areas_of(policy))
    number_of_area = {area.pk: area.number for area in areas}
    rows = []
    served: set[int] = set()  # activities that a task serves
    in_several_areas = without_activity = without_area = without_target = 0
    for task in tasks:
        numbers = sorted(number_of_area[key] for key in task.area_keys() & number_of_area.keys())
        rows.append({**_task_facts(task, updates.get(task.pk)), "areas": numbers})
        served.update(activity.pk for activity in task.activities.all())
        in_several_areas += len(numbers) > 1
        without_activity += not task.activities.all()
        without_area += not numbers
        without_target += not task.targets.all()
    return {
        "year": year,
        "municipality": {
            "name": policy.municipality.name or None,
            "slug": policy.municipality.slug,
            "is_demonstration": policy.municipality.is_demonstration,
        },
        "policy": _policy_facts(policy),
        "counts": {
            "activities": len(activities),
            "activities_with_tasks": len(served),
            "tasks": len(tasks),
            "statuses": _count_statuses(rows),
            "in_several_areas": in_several_areas,
            "without_activity": without_activity,
            "without_area": without_area,
            "without_target": without_target,
        },
        "areas": _area_facts(areas, activities, tasks, rows),
        "tasks": rows,
        "indicators": indicator_facts(tasks, year),
    }


def annual_report_facts(review: Review) -> Facts:
    """What a review says: its frozen facts once it is published, before that the data with the
    team's words.
    """
    if review.facts is not None:
        facts: Facts = deserialise_facts(review.facts)
        facts["municipality"].setdefault("is_demonstration", review.municipality.is_demonstration)
        return facts
    proposals = review.proposals.filter(is_withdrawn=False).select_related("activity", "task")
    return {
        **facts_of(review.policy, review.year),
        "assessment": review.assessment or None,
        "proposals": [_proposal_facts(proposal) for proposal in proposals],
        "publication": None,
    }


def annual_report_or_draft(policy: Policy, year: int) -> tuple[Facts, bool]:
    """The facts of a year and whether they are a draft: published, being written, or not begun."""
    review = policy.reviews.filter(kind=Review.Kind.ANNUAL, year=year).first()
    if review is None:
        return facts_of(policy, year), True
    return annual_report_facts(share_parents(review, policy)), not review.is_public


def serialise_facts(value: object) -> object:
    """Facts as JSON: a Text becomes the object that the database keeps of it."""
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, dict):
        return {key: serialise_facts(part) for key, part in value.items()}
    return [serialise_facts(part) for part in value] if isinstance(value, list) else value


def deserialise_facts(value: Any) -> Any:
    """Frozen facts as they were."""
    if isinstance(value, list):
        return [deserialise_facts(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "source" in value and "texts" in value:
        return Text.from_json(value)
    return {key: deserialise_facts(part) for key, part in value.items()}


def _tasks_of_year(policy: Policy, year: int) -> Iterable[Task]:
    return (
        tasks_of(policy, year)
        .select_related("lead", "leader")
        .prefetch_related(
            "partners",
            "groups",
            "resources",
            Prefetch("activities", Activity.objects.only("pk", "slug", "area")),
            Prefetch("targets", Target.objects.select_related("indicator")),
        )
        .order_by("number")
    )


def _policy_facts(policy: Policy) -> Facts:
    version = newest_version(policy)
    duty = policy.provisions.filter(kind=Provision.Kind.COUNCIL).first()
    return {
        "title": policy.title or None,
        "term": policy.term,
        "language": policy.language,
        "responsible": policy.responsible or None,
        "resolution": version
        and {
            "number": version.number,
            "body": version.body,
            "adopted_on": _format_day(version.adopted_on),
        },
        "duty": duty and {"number": duty.number, "text": duty.text or None},
    }


def _area_facts(
    areas: list[Area], activities: list[Activity], tasks: list[Task], rows: list[Facts]
) -> list[Facts]:
    activity_facts = _activity_facts_by_area(activities, tasks)
    facts_by_area = []
    for area in areas:
        own = [row for row in rows if area.number in row["areas"]]
        updates = [row["update"] for row in own if row["update"]]
        aims = [{"number": aim.number, "text": aim.text or None} for aim in area.aims.all()]
        facts_by_area.append(
            {
                "number": area.number,
                "name": area.name or None,
                "aims": aims,
                "tasks": len(own),
                "statuses": _count_statuses(own),
                "reached": sum_people_reached(updates),
                "without_reach": sum(update["reached"] is None for update in updates),
                "activities": activity_facts.get(area.pk, []),
                "other_tasks": [row["number"] for row in own if not row["activities"]],
            }
        )
    return facts_by_area


def _activity_facts_by_area(
    activities: list[Activity], tasks: list[Task]
) -> dict[int, list[Facts]]:
    """{area's key: its activities}, each with the numbers of the tasks that serve it."""
    numbers: dict[int, list[int]] = {}
    for task in tasks:
        for activity in task.activities.all():
            numbers.setdefault(activity.pk, []).append(task.number)
    facts_by_area: dict[int, list[Facts]] = {}
    for activity in activities:
        facts = {
            "number": activity.number,
            "slug": activity.slug,
            "text": activity.text or None,
            "tasks": numbers.get(activity.pk, []),
        }
        facts_by_area.setdefault(activity.area_id, []).append(facts)
    return facts_by_area


def _task_facts(task: Task, update: StatusUpdate | None) -> Facts:
    resources = [{"kind": row.kind, "text": row.text or None} for row in task.resources.all()]
    slugs = [activity.slug for activity in task.activities.all()]
    return {
        "number": task.number,
        "title": task.title or None,
        "activities": slugs,
        "lead": task.lead and task.lead.name,
        "partners": _names(task.partners.all()),
        "leader": task.leader.name if task.leader else "",
        "audience": task.audience or None,
        "groups": _names(task.groups.all()),
        "resources": resources,
        "timing": task.timing,
        "starts": _format_day(task.starts),
        "due": _format_day(task.due),
        "status": update.status if update else NOT_REPORTED,
        "update": update and _update_facts(update),
    }


def _names(rows: Iterable[Organisation | SensitiveGroup]) -> list[Text]:
    return [row.name for row in rows]


def _update_facts(update: StatusUpdate) -> Facts:
    return {
        "period": update.period,
        "said_on": _format_day(update.said_on),
        "narrative": update.narrative or None,
        "obstacles": update.obstacles or None,
        "reason": update.reason or None,
        "reached": update.reached,
        "reached_qualifier": update.reached_qualifier,
        "reached_unit": update.reached_unit,
    }


def _proposal_facts(row: CorrectiveProposal) -> Facts:
    return {
        "number": row.number,
        "text": row.text or None,
        "activity": row.activity.number if row.activity else None,
        "task": row.task.number if row.task else None,
        "disposition": row.disposition,
        "reason": row.reason or None,
    }


def _count_statuses(rows: list[Facts]) -> dict[str, int]:
    counts = Counter(row["status"] for row in rows)
    return {str(code): counts[code] for code in STATUS_LABELS}


def _format_day(value: date | None) -> str | None:
    return value.isoformat() if value else None
