"""What taking a file over writes, all of it or nothing, and what undoing it brings back."""

from typing import Any

import pytest
from django.db import OperationalError, connection

from splot.core.actions import Conflict
from splot.core.models import AuditEntry
from splot.implementation.actions.plans import start_plan
from splot.implementation.actions.readings import ReadingRefused, apply_reading, change_reading, undo_reading
from splot.implementation.actions.tasks import change_task
from splot.implementation.lines import MoneyLine
from splot.implementation.models import SensitiveGroup, TableReading, Task, TaskState
from splot.implementation.recognising.readings import seen_of
from splot.people.models import Organisation
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.tables import applied, full_task, saved_reading

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
    """The disk is full at the last row: the first ones are not there either, nor is the new institution."""
    reading = saved_reading(policy, [["Zadanie", "Partnerzy"], ["Kurs", "Fundacja A"], ["Punkt", "Fundacja A"]])

    def full_disk(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "implementation_taskstate"') and TaskState.objects.exists():
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full_disk), pytest.raises(OperationalError):
        apply_reading(by=None, reading=reading, version=2, seen=seen_of(policy))
    assert not Task.objects.exists() and not Organisation.objects.exists()
    assert TableReading.objects.get().applied_at is None


def test_undoing_spares_what_somebody_changed_since(policy: Policy) -> None:
    kept = factories.task(policy, title=text("Kurs"), budget=[MoneyLine("eu", 2023, "staff", planned=5)])
    reading = applied(policy, [["Zadanie", "Ryzyka"], ["Kurs", "Brak"], ["Punkt", "Inne"], ["Dyżur", "x"]])
    point = Task.objects.get(title__texts__pl="Punkt")
    change_task(by=None, task=point, version=point.version, risks=text("Poprawione"))
    factories.update(Task.objects.get(title__texts__pl="Dyżur"))
    with pytest.raises(ReadingRefused, match="2, 3"):
        undo_reading(by=None, reading=reading, version=3)
    undo_reading(by=None, reading=reading, version=3, anyway=True)
    kept.refresh_from_db()
    assert not kept.risks and kept.budget.get().kind == "staff"
    assert [str(task.title) for task in Task.objects.current()] == ["Kurs", "Punkt", "Dyżur"]
    assert [entry["undone"] for entry in reading.applied] == [True, False, False]
    with pytest.raises(ReadingRefused):
        undo_reading(by=None, reading=reading, version=4)
    entries = AuditEntry.objects.filter(model="implementation.tablereading").values_list("verb", flat=True)
    assert list(entries.order_by("pk")) == ["table.read", "reading.changed", "reading.applied", "reading.undone"]


def test_every_field_comes_back(policy: Policy) -> None:
    """A reading that changes all columns of a full task is undone to the very state that was kept before."""
    plan = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    plan.policy, plan.municipality = policy, policy.municipality
    task = full_task(plan)
    before = task.states.first().data
    cells = {"Nr zadania": task.number, "Zadanie": "Kurs języka", "Działania": "§ 3 ust. 2 pkt 1", "Dla kogo": "Inni",
             "Realizator": "Biuro A", "Partnerzy": "Fundacja B", "Termin": "2024", "Kamienie milowe": "Finał (2024)",
             "Priorytet": 9, "Grupy wrażliwe": "kobiety", "Zasoby": "sala", "Budżet 2023": "99 zł",
             "Wskaźniki": "Uczestnicy kursów: 300 (2024)", "Monitoring": "Ankiety", "Ryzyka": "Inne"}  # fmt: skip
    rows = [[*cells], [*cells.values()]]
    reading = applied(policy, rows)
    task = Task.objects.get(pk=task.pk)
    assert (task.title.words, task.priority, task.partners.get().name.words) == ("Kurs języka", 9, "Fundacja B")
    assert {line.planned for line in task.budget.filter(year=2023)} == {99, None}
    assert [(line.value, line.by) for line in task.targets.all()] == [(300, "2024")]
    undo_reading(by=None, reading=reading, version=3)
    after = Task.objects.get(pk=task.pk).states.first().data
    assert comparable(after) == comparable(before)


def comparable(state: Any) -> Any:
    """A state with its lines in one order: lines that were written anew stand in the order of writing."""
    lists = {**state["relations"], **state["lines"]}
    return {**state, "relations": None, "lines": {name: sorted(map(str, rows)) for name, rows in lists.items()}}


def test_a_late_writer_is_told(policy: Policy) -> None:
    reading = saved_reading(policy, ROWS)
    with pytest.raises(Conflict):
        change_reading(by=None, reading=reading, version=1, rows={"2": "leave"})
    with pytest.raises(Conflict):
        apply_reading(by=None, reading=reading, version=1, seen=seen_of(policy))
    assert not Task.objects.exists()
