"""Files as people lay them out, through the real import: sums, headings, sheets, cards and lists."""

from pathlib import Path

import pytest

from splot.core.values import Json
from splot.policy.models import Policy
from splot.table_import.dry_run import describe_import, table_for
from tests import factories

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"


@pytest.fixture
def plan_policy(policy: Policy) -> Policy:
    factories.organisation(policy.municipality)  # Wydział Oświaty
    return policy


def rows_of(policy: Policy, name: str) -> list[Json]:
    """The tasks of the first table that a case gives."""
    (path,) = CASES.glob(f"{name}*")
    described = describe_import(path.read_bytes(), path.name, table_for(policy, 2023, 2030))
    assert described["refused"] is None
    return [row for row in described["tables"][0]["rows"] if row["state"] != "sum"]


def amounts(rows: list[Json]) -> list[tuple[str | None, str]]:
    return [(line["source"], line["amount"]) for row in rows for line in row["money"]]


def test_a_sum_merged_over_rows_counts_once(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f01")
    assert [row["title"] for row in rows] == ["Kurs A", "Kurs B", "Kurs C"]
    assert amounts(rows) == [(None, "30000.00")]
    assert "Koszt 2024" in rows[1]["kept_words"]


def test_from_and_to_below_one_heading(plan_policy: Policy) -> None:
    (row,) = rows_of(plan_policy, "f05")
    assert (row["starts"], row["due"], row["state"]) == ("2024-01-01", "2024-06-30", "new")


def test_a_total_beside_its_parts_checks_them(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f06")
    assert amounts(rows) == [("own", "30000.00"), ("eu", "70000.00")]
    assert rows[0]["state"] == "new"


def test_sums_are_no_tasks_wherever_the_word_stands(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f08")
    assert [(row["title"], row["state"]) for row in rows] == [
        ("Kurs", "new"), ("Asystenci", "new"), ("Doradztwo", "new"),
    ]  # fmt: skip
    assert [amount for __, amount in amounts(rows)] == ["100.00", "200.00", "50.00"]


def test_two_columns_of_one_heading_are_asked_about(plan_policy: Policy) -> None:
    (row,) = rows_of(plan_policy, "f11")
    assert (row["state"], row["ticked"], row["money"]) == ("doubtful", False, [])
    assert row["doubts"]


def test_cards_are_tasks(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f20")
    assert [(row["title"], row["due"], row["state"]) for row in rows] == [
        ("Kurs języka polskiego", "2024-12-31", "new"), ("Targi pracy", "2025-06-30", "new"),
    ]  # fmt: skip
    assert rows[0]["lead"] == "Wydział Oświaty"
    assert [amount for __, amount in amounts(rows)] == ["12000.00", "8000.00"]


def test_lists_in_cells_are_several_tasks(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f22")
    assert [(row["title"], row["due"]) for row in rows] == [
        ("kurs dla dorosłych", "2024-12-31"),
        ("kurs dla dzieci", "2025-12-31"),
        ("konwersacje", None),
        ("asystenci", "2024-12-31"),
    ]
    assert (rows[1]["lead"], rows[2]["timing"]) == ("Wydział Oświaty", "continuous")


def test_sheets_are_one_table_and_name_their_areas(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f24")
    assert len(rows) == 5
    areas = [row["area"] or " ".join(row["kept_words"].values()) for row in rows]
    for area, word in zip(areas, ["Edukacj"] * 2 + ["Praca"] * 2 + ["Zdrowie"], strict=True):
        assert word in area


def test_a_table_over_pages_is_one(plan_policy: Policy) -> None:
    rows = rows_of(plan_policy, "f26")
    assert [row["title"] for row in rows] == [
        "Kurs języka polskiego dla",
        "Targi pracy",
        "Warsztaty dla urzędniczek i urzędników",
        "Festyn",
        "Diagnoza",
    ]
