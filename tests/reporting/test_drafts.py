"""Words are kept while one writes, speak for nobody before they are sent, and ten tasks fit on one
page.
"""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from splot.core.models import AuditEntry
from splot.implementation.models import StatusUpdate
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link
from splot.reporting.actions.reports import save_draft
from splot.reporting.models import ReportDraft
from tests import factories
from tests.browser import browser, fields_of, words_of
from tests.pdf_files import blank_pdf

pytestmark = pytest.mark.django_db
ONE = "/en/poznan/policy/2023-2024/tasks/1/report/"
MANY = "/en/poznan/policy/2023-2024/report/"
HTMX = {"headers": {"HX-Request": "true"}}


def form(prefix: str = "", **values: str) -> dict[str, str]:
    words = {
        "period": "2024",
        "narrative": "Kursy",
        "reached_qualifier": "exact",
        "reached_unit": "persons",
        "idempotency_key": str(uuid4()),
        **values,
    }
    return {f"{prefix}{name}": value for name, value in words.items()}


def test_what_is_being_written_is_kept_and_comes_back(
    policy: Policy, leader: User, signed_in
) -> None:
    factories.task(policy, leader=leader)
    client = signed_in(leader)
    answer = client.post(ONE, form(status="late", reached="abc"), **HTMX)
    assert "Draft kept at" in answer.content.decode()
    page = client.get(ONE)
    start = page.context["form"]
    assert (start["narrative"].value(), start["status"].value(), start["reached"].value()) == (
        "Kursy",
        "late",
        "abc",
    )
    assert "not sent yet" in page.content.decode()
    assert not StatusUpdate.objects.exists()
    assert "Kursy" not in Client().get(ONE.replace("report/", "")).content.decode().replace(
        "Kurs języka", ""
    )


def test_a_draft_is_its_writers_alone(
    policy: Policy, leader: User, coordinator: User, signed_in
) -> None:
    factories.task(policy, leader=leader)
    signed_in(leader).post(ONE, form(), **HTMX)
    assert not signed_in(coordinator).get(ONE).context["form"]["narrative"].value()
    __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
    (card,) = Client().get(f"/en/poznan/r/{token}/").context["cards"].cards
    assert card.draft is None


def test_sending_ends_the_draft_and_emptying_too(policy: Policy, leader: User, signed_in) -> None:
    factories.task(policy, leader=leader)
    client, window = signed_in(leader), {"idempotency_key": str(uuid4())}
    client.post(ONE, form(**window), **HTMX)
    client.post(ONE, form(narrative="Kursy i spacery", **window), **HTMX)
    assert ReportDraft.objects.get().values["narrative"] == "Kursy i spacery"
    client.post(ONE, form(status="done", **window))
    assert not ReportDraft.objects.exists()
    assert StatusUpdate.objects.get().narrative.source_wording == "Kursy"
    client.post(ONE, form(status="late", **window), **HTMX)
    client.post(ONE, form(status="done", **window), **HTMX)  # as it was said: nothing is left
    assert not ReportDraft.objects.exists()


def test_words_that_come_after_they_were_sent_are_no_draft(
    policy: Policy, leader: User, signed_in
) -> None:
    task = factories.task(policy, leader=leader)
    signed_in(leader).post(ONE, form(status="done", narrative="Kursy\r\ni spacery"))
    late = {
        "status": "done",
        "narrative": "Kursy\r\ni spacery",
        "reached": "",
        "reached_unit": "persons",
    }
    save_draft(by=leader, task=task, period="2024", values=late)
    assert not ReportDraft.objects.exists()
    save_draft(
        by=leader, task=task, period="2024", values={**late, "narrative": "Kursy, spacery i chór"}
    )
    assert ReportDraft.objects.get().values["narrative"] == "Kursy, spacery i chór"


def test_files_are_to_be_chosen_again_when_a_form_comes_back(
    policy: Policy, leader: User, signed_in
) -> None:
    factories.task(policy, leader=leader)
    page = signed_in(leader).post(
        ONE, {**form(), "files": SimpleUploadedFile("raport.pdf", blank_pdf())}
    )
    assert "Choose the files again" in page.content.decode()


def test_a_link_keeps_its_own_draft(policy: Policy, leader: User) -> None:
    task = factories.task(policy, leader=leader)
    __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
    address, prefix = f"/en/poznan/r/{token}/", f"task-{task.pk}-"
    answer = Client().post(address, {**form(prefix), "only": task.pk}, **HTMX)
    assert "data-saved" in answer.content.decode()
    page = Client().get(address)
    assert "They are kept, but not sent yet." in page.content.decode()
    assert page.context["cards"].cards[0].form["narrative"].value() == "Kursy"
    assert not StatusUpdate.objects.exists()


def test_more_than_can_be_sent_is_kept_whole(policy: Policy, leader: User) -> None:
    """A pasted text is neither cut by the browser nor by us: its writer shortens it."""
    factories.task(policy, leader=leader)
    client = browser(leader)
    pasted = "Spotkania odbywały się co tydzień. " * 200
    page = client.get(ONE)
    assert not html.fromstring(page.content).xpath("//textarea[@maxlength]")
    sent = fields_of(page, status="on_time", narrative=pasted)
    answer = client.post(ONE, sent)
    assert "at most 5000 characters" in words_of(answer)
    assert answer.context["form"]["narrative"].value() == pasted
    assert fields_of(client.get(ONE))["narrative"] == pasted
    assert not StatusUpdate.objects.exists()


def test_hostile_words_are_kept_within_bounds(policy: Policy, leader: User) -> None:
    task = factories.task(policy, leader=leader)
    __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
    words = form(
        f"task-{task.pk}-", narrative="a\0b" + "x" * 200_000, status="<script>alert(1)</script>"
    )
    assert (
        Client().post(f"/en/poznan/r/{token}/", {**words, "only": task.pk}, **HTMX).status_code
        == 200
    )
    kept = ReportDraft.objects.get().values
    assert (len(kept["narrative"]), kept["narrative"][:2]) == (100_000, "ab")
    assert "<script>alert" not in Client().get(f"/en/poznan/r/{token}/").content.decode()


class TestTenAtOnce:
    @pytest.fixture
    def tasks(self, policy: Policy, leader: User) -> list:
        return [factories.task(policy, leader=leader) for __ in range(10)]

    def test_everything_that_was_written_is_sent_with_one_button(
        self, tasks, leader: User, signed_in
    ) -> None:
        client, sent = signed_in(leader), {}
        for task in tasks[:4]:
            sent |= form(f"task-{task.pk}-", status="on_time")
        for task in tasks[4:]:
            sent |= form(f"task-{task.pk}-", narrative="")  # untouched
        page = client.post(MANY, sent, follow=True)
        assert sorted(update.task_id for update in StatusUpdate.objects.all()) == [
            task.pk for task in tasks[:4]
        ]
        assert "4 reports are saved." in page.content.decode()
        assert [card.task for card in page.context["cards"].cards] == tasks[4:]

    def test_a_mistake_in_one_saves_the_others_and_keeps_its_words(
        self, tasks, leader: User, signed_in
    ) -> None:
        good, bad = tasks[0], tasks[1]
        client = signed_in(leader)
        sent = form(f"task-{good.pk}-", status="done") | form(f"task-{bad.pk}-", status="abandoned")
        sent |= form(f"task-{tasks[2].pk}-", narrative="")  # untouched: nothing is wrong with it
        page = client.post(MANY, sent)
        assert StatusUpdate.objects.get().task == good
        words = page.content.decode()
        assert "Say why the task was abandoned." in words
        assert words.count('class="form-errors"') == 1
        wrong = next(card for card in page.context["cards"].cards if card.task == bad)
        assert wrong.form["narrative"].value() == "Kursy"
        assert ReportDraft.objects.get().task == bad
        assert good not in [card.task for card in page.context["cards"].cards]
        client.post(MANY, sent)  # again, by reloading: the good one is not said twice
        assert StatusUpdate.objects.count() == 1

    def test_one_button_for_one_task_keeps_the_other_words(
        self, tasks, leader: User, signed_in
    ) -> None:
        first, second = tasks[:2]
        sent = form(f"task-{first.pk}-", status="done") | form(f"task-{second.pk}-", status="late")
        page = signed_in(leader).post(MANY, {**sent, "only": first.pk}, follow=True)
        assert StatusUpdate.objects.get().task == first
        kept = next(card for card in page.context["cards"].cards if card.task == second)
        assert kept.form["status"].value() == "late"

    def test_autosave_keeps_what_changed_alone(self, tasks, leader: User, signed_in) -> None:
        sent = form(f"task-{tasks[0].pk}-") | form(f"task-{tasks[1].pk}-", narrative="")
        signed_in(leader).post(MANY, sent, **HTMX)
        assert ReportDraft.objects.get().task == tasks[0]

    def test_the_number_of_queries_does_not_grow(
        self, tasks, leader: User, signed_in, django_assert_max_num_queries
    ) -> None:
        client = signed_in(leader)
        client.get(MANY)
        with django_assert_max_num_queries(16):
            assert len(client.get(MANY).context["cards"].cards) == 10

    def test_nobody_elses_tasks_are_on_it(self, tasks, policy: Policy, signed_in) -> None:
        other = signed_in(factories.user(policy.municipality, "leader"))
        assert other.get(MANY).context["cards"].cards == []
        other.post(MANY, {**form(f"task-{tasks[0].pk}-", status="done"), "only": tasks[0].pk})
        assert not StatusUpdate.objects.exists()
        assert signed_in(factories.user(policy.municipality, "reader")).get(MANY).status_code == 404


def test_keeping_nothing_keeps_no_row(policy: Policy, leader: User) -> None:
    task = factories.task(policy, leader=leader)
    before = AuditEntry.objects.count()
    save_draft(by=leader, task=task, period="2024", values={"narrative": ""})
    assert not ReportDraft.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_draft_without_words_is_not_sent(policy: Policy, leader: User, signed_in) -> None:
    """What was saved on its way stands in the form, and is refused as if it had just been typed."""
    task = factories.task(policy, leader=leader)
    factories.update(task, period="2024", by=leader)
    client = signed_in(leader)
    words = form(narrative=" ", period="2024")
    assert client.post(ONE, words, **HTMX).status_code == 200
    assert client.post(ONE, words).status_code == 200
    assert StatusUpdate.objects.count() == 1
