"""Sums of the table's money. They never mix currencies, years or figures, and say what is missing
from them.
"""

from collections import defaultdict
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
    sums: dict[str, Decimal | None]
    unknown: dict[str, int]


@dataclass
class YearBudget:
    """One year in one currency; `year` is None for money that nobody put into a year."""

    year: int | None
    currency: str
    sources: list[SourceSums] = field(default_factory=list)

    def total(self, figure: str) -> Decimal | None:
        sums = [line.sums[figure] for line in self.sources]
        known = [each for each in sums if each is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def totals(self) -> list[Decimal | None]:
        return [self.total(figure) for figure in MONEY_FIGURES]

    def unknown(self, figure: str) -> int:
        return sum(line.unknown[figure] for line in self.sources)

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
    known = {f"sum_{name}": Sum(name) for name in MONEY_FIGURES} | {
        f"known_{name}": Count(name) for name in MONEY_FIGURES
    }
    years: dict[tuple[object, str], YearBudget] = {}
    labels = dict(BudgetLine.Source.choices)
    order = list(labels)
    by_source = lines.order_by("year", "currency", "source").values("year", "currency", "source")
    rows = cast("Iterable[Json]", by_source.annotate(n=Count("pk"), **known))
    for row in sorted(rows, key=lambda row: order.index(row["source"])):
        year = years.setdefault(
            (row["year"], row["currency"]), YearBudget(row["year"], row["currency"])
        )
        year.sources.append(
            SourceSums(
                label=str(labels[row["source"]]),
                lines=row["n"],
                sums={name: row[f"sum_{name}"] for name in MONEY_FIGURES},
                unknown={name: row["n"] - row[f"known_{name}"] for name in MONEY_FIGURES},
            )
        )
    in_turn = sorted(
        years.values(), key=lambda one: (one.year is None, one.year or 0, one.currency)
    )
    return Budget(years=in_turn, **_count_tasks(tasks, lines))


def _count_tasks(tasks: TaskQuerySet, lines: QuerySet[BudgetLine]) -> Json:
    """Each task counts once, under the first that is true of it: money, no cost, current budget,
    silence.
    """
    Kind = TaskResource.Kind
    has_line = Exists(lines.filter(task=OuterRef("pk")))
    says = {
        kind: Exists(TaskResource.objects.filter(task=OuterRef("pk"), kind=kind))
        for kind in (Kind.NO_COST, Kind.WITHIN_BUDGET)
    }
    counts: dict[tuple[bool, bool, bool], int] = defaultdict(int)
    marked = tasks.order_by().annotate(
        money=has_line, free=says[Kind.NO_COST], within=says[Kind.WITHIN_BUDGET]
    )
    for money, free, within, number in marked.values_list("money", "free", "within").annotate(
        n=Count("pk")
    ):
        counts[money, free, within] += number
    with_money = sum(number for (money, *__), number in counts.items() if money)
    free = sum(number for (money, free, __), number in counts.items() if free and not money)
    within = sum(
        number
        for (money, free, within), number in counts.items()
        if within and not free and not money
    )
    total = sum(counts.values())
    sought = tasks.filter(budget__source=BudgetLine.Source.SOUGHT).distinct()
    return {
        "tasks": total,
        "with_money": with_money,
        "at_no_cost": free,
        "within_budget": within,
        "sought": list(sought),
        "silent": total - with_money - free - within,
    }
