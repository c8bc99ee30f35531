"""A file at one glance: how many rows are sure, why others are not, how the money adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from splot.implementation.columns import column_label
from splot.implementation.models import BudgetLine

from .plan import ImportPlan
from .totals import FigureKey, StatedSum

MAX_REASONS = 5  # on the page of the rows
ALL_YEARS = 9999  # in the place of a year, behind all others


def common_doubts(plan: ImportPlan) -> list[tuple[str, int]]:
    """(doubt, in how many rows), the most frequent first."""
    counts: Counter[str] = Counter()
    for row in plan.rows:
        counts.update(set(row.doubts))
    return counts.most_common()


@dataclass
class SourceSum:
    """What rows name of one source: those that are ticked, and all."""

    label: str
    ticked: Decimal = Decimal(0)
    all: Decimal = Decimal(0)


@dataclass
class MoneySum:
    """A figure of a year in a currency, by source, beside the file's own total (`stated`, None
    where it states none).
    """

    figure: str
    year: int | None
    currency: str
    sources: dict[str, SourceSum] = field(default_factory=dict)
    stated: Decimal | None = None
    is_of_all_years: bool = False

    @property
    def label(self) -> str:
        return column_label(self.figure)

    @property
    def lines(self) -> list[SourceSum]:
        return list(self.sources.values())

    @property
    def ticked(self) -> Decimal:
        return sum((line.ticked for line in self.lines), Decimal(0))

    @property
    def all(self) -> Decimal:
        return sum((line.all for line in self.lines), Decimal(0))

    @property
    def not_ticked(self) -> Decimal:
        return self.all - self.ticked

    @property
    def missing(self) -> Decimal | None:
        """What the file's total is more than all its rows; None where it states none."""
        return None if self.stated is None else self.stated - self.all


def sum_money(plan: ImportPlan, choices: Mapping[str, str]) -> list[MoneySum]:
    """The money of a file by figure, year and currency."""
    sums: dict[FigureKey, MoneySum] = {}
    labels = dict(BudgetLine.Source.choices)
    for row in plan.rows:
        is_taken = row.is_taken(dict(choices))
        for (figure, year, source, currency), amount in row.money:
            money = sums.setdefault((figure, year, currency), MoneySum(figure, year, currency))
            line = money.sources.setdefault(source, SourceSum(str(labels.get(source, source))))
            line.all += amount
            line.ticked += amount if is_taken else 0
    for stated in plan.sums:
        _set_stated(sums, stated)
    order = sorted(sums, key=lambda key: (key[0], key[2], key[1] or 0))
    return [sums[key] for key in order]


def _set_stated(sums: dict[FigureKey, MoneySum], stated: StatedSum) -> None:
    """The file's total of all rows: the last sum, or the first that is that of all rows. One that
    says no year is that of all years.
    """
    key: FigureKey = (stated.figure, stated.year, stated.currency)
    if stated.year is None:
        of_years = [money for money in sums.values() if _has_figure(money, stated)]
        if len(of_years) > 1 or (of_years and of_years[0].year is not None):
            key = (stated.figure, ALL_YEARS, stated.currency)
            sums.setdefault(key, _together(of_years, stated))
    money = sums.get(key)
    if money is not None and money.missing != 0:
        money.stated = stated.stated


def _has_figure(money: MoneySum, stated: StatedSum) -> bool:
    is_same = (money.figure, money.currency) == (stated.figure, stated.currency)
    return is_same and not money.is_of_all_years


def _together(of_years: list[MoneySum], stated: StatedSum) -> MoneySum:
    """The money of several years, by source."""
    together = MoneySum(stated.figure, None, stated.currency, is_of_all_years=True)
    for money in of_years:
        for source, line in money.sources.items():
            all_years = together.sources.setdefault(source, SourceSum(line.label))
            all_years.ticked += line.ticked
            all_years.all += line.all
    return together


def doubtful_others(plan: ImportPlan) -> int:
    """How many rows that are no tasks have a doubt."""
    return sum(bool(other.doubts) for other in plan.others)
