"""Whatever the order in which sheets are saved, sent and merged: no word that somebody wrote is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from splot.implementation.models import BudgetLine, StatusUpdate, Task, TaskState
from splot.people.models import User
from splot.policy.models import Policy
from splot.workbooks.actions import workbooks as actions
from splot.workbooks.actions.workbooks import resolve_conflicts
from splot.workbooks.merge import (
    CONFLICT,
    KEPT,
    LEFT_AS_SENT,
    OVERRULED,
    REFUSED,
    SAME,
    TAKEN,
)
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook
from splot.workbooks.queries import current_values
from splot.workbooks.schema import FILLABLE_CELLS
from tests import factories
from tests.factories import text
from tests.workbooks.factories import City, filled

pytestmark = pytest.mark.django_db
WORDS = ("Kurs trwa", "Kurs skończony", "Brak lektora", "")
FILLED = {
    "status": st.sampled_from(["done", "late", "on_time"]),
    "narrative": st.sampled_from(WORDS),
    "obstacles": st.sampled_from(WORDS),
    "reached": st.integers(0, 3),
    "paid": st.integers(0, 3),
    "remark": st.sampled_from(WORDS),
}
COLUMNS = st.sampled_from(sorted(FILLED)).flatmap(
    lambda code: st.tuples(st.just(code), FILLED[code])
)
Save = tuple[IssuedWorkbook, dict[int, dict[str, Any]]]


class Exchange(RuleBasedStateMachine):
    """A city in the weeks when sheets go out and come back; each run is undone at its end."""

    def __init__(self, policy: Policy, coordinator: Any) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.city, self.coordinator = City(policy), coordinator
        self.open: list[Save] = []  # workbooks on somebody's desk
        self.saves: list[Save] = []  # copies of them, each as it once was
        self.uploaded: list[Save] = []
        self.told: dict[tuple[int, int, str], str] = {}  # the last word of each sheet on each cell

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def send_to_all(self) -> None:
        for organisation in (self.city.school, self.city.library, self.city.ngo):
            self.open.append((self.city.sheet(organisation), {}))

    @rule(data=st.data())
    def send_anew(self, data: st.DataObject) -> None:
        organisation = data.draw(st.sampled_from([self.city.school, self.city.library]))
        self.open.append((self.city.sheet(organisation), {}))

    @rule(data=st.data(), changes=st.lists(COLUMNS, min_size=1, max_size=4))
    def fill_and_save(self, data: st.DataObject, changes: list[tuple[str, Any]]) -> None:
        sheet, rows = data.draw(st.sampled_from(self.open))
        number = data.draw(st.sampled_from(sorted(sheet.rows)))
        for code, value in changes:
            if code in sheet.rows[number]:
                rows.setdefault(int(number), {})[code] = value
        self.save(sheet, rows)

    @precondition(lambda self: any(rows for __, rows in self.open))
    @rule(data=st.data())
    def empty_and_save(self, data: st.DataObject) -> None:
        """Somebody thinks better of it: a cell is again as it was sent."""
        sheet, rows = data.draw(st.sampled_from([save for save in self.open if save[1]]))
        number = data.draw(st.sampled_from(sorted(rows)))
        del rows[number][data.draw(st.sampled_from(sorted(rows[number])))]
        if not rows[number]:
            del rows[number]
        self.save(sheet, rows)

    def save(self, sheet: IssuedWorkbook, rows: dict[int, dict[str, Any]]) -> None:
        self.saves.append((sheet, {number: dict(values) for number, values in rows.items()}))

    @rule(data=st.data(), status=FILLED["status"], words=st.sampled_from(WORDS))
    def report_in_the_app(self, data: st.DataObject, status: str, words: str) -> None:
        task = data.draw(st.sampled_from([self.city.first, self.city.second, self.city.third]))
        factories.update(task, status, narrative=text(words) if words else factories.Text())

    @precondition(lambda self: self.saves)
    @rule(data=st.data())
    def upload_any_copy(self, data: st.DataObject) -> None:
        self.upload(*data.draw(st.sampled_from(self.saves)))

    def upload(self, sheet: IssuedWorkbook, rows: dict[int, dict[str, Any]]) -> None:
        """Nothing changes but what is news, and what is no more said has its line."""
        before, newest = table(self.city.policy), ReturnedWorkbook.objects.order_by("pk").last()
        returned = self.city.back(filled(sheet, rows))
        self.uploaded.append((sheet, rows))
        if newest is None or returned.pk > newest.pk:  # not the very same file once more
            self.every_other_word_is_told(sheet, rows, returned)
        after = table(self.city.policy)
        theirs = {(cell["task"], cell["column"]): cell for cell in returned.cells}
        for place, value in after.items():
            if value != before[place]:
                cell = theirs[place]
                assert cell["state"] == TAKEN
                assert value == cell["theirs"]
                assert before[place] == cell["sent"], "somebody wrote here, and it was overwritten"

    def every_other_word_is_told(
        self, sheet: IssuedWorkbook, rows: dict[int, dict[str, Any]], returned: Any
    ) -> None:
        """What a sheet last said and says no more has its line, also where the cell is as it was
        sent.
        """
        found = {(cell["task"], cell["column"]): cell for cell in returned.cells}
        for number, sent in sheet.rows.items():
            for code in FILLABLE_CELLS:
                if code not in sent:
                    continue
                place, words = (int(number), code), sent[code]
                if code in rows.get(int(number), {}):
                    value = rows[int(number)][code]
                    words = f"exact {value} persons" if code == "reached" else as_cell(code, value)
                if words != self.told.get((sheet.pk, *place), sent[code]):
                    assert place in found and found[place]["theirs"] == words, (
                        "a word was taken back, and nobody told"
                    )
                    assert words != sent[code] or found[place]["state"] != TAKEN, (
                        "a colleague's copy emptied a cell"
                    )
                if place in found and found[place]["state"] not in (REFUSED, LEFT_AS_SENT):
                    self.told[sheet.pk, *place] = words

    @rule(data=st.data(), choice=st.sampled_from([KEPT, OVERRULED]))
    def settle_a_conflict(self, data: st.DataObject, choice: str) -> None:
        waiting = [
            (row, at, cell)
            for row in ReturnedWorkbook.objects.select_related(
                "workbook__plan__policy", "workbook__organisation"
            )
            for at, cell in enumerate(row.cells)
            if cell["state"] == CONFLICT
        ]
        if waiting:
            row, at, cell = data.draw(st.sampled_from(waiting))
            now = table(self.city.policy)[cell["task"], cell["column"]]
            left = resolve_conflicts(
                by=self.coordinator,
                returned=row,
                version=row.version,
                choices={at: choice},
                seen={at: now},
            )
            wanted = now if choice == KEPT or left else cell["theirs"]
            assert table(self.city.policy)[cell["task"], cell["column"]] == wanted

    @invariant()
    def every_word_is_somewhere(self) -> None:
        """In the table, in its history, or beside a conflict or a refusal that shows it."""
        cells: dict[tuple[int, int, str], list[dict]] = {}
        for row in ReturnedWorkbook.objects.all():
            for cell in row.cells:
                cells.setdefault((row.workbook_id, cell["task"], cell["column"]), []).append(cell)
        said = ever_said()
        for sheet, rows in self.uploaded:
            for number, values in rows.items():
                for code, value in values.items():
                    words = f"exact {value} persons" if code == "reached" else as_cell(code, value)
                    if words == sheet.rows[str(number)][code]:
                        continue
                    found = [
                        cell for cell in cells[sheet.pk, number, code] if cell["theirs"] == words
                    ]
                    assert found, (number, code, words)
                    if code != "remark" and {cell["state"] for cell in found} <= {
                        TAKEN,
                        SAME,
                        OVERRULED,
                    }:
                        assert (number, code, words) in said
                    assert {cell["state"] for cell in found} <= {
                        TAKEN,
                        SAME,
                        OVERRULED,
                        CONFLICT,
                        KEPT,
                        REFUSED,
                    }


def as_cell(code: str, value: Any) -> str:
    return f"{value}.00" if code == "paid" else value


def table(policy: Policy) -> dict[tuple[int, str], str]:
    """What the table says now, by task's number and cell; a remark is not in it."""
    found = {}
    for task in Task.objects.filter(policy=policy):
        update = task.updates.filter(period="2023").order_by("-pk").first()
        for code, value in current_values(update, task.budget.all(), 2023).items():
            found[task.number, code] = value
    return found


def ever_said() -> set[tuple[int, str, str]]:
    """Everything that the table has said at any time: reports are never changed, rows keep each
    state.
    """
    found = {(number, code, "") for number in (1, 2, 3) for code in FILLABLE_CELLS}
    for update in StatusUpdate.objects.select_related("task"):
        found |= {
            (update.task.number, code, value)
            for code, value in current_values(update, [], 2023).items()
        }
    for state in TaskState.objects.select_related("task"):
        for line in state.data["lines"]["budget"]:
            found.add((state.task.number, "paid", line["paid"] or ""))
    for line in BudgetLine.objects.select_related("task"):
        found.add((line.task.number, "paid", "" if line.paid is None else f"{line.paid:.2f}"))
    return found


RUNS = settings(max_examples=30, stateful_step_count=18, deadline=None, print_blob=True)


@pytest.mark.slow
@pytest.mark.one_engine
def test_a_merge_never_loses_what_somebody_wrote(policy: Policy, coordinator: Any) -> None:
    run_state_machine_as_test(lambda: Exchange(policy, coordinator), settings=RUNS)


# The controls take the same steps each time: whether a fault is met may not depend on luck.


def two_write_into_one_cell(exchange: Exchange) -> None:
    sheet, rows = exchange.open[0]
    rows[1] = {"narrative": "Kurs trwa"}
    factories.update(exchange.city.first, "late", narrative=text("Brak lektora"))
    exchange.upload(sheet, rows)
    exchange.every_word_is_somewhere()


def a_word_is_taken_back(exchange: Exchange) -> None:
    sheet, rows = exchange.open[0]
    rows[1] = {"status": "done", "narrative": "Kurs trwa"}
    exchange.upload(sheet, rows)
    exchange.every_word_is_somewhere()
    exchange.upload(sheet, {})
    exchange.every_word_is_somewhere()


@pytest.fixture
def play(policy: Policy, coordinator: User) -> Callable[[Callable[[Exchange], None]], None]:
    """Takes the steps of a script in a city of its own, where every institution has its sheet."""

    def played(script: Callable[[Exchange], None]) -> None:
        exchange = Exchange(policy, coordinator)
        try:
            exchange.send_to_all()
            script(exchange)
        finally:
            exchange.teardown()

    return played


def test_control_a_merge_that_overwrites_is_noticed(
    play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine can fail: a conflict counts as news, a word is overwritten, and it says so."""
    play(two_write_into_one_cell)
    honest = actions.merge_row

    def careless(*told: Any) -> Any:
        return [
            cell | {"state": TAKEN} if cell["state"] == CONFLICT else cell for cell in honest(*told)
        ]

    monkeypatch.setattr(actions, "merge_row", careless)
    with pytest.raises(AssertionError, match="overwritten"):
        play(two_write_into_one_cell)


def test_control_a_merge_that_forgets_what_was_told_is_noticed(
    play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, for a cell that is emptied again after its word was taken."""
    play(a_word_is_taken_back)
    monkeypatch.setattr(actions, "previous_values", lambda returns: {})
    with pytest.raises(AssertionError, match="nobody told"):
        play(a_word_is_taken_back)
