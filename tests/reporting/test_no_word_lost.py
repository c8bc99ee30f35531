"""Whatever the order in which people write, send and come back, and whatever others do meanwhile:
every word that was sent is said, a draft, or an entry that its writer is shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
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

from splot.core.models import UnsavedEntry
from splot.implementation.actions.tasks import archive_task, change_task
from splot.implementation.models import StatusUpdate, Task
from splot.people.models import Municipality, Organisation, PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link, withdraw_link
from splot.reporting.models import ReportDraft
from splot.workbooks.models import ReturnedWorkbook
from tests import factories
from tests.browser import HTMX, Fields, browser, end_session, fields_of, sign_in, words_of
from tests.workbooks.factories import City, filled

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POLICY = "/en/poznan/policy/2023-2024"
MANY = f"{POLICY}/report/"
FAR = {"timing": Task.Timing.DATES, "starts": date(2090, 1, 1), "due": date(2090, 12, 31)}
NEAR = {"timing": Task.Timing.YEARLY, "starts": None, "due": None}


@dataclass
class Window:
    """A page with a form that somebody has open: whose it is, where it goes, what stands in it."""

    writer: str
    client: Client
    address: str
    fields: Fields
    narratives: list[str]  # the names of the fields that are written in


class Meanwhile(RuleBasedStateMachine):
    """A person in charge with an account and links, an institution with links and a workbook, and
    a coordinator who goes on working; each run is undone at its end.
    """

    def __init__(self, policy: Policy, leader: User, coordinator: User) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.policy, self.leader, self.coordinator = policy, leader, coordinator
        self.town: Municipality = policy.municipality
        self.city = City(policy)
        self.owners: dict[str, User | Organisation] = {
            "link of leader": leader,
            "link of school": self.city.school,
        }
        self.links: dict[str, list[tuple[PersonalLink, str]]] = {name: [] for name in self.owners}
        self.account = browser(leader)
        self.windows: list[Window] = []
        # {word that was sent: by whom}, without those that their writer has replaced since
        self.words: dict[str, str] = {}
        self.number = count(1)

    def teardown(self) -> None:
        try:
            self.every_writer_is_shown_their_words()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @initialize()
    def give_the_tasks(self) -> None:
        for task in (self.city.first, self.city.second):
            change_task(by=None, task=task, version=task.version, leader=self.leader)
        for name in self.links:
            self.make_another_link(name)
        self.sheet = self.city.sheet()

    def tasks(self) -> list[Task]:
        return list(Task.objects.filter(policy=self.policy).order_by("number"))

    # What people do with their pages.

    @rule(name=st.sampled_from(["link of leader", "link of school"]))
    def make_another_link(self, name: str) -> None:
        link, token = make_link(by=None, municipality=self.town, owner=self.owners[name])
        self.links[name].append((link, f"/en/poznan/r/{token}/"))

    @rule(data=st.data(), name=st.sampled_from(["link of leader", "link of school"]))
    def open_a_link(self, data: st.DataObject, name: str) -> None:
        __, address = data.draw(st.sampled_from(self.links[name]))
        self.open(name, Client(), address, "cards")

    @rule()
    def open_the_page_of_all_tasks(self) -> None:
        self.open("leader", self.account, MANY, "cards")

    @rule(data=st.data())
    def open_the_page_of_one_task(self, data: st.DataObject) -> None:
        task = data.draw(st.sampled_from(self.tasks()))
        self.open("leader", self.account, f"{POLICY}/tasks/{task.number}/report/", "")

    def open(self, writer: str, client: Client, address: str, form: str) -> None:
        page = client.get(address)
        if page.status_code != 200:
            return
        fields = fields_of(page, form)
        narratives = [name for name in fields if name.endswith("narrative")]
        if narratives:
            self.windows.append(Window(writer, client, address, fields, narratives))

    @precondition(lambda self: self.windows)
    @rule(data=st.data())
    def write_and_let_it_be_saved(self, data: st.DataObject) -> None:
        self.send(data, headers=HTMX)

    @precondition(lambda self: self.windows)
    @rule(data=st.data(), is_complete=st.booleans())
    def write_and_send(self, data: st.DataObject, is_complete: bool) -> None:
        window = self.send(data, is_complete=is_complete)
        self.windows.remove(window)  # the page is another one now

    @precondition(lambda self: self.windows)
    @rule(data=st.data())
    def write_in_one_card_and_press_the_button_of_another(self, data: st.DataObject) -> None:
        window = self.send(data, has_other_button=True)
        self.windows.remove(window)

    def send(
        self,
        data: st.DataObject,
        *,
        headers: dict[str, str] | None = None,
        is_complete: bool = True,
        has_other_button: bool = False,
    ) -> Window:
        window = data.draw(st.sampled_from(self.windows))
        name = data.draw(st.sampled_from(window.narratives))
        self.words.pop(window.fields[name], None)  # it stood before them, and they wrote over it
        window.fields[name] = self.new_word(window.writer)
        if is_complete:
            window.fields[name.replace("narrative", "status")] = "on_time"
        sent = dict(window.fields)
        buttons = [each.split("-")[1] for each in window.narratives if "-" in each]
        if has_other_button and buttons:
            sent["only"] = data.draw(st.sampled_from(buttons))
        window.client.post(window.address, sent, headers=headers or {})
        return window

    @rule(number=st.sampled_from([1, 2]))
    def fill_the_workbook_and_give_it_back(self, number: int) -> None:
        word = self.new_word("workbook")
        self.city.back(filled(self.sheet, {number: {"status": "zrobione", "narrative": word}}))

    def new_word(self, writer: str) -> str:
        word = f"słowo-{next(self.number)}."
        self.words[word] = writer
        return word

    # What others do meanwhile, and what happens by itself.

    @rule(data=st.data(), values=st.sampled_from([FAR, NEAR]))
    def move_the_date(self, data: st.DataObject, values: dict[str, object]) -> None:
        self.change(data, **values)

    @rule(data=st.data(), is_given_back=st.booleans())
    def name_another_person(self, data: st.DataObject, is_given_back: bool) -> None:
        self.change(data, leader=self.leader if is_given_back else self.coordinator)

    @rule(data=st.data(), is_given_back=st.booleans())
    def name_another_institution(self, data: st.DataObject, is_given_back: bool) -> None:
        self.change(data, lead=self.city.school if is_given_back else self.city.library)

    def change(self, data: st.DataObject, **values: object) -> None:
        task = data.draw(st.sampled_from(self.tasks()))
        change_task(by=None, task=task, version=task.version, **values)

    @rule(data=st.data(), archived=st.booleans())
    def archive(self, data: st.DataObject, archived: bool) -> None:
        task = data.draw(st.sampled_from(self.tasks()))
        archive_task(by=self.coordinator, task=task, version=task.version, archived=archived)

    @rule(status=st.sampled_from([Policy.Status.CLOSED, Policy.Status.IN_FORCE]))
    def close_the_policy(self, status: str) -> None:
        Policy.objects.filter(pk=self.policy.pk).update(status=status)

    @rule(data=st.data())
    def report_for_somebody(self, data: st.DataObject) -> None:
        task = data.draw(st.sampled_from(self.tasks()))
        period = data.draw(st.sampled_from(["2023", "2024"]))
        factories.update(task, period=period, by=self.coordinator, said_on=timezone.localdate())

    @rule(data=st.data(), is_withdrawn=st.booleans())
    def end_a_link(self, data: st.DataObject, is_withdrawn: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.links)))
        link, __ = data.draw(st.sampled_from(self.links[name]))
        if is_withdrawn:
            withdraw_link(by=self.coordinator, link=link)
        else:
            PersonalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())

    @rule()
    def end_the_session(self) -> None:
        end_session(self.account)

    @rule()
    def sign_in_anew(self) -> None:
        sign_in(self.account, self.leader)

    # What holds.

    @invariant()
    def every_word_is_said_or_kept_for_its_writer(self) -> None:
        said, lost = self.said(), []
        kept = {writer: self.kept_for(writer) for writer in {*self.words.values()} - {"workbook"}}
        for word, writer in self.words.items():
            if word not in said and word not in kept.get(writer, ""):
                lost.append((writer, word))
        assert lost == []

    def said(self) -> str:
        """All that was reported, and what became of workbooks."""
        updates = StatusUpdate.objects.filter(task__policy=self.policy)
        sheets = ReturnedWorkbook.objects.all()
        return " ".join(
            [*(str(row.narrative.texts) for row in updates), *(str(row.cells) for row in sheets)]
        )

    def kept_for(self, writer: str) -> str:
        """The drafts and entries of one writer."""
        leader, school = self.leader, self.city.school
        owner, key = {
            "leader": ({"user": leader}, f"user {leader.pk}"),
            "link of leader": ({"link__user": leader}, f"link of user {leader.pk}"),
            "link of school": (
                {"link__organisation": school},
                f"link of organisation {school.pk}",
            ),
        }[writer]
        drafts = ReportDraft.objects.filter(**owner)
        entries = UnsavedEntry.objects.filter(writer=key)
        return " ".join(
            [*(str(row.values) for row in drafts), *(str(row.words) for row in entries)]
        )

    def every_writer_is_shown_their_words(self) -> None:
        said = self.said()
        pages = {"leader": self.pages_of_the_account()}
        for name in self.links:
            self.make_another_link(name)
            pages[name] = words_of(Client().get(self.links[name][-1][1]))
        hidden = []
        for word, writer in self.words.items():
            if word not in said and word not in pages.get(writer, ""):
                hidden.append((writer, word))
        assert hidden == []

    def pages_of_the_account(self) -> str:
        client = browser(self.leader)
        own = [f"{POLICY}/tasks/{task.number}/report/" for task in self.tasks()]
        addresses = ["/en/poznan/unsaved/", MANY, *own]
        return " ".join(words_of(client.get(address)) for address in addresses)


RUNS = settings(max_examples=30, stateful_step_count=14)


def test_no_word_is_lost(policy: Policy, leader: User, coordinator: User) -> None:
    run_state_machine_as_test(lambda: Meanwhile(policy, leader, coordinator), settings=RUNS)


def test_control_a_page_that_forgets_what_it_cannot_send_is_noticed(
    policy: Policy, leader: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fixed steps: somebody writes of a task that was archived, and the page drops it."""
    monkeypatch.setattr("splot.reporting.pages.links.keep_strays", lambda *arguments: None)
    with (
        pytest.raises(AssertionError, match="link of leader"),
        finished(Meanwhile(policy, leader, coordinator)) as run,
    ):
        run.give_the_tasks()
        __, address = run.links["link of leader"][0]
        run.open("link of leader", Client(), address, "cards")
        (window,) = run.windows
        task = run.tasks()[0]
        archive_task(by=None, task=task, version=task.version, archived=True)
        window.fields[f"task-{task.pk}-narrative"] = run.new_word("link of leader")
        Client().post(address, window.fields)
        run.every_word_is_said_or_kept_for_its_writer()


@contextmanager
def finished(run: Meanwhile) -> Iterator[Meanwhile]:
    try:
        yield run
    finally:
        run.words.clear()
        run.teardown()
