"""Rows that were ticked in the table get one thing at once; each is told what became of it, and all
of it can be taken back.
"""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from lxml import html

from splot.core.models import AuditEntry
from splot.implementation.actions.tasks import archive_task, change_task
from splot.implementation.models import Task
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db

TABLE = "/en/poznan/policy/2023-2024/table/"
ASSIGN, DONE = f"{TABLE}assign/", f"{TABLE}assign/done/"


@pytest.fixture
def tasks(policy: Policy) -> list[Task]:
    """Two rows without an activity, and one that has one."""
    return [
        factories.task(policy, activities=[], title=text("Targi")),
        factories.task(policy, activities=[], title=text("Kurs")),
        factories.task(policy, "3-2-1", title=text("Dyżur")),
    ]


def words_of(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content.decode()).find(".//main").text_content().split())


def ticked(*numbers: int) -> list[str]:
    """Rows as the form sends them, with the versions that stand there now."""
    rows = Task.objects.filter(number__in=numbers).order_by("number")
    return [f"{task.number}:{task.version}" for task in rows]


def give(client: Client, what: str, row: Any, *numbers: int, **more: Any) -> Any:
    sent = {"what": what, "choice": row.pk, "task": ticked(*numbers), **more}
    return client.post(ASSIGN, sent, follow=True)


def outcomes(answer: Any) -> dict[int, str]:
    with override("en"):
        return {task.number: str(outcome.label) for task, outcome in answer.context["rows"]}


def test_more_rows_than_fit_at_once_are_not_dropped_in_silence(
    client: Client, tasks: list[Task], policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splot.implementation.pages.assign.MOST_ROWS", 2)
    area = policy.areas.get(number=2)
    page = client.get(ASSIGN, {"what": "area", "task": ["1", "2", "3"]})
    assert "1 more row is ticked than can be filled in at once." in words_of(page)
    sent = html.fromstring(page.content.decode()).xpath("//form[@method='post']//@value")
    assert {"1:1", "2:1", "3"} <= set(sent)
    (kind, *__) = page.context["kinds"]
    assert kind["url"].count("task=") == 3
    done = give(client, "area", area, 1, 2, 3)
    assert set(outcomes(done)) == {1, 2}
    (onward,) = html.fromstring(done.content.decode()).xpath("//a[contains(., 'Go on with')]/@href")
    assert [task.number for task in client.get(onward).context["rows"]] == [3]


def numbers_of(task: Task) -> list[str]:
    return [activity.slug for activity in task.activities.order_by("slug")]


def test_the_way_from_the_table_needs_no_script(client: Client, tasks: list[Task]) -> None:
    page = html.fromstring(client.get(TABLE).content.decode())
    boxes = page.xpath("//tr//input[@type='checkbox'][@name='task'][@form='ticked']")
    assert sorted(box.get("value") for box in boxes) == ["1", "2", "3"]
    (form,) = page.xpath("//form[@id='ticked']")
    assert (form.get("method"), form.get("action")) == ("get", ASSIGN)
    assert form.xpath(".//button[@name='what']/@value") == [
        *("activity", "area", "institution", "person"),
    ]
    chosen = client.get(ASSIGN, {"what": "area", "task": ["1", "2"], "query": "year=2023"})
    assert [task.number for task in chosen.context["rows"]] == [1, 2]
    (sent,) = html.fromstring(chosen.content.decode()).xpath("//main//form[@method='post']")
    assert sent.xpath(".//input[@name='task']/@value") == ["1:1", "2:1"]


def test_a_reader_gets_no_boxes(tasks: list[Task]) -> None:
    assert 'name="task"' not in Client().get(TABLE).content.decode()
    assert Client().get(ASSIGN).status_code == 302  # to sign in


def test_the_list_is_searched_by_any_words_without_a_script(
    client: Client, policy: Policy, tasks: list[Task]
) -> None:
    town = policy.municipality
    for name in ("Wydział Zdrowia", "Wydział Oświaty", "Żłobek nr 1"):
        factories.organisation(town, name)
    factories.organisation(town, "Fundacja Wydział", "ngo")

    def found(words: str) -> list[str]:
        query = {"what": "institution", "task": "1", "words": words}
        return [str(choice.name) for choice in client.get(ASSIGN, query).context["choices"]]

    assert found("oswiaty wydz") == ["Wydział Oświaty"]
    assert found("ŻŁOBEK") == ["Żłobek nr 1"]
    assert found("") == ["Wydział Oświaty", "Wydział Zdrowia", "Żłobek nr 1"]
    empty = client.get(ASSIGN, {"what": "institution", "task": "1", "words": "teatr"})
    assert "Nothing in the list has these words." in words_of(empty)


@pytest.mark.parametrize(
    ("what", "field"), [("area", "area"), ("institution", "lead"), ("person", "leader")]
)
def test_all_ticked_rows_get_it_and_can_give_it_back(
    client: Client, policy: Policy, tasks: list[Task], leader: User, what: str, field: str
) -> None:
    institution = factories.organisation(policy.municipality)
    row = {"area": policy.areas.get(number=2), "institution": institution, "person": leader}[what]
    answer = give(client, what, row, 1, 2)
    assert answer.redirect_chain[-1][0] == DONE
    assert outcomes(answer) == {1: "changed", 2: "changed"}
    assert "Rows changed: 2 of 2." in words_of(answer)
    assert [getattr(task, field) for task in Task.objects.all()] == [
        row,
        row,
        getattr(tasks[2], field),
    ]
    undone = client.post(DONE, follow=True)
    assert outcomes(undone) == {1: "as it was before", 2: "as it was before"}
    assert [getattr(task, field) for task in Task.objects.all()[:2]] == [None, None]


def test_an_activity_is_added_or_takes_the_place_of_others(
    client: Client, policy: Policy, tasks: list[Task]
) -> None:
    activity = policy.activities.get(slug="3-1-1")
    assert outcomes(give(client, "activity", activity, 1, 3)) == {1: "changed", 3: "changed"}
    first, __, third = Task.objects.all()
    assert (numbers_of(first), numbers_of(third)) == (["3-1-1"], ["3-1-1", "3-2-1"])
    assert first.area == activity.area
    assert outcomes(give(client, "activity", activity, 1, 2)) == {
        1: "had it already",
        2: "changed",
    }
    give(client, "activity", activity, 3, replaces="on")
    assert numbers_of(Task.objects.get(number=3)) == ["3-1-1"]


def test_undoing_an_activity_takes_its_area_along(
    client: Client, policy: Policy, tasks: list[Task]
) -> None:
    give(client, "activity", policy.activities.get(slug="3-1-1"), 1, 3)
    client.post(DONE)
    first, __, third = Task.objects.all()
    assert (first.area, numbers_of(first)) == (None, [])
    assert (third.area.number, numbers_of(third)) == (2, ["3-2-1"])


def test_each_row_is_told_why_it_did_not_change(
    client: Client, coordinator: User, policy: Policy, tasks: list[Task]
) -> None:
    four = factories.task(policy, activities=[], title=text("Stare"))
    seen = ticked(1, 2, 3, 4)
    change_task(by=None, task=tasks[0], version=1, title=text("Targi pracy"))
    archive_task(by=coordinator, task=four, version=1, archived=True)
    area = policy.areas.get(number=1)
    sent = {"what": "area", "choice": area.pk, "task": seen}
    answer = client.post(ASSIGN, sent, follow=True)
    assert outcomes(answer) == {
        1: "not changed: somebody changed the task meanwhile",
        2: "changed",
        3: "not changed: it has the area of its activities",
        4: "not changed: it is off the table",
    }
    assert [task.area and task.area.number for task in Task.objects.all()] == [None, 1, 2, None]
    assert str(Task.objects.get(number=1).title) == "Targi pracy"


def test_what_somebody_changed_since_is_not_undone(
    client: Client, policy: Policy, tasks: list[Task], leader: User
) -> None:
    give(client, "person", leader, 1, 2)
    second = Task.objects.get(number=2)
    change_task(by=None, task=second, version=second.version, title=text("Kurs wieczorowy"))
    assert outcomes(client.post(DONE, follow=True)) == {
        1: "as it was before",
        2: "not changed: somebody changed the task meanwhile",
    }
    assert [task.leader for task in Task.objects.all()] == [None, leader, None]


def test_nothing_is_written_where_nothing_changes(
    client: Client, policy: Policy, tasks: list[Task], leader: User
) -> None:
    give(client, "person", leader, 1)
    before = AuditEntry.objects.count()
    again = give(client, "person", leader, 1)
    assert outcomes(again) == {1: "had it already"}
    assert b"Undo" not in again.content
    assert "No row was changed." in words_of(again)
    assert AuditEntry.objects.count() == before
    assert Task.objects.get(number=1).version == 2


@pytest.mark.parametrize("choice", ["", "77777", "x", "9" * 30])
def test_a_choice_that_is_not_in_the_list_is_asked_again(
    client: Client, tasks: list[Task], choice: str
) -> None:
    answer = client.post(ASSIGN, {"what": "area", "task": "1:1", "choice": choice})
    assert "Choose from the list." in words_of(answer)
    assert not Task.objects.filter(number=1).exclude(area=None).exists()


def test_what_belongs_to_another_municipality_is_no_choice(
    client: Client, tasks: list[Task]
) -> None:
    foreign = factories.policy(factories.municipality("lublin"))
    answer = give(client, "area", foreign.areas.first(), 1)
    assert "Choose from the list." in words_of(answer)


@pytest.mark.parametrize("task", [[], ["x"], ["1:x"], ["0:0"], ["9" * 40], ["\0"]])
def test_odd_rows_are_answered(client: Client, tasks: list[Task], task: list[str]) -> None:
    for what in ("activity", "area", "institution", "person"):
        assert client.get(ASSIGN, {"what": what, "task": task, "query": "\0%"}).status_code == 200
    assert client.get(ASSIGN, {"what": "house"}).status_code == 404
    assert "No row is ticked" in words_of(client.get(ASSIGN))


def test_the_page_of_what_was_done_is_of_this_policy(
    client: Client, policy: Policy, tasks: list[Task], leader: User
) -> None:
    assert client.get(DONE).status_code == 302
    give(client, "person", leader, 1)
    factories.policy(policy.municipality, term=(2025, 2026))
    other = DONE.replace("2023-2024", "2025-2026")
    assert client.get(other)["Location"] == TABLE.replace("2023-2024", "2025-2026")
    assert client.post(other).status_code == 302
    assert Task.objects.get(number=1).leader == leader


def test_more_rows_take_few_more_queries(
    client: Client, policy: Policy, django_assert_max_num_queries: Any
) -> None:
    for __ in range(20):
        factories.task(policy, activities=[])
    with django_assert_max_num_queries(20):
        client.get(ASSIGN, {"what": "activity", "task": [str(number) for number in range(1, 21)]})
