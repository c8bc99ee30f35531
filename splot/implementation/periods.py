"""The periods of a table: those for which reports are asked, and those that one can report on."""

from collections.abc import Iterable
from datetime import date

from splot.core.dates import Period
from splot.policy.models import Policy

from .models import ImplementationPlan

Reporting = ImplementationPlan.Reporting
# What stands behind the year in a period's code; an indicator's frequency has the same words.
PERIOD_SUFFIXES: dict[str, tuple[str, ...]] = {
    Reporting.YEAR: ("",),
    Reporting.HALF_YEAR: ("-H1", "-H2"),
    Reporting.QUARTER: ("-Q1", "-Q2", "-Q3", "-Q4"),
}


def periods_of(years: Iterable[int], *frequencies: str) -> list[Period]:
    """The periods of some years, year by year, within each those of one frequency after another."""
    periods = []
    for year in years:
        for frequency in frequencies:
            periods += [Period.parse(f"{year}{part}") for part in PERIOD_SUFFIXES[frequency]]
    return periods


def reporting_periods(plan: ImplementationPlan) -> list[Period]:
    """The periods for which a table's reports are asked, in order of time."""
    return periods_of(range(plan.starts, plan.ends + 1), plan.reporting)


def reporting_period_on(plan: ImplementationPlan, today: date) -> str:
    """The code of the period that a report of today is about: the one that runs, else the last one
    that ended.
    """
    periods = reporting_periods(plan)
    begun = [period for period in periods if period.start <= today]
    return begun[-1].code if begun else periods[0].code


def reportable_periods(
    policy: Policy, plans: Iterable[ImplementationPlan], today: date
) -> list[Period]:
    """The periods that one can report on: those of the policy's term that have begun.

    They are years and half-years, and quarters where one of the plans asks for them.
    """
    frequencies = [Reporting.YEAR, Reporting.HALF_YEAR]
    if any(plan.reporting == Reporting.QUARTER for plan in plans):
        frequencies.append(Reporting.QUARTER)
    return [period for period in periods_of(policy.years, *frequencies) if period.start <= today]
