"""Every form of a person who writes, and what may happen to it meanwhile: the words are kept, shown
with the reason, and open the form again where there is one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from splot.core.models import UnsavedEntry
from splot.implementation.actions.tasks import change_task
from splot.monitoring.actions import publish_review, start_review, write_assessment
from splot.people.models import Membership, User
from splot.policy.actions.passages import change_part
from splot.policy.models import Activity, Policy
from splot.translations.actions.texts import translate_text
from tests import factories
from tests.browser import HTMX, browser, end_session, fields_of, sign_in, words_of
from tests.policy.test_translating.passages import in_language

pytestmark = pytest.mark.django_db
POLICY = "/en/poznan/policy/2023-2024"
WORDS = "Tego nikt nie może zgubić."


@dataclass
class Form:
    """A form that somebody has open: where, its id on the page, the field that is written in."""

    address: str
    name: str
    form_id: str = ""
    more: dict[str, str] = field(default_factory=dict)  # what else has to stand in it


def passage(town: Any) -> Form:
    policy = factories.policy(town, status="draft")
    address = f"{POLICY}/write/activity/{policy.activities.first().pk}/"
    return Form(address, "text", "autosave")


def vision(town: Any) -> Form:
    factories.policy(town, status="draft")
    return Form(f"{POLICY}/write/vision/", "vision", "autosave")


def own_value(town: Any) -> Form:
    factories.policy(town, status="draft")
    return Form(f"{POLICY}/write/values/", "text", more={"kind": "value", "name": "Sąsiedztwo"})


def cell(town: Any) -> Form:
    factories.task(factories.policy(town))
    return Form(f"{POLICY}/tasks/1/cells/audience/", "audience")


def whole_task(town: Any) -> Form:
    factories.task(factories.policy(town))
    return Form(f"{POLICY}/tasks/1/edit/", "audience")


def translation(town: Any) -> Form:
    factories.policy(town)
    return Form(f"{POLICY}/translations/uk/", "wording")


def assessment(town: Any) -> Form:
    start_review(by=None, policy=factories.policy(town), year=2023)
    return Form(f"{POLICY}/reports/2023/edit/", "assessment", "assessment-form")


def institution(town: Any) -> Form:
    unit = factories.organisation(town)
    return Form(f"/en/poznan/organisations/{unit.pk}/", "name")


FORMS = [passage, vision, own_value, cell, whole_task, translation, assessment, institution]


BY_ITSELF = [passage, vision, cell, translation]  # sent by a script too
CASES = [(form, False) for form in FORMS] + [(form, True) for form in BY_ITSELF]


@pytest.mark.parametrize(("form_of", "is_htmx"), CASES)
def test_a_session_that_ends(
    town: Any, coordinator: User, form_of: Callable[[Any], Form], is_htmx: bool
) -> None:
    form = form_of(town)
    client = browser(coordinator)
    sent = fields_of(client.get(form.address), form.form_id, **{form.name: WORDS, **form.more})
    end_session(client)
    client.post(form.address, sent, headers=HTMX if is_htmx else {})
    entry = UnsavedEntry.objects.get()
    page = client.get(sign_in(client, coordinator, f"{entry.address}?unsaved={entry.pk}"))
    again = fields_of_filled(page, form)
    assert again[form.name] == WORDS
    assert client.post(f"{form.address}?unsaved={entry.pk}", again).status_code in (200, 302)
    assert not UnsavedEntry.objects.exists()
    assert WORDS in words_of(client.get(form.address))


def fields_of_filled(page: Any, form: Form) -> dict[str, Any]:
    """The form of the page in which the words stand."""
    forms = html.fromstring(page.content.decode()).xpath("//main//form[@method='post']")
    for place in range(len(forms)):
        values = fields_of(page, form.form_id, place=place)
        if values.get(form.name) == WORDS:
            return values
    raise AssertionError("the words stand in no form")


@pytest.mark.parametrize("form_of", FORMS)
def test_a_role_that_is_taken_away(
    town: Any, coordinator: User, form_of: Callable[[Any], Form]
) -> None:
    form = form_of(town)
    client = browser(coordinator)
    sent = fields_of(client.get(form.address), form.form_id, **{form.name: WORDS})
    Membership.objects.filter(user=coordinator).update(role="reader")
    answer = client.post(form.address, sent)
    assert answer.status_code == 404
    assert WORDS in words_of(answer)
    assert WORDS in words_of(client.get("/en/poznan/unsaved/"))
    successor = factories.user(town, "coordinator")
    assert WORDS not in words_of(browser(successor).get("/en/poznan/unsaved/"))


def test_a_report_that_is_frozen_meanwhile(policy: Policy, coordinator: User) -> None:
    review = start_review(by=None, policy=policy, year=2023)
    address = f"{POLICY}/reports/2023/edit/"
    client = browser(coordinator)
    sent = fields_of(client.get(address), "assessment-form", assessment=WORDS)
    text = factories.text("Ocena zespołu.")
    review = write_assessment(by=None, review=review, version=review.version, assessment=text)
    publish_review(by=coordinator, review=review, version=review.version)
    client.post(address, sent)
    entry = UnsavedEntry.objects.get()
    assert entry.words[0] == ["", WORDS]
    assert WORDS in words_of(client.get("/en/poznan/unsaved/"))
    review.refresh_from_db()
    assert review.assessment.source_wording == "Ocena zespołu."


def test_an_autosave_that_meets_somebody_elses_words(town: Any, coordinator: User) -> None:
    policy = factories.policy(town, status="draft")
    activity = policy.activities.first()
    address = f"{POLICY}/write/activity/{activity.pk}/"
    client = browser(coordinator)
    sent = fields_of(client.get(address), "autosave", text=WORDS)
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Inne słowa"))
    answer = client.post(address, sent, headers=HTMX)
    assert "data-refused" in words_of(answer)
    assert WORDS in words_of(client.get("/en/poznan/unsaved/"))
    conflict = client.post(address, sent)
    client.post(address, fields_of(conflict, "autosave"))
    assert not UnsavedEntry.objects.exists()
    assert Activity.objects.get(pk=activity.pk).text.source_wording == WORDS


@pytest.mark.parametrize("is_htmx", [False, True])
def test_a_translation_that_somebody_else_has_made_meanwhile(
    policy: Policy, coordinator: User, is_htmx: bool
) -> None:
    address = f"{POLICY}/translations/uk/"
    client = browser(coordinator)
    sent = fields_of(client.get(address), wording=WORDS)
    translation = in_language(policy)
    text = translation.text_by_key(sent["key"])
    seen = {"seen": "", "wording": "Чужий переклад"}
    translate_text(by=None, translation=translation, row=text.row, field=text.field, **seen)
    headers = HTMX if is_htmx else {}
    page = client.post(address, sent, headers=headers)
    assert UnsavedEntry.objects.get().words[0] == ["", WORDS]
    again = {**sent, "seen": "Чужий переклад"}
    assert sent["idempotency_key"] in words_of(page)
    client.post(address, again, headers=headers)
    assert not UnsavedEntry.objects.exists()


def test_a_cell_of_a_row_that_somebody_else_has_changed(policy: Policy, coordinator: User) -> None:
    task = factories.task(policy)
    address = f"{POLICY}/tasks/1/cells/audience/"
    client = browser(coordinator)
    sent = fields_of(client.get(address), audience=WORDS)
    change_task(by=None, task=task, version=task.version, audience=factories.text("Rodzice"))
    client.post(address, sent, headers=HTMX)
    assert "Somebody else changed this" in words_of(client.get("/en/poznan/unsaved/"))
    assert WORDS in words_of(client.get("/en/poznan/unsaved/"))


def test_files_that_come_after_the_session_are_to_be_chosen_again(
    policy: Policy, coordinator: User
) -> None:
    factories.task(policy, lead=factories.organisation(policy.municipality))
    address = f"{POLICY}/sheets/return/"
    client = browser(coordinator)
    sent = fields_of(client.get(address))
    end_session(client)
    file = SimpleUploadedFile("arkusz.xlsx", b"PK")
    answer = client.post(address, {**sent, "files": file})
    assert "choose them again" in words_of(client.get(answer["Location"]))
    assert client.get(sign_in(client, coordinator, address)).status_code == 200
    assert not UnsavedEntry.objects.exists()


def test_who_has_too_many_entries_is_handed_the_words_of_a_page_that_is_gone(
    policy: Policy, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splot.people.unsaved.MAX_KEPT", 0)
    client = browser(coordinator)
    gone = f"{POLICY}/tasks/99/edit/"
    task = factories.task(policy)
    sent = fields_of(client.get(f"{POLICY}/tasks/{task.number}/edit/"), title=WORDS)
    own = client.post(gone, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert (own.status_code, UnsavedEntry.objects.count()) == (404, 0)
    assert WORDS in words_of(own)
    assert "This was not kept: copy it" in words_of(own)
    foreign = client.post(gone, sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert WORDS not in words_of(foreign)
