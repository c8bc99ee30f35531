"""Rows of a file beside the table: which task each is, what it changes, and that nothing is lost or
changed in vain.
"""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from splot.documents.spreadsheets import read_sheets
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.exports.csv import table_csv
from splot.implementation.exports.table_export import TableExport
from splot.implementation.exports.xlsx import table_xlsx
from splot.implementation.lines import MoneyLine, ResourceLine
from splot.implementation.models import ImplementationPlan, Task
from splot.implementation.queries import tasks_of, with_cells
from splot.table_import.plan import plan_import
from splot.table_import.source_table import find_source_tables
from tests import factories
from tests.factories import text
from tests.table_import.tables import (
    full_task,
    looked_at,
    meanings,
    planned,
    table_of,
    unsaved_import,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_our_own_file_read_back_changes_nothing(plan: ImplementationPlan, language: str) -> None:
    full_task(plan)
    codes = [code for code in COLUMN_BY_CODE if code != "title"]
    with override(language):
        tasks = with_cells(tasks_of(plan.policy, 2023), codes)
        table = find_source_tables(
            read_sheets(
                table_xlsx(TableExport(plan.policy, tasks, codes, language, 2023)), "a.xlsx"
            )
        )[0]
        made = planned(plan, table)
    assert [(row.state, row.number, row.changes, row.doubts) for row in made.rows] == [
        ("same", task.number, [], []) for task in tasks
    ]


def test_our_own_csv_keeps_neither_group_nor_status_beside_the_rows(
    plan: ImplementationPlan,
) -> None:
    """It has the group's name before the number of the task, where a workbook has a row of it."""
    full_task(plan)
    tasks = with_cells(tasks_of(plan.policy, 2023), ["lead"])
    content = table_csv(TableExport(plan.policy, tasks, ["lead"], "en", 2023))
    (table,) = find_source_tables(read_sheets(content, "a.csv"))
    assert meanings(plan, table) == ["group", "number", "title", "status", "lead"]
    made = planned(plan, table)
    assert [(row.state, row.number, row.values) for row in made.rows] == [
        ("same", task.number, {}) for task in tasks
    ]


WORDS = st.text("aąbcćdeęłńoóśźż", min_size=3, max_size=9)
SOME = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TASKS = st.fixed_dictionaries(
    {"title": SOME.map(lambda words: f"Zadanie {words}")},
    optional={
        "audience": SOME.map(text),
        "risks": SOME.map(text),
        "monitoring": SOME.map(text),
        "timing": st.sampled_from(["dates", "yearly", "continuous"]),
        "starts": st.dates(date(2023, 1, 1), date(2023, 6, 30)),
        "due": st.dates(date(2023, 7, 1), date(2024, 12, 31)),
        "priority": st.integers(1, 99),
        "own_role": st.sampled_from(["owner", "coordinating", "supporting"]),
        "decision": st.sampled_from(["no_extra_cost", "funded", "not_now"]),
        "budget": st.lists(
            st.builds(
                MoneyLine,
                source=st.sampled_from(["own", "eu", "sought"]),
                year=st.sampled_from([None, 2023, 2024]),
                planned=st.decimals(0, 999_999, places=2),
                paid=st.one_of(st.none(), st.decimals(0, 9999, places=2)),
            ),
            max_size=3,
        ),
        "resources": st.lists(
            st.builds(ResourceLine, st.sampled_from(["people", "money"]), SOME.map(text)),
            max_size=2,
        ),
    },
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(TASKS, min_size=1, max_size=4, unique_by=lambda values: values["title"]),
    st.sampled_from(["pl", "en"]),
)
def test_what_is_written_and_read_back_equals_the_table(
    plan: ImplementationPlan, rows: list[dict], language: str
) -> None:
    codes = [code for code in COLUMN_BY_CODE if code != "title"]
    with transaction.atomic(), override(language):
        for values in rows:
            factories.task(plan.policy, **{**values, "title": text(values["title"])})
        tasks = with_cells(Task.objects.filter(policy=plan.policy).with_status(2023), codes)
        lines = [
            ["Numer zadania", *(str(COLUMN_BY_CODE[code].label) for code in ("title", *codes))]
        ]
        for task in tasks:
            lines.append(
                [
                    task.number,
                    *(
                        "\n".join(map(str, COLUMN_BY_CODE[code].cell(task)))
                        for code in ("title", *codes)
                    ),
                ]
            )
        made = looked_at(plan, lines, ["number", "title", *codes])
        transaction.set_rollback(True)
    assert [(row.state, row.changes, row.doubts) for row in made.rows] == [("same", [], [])] * len(
        rows
    )


KEPT_WHOLE = ["", "partners", "groups", "resources", "targets", "milestones", "activities", "leader", "when", "planned",
              "area", "audience", "priority", "decision", "sources", "after", "code", "lead"]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.lists(st.one_of(st.just(""), SOME), min_size=18, max_size=18), min_size=1, max_size=3
    )
)
def test_no_word_is_lost(plan: ImplementationPlan, rows: list[list[str]]) -> None:
    head = [f"Kolumna {number}" for number in range(18)]
    lines = [
        ["Lp.", "Zadanie", *head],
        *([at, f"Zadanie {at}", *row] for at, row in enumerate(rows, 1)),
    ]
    made = looked_at(plan, lines, ["order", "title", *KEPT_WHOLE])
    for row, proposal in zip(rows, made.rows, strict=True):
        shown = [
            *proposal.values.get("unread", {}).values(),
            *(line for __, ___, new in proposal.changes for line in new),
        ]
        there = " ".join(shown)
        assert [word for cell in row for word in cell.split() if word not in there] == []


def test_an_empty_cell_never_empties_a_filled_one_and_a_missing_column_is_not_touched(
    plan: ImplementationPlan,
) -> None:
    full_task(plan)
    with override("en"):
        made = looked_at(
            plan,
            [["Zadanie", "Dla kogo", "Ryzyka"], ["Kurs języka polskiego", None, "Nowe ryzyko"]],
        )
    (row,) = made.rows
    assert row.state == "changed" and set(row.values) == {"risks"}
    assert row.changes == [("Risks", ["Brak chętnych"], ["Nowe ryzyko"])]
    assert row.notes == ["empty in the file, stays as it is: For whom"]


def test_one_figure_changes_and_the_others_stay(plan: ImplementationPlan) -> None:
    full_task(plan)
    rows = [["Zadanie", "Wykonanie 2023"], ["Kurs języka polskiego", 45]]
    (row,) = looked_at(plan, rows, ["title", "paid:2023"]).rows
    lines = {
        (line.source, line.year, line.currency): (line.planned, line.paid)
        for line in row.values["budget"]
    }
    assert lines["own", None, "EUR"] == (7, None) and lines["eu", 2023, "PLN"] == (50, None)
    assert (
        sum(
            line.planned for line in row.values["budget"] if line.planned and line.currency == "PLN"
        )
        == 150
    )
    assert sum(line.paid for line in row.values["budget"] if line.paid) == 45


def test_rows_meet_their_tasks(plan: ImplementationPlan) -> None:
    both = {slug: plan.policy.activities.get(slug=slug) for slug in ("3-1-1", "3-2-1")}
    for slug, activity in both.items():
        factories.task(
            plan.policy,
            title=text("Punkt informacyjny"),
            activities=[activity],
            audience=text(slug),
        )
    factories.task(plan.policy, title=text("Szkolenie pracowników urzędu z komunikacji"))
    head = ["Nr zadania", "Działanie", "Zadanie"]
    rows = [
        [None, "3.2.1", "Punkt informacyjny"],
        [None, "3.1.2", "Punkt informacyjny"],
        [None, None, "Szkolenie pracownikow urzędu z komunikacji i prawa"],
        [3, None, "Szkolenie pracowników urzędu z komunikacji"],
        [77, None, "Całkiem nowe"],
        [1, None, "Zupełnie co innego"],
    ]
    made = looked_at(plan, [head, *rows], ["number", "activities", "title"])
    assert [(row.number, row.state) for row in made.rows] == [
        (2, "same"), (None, "doubtful"), (3, "doubtful"), (3, "doubtful"), (None, "doubtful"), (1, "doubtful"),
    ]  # fmt: skip


def test_tasks_that_wait_for_others_of_the_file_and_for_nothing(plan: ImplementationPlan) -> None:
    rows = [["Lp.", "Zadanie", "Termin"], [1, "Diagnoza", "2023"], [2, "Plan", "po zakończeniu zadania 1"],
            [3, "Ocena", "po zadaniu 17"]]  # fmt: skip
    __, waits, dead = looked_at(plan, rows, ["order", "title", "when"]).rows
    assert (waits.depends_on_rows, waits.values["timing"], waits.state) == (
        {2: "1"},
        "after",
        "new",
    )
    assert dead.state == "doubtful" and dead.values["unread"] == {"after": "17"}


def test_the_number_of_queries_does_not_grow_with_the_rows(plan: ImplementationPlan) -> None:
    def queries(count: int) -> int:
        for number in range(count):
            factories.task(plan.policy, title=text(f"Zadanie {count} {number}"))
        rows = [
            ["Zadanie", "Dla kogo"],
            *([f"Zadanie {count} {number}", "wszyscy"] for number in range(count)),
        ]
        table = table_of(rows)
        table_import = unsaved_import(plan, table)
        with CaptureQueriesContext(connection) as captured:
            plan_import(table_import, table)
        return len(captured)

    assert queries(2) == queries(40)


def test_an_area_that_the_policy_lacks_is_doubted_with_those_that_it_has(
    plan: ImplementationPlan,
) -> None:
    name = str(plan.policy.areas.get(number=1).name)
    lines = [["Obszar", "Zadanie"], [name, "Kurs"], ["Zdrowie", "Punkt"]]
    course, point = looked_at(plan, lines).rows
    areas = "; ".join(f"{area.number}. {area.name}" for area in plan.policy.areas.all())
    assert (course.area, course.state) == (name, "new")
    assert point.doubts == [f"the policy has no area “Zdrowie”, only: {areas}"]
    assert point.unread == [("Obszar", "Zdrowie")]
    (alone,) = looked_at(plan, [lines[0], lines[2]]).rows
    assert alone.doubts == point.doubts
    other = looked_at(plan, [lines[0], ["Sport", "Kurs"], ["Zdrowie", "Punkt"]])
    assert [row.state for row in other.rows] == ["new", "new"]
    assert f"None of the file’s areas is one of the policy, which has: {areas}." in other.findings
