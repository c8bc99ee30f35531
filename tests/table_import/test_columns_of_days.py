"""Columns of first and last days: what they say beside days, and money of the years between."""

from datetime import date

import pytest
from django.utils.translation import override

from splot.implementation.models import ImplementationPlan
from tests.table_import.tables import looked_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts", "due", "expected"),
    [
        ("po zakończeniu zadania 1", None, ("after", None, None)),
        ("po zakończeniu zad. 1", "XI 2024", ("after", None, date(2024, 11, 30))),
        ("cały rok", None, ("continuous", None, None)),
        ("od kwietnia 2024", "na bieżąco", ("continuous", date(2024, 4, 1), None)),
        ("co roku", None, ("yearly", None, None)),
    ],
)
def test_a_column_of_days_may_say_what_comes_before_or_how_often(
    plan: ImplementationPlan, starts: str, due: str | None, expected: tuple
) -> None:
    rows = [
        ["Lp.", "Zadanie", "Początek", "Koniec"],
        [1, "Diagnoza", "1.02.2024", "31.03.2024"],
        [2, "Kurs", starts, due],
    ]
    __, row = looked_at(plan, rows, ["order", "title", "starts", "due"]).rows
    values = tuple(row.values.get(name) for name in ("timing", "starts", "due"))
    assert (values, row.state) == (expected, "new")
    assert row.depends_on_rows == ({2: "1"} if expected[0] == "after" else {})


def test_money_of_a_year_in_which_the_task_does_not_run_is_a_doubt(
    plan: ImplementationPlan,
) -> None:
    rows = [
        ["Harmonogram na rok 2023"],
        [],
        ["Lp.", "Zadanie", "Od", "Do", "Koszt"],
        [1, "Kurs", "1.02.2023", "30.06.2024", "5 000"],
        [2, "Pilotaż", "1.02.2024", "30.06.2024", "60 000"],
    ]
    with override("en"):
        course, pilot = looked_at(plan, rows, ["order", "title", "starts", "due", "planned"]).rows
    assert (course.state, pilot.state) == ("new", "doubtful")
    assert pilot.doubts == [
        "Money planned: the year 2023 was assumed, in which the task does not run"
    ]


def test_words_that_are_no_day_are_left_as_they_are(plan: ImplementationPlan) -> None:
    rows = [["Zadanie", "Początek", "Koniec"], ["Kurs", "gdy znajdą się środki", None]]
    (row,) = looked_at(plan, rows, ["title", "starts", "due"]).rows
    assert (row.state, row.values["unread"]) == (
        "doubtful",
        {"starts": "gdy znajdą się środki"},
    )
