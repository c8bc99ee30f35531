"""A coordinator invites people, changes their roles and ends them; they are told by mail."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from splot.core.actions import Refused
from splot.core.models import AuditEntry, Message
from splot.people.actions import give_role
from splot.people.actions.accounts import (
    change_roles,
    end_account,
    invite_person,
    show_invitation,
)
from splot.people.actions.own_account import make_recovery
from splot.people.models import AccountLink, Membership, Municipality, Organisation, User
from tests import factories
from tests.browser import browser, fields_of, words_of

pytestmark = pytest.mark.django_db
PEOPLE = "/en/poznan/people/"
NEW_PASSWORD = "koper mleko tramwaj"


@pytest.fixture(autouse=True)
def with_a_mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


def invited(town: Municipality, role: str = "leader", **values: Any) -> User:
    values = {"email": "ada@school.example", "name": "Ada", **values}
    return invite_person(by=None, municipality=town, role=role, **values)


def last_address() -> str:
    """The path of the button in the last mail."""
    text = Message.objects.order_by("pk").last().text  # type: ignore[union-attr]
    found = re.search(r"https?://[^/]+(/\S+)", text)
    assert found
    return found[1].replace("/pl/", "/en/")


def test_an_invitation_leads_to_a_password_and_a_desk(town, coordinator) -> None:
    office = browser(coordinator)
    unit = factories.organisation(town)
    form = fields_of(office.get(f"{PEOPLE}invite/"), name="Ada", email="Ada@School.example")
    form |= {"role": "leader", "organisation": str(unit.pk)}
    office.post(f"{PEOPLE}invite/", form)
    office.post(f"{PEOPLE}invite/", form)  # a double click
    person = User.objects.get(email="ada@school.example")
    assert not person.has_usable_password()
    assert Message.objects.filter(to="ada@school.example").count() == 1
    assert "invited" in words_of(office.get(PEOPLE))
    guest = Client()
    address = last_address()
    weak = guest.post(address, {"password": "1234567890", "password_again": "1234567890"})
    assert "runs along" in words_of(weak)
    both = {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    assert guest.post(address, both)["Location"].endswith("/sign-in/")
    assert guest.post(address, both).status_code == 404  # it opens once
    answer = guest.post(
        "/en/sign-in/", {"username": "ada@school.example", "password": NEW_PASSWORD}
    )
    assert answer["Location"] == "/en/poznan/desk/"
    assert "last signed in on" in words_of(office.get(PEOPLE))


def test_an_address_that_opens_a_password_leaves_no_trace(town) -> None:
    invited(town)
    for address in (last_address(), last_address()[:-4] + "aaa/"):
        answer = Client().get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"


def test_a_link_ends_by_time_by_hand_and_by_the_next_one(town, coordinator, settings) -> None:
    person = invited(town)
    office = browser(coordinator)
    page = f"{PEOPLE}{person.pk}/"
    first = last_address()
    office.post(page, fields_of(office.get(page), do="send"))
    second = last_address()
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    office.post(page, fields_of(office.get(page), do="withdraw"))
    assert Client().get(second).status_code == 404
    office.post(page, fields_of(office.get(page), do="send"))
    AccountLink.objects.update(expires_at="2024-01-01T00:00:00Z")
    assert Client().get(last_address()).status_code == 404
    assert "the invitation is over" in words_of(office.get(page))


def test_without_mail_the_address_is_shown_once(town, coordinator, settings) -> None:
    settings.EMAIL_HOST = ""
    person = invited(town)
    office = browser(coordinator)
    page = f"{PEOPLE}{person.pk}/"
    assert "sends no mail" in words_of(office.get(page))
    shown = words_of(office.post(page, fields_of(office.get(page), do="show")))
    address = re.search(r"<code>https?://[^/]+(/\S+?)</code>", shown)
    assert address and Client().get(address[1]).status_code == 200
    assert address[1] not in words_of(office.get(page))


def test_who_has_roles_elsewhere_is_invited_by_mail_alone(town, other_town, coordinator) -> None:
    """Else a coordinator could enter another municipality in somebody's name."""
    person = invited(other_town, "coordinator")
    invited(town)
    office = browser(coordinator)
    page = f"{PEOPLE}{person.pk}/"
    assert "Make an invitation and show it" not in words_of(office.get(page))
    answer = office.post(page, fields_of(office.get(page), do="show"))
    assert "by mail alone" in words_of(answer) and "<code>" not in words_of(answer)


def test_one_account_may_have_roles_in_two_municipalities(town, other_town) -> None:
    person = factories.user(town, "leader")
    name, password = person.name, person.password
    invited(other_town, email=person.email.upper(), name="Somebody else's word")
    person.refresh_from_db()
    assert (person.name, person.password) == (name, password)
    assert not AccountLink.objects.exists()
    assert "osoba odpowiedzialna" in Message.objects.get().text
    with pytest.raises(Refused, match="already"):
        invited(other_town, email=person.email)
    other_coordinator = factories.user(other_town, "coordinator")
    end_account(by=other_coordinator, municipality=other_town, user=person)
    person.refresh_from_db()
    assert person.is_active and person.memberships.get().municipality == town


def test_an_account_that_was_never_proven_gets_no_role_elsewhere(town, other_town) -> None:
    """A coordinator who was shown an invitation may have used it in that person's name."""
    person = invited(other_town)
    coordinator = factories.user(other_town, "coordinator")
    __, token = show_invitation(by=coordinator, municipality=other_town, user=person)
    both = {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    assert Client().post(f"/en/password/{token}/", both).status_code == 302
    with pytest.raises(Refused, match="never confirmed by mail"):
        invited(town, "coordinator")
    make_recovery(user=User.objects.get(pk=person.pk))
    assert Client().post(last_address(), both).status_code == 302
    invited(town, "coordinator")
    assert person.memberships.count() == 2


def test_an_invitation_that_was_shown_elsewhere_opens_nothing_here(town, other_town) -> None:
    person = invited(other_town)
    coordinator = factories.user(other_town, "coordinator")
    __, token = show_invitation(by=coordinator, municipality=other_town, user=person)
    invited(town, "leader", has_account=False)
    assert Client().get(f"/en/password/{token}/").status_code == 404


def test_accounts_of_the_demonstration_are_not_ended(town, coordinator) -> None:
    shared = factories.user(town, "leader", is_demonstration=True)
    with pytest.raises(Refused):
        end_account(by=coordinator, municipality=town, user=shared)


def test_a_person_in_charge_may_be_named_without_an_account(town, coordinator) -> None:
    office = browser(coordinator)
    form = fields_of(office.get(f"{PEOPLE}invite/"), name="Jan", email="jan@school.example")
    office.post(f"{PEOPLE}invite/", {**form, "role": "coordinator", "has_account": "no"})
    assert not User.objects.filter(name="Jan").exists()
    office.post(f"{PEOPLE}invite/", {**form, "role": "leader", "has_account": "no"})
    assert User.objects.get(name="Jan").memberships.get().role == "leader"
    assert not AccountLink.objects.exists()
    assert not Message.objects.exists()
    assert "no account" in words_of(office.get(PEOPLE))


def test_a_change_of_roles_is_told_and_stands_in_the_trail(town, coordinator) -> None:
    person = factories.user(town, "leader", language="pl")
    office = browser(coordinator)
    page = f"{PEOPLE}{person.pk}/"
    office.post(page, fields_of(office.get(page), roles=["monitor", "editor"], do="roles"))
    assert set(person.memberships.values_list("role", flat=True)) == {"monitor", "editor"}
    assert Message.objects.get().to == person.email
    verbs = AuditEntry.objects.filter(scope="poznan").values_list("verb", flat=True)
    assert {"role.ended", "role.given"} <= set(verbs)
    office.post(page, fields_of(office.get(page), roles=["monitor", "editor"], do="roles"))
    assert Message.objects.count() == 1  # nothing changed, nothing to tell
    office.post(page, fields_of(office.get(page), roles=["king"], do="roles"))
    assert person.memberships.count() == 2


def test_who_works_for_two_institutions_keeps_both(town, coordinator) -> None:
    units = [factories.organisation(town, name) for name in ("Biblioteka", "Przedszkole")]
    person = factories.user(town, "reader")
    for unit in units:
        give_role(by=None, user=person, municipality=town, role="leader", organisation=unit)
    office = browser(coordinator)
    page = f"{PEOPLE}{person.pk}/"
    sent = fields_of(office.get(page), roles=["leader", "editor"], do="roles")
    assert office.post(page, sent).status_code == 302
    leads = person.memberships.filter(role="leader")
    assert [each.organisation for each in leads.order_by("pk")] == units
    assert person.memberships.filter(role="editor").count() == 1
    sent |= {"organisation": str(units[1].pk), "roles": ["leader"]}
    office.post(page, sent)
    assert [each.organisation for each in person.memberships.all()] == [units[1]]


def test_the_last_coordinator_stays(town, coordinator) -> None:
    invited(town, "coordinator")  # has no password yet
    office = browser(coordinator)
    end = f"{PEOPLE}{coordinator.pk}/end/"
    assert "Nobody else is coordinator yet" in words_of(
        office.post(end, fields_of(office.get(end)))
    )
    with pytest.raises(Refused):
        change_roles(by=coordinator, municipality=town, user=coordinator, roles=["editor"])
    factories.user(town, "coordinator")
    assert office.post(end, fields_of(office.get(end))).status_code == 302
    assert not coordinator.memberships.exists()


def test_ending_an_account_ends_its_sessions_and_hands_its_tasks_over(policy, coordinator) -> None:
    town = policy.municipality
    leaving, staying = factories.user(town, "leader"), factories.user(town, "leader")
    task = factories.task(policy, leader=leaving)
    factories.update(task, by=leaving)
    theirs = browser(leaving)
    assert theirs.get("/en/poznan/desk/").status_code == 200
    office = browser(coordinator)
    end = f"{PEOPLE}{leaving.pk}/end/"
    assert "Kurs języka polskiego" in words_of(office.get(end))
    office.post(end, fields_of(office.get(end), successor=str(staying.pk)))
    task.refresh_from_db()
    assert task.leader == staying
    assert task.updates.get().said_by == leaving
    assert "/sign-in/" in theirs.get("/en/poznan/desk/")["Location"]
    form = {"username": leaving.email, "password": factories.PASSWORD}
    assert Client().post("/en/sign-in/", form).status_code == 200  # not let in
    assert Message.objects.filter(to=leaving.email, scope="poznan").count() == 1
    assert leaving.email not in words_of(office.get(PEOPLE))


def test_who_comes_back_chooses_a_new_password(town, coordinator) -> None:
    person = factories.user(town, "leader")
    end_account(by=coordinator, municipality=town, user=person)
    invited(town, email=person.email)
    person.refresh_from_db()
    assert person.is_active and not person.has_usable_password()


def test_a_list_of_thirty_costs_what_a_list_of_one_does(
    town, coordinator, signed_in, django_assert_num_queries: Any
) -> None:
    client = signed_in(coordinator)
    with CaptureQueriesContext(connection) as few:
        client.get(PEOPLE)
    for number in range(30):
        invited(town, email=f"person-{number}@school.example")
    with django_assert_num_queries(len(few)):
        client.get(PEOPLE)


def test_nobody_manages_the_people_of_another_municipality(
    town, other_town, coordinator, signed_in
) -> None:
    stranger = factories.user(other_town, "leader")
    client = signed_in(coordinator)
    for page in (f"{PEOPLE}{stranger.pk}/", f"{PEOPLE}{stranger.pk}/end/", "/en/lublin/people/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {"do": "send"}).status_code in (404, 405)
    foreign: Organisation = factories.organisation(other_town)
    person = invited(town)
    form = {"do": "roles", "roles": ["leader"], "organisation": foreign.pk}
    client.post(f"{PEOPLE}{person.pk}/", form)
    assert Membership.objects.get(user=person).organisation is None


def test_a_role_given_by_the_operator_stands_beside(town, coordinator) -> None:
    person = factories.user(town, "leader")
    give_role(by=None, user=person, municipality=town, role="editor")
    assert "person in charge, editor" in words_of(browser(coordinator).get(PEOPLE))
