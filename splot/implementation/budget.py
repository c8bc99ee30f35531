"""Sums of the table's money. They never mix currencies, years or figures, and say what is missing
from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from splot.core.values import Json
from splot.policy.models import Policy

from .columns import MONEY_FIGURES
from .models import BudgetLine, Task, TaskQuerySet, TaskResource


@dataclass
class SourceSums:
    """The sums of one source; None where nobody gave a figure. `unknown` counts the lines without
    each figure.
    """

    label: str
    lines: int
    sums: dict[str, Decimal | None] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)


@dataclass
class YearBudget:
    """One year in one currency; `year` is None for money that nobody put into a year."""

    year: int | None
    currency: str
    sources: list[SourceSums] = field(default_factory=list)

    def total(self, figure: str) -> Decimal | None:
        total: Decimal | None = None
        for source in self.sources:
            amount = source.sums[figure]
            if amount is not None:
                total = amount if total is None else total + amount
        return total

    @property
    def totals(self) -> list[Decimal | None]:
        return [self.total(figure) for figure in MONEY_FIGURES]

    def unknown(self, figure: str) -> int:
        return sum(source.unknown[figure] for source in self.sources)

    @property
    def unknowns(self) -> list[int]:
        return [self.unknown(figure) for figure in MONEY_FIGURES]


@dataclass
class Budget:
    """The money of a policy's table, and how many of its tasks say what about money."""

    years: list[YearBudget]
    tasks: int
    with_money: int
    at_no_cost: int
    within_budget: int
    sought: list[Task]
    silent: int


def budget_of(policy: Policy) -> Budget:
    """Everything in six queries, whatever the number of tasks."""
    tasks = Task.objects.filter(policy=policy).current()
    lines = BudgetLine.objects.filter(task__in=tasks)
    aggregates: dict[str, Sum | Count] = {}
    for name in MONEY_FIGURES:
        aggregates[f"sum_{name}"], aggregates[f"given_{name}"] = Sum(name), Count(name)
    years: dict[tuple[object, str], YearBudget] = {}
    labels = dict(BudgetLine.Source.choices)
    order = list(labels)
    by_source = lines.order_by("year", "currency", "source").values("year", "currency", "source")
    rows = cast("Iterable[Json]", by_source.annotate(n=Count("pk"), **aggregates))
    for row in sorted(rows, key=lambda row: order.index(row["source"])):
        year = years.setdefault(
            (row["year"], row["currency"]), YearBudget(row["year"], row["currency"])
        )
        source = SourceSums(label=str(labels[row["source"]]), lines=row["n"])
        for name in MONEY_FIGURES:
            source.sums[name] = row[f"sum_{name}"]
            source.unknown[name] = row["n"] - row[f"given_{name}"]
        year.sources.append(source)
    in_turn = sorted(
        years.values(), key=lambda year: (year.year is None, year.year or 0, year.currency)
    )
    return Budget(years=in_turn, **_count_tasks(tasks, lines))


def _count_tasks(tasks: TaskQuerySet, lines: QuerySet[BudgetLine]) -> Json:
    """Each task counts once, under the first that is true of it: money, no cost, current budget,
    silence.
    """
    resources = TaskResource.objects.filter(task=OuterRef("pk"))
    marked = tasks.order_by().annotate(
        money=Exists(lines.filter(task=OuterRef("pk"))),
        free=Exists(resources.filter(kind=TaskResource.Kind.NO_COST)),
        within=Exists(resources.filter(kind=TaskResource.Kind.WITHIN_BUDGET)),
    )
    counts = {"tasks": 0, "with_money": 0, "at_no_cost": 0, "within_budget": 0, "silent": 0}
    marks = marked.values_list("money", "free", "within")
    for has_money, is_free, is_within_budget, number in marks.annotate(n=Count("pk")):
        counts["tasks"] += number
        if has_money:
            counts["with_money"] += number
        elif is_free:
            counts["at_no_cost"] += number
        elif is_within_budget:
            counts["within_budget"] += number
        else:
            counts["silent"] += number
    sought = tasks.filter(budget__source=BudgetLine.Source.SOUGHT).distinct()
    return {**counts, "sought": list(sought)}
