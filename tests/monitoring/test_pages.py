"""The pages of a report: who sees them, how a coordinator gets from a start to a publication."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from splot.monitoring import documents
from splot.monitoring.actions import (
    add_proposal,
    decide_proposal,
    make_files,
    publish_review,
    start_review,
)
from splot.monitoring.models import CorrectiveProposal, Review, ReviewFile
from splot.people.models import Municipality, User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

from .year import measured, tasks_of_a_year

HERE = "/en/poznan/policy/2023-2024/reports/"


@pytest.fixture
def review(policy: Policy, coordinator: User) -> Review:
    return start_review(by=coordinator, policy=policy, year=2023)


@pytest.fixture
def public(review: Review, coordinator: User) -> Review:
    tasks = tasks_of_a_year(review.policy)
    measured(tasks[0], **{"2023": 150})
    add_proposal(by=coordinator, review=review, text=text("Dodać kurs"))
    return publish_review(by=coordinator, review=review, version=review.version)


def idempotency_key(client: Client, path: str) -> dict[str, Any]:
    """The hidden fields of the page's own form."""
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in ("version", "idempotency_key")}


@pytest.mark.parametrize("path", ["2023/", "2023.pdf", "2023.json"])
def test_a_draft_is_nobodys_but_the_teams(
    review: Review, signed_in: Any, coordinator: User, other_town: Municipality, path: str
) -> None:
    assert Client().get(HERE + path).status_code == 404
    for stranger in (
        factories.user(review.municipality, "reader"),
        factories.user(review.municipality, "leader"),
        factories.user(other_town, "coordinator"),
    ):
        assert signed_in(stranger).get(HERE + path).status_code == 404
    for member in (coordinator, factories.user(review.municipality, "monitor")):
        assert signed_in(member).get(HERE + path).status_code == 200


@pytest.mark.parametrize("path", ["2023/edit/", "2023/publish/"])
def test_only_the_coordinator_writes(
    review: Review, signed_in: Any, path: str, other_town: Municipality
) -> None:
    for stranger in (
        factories.user(review.municipality, "monitor"),
        factories.user(other_town, "coordinator"),
    ):
        assert signed_in(stranger).get(HERE + path).status_code == 404
        assert signed_in(stranger).post(HERE + path, {}).status_code == 404
    assert Client().post(HERE + path, {}).status_code == 302
    review.refresh_from_db()
    assert (review.version, review.is_public) == (1, False)


def test_the_monitoring_team_proposes_and_decides_nothing(
    review: Review, coordinator: User, signed_in: Any, other_town: Municipality
) -> None:
    client, here = signed_in(factories.user(review.municipality, "monitor")), HERE + "2023/"
    add, first = f"{here}proposals/add/", f"{here}proposals/1/"
    assert add in client.get(here).content.decode()
    assert (
        client.post(add, {**idempotency_key(client, add), "text": "Dodać kurs"})["Location"] == here
    )
    assert first in client.get(here).content.decode()
    assert (
        client.post(first, {**idempotency_key(client, first), "text": "Dodać dwa kursy"})[
            "Location"
        ]
        == here
    )
    for path in ("decide/", "withdraw/"):
        assert (
            client.post(first + path, {"version": 2, "disposition": "accepted"}).status_code == 404
        )
    for role, town in (
        ("reader", review.municipality),
        ("editor", review.municipality),
        ("monitor", other_town),
    ):
        assert signed_in(factories.user(town, role)).post(add, {"text": "Nic"}).status_code == 404
    row = CorrectiveProposal.objects.get()
    assert (str(row.text), row.disposition) == ("Dodać dwa kursy", "awaiting")


@pytest.mark.parametrize("path", ["2023/", "2023.pdf", "2023.json"])
def test_a_published_report_is_for_everybody_and_for_the_cache(public: Review, path: str) -> None:
    answer = Client().get(HERE + path)
    assert answer.status_code == 200
    assert answer["X-Splot-Cache"] == "poznan"
    assert Client().get("/en/poznan/policy/2023-2024/reports/2024/").status_code == 404


def test_a_year_that_is_not_there_is_not_found(public: Review) -> None:
    assert Client().get(HERE + "2031/").status_code == 404
    assert Client().get("/en/poznan/policy/2019-2020/reports/2023/").status_code == 404


def test_the_list_shows_each_what_concerns_them(
    public: Review, policy: Policy, coordinator: User, signed_in: Any
) -> None:
    start_review(by=coordinator, policy=policy, year=2024)
    everybody = Client().get(HERE).content.decode()
    assert "Report for 2023" in everybody
    assert "reports/2024/" not in everybody
    assert "Draft of the report for 2024" in signed_in(coordinator).get(HERE).content.decode()


def test_an_empty_list_says_what_will_be_there(
    policy: Policy, coordinator: User, signed_in: Any
) -> None:
    assert "No report is published yet" in Client().get(HERE).content.decode()
    assert "Start the report for" not in Client().get(HERE).content.decode()
    assert "Start the report for 2023" in signed_in(coordinator).get(HERE).content.decode()


def test_from_the_start_to_the_publication(
    policy: Policy, coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    tasks_of_a_year(policy)
    assert client.post(HERE + "start/", {"year": 2023})["Location"] == HERE + "2023/edit/"
    edit = HERE + "2023/edit/"
    words = {
        "assessment": "Dobry rok.",
        "assessment_en": "A good year.",
        "assessment_uk": "",
        "responsible": "Biuro",
    }
    assert client.post(edit, {**idempotency_key(client, edit), **words}).status_code == 302
    add = HERE + "2023/proposals/add/"
    assert (
        client.post(add, {**idempotency_key(client, add), "text": "Dodać kurs"}).status_code == 302
    )
    publish = HERE + "2023/publish/"
    assert "2 of 5 tasks have no report" in client.get(publish).content.decode()
    assert client.post(publish, idempotency_key(client, publish))["Location"] == HERE + "2023/"
    page = Client().get(HERE + "2023/").content.decode()
    for expected in (
        "A good year.",
        "Dodać kurs",
        "awaiting a decision",
        "Biuro",
        coordinator.name,
    ):
        assert expected in page


def test_starting_twice_keeps_the_first(review: Review, coordinator: User, signed_in: Any) -> None:
    client = signed_in(coordinator)
    assert client.post(HERE + "start/", {"year": 2023})["Location"] == HERE
    assert client.post(HERE + "start/", {"year": "x"})["Location"] == HERE
    assert client.post(HERE + "start/", {"year": 2040})["Location"] == HERE
    assert Review.objects.count() == 1


def test_a_double_click_adds_one_proposal(
    review: Review, coordinator: User, signed_in: Any
) -> None:
    client, path = signed_in(coordinator), HERE + "2023/proposals/add/"
    sent = {**idempotency_key(client, path), "text": "Dodać kurs"}
    for __ in range(2):
        client.post(path, sent)
    assert CorrectiveProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("then", "leads_to"), [("proposal", "proposals/add/"), ("publish", "publish/"), ("x", "edit/")]
)
def test_what_is_written_is_saved_before_the_next_step(
    review: Review, coordinator: User, signed_in: Any, then: str, leads_to: str
) -> None:
    client, path = signed_in(coordinator), HERE + "2023/edit/"
    sent = {**idempotency_key(client, path), "assessment": "Dobry rok.", "then": then}
    assert client.post(path, sent)["Location"] == f"{HERE}2023/{leads_to}"
    assert str(Review.objects.get().assessment) == "Dobry rok."


def test_a_translation_stands_below_its_original(
    review: Review, coordinator: User, signed_in: Any
) -> None:
    form = signed_in(coordinator).get(HERE + "2023/edit/").context["form"]
    assert [field.name for field in form.visible_fields()] == [
        "assessment",
        "assessment_en",
        "assessment_uk",
        "responsible",
    ]


def test_two_people_see_both_texts(review: Review, coordinator: User, signed_in: Any) -> None:
    client, path = signed_in(coordinator), HERE + "2023/edit/"
    seen = idempotency_key(client, path)
    client.post(path, {**seen, "assessment": "Pierwsza wersja"})
    late = client.post(path, {**seen, "assessment": "Druga wersja"}).content.decode()
    assert "Pierwsza wersja" in late
    assert "Druga wersja" in late
    assert str(Review.objects.get().assessment) == "Pierwsza wersja"


def test_a_translation_needs_its_original(
    review: Review, coordinator: User, signed_in: Any
) -> None:
    client, path = signed_in(coordinator), HERE + "2023/edit/"
    answer = client.post(
        path, {**idempotency_key(client, path), "assessment": "", "assessment_en": "A good year."}
    )
    assert answer.status_code == 200
    assert "Write the original first" in answer.content.decode()


def test_publishing_what_changed_meanwhile_is_refused(
    review: Review, coordinator: User, signed_in: Any
) -> None:
    client, path = signed_in(coordinator), HERE + "2023/publish/"
    seen, edit = idempotency_key(client, path), HERE + "2023/edit/"
    client.post(edit, {**idempotency_key(client, edit), "assessment": "Nowa"})
    assert client.post(path, seen)["Location"] == edit
    assert not Review.objects.get().is_public


def test_publishing_twice_is_said_clearly(
    public: Review, coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    answer = client.post(HERE + "2023/publish/", {"version": public.version}, follow=True)
    assert "What is published does not change any more" in answer.content.decode()
    assert client.get(HERE + "2023/publish/")["Location"] == HERE + "2023/"


def test_a_proposal_is_withdrawn_and_brought_back(
    review: Review, coordinator: User, signed_in: Any
) -> None:
    add_proposal(by=coordinator, review=review, text=text("Dodać kurs"))
    client, path = signed_in(coordinator), HERE + "2023/proposals/1/withdraw/"
    client.post(path, {"version": 1, "withdrawn": "on"})
    assert CorrectiveProposal.objects.get().is_withdrawn
    client.post(path, {"version": 1})
    assert CorrectiveProposal.objects.get().is_withdrawn, (
        "somebody else's change is not undone unseen"
    )
    client.post(path, {"version": 2})
    assert not CorrectiveProposal.objects.get().is_withdrawn


def test_a_rejection_without_a_reason_is_asked_for_one(
    public: Review, coordinator: User, signed_in: Any
) -> None:
    client, path = signed_in(coordinator), HERE + "2023/proposals/1/decide/"
    answer = client.post(
        path, {**idempotency_key(client, path), "disposition": "rejected", "reason": ""}
    )
    assert "Say why" in answer.content.decode()
    client.post(
        path,
        {
            **idempotency_key(client, path),
            "disposition": "rejected",
            "reason": "Brak sali",
            "reason_en": "No room",
        },
    )
    page = Client().get(HERE + "2023/").content.decode()
    assert "Decided after publication" in page
    assert "No room" in page


def test_what_a_proposal_proposes_is_closed_after_publication(
    public: Review, coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    for path in ("proposals/add/", "proposals/1/"):
        assert client.get(f"{HERE}2023/{path}")["Location"] == HERE + "2023/edit/"
        assert (
            client.post(f"{HERE}2023/{path}", {"text": "Inaczej"})["Location"]
            == HERE + "2023/edit/"
        )
    assert [str(row.text) for row in CorrectiveProposal.objects.all()] == ["Dodać kurs"]


def test_the_pdf_is_named_shown_in_place_and_kept(public: Review) -> None:
    answer = Client().get(HERE + "2023.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="poznan-2023-2024-2023-en.pdf"'
    assert ReviewFile.objects.count() == 0, "made at once, kept by the background alone"
    make_files.call(public.pk)
    kept = Client().get(HERE + "2023.pdf").content
    assert kept == bytes(ReviewFile.objects.get(language="en").content) == answer.content
    assert Client().get(HERE.replace("/en/", "/uk/") + "2023.pdf").content != kept


def test_an_area_is_folded_on_the_page_and_tasks_are_linked(public: Review) -> None:
    page = Client().get(HERE + "2023/").content.decode()
    assert page.count('<details class="folded">') == 2
    assert 'href="#area-1"' in page
    assert 'id="area-1"' in page
    link = '<a href="/en/poznan/policy/2023-2024/tasks/1/">1</a>'
    assert re.search(rf'<td data-label="Tasks">\s*{link}\s*</td>', page)
    assert "data-print" not in page, "folded areas would be missing on paper; the PDF has them"


def test_the_team_is_told_that_a_pdf_is_overdue(
    public: Review, coordinator: User, signed_in: Any
) -> None:
    client, words = signed_in(coordinator), "The PDF could not be made yet"
    assert words not in client.get(HERE + "2023/").content.decode(), "it was published a moment ago"
    DBTaskResult.objects.update(status="FAILED")
    assert words in client.get(HERE + "2023/").content.decode()
    assert words not in Client().get(HERE + "2023/").content.decode()
    DBTaskResult.objects.all().delete()
    Review.objects.update(published_at=timezone.now() - timedelta(minutes=11))
    assert words in client.get(HERE + "2023/").content.decode()
    make_files.call(public.pk)
    assert words not in client.get(HERE + "2023/").content.decode()


def test_a_pdf_that_cannot_be_made_is_said_in_a_sentence(
    public: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents.pdf, "TIMEOUT_SECONDS", 0.001)
    answer = Client().get(HERE + "2023.pdf")
    assert answer.status_code == 503
    assert "The PDF cannot be made at the moment." in answer.content.decode()


def test_the_data_are_the_frozen_ones(public: Review, policy: Policy) -> None:
    before = Client().get(HERE + "2023.json").json()
    factories.task(policy)
    assert Client().get(HERE + "2023.json").json() == before
    assert before["counts"]["tasks"] == 5


def test_texts_of_people_are_escaped(review: Review, policy: Policy, coordinator: User) -> None:
    task = factories.task(policy, title=text("<script>alert(1)</script>"))
    factories.update(task, "done", narrative=text('"><img src=x onerror=alert(1)>'))
    publish_review(by=coordinator, review=review, version=1)
    page = Client().get(HERE + "2023/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_page_costs_few_queries_whatever_the_size(
    review: Review, policy: Policy, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    for __ in range(6):
        measured(tasks_of_a_year(policy)[0], **{"2023": 150})
    for each in range(12):
        proposal = add_proposal(by=coordinator, review=review, text=text(f"Wniosek {each}"))
        decide_proposal(
            by=coordinator, proposal=proposal, version=1, disposition="accepted", reason=text("Tak")
        )
    publish_review(by=coordinator, review=review, version=1)
    for path in ("", "2023/", "2023.pdf", "2023.json"):
        with django_assert_max_num_queries(10):
            Client().get(HERE + path)


@pytest.mark.parametrize("path", ["2023/edit/", "2023/publish/"])
def test_the_coordinators_pages_cost_the_same_for_many_tasks(
    review: Review, policy: Policy, coordinator: User, signed_in: Any, path: str
) -> None:
    counts = []
    for __ in range(2):
        tasks_of_a_year(policy)
        add_proposal(by=coordinator, review=review, text=text("Wniosek"))
        client = signed_in(coordinator)
        with CaptureQueriesContext(connection) as queries:
            client.get(HERE + path)
        counts.append(len(queries))
    assert counts[0] == counts[1]
