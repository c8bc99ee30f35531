"""The form of a row: repeated lines keep what the form does not show, whatever else happened to
them meanwhile.
"""

from datetime import date

import pytest
from django.test import Client

from splot.implementation.lines import MilestoneLine, MoneyLine, WindowLine
from splot.implementation.models import Task
from splot.policy.actions.passages import drop_part
from splot.policy.actions.policies import adopt_amendment, start_amendment
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_cells import EDIT, at, sent
from tests.implementation.test_states import changed, rich_task

pytestmark = pytest.mark.django_db


def repeal(policy: Policy, *slugs: str) -> None:
    """The council repeals activities by an amendment."""
    amendment = start_amendment(by=None, policy=policy)
    for slug in slugs:
        part = amendment.activities.get(slug=slug)
        drop_part(by=None, part=part, version=part.version)
    amendment.refresh_from_db()
    adopt_amendment(
        by=None, amendment=amendment, version=amendment.version, number="2/2023", body="Rada"
    )


class TestTime:
    def test_stretches_of_time_alone_are_a_date(self, policy: Policy, client: Client) -> None:
        factories.task(policy), factories.task(policy)
        values = {
            "timing": "dates",
            "windows-0-starts": "2023-02-01",
            "windows-0-due": "2023-03-01",
        }
        assert client.post(EDIT, sent(client.get(EDIT), **values)).status_code == 302

    def test_one_without_an_end_is_saved_again(self, policy: Policy, client: Client) -> None:
        factories.task(policy)
        factories.task(policy, timing="dates", windows=[WindowLine(date(2023, 9, 1), None)])
        assert client.post(EDIT, sent(client.get(EDIT), risks="Brak sal")).status_code == 302

    def test_a_cell_that_says_after_others_asks_after_which(
        self, policy: Policy, client: Client
    ) -> None:
        first, second = factories.task(policy), factories.task(policy)
        cell = at("when", 2)
        page = client.post(cell, sent(client.get(cell), timing="after"))
        assert "First name the tasks that come before it" in page.content.decode()
        changed(second, depends_on=[first])
        assert client.post(cell, sent(client.get(cell), timing="after")).status_code == 302


class TestLines:
    def test_new_lines_survive_a_form_that_is_sent_twice(
        self, policy: Policy, client: Client
    ) -> None:
        factories.task(policy), factories.task(policy)
        new = {"milestones-0-name": "Nabór", "budget-0-source": "own", "budget-0-planned": "100"}
        form = sent(client.get(EDIT), **new)
        client.post(EDIT, form)
        again = client.post(EDIT, form)
        assert again.status_code == 302, "it says all of this already"
        late = client.post(EDIT, {**form, "risks": "Brak sal"})
        client.post(EDIT, sent(late))
        task = Task.objects.get(number=2)
        assert [str(row) for row in task.milestones.all()] == ["Nabór"]
        assert [line.planned for line in task.budget.all()] == [100]
        assert str(task.risks) == "Brak sal"

    @pytest.mark.parametrize(
        "given", [{"year": "2024"}, {"as_at": "2024-01-01"}, {"shared_with": "Lublin"}]
    )
    def test_money_half_said_is_asked_about(
        self, policy: Policy, client: Client, given: dict
    ) -> None:
        factories.task(policy), factories.task(policy)
        values = {f"budget-0-{name}": value for name, value in given.items()}
        page = client.post(EDIT, sent(client.get(EDIT), **values))
        assert "Say where the money comes from" in page.content.decode()
        assert f'value="{next(iter(given.values()))}"' in page.content.decode()

    def test_a_note_stays_with_its_line_after_a_conflict(
        self, policy: Policy, client: Client
    ) -> None:
        task = rich_task(policy)
        form = sent(client.get(EDIT), **{"budget-0-planned": "7777"})
        state = MoneyLine("state", 2020, planned=8888, note=text("Notatka o budżecie państwa"))
        own = MoneyLine(
            "own",
            2023,
            "staff",
            planned=12000,
            committed=9000,
            paid=0,
            note=text("Uchwała budżetowa"),
        )
        changed(task, budget=[state, own])
        client.post(EDIT, sent(client.post(EDIT, form)))
        line = Task.objects.get(number=2).budget.get(source="own")
        assert (line.planned, str(line.note)) == (7777, "Uchwała budżetowa")

    def test_a_note_stays_when_its_year_becomes_another(
        self, policy: Policy, client: Client
    ) -> None:
        rich_task(policy)
        client.post(EDIT, sent(client.get(EDIT), **{"budget-0-year": "2030"}))
        assert str(Task.objects.get(number=2).budget.get(source="own", year=2030).note) == (
            "Uchwała budżetowa"
        )

    def test_translations_stay_with_their_milestone(self, policy: Policy, client: Client) -> None:
        task = rich_task(policy)
        form = sent(client.get(EDIT), **{"milestones-1-due": "2023-11-05"})
        first = MilestoneLine(text("Start", uk="Початок"), date(2023, 1, 1))
        rest = [
            MilestoneLine(text("Nabór", uk="Набір"), date(2023, 3, 1)),
            MilestoneLine(text("Egzamin")),
        ]
        changed(task, milestones=[first, *rest])
        client.post(EDIT, sent(client.post(EDIT, form)))
        found = {
            row.name.source_wording: row.name.texts.get("uk")
            for row in Task.objects.get(number=2).milestones.all()
        }
        assert found == {"Nabór": "Набір", "Egzamin": None}


class TestRepealedActivities:
    def test_stay_with_the_row_until_it_lets_them_go(self, policy: Policy, client: Client) -> None:
        both = list(policy.activities.filter(slug__in=["3-1-1", "3-2-1"]))
        factories.task(policy), factories.task(policy, activities=both)
        repeal(policy, "3-1-1")
        page = client.get(EDIT)
        assert "(no longer in the policy)" in page.content.decode()
        client.post(EDIT, sent(page, risks="Brak sal"))
        task = Task.objects.get(number=2)
        assert str(task.risks) == "Brak sal"
        assert task.activities(manager="everything").count() == 2
        left = str(policy.activities.get(slug="3-2-1").pk)
        client.post(EDIT, sent(client.get(EDIT), activities=[left]))
        assert [str(row.pk) for row in task.activities(manager="everything").all()] == [left]

    def test_do_not_keep_a_row_from_being_saved(self, policy: Policy, client: Client) -> None:
        factories.task(policy), factories.task(policy)
        repeal(policy, "3-1-1")
        assert client.post(EDIT, sent(client.get(EDIT), risks="Brak sal")).status_code == 302
        assert str(Task.objects.get(number=2).risks) == "Brak sal"


def test_a_saved_cell_leads_back_to_what_one_saw(policy: Policy, client: Client) -> None:
    for __ in range(61):
        factories.task(policy)
    place = f"{at('risks', 61)}?by=priority&page=2"
    answer = client.post(place, sent(client.get(place), risks="Brak sal"), follow=True)
    assert answer.redirect_chain[-1][0].endswith("?by=priority&page=2#task-61")
    assert 'id="task-61"' in answer.content.decode()


def test_words_that_were_dealt_with_are_put_away(policy: Policy, client: Client) -> None:
    factories.task(policy)
    changed(Task.objects.get(), unread={"depends_on": "po kursie", "Uwagi": "pilne"})
    page = client.get("/en/poznan/policy/2023-2024/tasks/1/")
    assert "po kursie" in page.content.decode()
    place = "/en/poznan/policy/2023-2024/tasks/1/words/"
    stale = client.post(place, {"version": "1", "column": "Uwagi"}, follow=True)
    assert "Somebody changed this task meanwhile" in stale.content.decode()
    client.post(place, {"version": str(Task.objects.get().version), "column": "Uwagi"})
    assert Task.objects.get().unread == {"depends_on": "po kursie"}
