"""One mailbox gets one letter, which names everybody it is for; who has left gets none."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from splot.core.models import Message
from splot.implementation.models import Task
from splot.people.actions import change_organisation
from splot.people.models import Membership, Municipality, Organisation, PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.links import send_all_links
from splot.reporting.actions.reminders import send_reminders
from tests import factories
from tests.browser import words_of
from tests.factories import text

pytestmark = pytest.mark.django_db
LINKS = "/en/poznan/policy/2023-2024/links/"
OFFICE = "sekretariat@poznan.example"


def with_mailbox(organisation: Organisation, email: str) -> Organisation:
    return change_organisation(
        by=None, organisation=organisation, version=organisation.version, email=email
    )


@pytest.fixture
def units(policy: Policy) -> list[Organisation]:
    """Two institutions that share a secretary, each with a task."""
    town, units = policy.municipality, []
    for name, email in (("Wydział Oświaty", OFFICE), ("Wydział Kultury", OFFICE.upper())):
        unit = with_mailbox(factories.organisation(town, name), email)
        factories.task(policy, lead=unit, title=text(f"Zadanie: {name}"))
        units.append(unit)
    return units


def linked_tasks(message: Message) -> list[str]:
    """The tasks that each address of a letter opens, in the order of the addresses."""
    found = []
    for address in dict.fromkeys(re.findall(r"/(?:pl|en)/poznan/r/[^/\s]+/", message.text)):
        page = words_of(Client().get(address.replace("/pl/", "/en/")))
        found += re.findall(r"Zadanie: Wydział \w+", page)[:1]
    return found


def test_two_institutions_with_one_mailbox_get_one_reminder(
    policy: Policy, units: list[Organisation]
) -> None:
    assert send_reminders(by=None, policy=policy) == 1
    message = Message.objects.get()
    assert message.to == OFFICE
    assert linked_tasks(message) == ["Zadanie: Wydział Oświaty", "Zadanie: Wydział Kultury"]
    assert PersonalLink.objects.count() == 2
    for unit in units:
        assert str(unit) in message.html and str(unit) in message.text.rpartition("--")[2]
    factories.update(Task.objects.get(lead=units[0]), period="2024", said_on=timezone.localdate())
    assert send_reminders(by=None, policy=policy) == 0  # the mailbox was written to this week
    Message.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert send_reminders(by=None, policy=policy) == 1
    assert linked_tasks(Message.objects.first()) == ["Zadanie: Wydział Kultury"]


def test_a_letter_that_was_sent_to_another_mailbox_hides_none(
    policy: Policy, units: list[Organisation]
) -> None:
    """Keys of letters are taken once; a mailbox that changes hands takes none of another one."""
    send_reminders(by=None, policy=policy)
    with_mailbox(units[0], "oswiata@poznan.example")
    Message.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert send_reminders(by=None, policy=policy) == 2
    written = [message.to.casefold() for message in Message.objects.order_by("pk")]
    assert written[0] == OFFICE
    assert sorted(written[1:]) == ["oswiata@poznan.example", OFFICE]


def test_links_come_in_one_letter_too(
    policy: Policy, units: list[Organisation], coordinator: User
) -> None:
    assert send_all_links(by=coordinator, policy=policy) == 2
    message = Message.objects.get()
    assert linked_tasks(message) == ["Zadanie: Wydział Kultury", "Zadanie: Wydział Oświaty"]
    assert all(str(unit) in message.text for unit in units)


def test_a_person_and_an_institution_with_one_mailbox_get_one_letter(
    policy: Policy, leader: User
) -> None:
    unit = with_mailbox(factories.organisation(policy.municipality), leader.email)
    factories.task(policy, leader=leader)
    factories.task(policy, lead=unit)
    assert send_reminders(by=None, policy=policy) == 1


def test_who_has_left_gets_no_link_and_stops_nobody(
    policy: Policy, leader: User, coordinator: User, town: Municipality, signed_in: Any
) -> None:
    stayed = factories.user(town, "leader")
    factories.task(policy, leader=leader)
    factories.task(policy, leader=stayed)
    Membership.objects.filter(user=leader).delete()
    client = signed_in(coordinator)
    page = words_of(client.get(LINKS))
    assert "has no account here any more" in page
    assert "Send 1 new link" in page
    for button in ("send", "show"):
        answer = client.post(LINKS, {"do": button, "owner": f"user-{leader.pk}"}, follow=True)
        assert "has no account here any more." in words_of(answer)
    client.post(LINKS, {"do": "send-all"})
    assert [message.to for message in Message.objects.all()] == [stayed.email]
