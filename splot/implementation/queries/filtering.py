"""Which rows of the table somebody asked to see, and in which order."""

from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.translation import gettext_lazy

from splot.core.values import Values
from splot.policy.models import Policy
from splot.search.queries import keys_of_rows_with, searched_words

from ..models import Task, TaskQuerySet
from ..statuses import STATUS_LABELS
from .tasks import tasks_of

NO_AREA = "none"  # as an address asks for the tasks outside the areas
# What a row of the table can lack, by the name of the relation; the due date can be past.
GAPS = {
    "leader": gettext_lazy("person in charge"),
    "resources": gettext_lazy("resources"),
    "targets": gettext_lazy("indicator with a target"),
    "overdue": gettext_lazy("past the due date"),
}


@dataclass(frozen=True)
class TableFilter:
    """What a reader asked to see of the table; everything empty shows all."""

    year: int
    area: str = ""
    organisation: str = ""
    status: str = ""
    group: str = ""
    words: str = ""
    gap: str = ""
    by: str = "area"

    @property
    def is_narrowed(self) -> bool:
        return any((self.area, self.organisation, self.status, self.group, self.words, self.gap))


def filter_tasks(policy: Policy, wanted: TableFilter) -> TaskQuerySet:
    """The rows that a table page shows, ordered by area, activity and number, without repeats."""
    tasks = tasks_of(policy, wanted.year)
    tasks = _tasks_of_area(policy, tasks, wanted.area)
    if (organisation := _parse_key(wanted.organisation)) is not None:
        tasks = tasks.of_institution(organisation)
    if (group := _parse_key(wanted.group)) is not None:
        tasks = tasks.filter(groups=group)
    if wanted.status in STATUS_LABELS:
        tasks = tasks.filter(Q(status=wanted.status))
    if wanted.gap in GAPS:
        tasks = tasks_lacking(tasks, wanted.gap)
    if wanted.words:
        words = searched_words(wanted.words)
        tasks = tasks.filter(pk__in=keys_of_rows_with(Task, policy.scope, words))
    if wanted.group:
        # each once
        tasks = Task.objects.filter(pk__in=tasks.order_by().values("pk")).with_status(wanted.year)
    if wanted.by == "group":  # a task stands in each of its groups
        added: Values = {"group_key": F("groups")}
        tasks = tasks.annotate(**added)
        if group is not None:
            tasks = tasks.filter(Q(group_key=group))
    return tasks.order_by(*ORDERS[wanted.by])


# How the rows can be grouped, and the order that keeps each group together.
ORDERS: dict[str, list[str | OrderBy]] = {
    "area": ["table_position", "number"],
    "organisation": [F("lead").asc(nulls_last=True), "table_position", "number"],
    "leader": [F("leader__name").asc(nulls_last=True), "leader", "table_position", "number"],
    "group": [F("group_key").asc(nulls_last=True), "table_position", "number"],
    "month": [F("due").asc(nulls_last=True), "table_position", "number"],
    "priority": [F("priority").asc(nulls_last=True), "table_position", "number"],
}


GROUPINGS = {
    "area": gettext_lazy("by area"),
    "organisation": gettext_lazy("by institution"),
    "leader": gettext_lazy("by person in charge"),
    "group": gettext_lazy("by sensitive group"),
    "month": gettext_lazy("by month"),
    "priority": gettext_lazy("by priority"),
}


def tasks_lacking(tasks: TaskQuerySet, gap: str) -> TaskQuerySet:
    """The tasks that lack what one of GAPS names."""
    if gap == "overdue":
        return tasks.with_overdue(timezone.localdate()).filter(Q(is_overdue=True))
    return tasks.filter(**{gap: None})


def _tasks_of_area(policy: Policy, tasks: TaskQuerySet, asked: str) -> TaskQuerySet:
    """The tasks of the area with this number, or of none."""
    if asked == NO_AREA:
        return tasks.in_no_area()
    number = _parse_key(asked)
    if number is None:
        return tasks
    area = policy.areas.filter(number=number).first()
    return tasks.in_area(area) if area else tasks.none()


def _parse_key(asked: str) -> int | None:
    """A key from an address, if it can be one."""
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def filter_options(policy: Policy) -> dict[str, list[tuple[int, str]]]:
    """What the table can be narrowed to: areas by number, institutions and groups by name. One
    query for all.
    """
    municipality = policy.municipality
    lists = {
        "area": policy.areas.values_list(Value("area"), "number", "name"),
        "organisation": municipality.organisations.values_list(Value("organisation"), "pk", "name"),
        "group": municipality.sensitive_groups.values_list(Value("group"), "pk", "name"),
    }
    first, *others = [rows.order_by() for rows in lists.values()]
    options: dict[str, list[tuple[int, str]]] = {kind: [] for kind in lists}
    for kind, key, name in first.union(*others, all=True):
        options[kind].append((key, str(name)))
    for rows in options.values():
        rows.sort(key=lambda row: row[1].lower())
    options["area"].sort()
    return options
