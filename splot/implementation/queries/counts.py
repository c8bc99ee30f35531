"""How many tasks of a year have which status: of an area, outside the areas, and together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, When

from splot.policy.models import Activity, Area, Policy
from splot.policy.queries import areas_of

from ..models import Task
from ..statuses import NOT_REPORTED, STATUS_LABELS, status_segments
from .tasks import tasks_of


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
