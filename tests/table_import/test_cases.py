"""Small files that were once understood wrongly, from the upload to what would be written.

Each stands for a kind. A right value is sure; what is only probable is a doubt, with its words.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from splot.implementation.actions.plans import start_plan
from splot.policy.models import Policy
from splot.table_import.models import TableImport
from splot.table_import.plan import PlannedRow, plan_import
from splot.table_import.queries import chosen_table
from tests.factories import text
from tests.table_import.pages import form_of, page_of, sent, uploaded

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"
DOUBTFUL, NEW = "doubtful", "new"


@pytest.fixture
def case(policy: Policy, coordinator: Any, signed_in: Any) -> Any:
    """{title: row} of a file that is uploaded, its columns confirmed as they are recognised."""
    start_plan(by=None, policy=policy, starts=2023, ends=2030)
    client: Client = signed_in(coordinator)

    def rows_of(name: str) -> dict[str, PlannedRow]:
        (path,) = CASES.glob(f"{name}_*")
        columns = uploaded(client, path.read_bytes(), path.name)["Location"]
        assert sent(client, columns, form_of(page_of(client, columns))).status_code == 302
        table_import = TableImport.objects.get()
        plan = plan_import(table_import, chosen_table(table_import))
        return {row.title: row for row in plan.rows}

    return rows_of


def when(row: PlannedRow) -> list[tuple[date | None, date | None]]:
    """(first day, last day) of each window that a row would write."""
    if row.values.get("windows"):
        return [(line.starts, line.due) for line in row.values["windows"]]
    return [(row.values.get("starts"), row.values.get("due"))]


def money(row: PlannedRow) -> list[tuple[Decimal, str, str]]:
    return [(line.planned, line.currency, line.source) for line in row.values.get("budget", [])]


def kept(row: PlannedRow) -> str:
    return "; ".join(row.values.get("unread", {}).values())


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def test_i_between_years_is_and(case: Any) -> None:
    rows = case("f02")
    assert {row.state for row in rows.values()} == {NEW}
    assert when(rows["Kurs"]) == [year(2024), year(2025)]
    assert when(rows["Targi"]) == [(date(2023, 1, 1), date(2024, 12, 31)), year(2026)]
    assert when(rows["Festyn"]) == [year(2025), year(2026)]


def test_words_beside_a_year_count(case: Any) -> None:
    rows = case("f04")
    expected = {
        "A": (NEW, None, date(2024, 12, 31)),
        "B": (NEW, None, date(2024, 2, 13)),
        "C": (DOUBTFUL, None, date(2025, 6, 30)),
        "D": (DOUBTFUL, date(2026, 1, 1), date(2026, 3, 31)),
        "E": (NEW, date(2024, 1, 1), None),
        "F": (NEW, date(2024, 7, 1), date(2024, 12, 31)),
        "G": (NEW, date(2024, 3, 1), date(2025, 6, 30)),
        "H": (NEW, date(2025, 3, 1), date(2025, 3, 31)),
        "I": (NEW, date(2024, 1, 1), date(2024, 6, 30)),
        "J": (DOUBTFUL, date(2024, 3, 1), date(2024, 5, 31)),
        "K": (DOUBTFUL, None, date(2025, 6, 30)),
    }
    found = {title[-1]: (row.state, *when(row)[0]) for title, row in rows.items()}
    assert found == expected


def test_what_is_struck_out_no_longer_counts(case: Any) -> None:
    rows = case("f10")
    assert rows["Festyn"].state == DOUBTFUL and not rows["Festyn"].is_taken({})
    fair = rows["Targi"]
    assert (fair.state, when(fair)) == (NEW, [(None, date(2024, 12, 31))])
    assert money(fair) == [(Decimal(20000), "PLN", "unstated")]
    assert kept(fair) == "30.06.2024; 50 000 zł"


def test_amounts_are_understood_to_the_last_sign(case: Any) -> None:
    rows = {title[-1]: row for title, row in case("f13").items()}
    amounts = {
        "A": [(Decimal(5000), "PLN", "unstated")],
        "B": [(Decimal(15000), "PLN", "unstated")],
        "C": [(Decimal(60000), "PLN", "unstated")],
        "D": [(Decimal(60000), "PLN", "eu"), (Decimal(40000), "PLN", "unstated")],
        "E": [(Decimal(30000), "PLN", "unstated")],
        "F": [(Decimal(1200000), "EUR", "unstated")],
        "G": [(Decimal(7000), "PLN", "unstated")],
    }
    assert {name: money(row) for name, row in rows.items()} == amounts
    assert {name for name, row in rows.items() if row.state == DOUBTFUL} == {"E"}
    assert kept(rows["E"]) == "w tym 10 tys. zł z budżetu miasta" and kept(rows["G"]) == "[3]"


def test_no_cell_vanishes(case: Any) -> None:
    rows = {title[-1]: row for title, row in case("f14").items()}
    percent, footnote, ditto = rows["A"], rows["B"], rows["C"]
    assert (percent.state, money(percent)) == (DOUBTFUL, [])
    assert percent.values["own_role"] == "supporting"
    assert kept(percent) == "25%; Facilitating"
    assert (footnote.state, money(footnote)) == (NEW, [(Decimal(12000), "PLN", "unstated")])
    assert kept(footnote) == "³"
    assert (ditto.state, money(ditto), kept(ditto)) == (DOUBTFUL, [], '"')


def test_a_number_of_the_file_is_no_provision_whose_words_differ(case: Any, policy: Policy) -> None:
    words = text("współpracy instytucji lokalnych")
    policy.activities.filter(slug="3-1-1").update(text=words)
    (row,) = case("f17").values()
    assert row.state == DOUBTFUL and "activities" not in row.values
    assert "1.1" in kept(row) and "Język" in kept(row)


def test_codes_that_a_spreadsheet_took_for_numbers(case: Any) -> None:
    codes = {title: row.values["unread"]["code"] for title, row in case("f18").items()}
    assert codes == {"pierwsze": "1.1", "dziesiąte": "1.10", "drugie": "1.2"}


def test_roles_of_institutions_in_words(case: Any) -> None:
    rows = {title[-1]: row for title, row in case("f27").items()}
    found = {}
    for name, row in rows.items():
        values = row.values
        joint, partners = values.get("joint_leads", []), values.get("partners", [])
        found[name] = (str(values["lead"]), [*map(str, joint)], [*map(str, partners)])
    assert found == {
        "A": ("MOPR", [], ["Fundacja Sąsiedzi", "Stowarzyszenie Most"]),
        "B": ("Wydział Oświaty", ["szkoły podstawowe"], []),
        "C": ("Wydział Oświaty", [], ["NGO"]),
        "D": ("MOPR", ["PUP"], []),
        "E": ("Wydział Oświaty", [], []),
    }
    assert kept(rows["E"]) == "Imię Nazwisko"
    assert {name for name, row in rows.items() if row.state == DOUBTFUL} == {"E"}
