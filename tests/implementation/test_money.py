"""The sums of the table's money: never across currencies, years or figures, and never over what
nobody gave.
"""

from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from splot.implementation.actions.tasks import archive_task
from splot.implementation.budget import MONEY_FIGURES, Budget, budget_of
from splot.implementation.lines import MoneyLine, ResourceLine
from splot.implementation.models import BudgetLine, Task
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_states import changed

pytestmark = pytest.mark.django_db
MONEY = "/en/poznan/policy/2023-2024/table/money/"


def sums(budget: Budget) -> dict[tuple, dict[str, tuple]]:
    """{(year, currency): {source: (planned, committed, paid)}}"""
    return {
        (year.year, year.currency): {line.label: tuple(line.sums.values()) for line in year.sources}
        for year in budget.years
    }


def test_years_currencies_and_figures_are_never_added_together(policy: Policy) -> None:
    lines = [
        MoneyLine("own", 2023, planned=100, committed=70, paid=30),
        MoneyLine("own", 2023, "staff", planned=11),
        MoneyLine("eu", 2023, planned=1000),
        MoneyLine("own", 2023, currency="EUR", planned=5),
        MoneyLine("own", 2024, planned=100000),
        MoneyLine("own", None, planned=7),
    ]
    for line in lines:
        factories.task(policy, budget=[line])
    own, eu = "municipality’s budget", "European Union"
    with override("en"):
        budget = budget_of(policy)
    assert sums(budget) == {
        (2023, "PLN"): {own: (111, 70, 30), eu: (1000, None, None)},
        (2023, "EUR"): {own: (5, None, None)},
        (2024, "PLN"): {own: (100000, None, None)},
        (None, "PLN"): {own: (7, None, None)},
    }
    totals = {(year.year, year.currency): (year.totals, year.unknowns) for year in budget.years}
    assert totals[2023, "PLN"] == ([1111, 70, 30], [0, 2, 2])
    assert totals[None, "PLN"] == ([7, None, None], [0, 1, 1])


def test_nothing_is_not_unknown(policy: Policy) -> None:
    factories.task(
        policy, budget=[MoneyLine("own", 2023, planned=0), MoneyLine("state", 2023, committed=0)]
    )
    (year,) = budget_of(policy).years
    assert (year.totals, year.unknowns) == ([0, 0, None], [1, 1, 2])
    rows = [
        [cell.text_content().strip() for cell in row]
        for row in html.fromstring(Client().get(MONEY).content.decode()).xpath("//main//tr")
    ]
    assert rows == [
        ["Source", "Planned", "Committed", "Paid"],
        ["Municipality’s budget", "0", "not given", "not given"],
        ["State budget", "not given", "0", "not given"],
        ["All sources", "0", "0", "not given"],
        ["Lines without this figure", "1", "1", "2"],
    ]


def test_grosze_add_up(policy: Policy) -> None:
    for amount in ("0.10", "0.20", "999999999999.69"):
        factories.task(policy, budget=[MoneyLine("own", 2023, planned=Decimal(amount))])
    (year,) = budget_of(policy).years
    assert year.totals[0] == Decimal("999999999999.99")
    assert "999,999,999,999.99" in Client().get(MONEY).content.decode()


AMOUNTS = st.one_of(st.none(), st.decimals(0, 10**9, places=2))
LINES = st.builds(
    MoneyLine,
    source=st.sampled_from(BudgetLine.Source.values),
    year=st.sampled_from([None, 2023, 2024]),
    currency=st.sampled_from(["PLN", "EUR"]),
    planned=AMOUNTS,
    committed=AMOUNTS,
    paid=AMOUNTS,
).filter(lambda line: not line.planned is line.committed is line.paid is None)


@pytest.mark.slow
@given(st.lists(LINES, max_size=12))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=30,
)
def test_any_money_sums_to_what_was_given(policy: Policy, lines: list[MoneyLine]) -> None:
    tasks = list(Task.objects.all()) or [factories.task(policy) for __ in range(3)]
    for number, task in enumerate(tasks):
        changed(task, budget=lines[number::3])
    given_figures = defaultdict(list)
    for line in lines:
        for name in MONEY_FIGURES:
            given_figures[line.year, line.currency, name].append(getattr(line, name))
    budget = budget_of(policy)
    found = {
        (year.year, year.currency, name): year for year in budget.years for name in MONEY_FIGURES
    }
    assert set(found) == set(given_figures)
    for (year, currency, name), figures in given_figures.items():
        known = [figure for figure in figures if figure is not None]
        row = found[year, currency, name]
        assert row.total(name) == (sum(known) if known else None)
        assert row.unknown(name) == len(figures) - len(known)
    assert budget.with_money == min(len(lines), 3)


def test_each_task_says_one_thing_of_money(policy: Policy) -> None:
    free, within = ResourceLine("no_cost", text("")), ResourceLine("within_budget", text(""))
    money = [
        MoneyLine("own", 2023, planned=1),
        MoneyLine("sought", 2024, planned=2),
        MoneyLine("sought", 2023, paid=0),
    ]
    factories.task(policy, budget=money, resources=[free])
    factories.task(policy, resources=[free, within, ResourceLine("people", text("lektor"))])
    factories.task(policy, resources=[within, within])
    # in words alone: no figure, no sum
    factories.task(policy, resources=[ResourceLine("money", text("dużo"))])
    factories.task(policy)
    budget = budget_of(policy)
    assert (
        budget.tasks,
        budget.with_money,
        budget.at_no_cost,
        budget.within_budget,
        budget.silent,
    ) == (5, 1, 1, 1, 2)
    assert [task.number for task in budget.sought] == [1]
    facts = html.fromstring(Client().get(MONEY).content.decode()).xpath("//main//dl[1]//dd")
    assert [fact.text_content().strip() for fact in facts] == ["1 of 5", "1", "1", "2"]


def test_what_is_off_the_table_or_another_policys_is_not_counted(
    policy: Policy, town: Municipality, other_town: Municipality, coordinator
) -> None:
    line = MoneyLine("own", 2023, planned=5)
    task = factories.task(policy, budget=[line])
    for other in (factories.policy(town, term=(2020, 2021)), factories.policy(other_town)):
        factories.task(other, budget=[MoneyLine("sought", 2023, planned=1000)])
    archive_task(
        by=coordinator, task=factories.task(policy, budget=[line]), version=1, archived=True
    )
    budget = budget_of(policy)
    assert (budget.tasks, budget.with_money, budget.sought) == (1, 1, [])
    assert [year.totals[0] for year in budget.years] == [5]
    archive_task(by=coordinator, task=task, version=1, archived=True)
    assert budget_of(policy).years == []


def test_a_table_without_money_says_so(policy: Policy) -> None:
    factories.task(policy)
    page = Client().get(MONEY).content.decode()
    assert "No money yet" in page
    assert "0 of 1" in page
    assert Client().get("/uk/poznan/policy/2023-2024/table/money/").status_code == 200


def test_money_of_a_draft_is_the_teams(town: Municipality, signed_in) -> None:
    factories.task(
        factories.policy(town, status="draft"), budget=[MoneyLine("own", 2023, planned=424242)]
    )
    assert Client().get(MONEY).status_code == 404
    assert "424,242" in signed_in(factories.user(town, "monitor")).get(MONEY).content.decode()


@pytest.mark.slow
def test_the_number_of_queries_is_that_of_one_row(policy: Policy) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(MONEY).status_code == 200
        return len(captured)

    factories.task(
        policy,
        budget=[MoneyLine("sought", 2023, planned=5)],
        resources=[ResourceLine("no_cost", text(""))],
    )
    one = queries()
    for number in range(59):
        factories.task(
            policy,
            budget=[
                MoneyLine("sought", 2023 + number % 2, planned=number),
                MoneyLine("eu", paid=1),
            ],
        )
    assert queries() == one <= 10
