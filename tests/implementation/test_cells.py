"""One cell changed where it stands, and the whole row in its form: what is sent is saved, and
nothing else moves.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from lxml import html

from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    TargetLine,
    WindowLine,
)
from splot.implementation.models import Task, TaskState
from splot.implementation.states import serialise_task
from splot.indicators.actions import add_indicator
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_states import changed, rich_task

pytestmark = pytest.mark.django_db
TABLE = "/en/poznan/policy/2023-2024/table/"
EDIT = "/en/poznan/policy/2023-2024/tasks/2/edit/"
HTMX = {"HX-Request": "true"}


def at(code: str, number: int = 2) -> str:
    return f"/en/poznan/policy/2023-2024/tasks/{number}/cells/{code}/"


def sent(answer, **values) -> dict:
    """What a browser sends of the form on a page, with some fields filled in anew."""
    forms = [
        form for form in html.fromstring(answer.content.decode()).forms if "version" in form.fields
    ]
    (form,) = forms
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return {**found, **values}


def lines_of(answer) -> list[str]:
    """The lines of the one cell that an answer is."""
    (cell,) = html.fromstring(f"<table><tr><td>{answer.content.decode()}</td></tr></table>").xpath(
        "//td"
    )
    return [line.text_content().strip() for line in cell.xpath("./div")]


class TestCell:
    @pytest.mark.parametrize(
        ("code", "values", "lines"),
        [
            ("title", {"title": "Kurs wieczorowy"}, ["Kurs wieczorowy"]),
            ("audience", {"audience": "Rodzice"}, ["Rodzice"]),
            ("audience", {"audience": ""}, []),
            ("lead", {"lead": ""}, []),
            ("leader", {"leader": ""}, []),
            ("partners", {"partners": []}, []),
            ("joint_leads", {"joint_leads": []}, []),
            ("groups", {"groups": []}, []),
            ("after", {"depends_on": []}, []),
            ("own_role", {"own_role": "supporting"}, ["supports"]),
            ("priority", {"priority": "17"}, ["17"]),
            ("priority", {"priority": ""}, []),
            ("decision", {"decision": "not_now"}, ["not needed now"]),
            ("disposition", {"disposition": ""}, []),
            ("monitoring", {"monitoring": "Ankieta\r\ni rozmowa"}, ["Ankieta\ni rozmowa"]),
            ("risks", {"risks": "Brak sal"}, ["Brak sal"]),
        ],
    )
    def test_is_saved_where_it_stands_and_nothing_else_moves(
        self, policy: Policy, client: Client, code: str, values: dict, lines: list[str]
    ) -> None:
        before = serialise_task(rich_task(policy))
        form = client.get(at(code), headers=HTMX)
        assert b"<html" not in form.content
        answer = client.post(at(code), sent(form, **values), headers=HTMX)
        assert b"<html" not in answer.content
        assert b"<form" not in answer.content
        assert at(code) in answer.content.decode()  # it can be changed again
        task = Task.objects.get(number=2)
        assert [str(line) for line in COLUMN_BY_CODE[code].cell(task)] == lines
        assert lines_of(answer) == [line.replace("\n", "") for line in lines]
        assert ("not given" in answer.content.decode()) == (not lines)
        after = serialise_task(task)
        names = {"after": "depends_on"}
        name = names.get(code, code)
        for part in ("task", "relations", "lines"):
            differ = {key for key in before[part] if before[part][key] != after[part][key]}
            assert differ <= {name}

    def test_when_takes_both_days_and_how_it_recurs(self, policy: Policy, client: Client) -> None:
        factories.task(policy)
        values = {"timing": "dates", "starts": "2023-05-01", "due": "2023-04-01"}
        wrong = client.post(
            at("when", 1), sent(client.get(at("when", 1), headers=HTMX), **values), headers=HTMX
        )
        assert "The due date comes before the beginning." in wrong.content.decode()
        assert sent(wrong)["due"] == ["2023-04-01"]  # what was typed stays
        answer = client.post(at("when", 1), sent(wrong, due="2023-06-01"), headers=HTMX)
        assert lines_of(answer) == ["May 1, 2023 – Jun 1, 2023"]
        assert Task.objects.get().due == date(2023, 6, 1)

    def test_without_scripts_has_a_page_of_its_own(self, policy: Policy, client: Client) -> None:
        factories.task(policy)
        page = client.get(at("risks", 1))
        assert b"<html" in page.content
        answer = client.post(at("risks", 1), sent(page, risks="Brak sal"))
        assert (answer.status_code, answer["Location"]) == (302, f"{TABLE}#task-1")
        assert str(Task.objects.get().risks) == "Brak sal"

    def test_left_alone_is_as_it_was(self, policy: Policy, client: Client) -> None:
        task = factories.task(policy, risks=text("Brak sal"))
        answer = client.get(f"{at('risks', 1)}?leave=1", headers=HTMX)
        assert lines_of(answer) == ["Brak sal"]
        assert b"<form" not in answer.content
        assert Task.objects.get().version == task.version

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_changed_by_two_shows_both_and_loses_nothing(
        self, policy: Policy, client: Client, headers: dict
    ) -> None:
        task = factories.task(policy, risks=text("Brak sal", uk="Немає залів"))
        form = sent(client.get(at("risks", 1), headers=headers), risks="Brak chętnych")
        changed(task, risks=text("Brak pieniędzy"), audience=text("Rodzice"))
        page = client.post(at("risks", 1), form, headers=headers)
        assert page.status_code == 200  # htmx puts nothing else in its place
        words = page.content.decode()
        assert "Brak pieniędzy" in words
        assert "Brak chętnych" in words
        assert str(Task.objects.get().risks) == "Brak pieniędzy"
        client.post(at("risks", 1), sent(page), headers=headers)
        assert str(Task.objects.get().risks) == "Brak chętnych"
        assert str(Task.objects.get().audience) == "Rodzice"

    @pytest.mark.parametrize(
        "code", ["resources", "planned", "committed", "paid", "sources", "targets", "milestones"]
    )
    def test_of_many_lines_leads_to_the_form(
        self, policy: Policy, client: Client, code: str
    ) -> None:
        rich_task(policy)
        answer = client.get(at(code))
        address, __, anchor = answer["Location"].partition("#")
        assert (answer.status_code, address) == (302, EDIT)
        assert client.get(at(code), headers=HTMX)["HX-Redirect"] == answer["Location"]
        page = html.fromstring(client.get(address).content)
        assert not anchor or len(page.xpath(f"//*[@id='{anchor}']")) == 1
        before = serialise_task(Task.objects.get(number=2))
        client.post(at(code), {"version": "1"}, headers=HTMX)
        assert serialise_task(Task.objects.get(number=2)) == before

    def test_when_with_several_windows_leads_to_the_form(
        self, policy: Policy, client: Client
    ) -> None:
        rich_task(policy)
        assert client.get(at("when"))["Location"].startswith(EDIT)
        client.post(at("when"), {"version": "2", "timing": "yearly"})
        assert Task.objects.get(number=2).windows.count() == 2

    def test_that_is_not_there_is_404(self, policy: Policy, client: Client) -> None:
        factories.task(policy)
        for address in (at("nonsense", 1), at("status", 1), at("risks", 9)):
            assert client.get(address).status_code == client.post(address, {}).status_code == 404

    def test_of_another_town_is_404(
        self, policy: Policy, other_town: Municipality, signed_in
    ) -> None:
        task = factories.task(policy, risks=text("Brak sal"))
        stranger = signed_in(factories.user(other_town, "coordinator"))
        for address in (at("risks", 1), at("risks", 1).replace("poznan", "lublin")):
            assert stranger.get(address, headers=HTMX).status_code == 404
            assert (
                stranger.post(address, {"risks": "x", "version": task.version}).status_code == 404
            )
        assert str(Task.objects.get().risks) == "Brak sal"

    def test_takes_no_rows_of_another_town(
        self, policy: Policy, other_town: Municipality, client: Client
    ) -> None:
        task = factories.task(policy)
        foreign = factories.organisation(other_town, "Obcy wydział")
        stranger = factories.user(other_town, "leader")
        elsewhere = factories.task(factories.policy(other_town))
        for code, field, row in (
            ("lead", "lead", foreign),
            ("joint_leads", "joint_leads", foreign),
            ("leader", "leader", stranger),
            ("after", "depends_on", elsewhere),
        ):
            page = client.post(at(code, 1), {field: row.pk, "version": task.version})
            assert set(page.context["form"].errors) == {field}
            assert "Obcy wydział" not in page.content.decode()

    @pytest.mark.parametrize("role", ["leader", "monitor", "editor", "reader"])
    def test_is_the_coordinators(
        self, policy: Policy, town: Municipality, signed_in, role: str
    ) -> None:
        user = factories.user(town, role)
        task = factories.task(policy, leader=user)
        client = signed_in(user)
        assert "cell__edit" not in client.get(TABLE).content.decode()
        assert client.get(at("risks", 1)).status_code == 404
        assert (
            client.post(at("risks", 1), {"risks": "x", "version": task.version}).status_code == 404
        )
        assert Client().get(at("risks", 1)).status_code == 302  # to sign in
        assert not Task.objects.get().risks

    def test_offers_itself_in_each_column_of_the_coordinators_table(
        self, policy: Policy, client: Client
    ) -> None:
        factories.task(policy)
        page = html.fromstring(client.get(TABLE).content)
        addresses = page.xpath("//a[contains(@class, 'cell__edit')]/@href")
        assert len(addresses) == 8
        assert {client.get(address, headers=HTMX).status_code for address in addresses} == {200}


class TestForm:
    def test_saved_as_it_was_opened_changes_nothing(self, policy: Policy, client: Client) -> None:
        before = serialise_task(rich_task(policy))
        states = TaskState.objects.count()
        assert client.post(EDIT, sent(client.get(EDIT))).status_code == 302
        assert serialise_task(Task.objects.get(number=2)) == before
        assert TaskState.objects.count() == states

    def test_lines_that_it_does_not_send_stay(self, policy: Policy, client: Client) -> None:
        before = serialise_task(rich_task(policy))
        values = {
            name: value
            for name, value in sent(client.get(EDIT), priority="9").items()
            if "-" not in name
        }
        wrong = client.post(EDIT, {**values, "priority": "first"})
        assert sent(wrong)["milestones-0-name"] == ["Nabór"]
        assert client.post(EDIT, values).status_code == 302
        task = Task.objects.get(number=2)
        assert task.priority == 9
        assert serialise_task(task)["lines"] == before["lines"]

    def test_windows_give_the_first_and_the_last_day(self, policy: Policy, client: Client) -> None:
        rich_task(policy)
        windows = {
            "windows-1-starts": "2023-12-01",
            "windows-1-due": "2024-02-29",
            "windows-2-starts": "2023-01-15",
        }
        client.post(EDIT, sent(client.get(EDIT), **windows, **{"windows-2-due": "2023-01-31"}))
        task = Task.objects.get(number=2)
        assert (task.starts, task.due, task.windows.count()) == (
            date(2023, 1, 15),
            date(2024, 2, 29),
            3,
        )
        wrong = client.post(EDIT, sent(client.get(EDIT), **{"windows-0-due": "2022-01-01"}))
        assert "The end comes before the beginning." in wrong.content.decode()

    def test_emptied_lines_are_taken_away(self, policy: Policy, client: Client) -> None:
        rich_task(policy)
        form = sent(client.get(EDIT))
        kept = ("TOTAL", "INITIAL", "MIN", "MAX", "-currency")
        values = {
            name: "" if "-" in name and not any(each in name for each in kept) else value
            for name, value in form.items()
        }
        assert client.post(EDIT, {**values, "due": "2023-11-30"}).status_code == 302
        task = Task.objects.get(number=2)
        names = ("windows", "milestones", "resources", "budget", "targets")
        assert [getattr(task, name).count() for name in names] == [0, 0, 0, 0, 0]
        assert (task.starts, task.due) == (date(2023, 2, 1), date(2023, 11, 30))
        assert task.partner_roles.count() == 1  # which no form shows

    def test_money_that_nobody_gave_is_unknown_and_not_nothing(
        self, policy: Policy, client: Client
    ) -> None:
        rich_task(policy)
        new = {
            "source": "state",
            "year": "2024",
            "planned": "",
            "committed": "0",
            "paid": "12.50",
            "currency": "PLN",
        }
        page = client.post(
            EDIT, sent(client.get(EDIT), **{f"budget-2-{name}": each for name, each in new.items()})
        )
        assert page.status_code == 302
        line = Task.objects.get(number=2).budget.get(source="state")
        assert (line.planned, line.committed, line.paid, line.as_at) == (
            None,
            Decimal(0),
            Decimal("12.50"),
            None,
        )
        own = Task.objects.get(number=2).budget.get(source="own")
        assert str(own.note) == "Uchwała budżetowa"  # which no form shows

    @pytest.mark.parametrize(
        ("line", "field"),
        [
            ({"source": "own"}, "planned"),
            ({"planned": "5"}, "source"),
            ({"source": "own", "planned": "-1"}, "planned"),
            ({"source": "own", "planned": "1", "currency": "zł"}, "currency"),
            ({"source": "own", "planned": "1", "year": "23"}, "year"),
        ],
    )
    def test_half_a_line_of_money_is_asked_about(
        self, policy: Policy, client: Client, line: dict, field: str
    ) -> None:
        rich_task(policy)
        values = {f"budget-2-{name}": value for name, value in line.items()}
        page = client.post(EDIT, sent(client.get(EDIT), priority="9", **values))
        assert page.status_code == 200
        assert set(page.context["budget"].formset.errors[2]) == {field}
        assert sent(page)["priority"] == ["9"]
        assert Task.objects.get(number=2).priority == 2

    def test_milestones_keep_their_translations(self, policy: Policy, client: Client) -> None:
        rich_task(policy)
        new = {"milestones-1-reached_on": "2023-11-02", "milestones-2-name": "Dyplomy"}
        client.post(EDIT, sent(client.get(EDIT), **new))
        found = {
            row.name.source_wording: row for row in Task.objects.get(number=2).milestones.all()
        }
        assert set(found) == {"Nabór", "Egzamin", "Dyplomy"}
        assert found["Nabór"].name.texts["uk"] == "Набір"
        assert (found["Egzamin"].due, found["Egzamin"].reached_on) == (
            date(2023, 11, 1),
            date(2023, 11, 2),
        )
        wrong = client.post(EDIT, sent(client.get(EDIT), **{"milestones-3-due": "2023-01-01"}))
        assert "Name the milestone." in wrong.content.decode()

    def test_after_which_tasks(self, policy: Policy, client: Client) -> None:
        first, task, third = (
            rich_task(policy).depends_on.get(),
            Task.objects.get(number=2),
            factories.task(policy),
        )
        offered = client.get(EDIT).context["form"].fields["depends_on"].queryset
        assert set(offered) == {first, third}  # and never itself
        client.post(EDIT, sent(client.get(EDIT), depends_on=[first.pk, third.pk]))
        assert set(task.depends_on.all()) == {first, third}
        wrong = client.post(EDIT, sent(client.get(EDIT), depends_on=[], timing="after"))
        assert "Say after which tasks it begins." in wrong.content.decode()
        assert set(client.post(EDIT, sent(wrong, depends_on=task.pk)).context["form"].errors) == {
            "depends_on"
        }

    def test_lines_of_two_writers_are_both_shown(self, policy: Policy, client: Client) -> None:
        task = rich_task(policy)
        form = sent(client.get(EDIT), **{"budget-0-planned": "7777", "milestones-0-name": "Zapisy"})
        indicator = add_indicator(
            by=None, municipality=policy.municipality, name=text("Godziny"), unit=text("h")
        )
        changed(
            task,
            budget=[MoneyLine("state", 2024, planned=8888)],
            milestones=[MilestoneLine(text("Podsumowanie"))],
            windows=[WindowLine(date(2024, 4, 1), None)],
            resources=[ResourceLine("place", text("świetlica"))],
            targets=[TargetLine(indicator, 33, "2024")],
        )
        page = client.post(EDIT, form)
        found = {field: (theirs, mine) for field, theirs, mine in page.context["form"].conflicts}
        for field, theirs, mine in (
            ("Money", "8888", "7777"),
            ("Milestones", "Podsumowanie", "Zapisy"),
            ("Several stretches of time", "2024-04-01", "2023-09-01"),
            ("Resources", "świetlica", "lektor"),
            ("Indicators", "33", "120"),
        ):
            assert theirs in found[field][0]
            assert mine in found[field][1]
            assert theirs in page.content.decode()
        assert Task.objects.get(number=2).budget.get().planned == 8888
        assert client.post(EDIT, sent(page)).status_code == 302
        assert {row.name.source_wording for row in Task.objects.get(number=2).milestones.all()} == {
            "Zapisy",
            "Egzamin",
        }
