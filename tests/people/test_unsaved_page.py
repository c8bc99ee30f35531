"""The page of what was not saved: in its reader's words, a few entries at a time."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from splot.core.models import UnsavedEntry
from splot.core.unsaved import show_entry
from splot.core.unsaved.actions import keep_unsaved
from splot.core.unsaved.page_names import PAGE_NAMES, name_page
from splot.core.unsaved.reasons import CHANGED_MEANWHILE, Reason
from splot.core.unsaved.sent_forms import parse_sent_form
from splot.people.models import User
from splot.people.unsaved import writer_of_user
from splot.people.urls import site_urlpatterns
from tests import factories
from tests.browser import browser, end_session, fields_of, sign_in, words_of
from tests.world import PATTERNS

pytestmark = pytest.mark.django_db
UNSAVED = "/en/poznan/unsaved/"
# pages of the account that is not signed in, and the page of the entries itself
UNNAMED = {"unsaved", "personal_report"}


def kept(user: User, words: str, reasons: list[Reason], address: str = "") -> UnsavedEntry:
    form = QueryDict(mutable=True)
    form.update({"name": words, "idempotency_key": words})
    sent = parse_sent_form(form, "/")
    assert sent is not None
    owner = {"scope": "poznan", "writer": writer_of_user(user.pk)}
    return keep_unsaved(by=user, sent=sent, reasons=reasons, address=address, **owner)


def test_the_reason_is_told_in_the_language_of_who_reads_it(coordinator: User) -> None:
    about = Reason("Task %(number)s was taken off the table meanwhile.", {"number": 7})
    kept(coordinator, "Kursy w szkole", [about, CHANGED_MEANWHILE, about])
    entry = UnsavedEntry.objects.get()
    told = {}
    for language in ("pl", "en"):
        with override(language):
            told[language] = show_entry(entry).reason
    assert told["en"] == (
        "Task 7 was taken off the table meanwhile. Somebody else changed this while you were writing."
    )
    assert "Zadanie 7 zdjęto" in told["pl"]


def test_a_sentence_with_a_percent_sign_is_told_as_it_is(coordinator: User) -> None:
    entry = kept(coordinator, "Kursy w szkole", [Reason("Udział wynosi 120 %(sic).")])
    assert show_entry(entry).reason == "Udział wynosi 120 %(sic)."


def test_entries_come_ten_at_a_time(coordinator: User, signed_in: Any) -> None:
    for number in range(23):
        kept(coordinator, f"Kursy w szkole nr {number:02}", [CHANGED_MEANWHILE])
    client = signed_in(coordinator)
    pages = [words_of(client.get(UNSAVED, {"page": page})) for page in (1, 2, 3)]
    assert [page.count("Kursy w szkole nr") for page in pages] == [10, 10, 3]
    assert "Kursy w szkole nr 22" in pages[0]


def test_the_page_is_named_in_words(policy: Any, coordinator: User) -> None:
    factories.task(policy)
    client = browser(coordinator)
    address = "/en/poznan/policy/2023-2024/tasks/1/edit/"
    sent = fields_of(client.get(address), audience="Dzieci")
    end_session(client)
    client.post(address, sent)
    sign_in(client, coordinator)
    page = words_of(client.get(UNSAVED))
    assert "Written on the page: Task 1" in page
    assert "policy/2023-2024/tasks/1/edit</" not in page
    with override("pl"):
        assert name_page(f"{address}?since=2023") == "Zadanie 1"
    assert name_page("/en/poznan/a-page-of-an-earlier-release/") == ""
    assert name_page("") == ""


def test_every_page_with_a_form_has_a_name() -> None:
    named: set[str] = set()
    for page_names in PAGE_NAMES.gather():
        named |= set(page_names())
    with_forms = {
        name
        for name, pattern in PATTERNS.items()
        if {"GET", "POST"} <= set(pattern.callback.door.methods)
    }
    of_no_municipality = {pattern.name for pattern in site_urlpatterns}  # nothing is kept of them
    assert with_forms - of_no_municipality - UNNAMED == named


REPORT, TASK = "/en/poznan/r/token/", "/en/poznan/policy/2023-2024/tasks/1/edit/"
TRANSLATIONS = "/pl/poznan/policy/2023-2024/translations/uk/"
NO_PAGE = "/en/poznan/a-page-of-an-earlier-release/"


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        (NO_PAGE, "csrfmiddlewaretoken", True),
        (REPORT, "task-7-draft_key", True),
        (REPORT, "seen-3", True),
        (TRANSLATIONS, "original", True),
        (TASK, "budget-TOTAL_FORMS", True),
        (TASK, "budget-0-was", True),
        (REPORT, "narrative", False),
        (REPORT, "task-7-narrative", False),
        (TASK, "was_planned", False),
        (REPORT, "unseen", False),
        # what another room's forms have under this name is not written
        (TASK, "seen-3", False),
        (TASK, "only", False),
        (REPORT, "budget-0-was", False),
        (REPORT, "since", False),
        (NO_PAGE, "was", False),
    ],
)
def test_fields_that_nobody_writes_in_are_told_by_the_room_of_the_page(
    path: str, name: str, expected: bool
) -> None:
    form = QueryDict(mutable=True)
    form.update({name: "Kursy w każdej szkole."})
    sent = parse_sent_form(form, path)
    is_written = sent is not None and sent.words == [("", "Kursy w każdej szkole.")]
    assert is_written is not expected


def test_who_has_kept_very_much_keeps_no_more(
    policy: Any, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splot.people.unsaved.MAX_KEPT_CHARACTERS", 3000)
    client = browser(coordinator)
    groups = "/en/poznan/groups/"
    same_site = {"Sec-Fetch-Site": "same-origin"}
    sent = fields_of(client.get(groups), name="Pierwsza " * 200)
    other = fields_of(client.get(groups), name="Druga " * 200)
    end_session(client)
    client.post(groups, sent)
    assert UnsavedEntry.objects.count() == 1
    answer = client.post(groups, other, headers=same_site)
    assert UnsavedEntry.objects.count() == 1
    assert "Druga Druga" in words_of(answer)
    client.post(groups, {**sent, "name": "Pierwsza " * 210})  # the same form, in its own place
    assert "Pierwsza " * 210 in UnsavedEntry.objects.get().words[0][1] + " "
