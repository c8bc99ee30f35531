"""What taking a file over writes, all of it or nothing, and what undoing it brings back."""

from dataclasses import fields
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from splot.core.actions import Conflict
from splot.core.models import AuditEntry
from splot.implementation.actions.many_tasks import add_tasks
from splot.implementation.actions.plans import start_plan
from splot.implementation.actions.tasks import change_task
from splot.implementation.lines import LINE_MODELS, LINE_TYPES, RELATIONS, MoneyLine
from splot.implementation.models import ImplementationPlan, SensitiveGroup, Task
from splot.implementation.states import serialise_task
from splot.people.models import Organisation, User
from splot.policy.models import Policy
from splot.table_import.actions.apply import apply_import, undo_import
from splot.table_import.actions.background import prepare_with_progress
from splot.table_import.actions.choices import change_import
from splot.table_import.actions.saving import TableImportRefused
from splot.table_import.models import TableImport
from splot.table_import.queries import table_fingerprint
from tests import factories
from tests.factories import text
from tests.table_import.tables import applied, full_task, looked_at, saved_import

pytestmark = pytest.mark.django_db
ROWS = [["Lp.", "Zadanie", "Ryzyka"], [1, "Kurs", "Brak"], [2, "Punkt", "Inne"]]


def test_a_new_institution_comes_only_with_a_row_that_is_taken(policy: Policy) -> None:
    rows = [["Zadanie", "Partnerzy", "Grupy wrażliwe", "Kiedy"],
            ["Kurs", "Fundacja A", "kobiety", "2024"],
            ["Punkt", "Fundacja A; Fundacja B", "seniorzy", "31.02.2024"]]  # fmt: skip
    applied(policy, rows)
    assert [str(row) for row in Organisation.objects.all()] == ["Fundacja A"]
    assert [str(row) for row in SensitiveGroup.objects.all()] == ["kobiety"]


def test_all_or_nothing(policy: Policy) -> None:
    """The disk is full when all tasks are there but their states: they are not there either, nor
    the institution.
    """
    table_import = saved_import(
        policy, [["Zadanie", "Partnerzy"], ["Kurs", "Fundacja A"], ["Punkt", "Fundacja A"]]
    )

    def full_disk(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "implementation_taskstate"') and Task.objects.count() == 2:
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full_disk), pytest.raises(OperationalError):
        apply_import(by=None, table_import=table_import, version=2, seen=table_fingerprint(policy))
    assert not Task.objects.exists() and not Organisation.objects.exists()
    assert TableImport.objects.get().applied_at is None


def test_many_rows_are_added_as_each_alone_would_be(policy: Policy) -> None:
    """Fields, relations, lines, place, number, state and trail of a full row; and a number of
    queries that is flat.
    """
    plan = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    plan.policy, plan.municipality = policy, policy.municipality
    alone = full_task(plan, activities=list(policy.activities.all())[1:3])
    values = {name: getattr(alone, name) for name in ("title", "audience", "lead", "leader", "timing", "own_role",
              "priority", "decision", "disposition", "risks", "monitoring",
              "invitation")}  # fmt: skip
    values |= {name: list(getattr(alone, name).all()) for name in RELATIONS}
    values |= {
        name: list(map(partial(line_of, name), getattr(alone, name).all())) for name in LINE_MODELS
    }
    first, second = add_tasks(by=None, plan=plan, rows=[values, {"title": text("Inne")}])
    first, second = Task.objects.get(pk=first.pk), Task.objects.get(pk=second.pk)
    assert (first.number, second.number) == (alone.number + 1, alone.number + 2)
    alone.refresh_from_db()
    assert (first.table_position, first.starts, first.due) == (
        alone.table_position,
        alone.starts,
        alone.due,
    )
    assert second.table_position == 0 and first.table_position > 0
    assert without_keys(serialise_task(first)) == without_keys(serialise_task(alone))
    for task in (first, second):
        assert [state.data for state in task.states.all()] == [serialise_task(task)]
        entry = AuditEntry.objects.get(model="implementation.task", object_id=task.pk)
        assert (entry.verb, entry.label) == (
            "task.added",
            f"{task.number}. {task.title.source_wording}",
        )
    with pytest.raises(ValueError, match="another municipality"):
        stranger = factories.organisation(factories.municipality("lublin"))
        add_tasks(by=None, plan=plan, rows=[{"title": text("x"), "partners": [stranger]}])
    counted = [
        queries(partial(add_tasks, by=None, plan=plan, rows=[values] * size)) for size in (2, 12)
    ]
    assert counted[1] == counted[0]


def line_of(name: str, row: Any) -> Any:
    kind = LINE_TYPES[name]
    return kind(**{each.name: getattr(row, each.name) for each in fields(kind)})


def without_keys(state: Any) -> Any:
    return comparable({**state, "task": {**state["task"], "id": 0, "number": 0}})


def queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_undoing_takes_many_rows_off_as_each_alone_would_be(policy: Policy) -> None:
    rows = [["Zadanie", "Ryzyka"], ["Kurs", "Brak"], ["Punkt", "Inne"]]
    table_import = applied(policy, rows)
    undo_import(by=None, table_import=table_import, version=3)
    for task in Task.objects.all():
        assert task.is_archived
        newest, oldest = task.states.all()
        assert (newest.is_archived, oldest.is_archived, newest.data) == (
            True,
            False,
            serialise_task(task),
        )
        verbs = AuditEntry.objects.filter(model="implementation.task", object_id=task.pk).order_by(
            "pk"
        )
        assert list(verbs.values_list("verb", flat=True)) == ["task.added", "task.archived"]


def test_what_was_worked_out_before_counts_only_while_nothing_has_changed(policy: Policy) -> None:
    """A partner becomes known between the working out and the writing: it is not added a second
    time.
    """
    table_import = saved_import(
        policy, [["Zadanie", "Partnerzy"], *([f"Kurs {n}", "Fundacja A"] for n in range(120))]
    )
    prepared = prepare_with_progress(table_import)
    assert TableImport.objects.get().prepared == 100, "told every hundred rows"
    factories.organisation(policy.municipality, "Fundacja A", "ngo")
    with CaptureQueriesContext(connection) as captured:
        apply_import(
            by=None,
            table_import=table_import,
            version=2,
            seen=table_fingerprint(policy),
            prepared=prepared,
        )
    assert Organisation.objects.count() == 1 and Task.objects.count() == 120
    assert any('FROM "people_organisation"' in query["sql"] for query in captured)


def test_words_of_a_row_that_is_not_taken_stay_with_the_row_that_depends_on_it(
    policy: Policy, coordinator: User, signed_in: Any
) -> None:
    lines = [["Lp.", "Zadanie", "Termin"], [12, "Kurs", "po zakończeniu zadania 13"],
             [13, "Targi", "31.02.2024"], [14, "Baza", "2024"], [15, "Raport", "po zadaniu 14"]]  # fmt: skip
    table_import = applied(policy, lines)
    course, *__, report = Task.objects.filter(plan=table_import.plan).order_by("number")
    assert (course.unread, course.timing) == ({"after": "13"}, "after")
    assert [str(task) for task in report.depends_on.all()] == ["2. Baza"]
    assert [entry["unmet"] for entry in table_import.applied] == ["13", "", ""]
    address = f"/en/poznan/policy/{policy.term}/table/read/{table_import.pk}/"
    page = signed_in(coordinator).get(address).content.decode()
    assert "the tasks that these come after were not taken" in page and "<q>13</q>" in page


def test_a_row_says_that_the_one_before_it_is_not_ticked(plan: ImplementationPlan) -> None:
    lines = [["Lp.", "Zadanie", "Termin"], [1, "Kurs", "po zadaniu 2"], [2, "Targi", "31.02.2024"]]
    course, __ = looked_at(plan, lines, ["order", "title", "when"]).rows
    assert course.state == "new"
    assert course.notes == ["row 3, which it comes after, is not ticked: the words stay"]


def test_undoing_spares_what_somebody_changed_since(policy: Policy) -> None:
    kept = factories.task(
        policy, title=text("Kurs"), budget=[MoneyLine("eu", 2023, "staff", planned=5)]
    )
    table_import = applied(
        policy, [["Zadanie", "Ryzyka"], ["Kurs", "Brak"], ["Punkt", "Inne"], ["Dyżur", "x"]]
    )
    point = Task.objects.get(title__texts__pl="Punkt")
    change_task(by=None, task=point, version=point.version, risks=text("Poprawione"))
    factories.update(Task.objects.get(title__texts__pl="Dyżur"))
    with pytest.raises(TableImportRefused, match="2, 3"):
        undo_import(by=None, table_import=table_import, version=3)
    undo_import(by=None, table_import=table_import, version=3, anyway=True)
    kept.refresh_from_db()
    assert not kept.risks and kept.budget.get().kind == "staff"
    assert [str(task.title) for task in Task.objects.current()] == ["Kurs", "Punkt", "Dyżur"]
    assert [entry["undone"] for entry in table_import.applied] == [True, False, False]
    with pytest.raises(TableImportRefused):
        undo_import(by=None, table_import=table_import, version=4)
    entries = AuditEntry.objects.filter(model="table_import.tableimport").values_list(
        "verb", flat=True
    )
    assert list(entries.order_by("pk")) == [
        "table_import.started",
        "table_import.changed",
        "table_import.applied",
        "table_import.undone",
    ]


def test_every_field_comes_back(policy: Policy) -> None:
    """A reading that changes all columns of a full task is undone to the very state that was kept
    before.
    """
    plan = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    plan.policy, plan.municipality = policy, policy.municipality
    task = full_task(plan)
    before = task.states.first().data
    cells = {"Nr zadania": task.number, "Zadanie": "Kurs języka", "Działania": "§ 3 ust. 2 pkt 1", "Dla kogo": "Inni",
             "Realizator": "Biuro A", "Partnerzy": "Fundacja B", "Termin": "2024", "Kamienie milowe": "Finał (2024)",
             "Priorytet": 9, "Grupy wrażliwe": "kobiety", "Zasoby": "sala", "Budżet 2023": "99 zł",
             "Wskaźniki": "Uczestnicy kursów: 300 (2024)", "Monitoring": "Ankiety", "Ryzyka": "Inne"}  # fmt: skip
    rows = [[*cells], [*cells.values()]]
    table_import = applied(policy, rows)
    task = Task.objects.get(pk=task.pk)
    assert (task.title.source_wording, task.priority, task.partners.get().name.source_wording) == (
        "Kurs języka",
        9,
        "Fundacja B",
    )
    assert {line.planned for line in task.budget.filter(year=2023)} == {99, None}
    assert [(line.value, line.by) for line in task.targets.all()] == [(300, "2024")]
    undo_import(by=None, table_import=table_import, version=3)
    after = Task.objects.get(pk=task.pk).states.first().data
    assert comparable(after) == comparable(before)


def comparable(state: Any) -> Any:
    """A state with its lines in one order: lines that were written anew stand in the order of
    writing.
    """
    lists = {**state["relations"], **state["lines"]}
    return {
        **state,
        "relations": None,
        "lines": {name: sorted(map(str, rows)) for name, rows in lists.items()},
    }


def test_a_late_writer_is_told(policy: Policy) -> None:
    table_import = saved_import(policy, ROWS)
    with pytest.raises(Conflict):
        change_import(by=None, table_import=table_import, version=1, rows={"2": "leave"})
    with pytest.raises(Conflict):
        apply_import(by=None, table_import=table_import, version=1, seen=table_fingerprint(policy))
    assert not Task.objects.exists()


def test_two_files_are_undone_one_after_the_other(policy: Policy) -> None:
    task = factories.task(policy, risks=text("Nic"))
    files = []
    for words in ("Brak sal", "Brak ludzi"):
        rows = [
            ["Nr zadania", "Zadanie", "Ryzyka"],
            [task.number, task.title.source_wording, words],
        ]
        files.append(applied(policy, rows))
    for words in ("Brak sal", "Nic"):
        table_import = TableImport.objects.select_related("plan").get(pk=files.pop().pk)
        table_import.plan.policy, table_import.plan.municipality, table_import.municipality = (
            policy,
            policy.municipality,
            policy.municipality,
        )
        undo_import(by=None, table_import=table_import, version=table_import.version)
        assert str(Task.objects.get().risks) == words
