"""Reads about the table that join, count or serve several pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.translation import gettext_lazy

from splot.core.values import Values
from splot.people.models import Municipality
from splot.people.queries import within
from splot.policy.models import Activity, Area, Policy
from splot.policy.queries import areas_of, policy_of
from splot.search.queries import keys_of_rows_with, searched_words

from .columns import COLUMN_BY_CODE, MODEL_COLUMNS
from .models import (
    ImplementationPlan,
    PartnerRole,
    SensitiveGroup,
    StatusUpdate,
    Target,
    Task,
    TaskQuerySet,
    Window,
)
from .statuses import NOT_REPORTED, STATUS_LABELS, status_segments

NO_AREA = "none"  # as an address asks for the tasks outside the areas
# What a row of the table can lack, by the name of the relation; the due date can be past.
GAPS = {
    "leader": gettext_lazy("person in charge"),
    "resources": gettext_lazy("resources"),
    "targets": gettext_lazy("indicator with a target"),
    "overdue": gettext_lazy("past the due date"),
}


@dataclass(frozen=True)
class StatusCounts:
    """How many tasks have which status in a year; silence is counted apart.

    `counts` is {status: number} for every status, NOT_REPORTED included.
    """

    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def reported(self) -> int:
        return self.total - self.counts[NOT_REPORTED]

    @property
    def segments(self) -> list[tuple[str, str, int]]:
        """(look, label, number) in the order of a status bar."""
        return status_segments(self.counts)

    def __getitem__(self, status: str) -> int:
        return self.counts[status]

    @classmethod
    def of(cls, statuses: Iterable[tuple[str, int]]) -> "StatusCounts":
        counts = dict.fromkeys(STATUS_LABELS, 0)
        for status, number in statuses:
            counts[status] += number
        return cls(counts)


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


def table_year(policy: Policy, asked: str | None, today: date) -> int:
    """The year a page is about: the one asked for if the term has it, else today's, kept inside the
    term.
    """
    if asked and asked in map(str, policy.years):
        return int(asked)
    return min(max(today.year, policy.starts), policy.ends)


def year_choices(policy: Policy, current: int) -> list[dict[str, object]]:
    """The years of the term, to choose from; none when there is only one."""
    years = policy.years if len(policy.years) > 1 else ()
    return [
        {"label": str(year), "url": f"?year={year}", "current": year == current} for year in years
    ]


def tasks_of(policy: Policy, year: int) -> TaskQuerySet:
    """The tasks of a year with their status in that year."""
    return Task.objects.filter(policy=policy).current().running_in(year).with_status(year)


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
        if not words:  # signs alone
            tasks = tasks.none()
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


# "status" is no field of a task: queries add it.
STATUS_ALONE: list[str] = ["status"]


@dataclass(frozen=True)
class AreaCounts:
    """The counts of a year: each area's, those of the tasks outside the areas, and of all tasks.

    A task that serves two areas counts in both, and once in all.
    """

    areas: list[tuple[Area, StatusCounts]]
    outside: StatusCounts
    together: StatusCounts


def counts_by_area(policy: Policy, year: int) -> AreaCounts:
    """The counts of every area of a policy, in two queries beside that of the areas."""
    tasks = tasks_of(policy, year).order_by()
    is_present = {"activities__is_dropped": False}
    served = tasks.filter(**is_present).values_list("activities__area__number", *STATUS_ALONE)
    others = tasks.filter(~Exists(Activity.objects.filter(tasks=OuterRef("pk"))))
    own = Case(When(area__is_dropped=False, then=F("area__number")))
    rows = others.annotate(own_area=own).values_list("own_area", *STATUS_ALONE)
    number = Count("pk", distinct=True)
    counts: dict[int | None, StatusCounts] = {}
    for area, status, tasks_counted in served.annotate(n=number).union(
        rows.annotate(n=number), all=True
    ):
        counts.setdefault(area, StatusCounts.of([])).counts[status] += tasks_counted
    empty = StatusCounts.of([])
    return AreaCounts(
        areas=[(area, counts.get(area.number, empty)) for area in areas_of(policy)],
        outside=counts.get(None, empty),
        together=counts_of(tasks),
    )


def counts_of(tasks: "QuerySet[Task]") -> StatusCounts:
    """Counts of tasks that carry a `status`, each task once."""
    rows = tasks.order_by().values_list(*STATUS_ALONE).annotate(number=Count("pk", distinct=True))
    return StatusCounts.of(rows)


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


def group_of(municipality: Municipality, number: int) -> SensitiveGroup:
    """A sensitive group of the municipality by its number in the address, or 404."""
    return within(municipality, SensitiveGroup.objects.all(), pk=number)


def plan_of(policy: Policy) -> ImplementationPlan | None:
    """The newest table of the policy."""
    return policy.plans.first()


def lock_table(plan: ImplementationPlan) -> None:
    """Let nobody else number or write many rows of this table until the transaction ends."""
    ImplementationPlan.objects.select_for_update().get(pk=plan.pk)
