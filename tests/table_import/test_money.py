"""Money as people write it in a table: how much, of which year, whose, and what is not known."""

from decimal import Decimal
from typing import Any

import pytest

from splot.implementation.actions.tasks import add_task, change_task
from splot.implementation.lines import ResourceLine
from splot.implementation.models import BudgetLine, ImplementationPlan, Task
from tests import factories
from tests.table_import.tables import looked_at, meanings, one, table_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Budżet 2024", "12 000 zł", (2024, Decimal(12000), "PLN", "")),
        ("Budżet 2024", 12000.5, (2024, Decimal("12000.50"), "PLN", "")),
        ("Budżet 2024", "ok. 12 tys. zł", (2024, Decimal(12000), "PLN", "ok. 12 tys. zł")),
        ("Koszt (tys. zł)", 12.5, (None, Decimal(12500), "PLN", "")),
        ("Koszt (tys. zł)", "12 tys. zł", (None, Decimal(12000), "PLN", "")),
        ("Koszt (tys. zł)", "12tys. zł", (None, Decimal(12000), "PLN", "")),
        ("Koszt (tys. zł)", "12 zł, kurs", (None, Decimal(12000), "PLN", "")),
        ("Koszt w tysięcy złotych", 12, (None, Decimal(12000), "PLN", "")),
        ("Koszt w tysiącach zł", 12, (None, Decimal(12000), "PLN", "")),
        ("Koszt w milionach euro", "0,5", (None, Decimal(500_000), "EUR", "")),
        ("Cost, thousands of EUR", 12, (None, Decimal(12000), "EUR", "")),
        ("Вартість, тисяч грн", 12, (None, Decimal(12000), "UAH", "")),
        ("Koszt", "1 500 EUR", (None, Decimal(1500), "EUR", "")),
        ("Koszt", 0, (None, Decimal(0), "PLN", "")),
    ],
)
def test_money_as_people_write_it(
    plan: ImplementationPlan, heading: str, cell: Any, expected: tuple
) -> None:
    code = meanings(plan, table_of([["Zadanie", heading], ["Kurs", "1 zł"]]))[1]
    (line,) = one(plan, heading, cell, code).values["budget"]
    assert (line.year, line.planned, line.currency, line.note.source_wording) == expected
    assert line.source == BudgetLine.Source.UNSTATED


@pytest.mark.parametrize(
    "words", ["12 tys. zł rocznie", "corocznie 12 tys. zł", "2024: 12 tys. zł (rocznie)"]
)
def test_a_sum_for_each_year_in_one_year_is_doubtful(plan: ImplementationPlan, words: str) -> None:
    row = one(plan, "Budżet 2024", words, "planned:2024")
    assert [(line.year, line.planned) for line in row.values["budget"]] == [(2024, Decimal(12000))]
    assert row.state == "doubtful"
    assert row.doubts == ["Money planned: a sum for each year: it was taken for 2024 alone"]


@pytest.mark.parametrize(
    ("heading", "cell", "doubt"),
    [
        ("Budżet 2023 w EUR", "12 zł", "the heading says EUR, the cell PLN"),
        ("Koszt (zł)", "12 €", "the heading says PLN, the cell EUR"),
        ("Koszt (PLN / EUR)", "12 USD", "the heading says EUR, PLN, the cell USD"),
        ("Koszt", "0x10", "multiplied by zero"),
        ("Koszt (PLN / EUR)", "12 zł", ""),
        ("Koszt (EUR)", "12 euro", ""),
        ("Koszt", "12 €", ""),
    ],
)
def test_a_cell_that_its_heading_contradicts_is_doubtful(
    plan: ImplementationPlan, heading: str, cell: str, doubt: str
) -> None:
    row = one(plan, heading, cell, "planned")
    assert (row.state == "doubtful") == bool(doubt)
    assert doubt in " ".join(row.doubts)


def test_unknown_money_is_not_zero(plan: ImplementationPlan) -> None:
    for words in ("b.d.", "do ustalenia", "1000 zł miesięcznie", "w zależności od dotacji"):
        row = one(plan, "Koszt", words, "planned")
        assert "budget" not in row.values and words in row.values["unread"]["planned"], words
    empty = one(plan, "Koszt", None, "planned")
    assert "budget" not in empty.values and "unread" not in empty.values


@pytest.mark.parametrize(
    ("words", "kind"),
    [("bez kosztów", "no_cost"), ("w ramach działalności bieżącej", "within_budget")],
)
def test_what_costs_nothing_is_a_resource_and_no_sum(
    plan: ImplementationPlan, words: str, kind: str
) -> None:
    row = one(plan, "Koszt", words, "planned")
    assert [line.kind for line in row.values["resources"]] == [kind]
    assert "budget" not in row.values and "unread" not in row.values
    task = factories.task(
        plan.policy, resources=[ResourceLine("people", factories.text("lektorka"))]
    )
    columns = ["number", "title", "planned"]
    (again,) = looked_at(
        plan, [["Nr", "Zadanie", "Koszt"], [task.number, str(task.title), words]], columns
    ).rows
    # what was there stays
    assert [line.kind for line in again.values["resources"]] == ["people", kind]


def test_money_without_a_year_is_for_the_year_of_its_task(plan: ImplementationPlan) -> None:
    rows = [
        ["Zadanie", "Termin", "Koszt"],
        ["Kurs", "III kw. 2024", "100 zł"],
        ["Dwa lata", "2023-2024", "100 zł"],
    ]
    one_year, two_years = looked_at(plan, rows, ["title", "when", "planned"]).rows
    assert [line.year for line in one_year.values["budget"]] == [2024]
    assert [line.year for line in two_years.values["budget"]] == [None]


@pytest.mark.parametrize("dates_first", [True, False])
def test_money_is_counted_once_whichever_file_has_the_dates(
    plan: ImplementationPlan, dates_first: bool
) -> None:
    with_dates = (
        [["Zadanie", "Termin", "Koszt"], ["Kurs", "III kw. 2024", "100 zł"]],
        ["title", "when", "planned"],
    )
    without = ([["Zadanie", "Koszt"], ["Kurs", "100 zł"]], ["title", "planned"])
    for rows, columns in (with_dates, without) if dates_first else (without, with_dates):
        (found,) = looked_at(plan, rows, columns).rows
        if found.task is None:
            add_task(by=None, plan=plan, activities=[], **found.values)
        elif found.values:
            change_task(by=None, task=found.task, version=found.task.version, **found.values)
    (line,) = Task.objects.get().budget.all()
    assert (line.year, line.planned) == (2024, 100)


def test_nothing_and_a_sum_at_once_is_doubtful(plan: ImplementationPlan) -> None:
    task = factories.task(plan.policy, resources=[ResourceLine("no_cost", factories.text(""))])
    rows = [["Nr", "Zadanie", "Koszt"], [task.number, str(task.title), "5000 zł"]]
    (found,) = looked_at(plan, rows, ["number", "title", "planned"]).rows
    assert (
        found.state == "doubtful"
        and "it says that it costs nothing, and a sum is planned" in found.doubts
    )


def test_whose_money_it_is_comes_from_the_row_or_the_heading(plan: ImplementationPlan) -> None:
    rows = [
        ["Zadanie", "Źródło finansowania", "Koszt", "Środki UE"],
        ["Kurs", "budżet państwa", 100, 50],
    ]
    (row,) = looked_at(plan, rows, ["title", "sources", "planned:2024", "planned:2024:eu"]).rows
    assert [(line.source, line.planned) for line in row.values["budget"]] == [
        ("state", 100),
        ("state", 50),
    ]


@pytest.mark.parametrize(("stated", "doubts"), [
    ("Razem: 120 000 zł", ["the file’s sum is 120,000 PLN, its rows give 110,000 PLN"]),
    ("Razem: 110 tys. zł", []),
    ("Total cost in 2025: 70 000 PLN", []),
])  # fmt: skip
def test_a_sum_in_one_cell_is_compared_with_its_rows(
    plan: ImplementationPlan, stated: str, doubts: list[str]
) -> None:
    lines = [["Zadanie", "Termin", "Koszt"], ["Kurs", "2025", "70 000 zł"],
             ["Targi", "2026", "40 000 zł"], [stated, None, None]]  # fmt: skip
    (total,) = looked_at(plan, lines).others
    assert total.doubts == doubts


@pytest.mark.parametrize("words", ["ok. 5000 zł", "do 20 tys. zł", "min. 3 000 zł", "~4 000 zł"])
def test_a_figure_that_is_not_exact_keeps_its_words(plan: ImplementationPlan, words: str) -> None:
    row = one(plan, "Budżet 2024", words, "planned:2024")
    assert row.values["budget"][0].planned
    assert row.values["unread"] == {"planned": words}
    assert one(plan, "Budżet 2024", "5000 zł", "planned:2024").unread == []
