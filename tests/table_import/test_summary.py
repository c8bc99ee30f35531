"""The preview says at one glance what is sure, what is doubtful and why, how the money adds up."""

from decimal import Decimal

import pytest

from splot.implementation.models import ImplementationPlan
from splot.table_import.summary import MoneySum, common_doubts, sum_money
from tests.table_import.tables import looked_at

pytestmark = pytest.mark.django_db
ROWS = [
    ["Zadanie", "Termin", "Budżet miasta 2024", "Środki UE 2024"],
    ["Kurs", "2024", 1000, 500],
    ["Targi", "wiosna 2024", 200, None],
    ["Punkt", "jesień 2024", None, 300],
    ["Razem", None, 1200, 800],
]


def figures(money: MoneySum) -> tuple[Decimal, Decimal, Decimal | None, Decimal | None]:
    return money.ticked, money.all, money.stated, money.missing


def test_what_is_ticked_stands_beside_the_total_of_the_file(plan: ImplementationPlan) -> None:
    made = looked_at(plan, ROWS)
    (money,) = sum_money(made, {})
    assert (money.figure, money.year, money.currency) == ("planned", 2024, "PLN")
    assert figures(money) == (1500, 2000, 2000, 0)
    assert [(line.ticked, line.all) for line in money.lines] == [(1000, 1200), (500, 800)]
    fair = made.rows[1]
    (money,) = sum_money(made, {str(fair.row): "take"})
    assert money.ticked == 1700


def test_a_total_other_than_the_rows_shows_the_difference(plan: ImplementationPlan) -> None:
    (money,) = sum_money(looked_at(plan, [*ROWS[:-1], ["Razem", None, 1200, 900]]), {})
    assert figures(money) == (1500, 2000, 2100, 100)


def test_a_total_without_a_year_is_that_of_all_years(plan: ImplementationPlan) -> None:
    rows = [["Zadanie", "Termin", "Koszt"], ["Kurs", "2023", 10], ["Targi", "2024", 20],
            ["Razem", None, 30]]  # fmt: skip
    first, second, together = sum_money(looked_at(plan, rows), {})
    assert [(each.year, each.stated) for each in (first, second)] == [(2023, None), (2024, None)]
    assert together.is_of_all_years and figures(together) == (30, 30, 30, 0)


def test_why_rows_are_doubtful_is_counted(plan: ImplementationPlan) -> None:
    ((__, number),) = common_doubts(looked_at(plan, ROWS))
    assert number == 2
