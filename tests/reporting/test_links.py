"""A secret address opens one person's tasks and nothing else, for a while, and leaves no trace."""

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from splot.core.actions import Refused
from splot.core.mail import deliver_message
from splot.core.models import AuditEntry, Message
from splot.implementation.models import StatusUpdate
from splot.people import link_door
from splot.people.actions import change_organisation
from splot.people.models import Membership, Municipality, Organisation, PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link, replace_link, send_link, withdraw_link
from splot.reporting.models import ReportDraft
from tests import factories
from tests.browser import words_of
from tests.factories import text

pytestmark = pytest.mark.django_db
LINKS = "/en/poznan/policy/2023-2024/links/"


@pytest.fixture
def unit(town: Municipality) -> Organisation:
    unit = factories.organisation(town)
    return change_organisation(by=None, organisation=unit, version=1, email="unit@poznan.example")


def opened(owner: User | Organisation, town: Municipality, purpose: str = "report") -> str:
    __, token = make_link(by=None, municipality=town, owner=owner, purpose=purpose)
    return f"/en/{town.slug}/r/{token}/"


def said(task, **values: str) -> dict[str, str]:
    form = {
        "period": "2024",
        "status": "on_time",
        "narrative": "Kursy trwają.",
        "reached_qualifier": "exact",
        "reached_unit": "persons",
        "idempotency_key": str(uuid4()),
        **values,
    }
    return {f"task-{task.pk}-{name}": value for name, value in form.items()}


def test_it_opens_exactly_the_tasks_of_that_person_that_await_a_word(
    policy: Policy, leader: User
) -> None:
    town = policy.municipality
    mine = factories.task(policy, leader=leader, title=text("Moje zadanie"))
    answered = factories.task(policy, leader=leader, title=text("Już powiedziane"))
    factories.update(answered, period="2024", said_on=timezone.localdate())
    factories.task(policy, leader=factories.user(town, "leader"), title=text("Cudze zadanie"))
    page = Client().get(opened(leader, town))
    assert [card.task for card in page.context["cards"].cards] == [mine]
    words = page.content.decode()
    assert "Moje zadanie" in words
    assert "Już powiedziane" not in words
    assert "Cudze zadanie" not in words


def test_the_list_of_links_counts_what_the_page_behind_them_asks(
    policy: Policy, leader: User, coordinator: User, signed_in: Any
) -> None:
    for __ in range(2):
        factories.task(policy, leader=leader)
    answered = factories.task(policy, leader=leader)
    factories.update(answered, period="2024", said_on=timezone.localdate())
    cards = Client().get(opened(leader, policy.municipality)).context["cards"].cards
    (owner,) = signed_in(coordinator).get(LINKS).context["owners"]
    assert (owner.tasks, owner.awaited, len(cards)) == (3, 2, 2)
    page = words_of(signed_in(coordinator).get(LINKS))
    assert "3 tasks · 2 await a report · in charge" in page


def test_an_institution_opens_the_tasks_that_it_leads(policy: Policy, unit: Organisation) -> None:
    own = factories.task(policy, lead=unit)
    factories.task(policy, lead=factories.organisation(policy.municipality, "Inny"))
    page = Client().get(opened(unit, policy.municipality))
    assert [card.task for card in page.context["cards"].cards] == [own]


def test_a_word_through_a_link_is_said_by_its_person_and_counts(
    policy: Policy, leader: User
) -> None:
    tasks = [factories.task(policy, leader=leader) for __ in range(3)]
    address, client = opened(leader, policy.municipality), Client(enforce_csrf_checks=True)
    page = client.post(address, {**said(tasks[0]), "only": tasks[0].pk}, follow=True)
    update = StatusUpdate.objects.get()
    assert (update.task, update.said_by, update.status, update.period) == (
        tasks[0],
        leader,
        "on_time",
        "2024",
    )
    words = page.content.decode()
    assert "Thank you. 1 of 3 done." in words
    assert "Kursy trwają." in words  # and can be corrected here
    form = {**said(tasks[0], status="done", narrative="Koniec."), "only": tasks[0].pk}
    assert "Thank you. 1 of 3 done." in client.post(address, form, follow=True).content.decode()
    assert [each.status for each in StatusUpdate.objects.order_by("pk")] == ["on_time", "done"]
    assert client.get(address).context["cards"].done == 1


def test_an_institution_that_speaks_is_named_with_its_word_and_in_the_trail(
    policy: Policy, unit: Organisation
) -> None:
    task = factories.task(policy, lead=unit)
    Client().post(opened(unit, policy.municipality), {**said(task), "only": task.pk})
    update = StatusUpdate.objects.get()
    assert (update.said_by, update.said_for) == (None, unit)
    page = html.fromstring(
        Client().get(f"/en/poznan/policy/2023-2024/tasks/{task.number}/").content.decode()
    )
    assert "Wydział Oświaty" in page.xpath("//ol[@class='history']/li")[0].text_content()
    entry = AuditEntry.objects.get(verb="progress.sent")
    assert "Wydział Oświaty" in entry.link_label


def test_one_button_sends_one_task_and_a_double_tap_one_row(policy: Policy, leader: User) -> None:
    first, second = factories.task(policy, leader=leader), factories.task(policy, leader=leader)
    address, form = opened(leader, policy.municipality), {**said(first), "only": str(first.pk)}
    Client().post(address, form)
    Client().post(address, form)
    assert [update.task for update in StatusUpdate.objects.all()] == [first]
    assert not second.updates.exists()


def test_a_mistake_keeps_every_word(policy: Policy, leader: User) -> None:
    task = factories.task(policy, leader=leader)
    address = opened(leader, policy.municipality)
    page = Client().post(address, {**said(task, status="abandoned"), "only": task.pk})
    assert "Say why the task was abandoned." in page.content.decode()
    assert page.context["cards"].cards[0].form["narrative"].value() == "Kursy trwają."
    assert not StatusUpdate.objects.exists()
    assert ReportDraft.objects.get().values["narrative"] == "Kursy trwają."


def test_the_form_speaks_for_no_task_that_the_link_does_not_open(
    policy: Policy, leader: User
) -> None:
    foreign = factories.task(policy, leader=factories.user(policy.municipality, "leader"))
    own = factories.task(policy, leader=leader)
    address = opened(leader, policy.municipality)
    Client().post(address, {**said(foreign), "only": foreign.pk})
    # nor for a period that is not asked about
    Client().post(address, {**said(own, period="2023"), "only": own.pk})
    assert not StatusUpdate.objects.exists()


def test_the_secret_is_kept_as_a_hash_alone_and_leaves_the_outbox_with_the_letter(
    policy: Policy, unit: Organisation, coordinator: User, signed_in
) -> None:
    factories.task(policy, lead=unit)
    shown = (
        signed_in(coordinator)
        .post(LINKS, {"owner": f"organisation-{unit.pk}", "do": "show"})
        .context["shown"]
    )
    token = shown["address"].rstrip("/").rsplit("/", 1)[1]
    assert len(token) == 43
    kept = json.dumps(
        [list(PersonalLink.objects.values()), list(AuditEntry.objects.values())], default=str
    )
    assert token not in kept
    assert len(PersonalLink.objects.get().token_hash) == 64
    assert Client().get(f"/en/poznan/r/{token}/").status_code == 200
    assert token not in signed_in(coordinator).get(LINKS).content.decode()  # shown this once


def test_what_is_unknown_withdrawn_or_of_another_town_looks_the_same(
    policy: Policy, leader: User, other_town: Municipality
) -> None:
    factories.task(policy, leader=leader)
    __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
    withdrawn_link, withdrawn = make_link(by=None, municipality=policy.municipality, owner=leader)
    withdraw_link(by=None, link=withdrawn_link)
    pages = [
        Client().get(address)
        for address in (
            f"/en/poznan/r/{'x' * 43}/",
            f"/en/lublin/r/{token}/",
            f"/en/poznan/r/{withdrawn}/",
        )
    ]
    assert [page.status_code for page in pages] == [404, 404, 404]
    told = [page.content.decode() for page in pages]
    assert all("This address does not open" in words and leader.name not in words for words in told)
    assert Client().post(f"/en/poznan/r/{withdrawn}/", {"do": "stop-mail"}).status_code == 404


def test_a_link_that_expired_says_so_and_not_whose_it_was(policy: Policy, leader: User) -> None:
    task = factories.task(policy, leader=leader)
    link, token = make_link(by=None, municipality=policy.municipality, owner=leader)
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = Client().get(f"/en/poznan/r/{token}/")
    assert page.status_code == 404
    assert "This link has expired" in page.content.decode()
    assert leader.name not in page.content.decode()
    Client().post(f"/en/poznan/r/{token}/", {**said(task), "only": task.pk})
    assert not StatusUpdate.objects.exists()
    assert link.expires_at - timezone.now() > timedelta(days=59)


@pytest.mark.parametrize("purpose", ["report", "calendar"])
def test_who_leaves_takes_no_way_in_along(policy: Policy, leader: User, purpose: str) -> None:
    address = opened(leader, policy.municipality, purpose) + (
        "tasks.ics" if purpose == "calendar" else ""
    )
    assert Client().get(address).status_code == 200
    User.objects.filter(pk=leader.pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    User.objects.filter(pk=leader.pk).update(is_active=True)
    leader.memberships.all().delete()
    assert Client().get(address).status_code == 404


def test_each_link_has_one_purpose(policy: Policy, leader: User) -> None:
    report = opened(leader, policy.municipality)
    calendar = opened(leader, policy.municipality, "calendar")
    assert Client().get(report).status_code == 200
    assert Client().get(f"{report}tasks.ics").status_code == 404
    assert Client().get(f"{calendar}tasks.ics").status_code == 200
    assert Client().get(calendar).status_code == 404


def test_the_address_stays_out_of_referrers_caches_indexes_and_logs(
    policy: Policy, leader: User, caplog
) -> None:
    factories.task(policy, leader=leader)
    address = opened(leader, policy.municipality)
    dead = f"/en/poznan/r/{'y' * 43}/"
    with caplog.at_level(logging.DEBUG, logger="django"):
        for page in (Client().get(address), Client().get(dead)):
            assert page["Referrer-Policy"] == "no-referrer"
            assert "no-store" in page["Cache-Control"]
            assert "noindex" in page["X-Robots-Tag"]
    logged = [
        record.getMessage() for record in caplog.records if record.name.startswith("django.request")
    ]
    assert logged == []


def test_guessing_is_slowed_down_and_a_good_link_opens_all_the_same(
    policy: Policy, leader: User
) -> None:
    address = opened(leader, policy.municipality)
    answers = [Client().get(f"/en/poznan/r/{number:043}/").status_code for number in range(32)]
    assert answers == [404] * 30 + [429] * 2
    assert Client().get(address).status_code == 200


def test_a_link_that_leaked_cannot_flood_the_table(
    policy: Policy, leader: User, monkeypatch
) -> None:
    monkeypatch.setattr(link_door, "MAX_WRITES", 3)
    task = factories.task(policy, leader=leader)
    address = opened(leader, policy.municipality)
    answers = [
        Client().post(address, {**said(task, narrative=f"Słowo {n}"), "only": task.pk}).status_code
        for n in range(5)
    ]
    assert answers == [302] * 3 + [429] * 2
    assert StatusUpdate.objects.count() == 3
    assert Client().get(address).status_code == 200


def test_whoever_holds_it_can_stop_the_mail(
    policy: Policy, leader: User, unit: Organisation
) -> None:
    for owner in (leader, unit):
        Client().post(opened(owner, policy.municipality), {"do": "stop-mail"})
        owner.refresh_from_db()
        assert owner.wants_mail is False


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_an_address_stops_nothing(policy: Policy, unit: Organisation, method: str) -> None:
    """Programs that look through mail open every address in it, whatever follows the "?"."""
    address = opened(unit, policy.municipality)
    before = AuditEntry.objects.count()
    assert getattr(Client(), method)(address, {"do": "stop-mail"}).status_code == 200
    unit.refresh_from_db()
    assert unit.wants_mail is True
    assert AuditEntry.objects.count() == before


def test_a_strangers_session_makes_no_difference(
    policy: Policy, leader: User, coordinator: User, signed_in
) -> None:
    task = factories.task(policy, leader=leader)
    signed_in(coordinator).post(
        opened(leader, policy.municipality), {**said(task), "only": task.pk}
    )
    assert StatusUpdate.objects.get().said_by == leader


class TestTheCoordinatorsPage:
    def test_it_lists_who_has_a_link_until_when(
        self, policy: Policy, leader: User, unit: Organisation, coordinator: User, signed_in
    ) -> None:
        factories.task(policy, leader=leader, lead=unit)
        client = signed_in(coordinator)
        assert [owner.links for owner in client.get(LINKS).context["owners"]] == [[], []]
        opened(leader, policy.municipality)
        person, institution = client.get(LINKS).context["owners"]
        assert (person.recipient.owner, len(person.links)) == (leader, 1)
        assert (institution.recipient.owner, institution.links) == (unit, [])

    def test_a_new_link_ends_the_old_ones_and_withdrawing_ends_all(
        self, policy: Policy, leader: User, coordinator: User, signed_in
    ) -> None:
        factories.task(policy, leader=leader)
        old, client = opened(leader, policy.municipality), signed_in(coordinator)
        shown = client.post(LINKS, {"owner": f"user-{leader.pk}", "do": "show"}).context["shown"]
        new = "/pl/" + shown["address"].partition("/pl/")[2]  # in its reader’s language
        assert [Client().get(each).status_code for each in (old, new)] == [404, 200]
        client.post(LINKS, {"owner": f"user-{leader.pk}", "do": "withdraw"})
        assert Client().get(new).status_code == 404

    def test_all_get_theirs_by_mail_but_for_those_who_cannot_or_do_not_want(
        self, policy: Policy, leader: User, unit: Organisation, coordinator: User, signed_in
    ) -> None:
        silent, mute = (
            factories.user(policy.municipality, "leader"),
            factories.organisation(policy.municipality, "Bez"),
        )
        User.objects.filter(pk=silent.pk).update(wants_mail=False)
        for owner in ({"leader": leader, "lead": unit}, {"leader": silent, "lead": mute}):
            factories.task(policy, **owner)
        signed_in(coordinator).post(LINKS, {"do": "send-all"})
        assert sorted(Message.objects.values_list("to", flat=True)) == sorted(
            [leader.email, unit.email]
        )
        message = Message.objects.get(to=unit.email)
        path = next(word for word in message.text.split() if "/r/" in word).partition("/pl/")[2]
        assert Client().get(f"/pl/{path}").status_code == 200

    def test_the_page_says_what_was_sent_to_whom_and_what_became_of_it(
        self, policy: Policy, leader: User, unit: Organisation, coordinator: User, signed_in
    ) -> None:
        client = signed_in(coordinator)
        mute = factories.organisation(policy.municipality, "Bez adresu")
        factories.task(policy, leader=leader, lead=unit)
        factories.task(policy, lead=mute)
        assert "/organisations/addresses/" in client.get(LINKS).content.decode()
        client.post(LINKS, {"do": "send-all"})
        assert f"On its way to {leader.email}" in words_of(client.get(LINKS))
        deliver_message.call(Message.objects.get(to=leader.email).pk)
        Message.objects.filter(to=unit.email).update(status="failed")
        page = words_of(client.get(LINKS))
        assert f"Sent to {leader.email} on" in page
        assert f"The letter to {unit.email} was not sent" in page
        client.post(LINKS, {"owner": f"user-{leader.pk}", "do": "show"})
        assert f"Sent to {leader.email}" not in words_of(client.get(LINKS))

    def test_nobody_elses_institution_gets_a_link(
        self, policy: Policy, other_town: Municipality, coordinator: User, signed_in
    ) -> None:
        foreign = factories.organisation(other_town)
        factories.task(factories.policy(other_town), lead=foreign)
        for do in ("show", "send", "withdraw"):
            answer = signed_in(coordinator).post(
                LINKS, {"owner": f"organisation-{foreign.pk}", "do": do}, follow=True
            )
            assert "Choose from the list." in answer.content.decode()
        assert not PersonalLink.objects.exists()
        with pytest.raises(ValueError):
            make_link(by=None, municipality=policy.municipality, owner=foreign)


def test_nothing_is_sent_to_a_member_who_may_not_report_any_more(
    policy: Policy, leader: User, coordinator: User
) -> None:
    """Their links would open nothing."""
    factories.task(policy, leader=leader)
    Membership.objects.filter(user=leader).update(role=Membership.Role.READER)
    town = policy.municipality
    for make in (send_link, replace_link):
        with pytest.raises(Refused, match="no account here any more"):
            make(by=coordinator, municipality=town, owner=leader)
    assert not PersonalLink.objects.exists() and not Message.objects.exists()
