"""A small year of a policy, with everything a report must tell apart."""

from decimal import Decimal
from typing import Any

from splot.implementation.lines import TargetLine
from splot.implementation.models import Task
from splot.indicators.actions import add_indicator, add_observation
from splot.indicators.models import Indicator
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text


def tasks_of_a_year(policy: Policy, leader: User | None = None) -> list[Task]:
    """Five tasks in 2023: done; on time, of two areas; late with zero reached; silent; said in 2024
    only.
    """
    both = [policy.activities.get(slug=slug) for slug in ("3-1-1", "3-2-1")]
    unit = factories.organisation(policy.municipality)
    partner = factories.organisation(policy.municipality, "Fundacja Mosty", "ngo")
    done = factories.task(
        policy, "3-1-1", lead=unit, leader=leader, partners=[partner], audience=text("Dzieci")
    )
    shared = factories.task(policy, activities=both, title=text("Poradnik", en="Guide"))
    late = factories.task(policy, "3-2-1", title=text("Dyżury prawnika"))
    silent = factories.task(policy, "3-2-2", title=text("Ulotki"), lead=unit)
    later = factories.task(policy, "3-1-2", title=text("Szkolenia"))
    factories.update(
        done, "done", reached=120, reached_qualifier="over", narrative=text("Odbyło się 8 kursów.")
    )
    factories.update(shared, "on_time", reached=30)
    factories.update(
        late, "late", reached=0, reached_unit="households", obstacles=text("Brak lokalu")
    )
    factories.update(later, "done", period="2024")
    return [done, shared, late, silent, later]


def measured(task: Task, by: str = "2024", direction: str = "higher", **values: Any) -> Indicator:
    """An indicator of the task: 100 in 2022, then `values` as {"2023": 150}, with the target
    200.
    """
    indicator = add_indicator(
        by=None,
        municipality=task.municipality,
        name=text("Uczniowie", en="Pupils", uk="Учні"),
        unit=text("osoby"),
        direction=direction,
    )
    for period, value in {"2022": 100, **values}.items():
        add_observation(by=None, indicator=indicator, period=period, value=Decimal(value))
    task.targets.create(
        municipality=task.municipality,
        **vars(
            TargetLine(indicator, Decimal(200), by, baseline=Decimal(100), baseline_period="2022")
        ),
    )
    return indicator
