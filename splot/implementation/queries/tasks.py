"""The tasks of a year or by their numbers, and their rows with all that the cells show."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from splot.people.models import Municipality
from splot.people.queries import within
from splot.policy.models import Activity, Policy
from splot.policy.queries import policy_of

from ..columns import COLUMN_BY_CODE, MODEL_COLUMNS
from ..models import PartnerRole, StatusUpdate, Target, Task, TaskQuerySet, Window


def tasks_of(policy: Policy, year: int) -> TaskQuerySet:
    """The tasks of a year with their status in that year."""
    return Task.objects.filter(policy=policy).current().running_in(year).with_status(year)


# How related rows are fetched with their tasks, where more than the rows themselves is needed.
RELATED_ROWS: dict[str, QuerySet] = {
    "activities": Activity.objects.select_related("area").order_by("area__number", "position"),
    "targets": Target.objects.select_related("indicator"),
    "depends_on": Task.objects.only("number"),
}
# Few tasks have these, so they are read only where a row says that it has some.
RARE_LINES = {
    "windows": Exists(Window.objects.filter(task=OuterRef("pk"))),
    "partner_roles": Exists(PartnerRole.objects.filter(task=OuterRef("pk"))),
}


def with_cells(tasks: "QuerySet[Task]", codes: Iterable[str] = MODEL_COLUMNS) -> list[Task]:
    """Rows with everything that their cells show, in a number of queries that does not grow with
    the rows. Their activities come always, for the groups.
    """
    names = {"activities"}
    for code in codes:
        names.update(COLUMN_BY_CODE[code].related)
    rare = [name for name in RARE_LINES if name in names]
    lists = [Prefetch(name, RELATED_ROWS[name]) for name in names & RELATED_ROWS.keys()]
    others = sorted(names - RELATED_ROWS.keys() - RARE_LINES.keys())
    tasks = tasks.annotate(**{f"has_{name}": RARE_LINES[name] for name in rare})
    rows = list(tasks.select_related("lead", "leader", "area").prefetch_related(*lists, *others))
    for name in rare:
        _prefetch_rare_lines(rows, name)
    return rows


def _prefetch_rare_lines(tasks: list[Task], name: str) -> None:
    """Read lines that few tasks have, unless none of these has any."""
    having = []
    for task in tasks:
        if getattr(task, f"has_{name}"):
            having.append(task)
        else:
            task.attached = {**task.attached, name: []}
    prefetch_related_objects(having, name)


def task_of(municipality: Municipality, term: str, number: int) -> Task:
    """A task by its number in the policy, or 404."""
    tasks = Task.objects.select_related("lead", "leader", "area", "plan")
    return within(policy_of(municipality, term), tasks, number=number)


def table_rows_by_number(policy: Policy, numbers: Iterable[int]) -> list[Task]:
    """The rows of a policy's table with these numbers, also those that were taken off it, in their
    order.
    """
    return list(Task.objects.filter(policy=policy, number__in=list(numbers)))


def latest_updates_of_year(tasks: Iterable[Task], year: int) -> dict[int, StatusUpdate]:
    """{task's key: the latest update on it in the year}, in one query."""
    updates = StatusUpdate.objects.filter(task__in=[task.pk for task in tasks], year=year)
    return updates.select_related("said_by").latest_by_task()
