"""The table as it stood on a day, and what changed between two days: nothing that was ever on it is
lost.
"""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from splot.implementation.actions.tasks import archive_task
from splot.implementation.lines import MilestoneLine, MoneyLine, RoleLine, WindowLine
from splot.implementation.models import Task, TaskState
from splot.people.actions import change_organisation
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.history import HISTORY, changes, happened, table_on
from tests.implementation.test_states import changed, rich_task

pytestmark = pytest.mark.django_db


class TestOnADay:
    def test_the_table_stands_as_it_stood(self, story: Task, client: Client) -> None:
        assert table_on(client, "2023-01-09") == {}
        assert list(table_on(client, "2023-01-10")) == ["1. Kurs języka polskiego"]
        assert list(table_on(client, "2023-03-04")) == [
            "1. Kurs języka polskiego",
            "2. Poradnictwo",
        ]
        assert list(table_on(client, "2023-03-05")) == ["1. Kurs wieczorowy", "2. Poradnictwo"]
        assert list(table_on(client, "2023-04-01")) == ["1. Kurs wieczorowy"]
        assert table_on(client, "2023-05-14")["1. Kurs wieczorowy"][0] == "not given"
        assert table_on(client, "2023-05-15")["1. Kurs wieczorowy"][0] == "Rodzice"

    def test_a_day_ends_at_midnight_in_warsaw(self, policy: Policy, client: Client) -> None:
        factories.task(policy)
        happened("2023-07-01", time(23, 59))
        changed(Task.objects.get(), title=text("Kurs nocny"))
        happened("2023-07-02", time(0, 30))  # which is still 1 July in London
        assert list(table_on(client, "2023-07-01")) == ["1. Kurs języka polskiego"]
        assert list(table_on(client, "2023-07-02")) == ["1. Kurs nocny"]

    def test_today_comes_by_itself(self, story: Task, client: Client) -> None:
        page = client.get(HISTORY)
        assert page.context["on"] == timezone.localdate()
        assert "Kurs wieczorowy" in page.content.decode()
        assert "Poradnictwo" not in page.content.decode()

    def test_speaks_the_readers_language(self, story: Task, client: Client) -> None:
        assert list(table_on(client, "2023-01-31", "uk")) == [
            "1. Kurs języka polskiego",
            "2. Поради",
        ]

    def test_every_line_of_a_row_is_there(self, policy: Policy, client: Client) -> None:
        task = rich_task(policy)
        changed(
            task,
            windows=[],
            milestones=[],
            budget=[],
            partners=[],
            resources=[],
            targets=[],
            groups=[],
        )
        happened((timezone.localdate() + timedelta(days=2)).isoformat())
        row = table_on(client, timezone.localdate().isoformat())["2. Kurs języka polskiego"]
        for words in (
            "Stowarzyszenie Most (prowadzi kurs)",
            "Feb 1, 2023",
            "30 000 zł",
            "120",
            "niepełnosprawnościami",
        ):
            assert any(words in cell for cell in row), words

    def test_institutions_have_the_names_that_they_had(
        self, story: Task, client: Client, coordinator
    ) -> None:
        row = story.lead
        new = text("Biuro Edukacji", uk="Бюро освіти")
        change_organisation(by=coordinator, organisation=row, version=row.version, name=new)
        assert table_on(client, "2023-03-04")["1. Kurs języka polskiego"][1] == "Wydział Oświaty"
        changed(story, monitoring=text("Ankieta"))
        assert "Biuro Edukacji" in client.get(HISTORY).content.decode()
        assert "Бюро освіти" in client.get(HISTORY.replace("/en/", "/uk/")).content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            "on=nonsense",
            "on=0001-01-01",
            "on=9999-12-31",
            "on=%00",
            "since=2023-01-01&on=2022-01-01",
            "since=x",
        ],
    )
    def test_any_question_has_an_answer(self, story: Task, client: Client, query: str) -> None:
        assert client.get(f"{HISTORY}?{query}").status_code == 200


class TestBetweenTwoDays:
    def test_what_changed_and_who_changed_it(
        self, story: Task, client: Client, coordinator
    ) -> None:
        found = changes(client, "2023-02-01", "2023-12-31")
        assert [(name, tag) for name, tag, *__ in found] == [
            ("1. Kurs wieczorowy", "changed"),
            ("2. Poradnictwo", "taken off the table"),
        ]
        first, second = found
        assert first[2] == {
            "Task": ("Kurs języka polskiego", "Kurs wieczorowy"),
            "For whom": ("not given", "Rodzice"),
            "Risks": ("Brak sal", "Brak chętnych"),
        }
        assert first[3].startswith("March 5, 2023, noon · coordinator poznan; May 15, 2023")
        assert first[3].endswith("· Splot")  # nobody in particular
        assert "April 1, 2023" in second[3]

    def test_in_the_readers_language(self, story: Task, client: Client) -> None:
        ((__, __, cells, __), *___) = changes(client, "2023-02-01", "2023-03-31", "uk")
        assert ("Немає залів", "Немає охочих") in cells.values()

    def test_the_first_day_is_as_it_ended(self, story: Task, client: Client) -> None:
        assert [row[0] for row in changes(client, "2023-03-05", "2023-03-31")] == []
        assert [row[1] for row in changes(client, "2023-03-04", "2023-03-05")] == ["changed"]
        assert (
            "Nothing changed"
            in client.get(HISTORY, {"since": "2023-03-05", "on": "2023-03-31"}).content.decode()
        )

    def test_new_rows_and_those_put_back(self, story: Task, client: Client, coordinator) -> None:
        assert [row[:2] for row in changes(client, "2023-01-15", "2023-01-31")] == [
            ("2. Poradnictwo", "new")
        ]
        second = Task.objects.get(number=2)
        archive_task(by=coordinator, task=second, version=second.version, archived=False)
        happened("2023-06-01")
        assert [row[:2] for row in changes(client, "2023-05-31", "2023-06-30")] == [
            ("2. Poradnictwo", "put back")
        ]
        off_and_on = changes(client, "2023-03-31", "2023-06-30")[1]
        assert off_and_on[:3] == ("2. Poradnictwo", "changed, and as it was before", {})

    def test_a_row_that_came_and_went_is_not_called_new(
        self, policy: Policy, client: Client, coordinator
    ) -> None:
        task = factories.task(policy)
        happened("2023-02-01")
        archive_task(by=coordinator, task=task, version=1, archived=True)
        happened("2023-03-01")
        assert [row[1] for row in changes(client, "2023-01-01", "2023-12-31")] == [
            "added, and taken off again"
        ]

    def test_days_the_wrong_way_round_are_pointed_out(self, story: Task, client: Client) -> None:
        page = client.get(HISTORY, {"since": "2023-06-01", "on": "2023-05-01"}).content.decode()
        assert "This day comes after the other one." in page

    def test_what_was_undone_is_seen_to_be_so(self, story: Task, client: Client) -> None:
        changed(story, audience=text("Kto inny"))
        happened("2023-06-01")
        changed(Task.objects.get(pk=story.pk), audience=story.audience)
        happened("2023-06-02")
        assert changes(client, "2023-05-31", "2023-06-01")[0][2] == {
            "For whom": ("Rodzice", "Kto inny")
        }
        (undone,) = changes(client, "2023-05-31", "2023-06-30")
        assert undone[1:3] == ("changed, and as it was before", {})
        assert "June 1, 2023" in undone[3]

    def test_lines_changed_are_seen_column_by_column(self, policy: Policy, client: Client) -> None:
        task = rich_task(policy)
        day = timezone.localdate()
        for number, state in enumerate(TaskState.objects.all()):
            QuerySet(TaskState).filter(pk=state.pk).update(
                at=timezone.now() - timedelta(days=9 + number)
            )
        partner = task.partners.first()
        changed(
            task,
            windows=[WindowLine(None, task.due)],
            milestones=[MilestoneLine(text("Nabór"))],
            budget=[MoneyLine("own", 2023, paid=1)],
            partner_roles=[RoleLine(partner, text("użycza sal"))],
            depends_on=[],
            own_role="",
        )
        ((__, __, cells, __),) = changes(
            client, (day - timedelta(days=5)).isoformat(), day.isoformat()
        )
        expected = {
            "When",
            "Milestones",
            "Money planned",
            "Money committed",
            "Money paid",
            "Sources of money",
        }
        assert set(cells) == {
            *expected,
            "Outside institutions",
            "After tasks",
            "Municipality’s role",
        }
        assert cells["Money paid"] == ("2023: 0 PLN", "2023: 1 PLN")
        assert cells["After tasks"] == ("1", "not given")


@pytest.mark.parametrize(
    ("role", "status"), [("monitor", 200), ("editor", 200), ("reader", 404), ("leader", 404)]
)
def test_history_is_the_teams(
    story: Task, town: Municipality, signed_in, role: str, status: int
) -> None:
    assert signed_in(factories.user(town, role)).get(HISTORY).status_code == status
    assert "/sign-in/" in Client().get(HISTORY)["Location"]


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?since=2020-01-01"])
def test_the_number_of_queries_is_that_of_one_row(
    policy: Policy, client: Client, query: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{HISTORY}{query}").status_code == 200
        return len(captured)

    task = rich_task(policy)
    one = queries()
    for __ in range(59):
        row = factories.task(
            policy, lead=task.lead, leader=task.leader, partners=task.partners.all()
        )
        changed(row, by=task.leader, depends_on=[task], milestones=[MilestoneLine(text("Nabór"))])
    assert queries() == one <= 12


@pytest.mark.slow
@pytest.mark.parametrize("query", ["?", "?since=2020-01-01"])
def test_a_long_history_comes_in_pages(policy: Policy, client: Client, query: str) -> None:
    for __ in range(61):
        factories.task(policy)
    first, second = (
        client.get(f"{HISTORY}{query}&page={number}").content.decode() for number in (1, 2)
    )
    assert ("/tasks/60/" in first, "/tasks/61/" in first) == (True, False)
    assert ("/tasks/60/" in second, "/tasks/61/" in second) == (False, True)
