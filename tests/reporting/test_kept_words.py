"""Whatever others do while somebody writes a report: the words are sent, a draft, or kept and told."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from splot.core.models import AuditEntry, UnsavedEntry
from splot.implementation.actions.tasks import change_task
from splot.implementation.models import StatusUpdate, Task
from splot.people import link_door
from splot.people.models import PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.links import withdraw_link
from splot.reporting.actions.reports import save_draft
from splot.reporting.models import ReportDraft
from tests import factories
from tests.browser import HTMX, browser, end_session, fields_of, sign_in, words_of
from tests.reporting.kept_words import (
    MANY,
    POLICY,
    SAID,
    UNSAVED,
    archive,
    close,
    give_to_another,
    linked,
    move_the_date,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(policy: Policy, leader: User) -> Task:
    return factories.task(policy, leader=leader)


TAKEN_AWAY = {
    archive: "was taken off the table",
    give_to_another: "given to somebody else",
    close: "was closed meanwhile",
}


# whoever has an account can still report on the tasks of a closed policy
CASES = [(event, by_link) for event in TAKEN_AWAY for by_link in (True, False)][:-1]


@pytest.mark.parametrize("is_autosave", [True, False], ids=["autosave", "sent"])
@pytest.mark.parametrize(("event", "by_link"), CASES)
def test_words_of_a_task_that_was_taken_away_are_kept_with_the_reason(
    task: Task,
    leader: User,
    event: Callable[[Task], None],
    by_link: bool,
    is_autosave: bool,
) -> None:
    client = browser() if by_link else browser(leader)
    address = linked(leader)[1] if by_link else MANY
    sent = written(client.get(address), task)
    event(task)
    answer = client.post(address, sent, headers=HTMX if is_autosave else {})
    if is_autosave:
        assert "data-kept" in words_of(answer)
        assert TAKEN_AWAY[event] in words_of(answer)
    page = words_of(client.get(address))
    assert SAID in page
    assert TAKEN_AWAY[event] in page
    assert not StatusUpdate.objects.exists()
    assert SAID in words_of(browser(leader).get(UNSAVED))
    other = factories.user(task.municipality, "leader")
    for place in (UNSAVED, MANY):
        assert SAID not in words_of(browser(other).get(place))
    assert SAID not in words_of(client.get(linked(other)[1]))


@pytest.mark.parametrize("event", [archive, give_to_another])
def test_a_draft_of_a_task_that_was_taken_away_is_still_shown(
    task: Task, leader: User, event: Callable[[Task], None]
) -> None:
    client = browser(leader)
    client.post(MANY, written(client.get(MANY), task), headers=HTMX)
    event(task)
    page = client.get(MANY)
    assert SAID in words_of(page)
    assert TAKEN_AWAY[event] in words_of(page)
    draft = ReportDraft.objects.get()
    client.post(MANY, fields_of(page, "cards", discard=f"draft-{draft.pk}"))
    assert not ReportDraft.objects.exists()
    assert SAID not in words_of(client.get(MANY))


@pytest.mark.parametrize("event", [archive, give_to_another, close])
def test_what_nobody_wrote_is_no_entry(
    task: Task, leader: User, event: Callable[[Task], None]
) -> None:
    """The page of all tasks sends every card, with what was said before standing in it."""
    factories.update(task, period="2024", said_on=date(2024, 6, 1))
    client = browser(leader)
    sent = fields_of(client.get(MANY), "cards")
    assert sent[f"task-{task.pk}-narrative"] == "Zajęcia trwają."
    event(task)
    client.post(MANY, sent)
    assert not UnsavedEntry.objects.exists()


def test_words_of_a_task_that_is_no_longer_asked_about_go_in_with_an_account(
    task: Task, leader: User
) -> None:
    client = browser(leader)
    sent = written(client.get(MANY), task)
    move_the_date(task)
    client.post(MANY, sent)
    assert StatusUpdate.objects.get().narrative.source_wording == SAID


def test_with_a_link_they_are_a_draft_that_says_so(task: Task, leader: User) -> None:
    """A link speaks only of what is asked."""
    address = linked(leader)[1]
    sent = written(Client().get(address), task)
    move_the_date(task)
    page = Client().post(address, {**sent, "only": str(task.pk)}, follow=True)
    assert not StatusUpdate.objects.exists()
    (card,) = page.context["cards"].cards
    assert card.form["narrative"].value() == SAID
    assert "This is not asked any more" in words_of(page)
    assert f'name="only" value="{task.pk}"' not in words_of(page)
    client = browser(leader)  # the same person, with an account
    client.post(MANY, fields_of(client.get(MANY), "cards"))
    assert StatusUpdate.objects.get().narrative.source_wording == SAID
    assert not ReportDraft.objects.exists()


def test_who_answers_over_somebody_elses_words_has_seen_them(
    task: Task, leader: User, coordinator: User
) -> None:
    address = linked(leader)[1]
    sent = {**written(Client().get(address), task), "only": str(task.pk)}
    said = factories.text("Kursy odwołano z powodu remontu.")
    factories.update(task, "late", period="2024", by=coordinator, narrative=said)
    page = Client().post(address, sent)
    assert StatusUpdate.objects.count() == 1
    assert "Kursy odwołano z powodu remontu." in words_of(page)
    assert f"by {coordinator}" in words_of(page)
    again = {**fields_of(page, "cards"), "only": str(task.pk)}
    assert again[f"task-{task.pk}-narrative"] == SAID
    Client().post(address, again)
    assert StatusUpdate.objects.latest("pk").narrative.source_wording == SAID
    assert not ReportDraft.objects.exists()


def test_on_ones_own_page_too(task: Task, leader: User, coordinator: User) -> None:
    address = f"{POLICY}/tasks/{task.number}/report/"
    client = browser(leader)
    sent = fields_of(client.get(address), status="on_time", narrative=SAID)
    factories.update(task, "late", period="2024", by=coordinator)
    page = client.post(address, sent)
    assert "Zajęcia trwają." in words_of(page)
    assert ReportDraft.objects.get().values["narrative"] == SAID
    assert client.post(address, fields_of(page)).status_code == 302
    assert StatusUpdate.objects.latest("pk").narrative.source_wording == SAID


@pytest.mark.parametrize("is_autosave", [True, False], ids=["autosave", "sent"])
@pytest.mark.parametrize("is_withdrawn", [True, False], ids=["withdrawn", "expired"])
def test_what_is_sent_with_a_link_that_has_ended_waits_behind_the_next_one(
    task: Task, leader: User, is_withdrawn: bool, is_autosave: bool
) -> None:
    link, address = linked(leader)
    sent = written(Client().get(address), task)
    if is_withdrawn:
        withdraw_link(by=None, link=link)
    else:
        PersonalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    answer = Client().post(address, sent, headers=HTMX if is_autosave else {})
    assert answer.status_code == 404
    assert ("withdrawn" if is_withdrawn else "expired") in words_of(answer)
    # a script leaves the words in the form; a page gives them back
    assert ("data-kept" in words_of(answer)) == is_autosave
    assert (SAID in words_of(answer)) != is_autosave
    assert address.split("/")[-2] not in str(list(UnsavedEntry.objects.values()))
    next_address = linked(leader)[1]
    page = Client().get(next_address)
    entry = UnsavedEntry.objects.get()
    assert SAID in words_of(page)
    page = Client().get(f"{next_address}?unsaved={entry.pk}")
    assert page.context["cards"].cards[0].form["narrative"].value() == SAID
    Client().post(
        f"{next_address}?unsaved={entry.pk}",
        {**fields_of(page, "cards"), "only": str(task.pk)},
    )
    assert StatusUpdate.objects.get().narrative.source_wording == SAID
    assert not UnsavedEntry.objects.exists()


def test_only_what_is_saved_nowhere_is_shown_after_a_link_has_ended(
    policy: Policy, leader: User
) -> None:
    sent, drafted, lost = (factories.task(policy, leader=leader) for __ in range(3))
    link, address = linked(leader)
    client = Client()
    page = written(client.get(address), sent, narrative="wysłane słowa")
    client.post(address, {**page, "only": str(sent.pk)})
    client.post(address, {**written(client.get(address), drafted, narrative="szkic"), "do": "keep"})
    page = written(client.get(address), lost, narrative="spóźnione słowa")
    withdraw_link(by=None, link=link)
    answer = words_of(client.post(address, page))
    assert "spóźnione słowa" in answer and f"Task {lost.number}" in answer
    assert "wysłane słowa" not in answer and "szkic" not in answer
    assert "a part of the address is missing" not in answer
    assert "ask the coordinator for a new link" in answer
    page = Client().get(linked(leader)[1])
    assert {"szkic", "spóźnione słowa"} <= set(re.findall("szkic|spóźnione słowa", words_of(page)))


def test_words_that_were_sent_are_not_called_a_draft_too(task: Task, leader: User) -> None:
    client = browser(leader)
    address = f"{POLICY}/tasks/{task.number}/report/"
    save_draft(by=leader, task=task, period="2024", values={"narrative": "kursy"}, form=[])
    sent = fields_of(client.get(f"{address}?period=2024"), status="on_time", narrative=SAID)
    end_session(client)
    client.post(address, sent)
    page = client.get(sign_in(client, leader, f"{address}?unsaved={UnsavedEntry.objects.get().pk}"))
    assert "These are the words that you sent before" in words_of(page)
    assert "not sent yet" not in words_of(page)


def test_a_draft_that_was_begun_with_a_link_goes_on_with_the_next_one(
    task: Task, leader: User, policy: Policy
) -> None:
    """Each reminder brings a new link."""
    __, first = linked(leader)
    Client().post(first, written(Client().get(first), task), headers=HTMX)
    page = Client().get(linked(leader)[1])
    assert page.context["cards"].cards[0].form["narrative"].value() == SAID
    other = factories.user(policy.municipality, "leader")
    change_task(by=None, task=task, version=task.version, leader=other)
    page = Client().get(linked(other)[1])
    assert page.context["cards"].cards[0].form["narrative"].value() != SAID


def test_two_windows_of_one_person_overwrite_nothing(task: Task, leader: User) -> None:
    address = f"{POLICY}/tasks/{task.number}/report/"
    client = browser(leader)
    first, second = client.get(address), client.get(address)
    client.post(address, fields_of(first, narrative="Pierwsze okno"), headers=HTMX)
    client.post(address, fields_of(second, narrative="Drugie okno"), headers=HTMX)
    assert ReportDraft.objects.get().values["narrative"] == "Drugie okno"
    page = client.get(UNSAVED)
    assert "Pierwsze okno" in words_of(page)
    assert "You wrote this in one window" in words_of(page)
    client.post(address, fields_of(second, narrative="Drugie okno", status="done"))
    assert "Pierwsze okno" in words_of(client.get(UNSAVED))
    opened = client.get(page.context["entries"][0][1])
    assert opened.context["form"]["narrative"].value() == "Pierwsze okno"


def test_the_session_ends_while_somebody_writes_of_all_their_tasks(
    task: Task, leader: User
) -> None:
    client = browser(leader)
    sent = written(client.get(MANY), task)
    end_session(client)
    answer = client.post(MANY, sent, headers=HTMX)
    assert answer.status_code == 401
    page = client.get(sign_in(client, leader, f"{MANY}?unsaved={UnsavedEntry.objects.get().pk}"))
    assert page.context["cards"].cards[0].form["narrative"].value() == SAID
    client.post(f"{MANY}?{page.request['QUERY_STRING']}", fields_of(page, "cards"))
    assert StatusUpdate.objects.get().narrative.source_wording == SAID
    assert not UnsavedEntry.objects.exists()


def test_one_button_keeps_the_words_of_the_other_cards(policy: Policy, leader: User) -> None:
    """Without scripts too: all cards are one form."""
    first, second = (factories.task(policy, leader=leader) for __ in range(2))
    address = linked(leader)[1]
    sent = written(Client().get(address), first) | {f"task-{second.pk}-narrative": "Drugie"}
    page = Client().post(address, {**sent, "only": str(first.pk)}, follow=True)
    assert [update.task for update in StatusUpdate.objects.all()] == [first]
    assert page.context["cards"].cards[-1].form["narrative"].value() == "Drugie"
    page = Client().post(address, {**fields_of(page, "cards"), "do": "stop-mail"}, follow=True)
    assert page.context["cards"].cards[-1].form["narrative"].value() == "Drugie"


class TestNothingNew:
    def test_saving_what_stands_there_already_makes_nothing(self, task: Task, leader: User) -> None:
        factories.update(task, period="2024", said_on=timezone.localdate(), by=leader)
        address = f"{POLICY}/tasks/{task.number}/report/?period=2024"
        client = browser(leader)
        entries = AuditEntry.objects.count()
        page = client.get(address)
        for __ in range(2):
            answer = client.post(address, fields_of(page), follow=True)
        assert "Nothing new was said" in words_of(answer)
        assert (StatusUpdate.objects.count(), AuditEntry.objects.count()) == (1, entries)

    def test_send_back_and_send_again_is_said_once(self, task: Task, leader: User) -> None:
        address = linked(leader)[1]
        sent = {**written(Client().get(address), task), "only": str(task.pk)}
        for key in (str(uuid4()), str(uuid4())):  # as if the page had been read anew
            Client().post(address, {**sent, f"task-{task.pk}-idempotency_key": key})
        assert StatusUpdate.objects.count() == 1

    def test_what_is_asked_anew_is_answered_by_the_same_words(
        self, task: Task, leader: User
    ) -> None:
        """In the middle of the year things went on; at its end they still do."""
        factories.update(task, period="2024", said_on=date(2024, 3, 1), by=leader)
        client = browser(leader)
        page = client.get(MANY)
        assert len(page.context["cards"].cards) == 1
        client.post(MANY, fields_of(page, "cards", only=str(task.pk)))
        assert StatusUpdate.objects.count() == 2
        assert client.get(MANY).context["cards"].cards == []


def test_who_writes_far_too_often_gets_their_words_back(
    task: Task, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = linked(leader)[1]
    sent = written(Client().get(address), task)
    monkeypatch.setattr(link_door, "MAX_WRITES", 0)
    answer = Client().post(address, sent)
    assert answer.status_code == 429
    assert "This was not kept: copy it" in words_of(answer)
    assert SAID in words_of(answer)


def test_the_page_of_reports_shows_nothing_of_other_forms(task: Task, leader: User) -> None:
    for data, word in (("title=Inne", "Inne"), ("task-999-narrative=Moje", "Moje")):
        UnsavedEntry.objects.create(
            scope="poznan",
            writer=f"user {leader.pk}",
            form_key=word,
            reasons=[],
            words=[["", word]],
            data=data,
        )
    page = words_of(browser(leader).get(MANY))
    assert ("Moje" in page, "Inne" in page) == (True, False)
