"""What one person wrote is nobody else's to see, to take up or to throw away."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from splot.core.models import UnsavedEntry
from splot.core.unsaved.sent_forms import hash_keys
from splot.implementation.models import StatusUpdate, Task
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.actions.links import withdraw_link
from splot.reporting.actions.reports import FormKeys, save_draft
from splot.reporting.models import ReportDraft
from splot.reporting.queries import drafts_written
from tests import factories
from tests.browser import HTMX, browser, fields_of, words_of
from tests.reporting.kept_words import MANY, POLICY, SAID, archive, linked, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(policy: Policy, leader: User) -> Task:
    return factories.task(policy, leader=leader)


def test_entries_of_others_cannot_be_discarded_with_a_link(task: Task, leader: User) -> None:
    other = factories.user(task.municipality, "leader")
    link, address = linked(other)
    withdraw_link(by=None, link=link)
    Client().post(address, {f"task-{task.pk}-narrative": f"To {SAID}"})
    draft = save_draft(by=leader, task=task, period="2024", values={"narrative": "Moje"})
    entry = UnsavedEntry.objects.get()
    mine = linked(leader)[1]
    for name in (str(entry.pk), f"draft-{draft.pk}"):
        Client().post(mine, {"discard": name})
    assert UnsavedEntry.objects.get() == entry
    assert ReportDraft.objects.get() == draft
    assert entry.kept_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("is_autosave", [True, False], ids=["autosave", "sent"])
@pytest.mark.parametrize("is_archived", [True, False], ids=["archived", "open"])
@pytest.mark.parametrize("by_link", [True, False], ids=["link", "account"])
def test_the_key_of_anothers_form_opens_nothing_of_theirs(
    task: Task, leader: User, by_link: bool, is_archived: bool, is_autosave: bool
) -> None:
    """Whoever knows the key of a form is not its writer for that."""
    other, key = factories.user(task.municipality, "leader"), uuid4()
    values = {"narrative": "Słowa kogoś innego"}
    save_draft(by=other, task=task, period="2024", values=values, form=FormKeys(key))
    theirs = [("poznan", f"user {other.pk}"), ("elsewhere", f"user {leader.pk}")]
    for scope, writer in theirs:
        UnsavedEntry.objects.create(
            scope=scope, writer=writer, form_key=hash_keys([str(key)]), reasons=[], data=""
        )
    client = browser() if by_link else browser(leader)
    address = linked(leader)[1] if by_link else MANY
    forged = {"idempotency_key": str(key), "draft_key": str(key)}
    sent = written(client.get(address), task, **forged)
    if is_archived:
        archive(task)
    client.post(address, sent, headers=HTMX if is_autosave else {})
    assert ReportDraft.objects.get(user=other).values == values
    kept = UnsavedEntry.objects.values_list("scope", "writer")
    assert set(theirs) <= set(kept)
    is_reported = not is_archived and not is_autosave
    assert StatusUpdate.objects.exists() == is_reported


def test_ones_own_displaced_words_go_when_their_form_writes_again(task: Task, leader: User) -> None:
    address = f"{POLICY}/tasks/{task.number}/report/"
    client = browser(leader)
    first, second = client.get(address), client.get(address)
    client.post(address, fields_of(first, narrative="Pierwsze okno"), headers=HTMX)
    client.post(address, fields_of(second, narrative="Drugie okno"), headers=HTMX)
    client.post(address, fields_of(first, narrative="Pierwsze okno, dalej"), headers=HTMX)
    assert ReportDraft.objects.get().values["narrative"] == "Pierwsze okno, dalej"
    (entry,) = UnsavedEntry.objects.all()
    assert "Drugie okno" in str(entry.words)


def test_a_draft_and_an_entry_of_one_number_are_told_apart(task: Task, leader: User) -> None:
    draft = save_draft(by=leader, task=task, period="2024", values={"narrative": "Szkic"})
    archive(task)
    UnsavedEntry.objects.create(
        pk=draft.pk,
        scope="poznan",
        writer=f"user {leader.pk}",
        form_key="1",
        reasons=[],
        words=[["", "Wpis"]],
        data=f"task-{task.pk}-narrative=Wpis",
    )
    client = browser(leader)
    page = client.get(MANY)
    tree = html.fromstring(page.content.decode())
    ids = tree.xpath("//main//@id[starts-with(., 'unsaved-')]")
    names = tree.xpath("//button[@name='discard']/@value")
    assert (len(set(ids)), len(set(names))) == (2, 2)
    client.post(MANY, fields_of(page, "cards", discard=names[1]))
    page = words_of(client.get(MANY))
    assert ("Wpis" in page, "Szkic" in page) == (True, False)
    client.post(MANY, fields_of(client.get(MANY), "cards", discard=names[0]))
    assert not UnsavedEntry.objects.exists()


def test_who_is_nobody_has_written_nothing(task: Task) -> None:
    """Drafts of institutions belong to no account, and so to none that is missing."""
    link, __ = linked(factories.organisation(task.municipality))
    save_draft(by=None, link=link, task=task, period="2024", values={"narrative": "Nasze"})
    assert drafts_written(None, link).count() == 1
    assert not drafts_written(None).exists()
