"""What was sent and could not be saved is kept for its writer alone, and told with the reason."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.utils import timezone

from splot.core.models import AuditEntry, UnsavedEntry
from splot.core.unsaved import show_entry
from splot.core.unsaved.actions import discard_expired
from splot.implementation.actions.tasks import change_task
from splot.implementation.models import Task
from splot.people.models import Municipality, User
from splot.people.unsaved import FORMS_COOKIE
from splot.policy.actions.policies import publish_policy
from splot.policy.models import Policy
from tests import factories
from tests.browser import HTMX, browser, end_session, fields_of, sign_in, words_of
from tests.faults import breaking_writes

pytestmark = pytest.mark.django_db
DESK = "/en/poznan/desk/"
UNSAVED = "/en/poznan/unsaved/"


def edit_address(task: Task) -> str:
    return f"/en/poznan/policy/2023-2024/tasks/{task.number}/edit/"


@pytest.fixture
def task(policy: Policy) -> Task:
    return factories.task(policy)


def test_signing_in_again_leads_back_to_the_form_with_its_words(
    task: Task, coordinator: User
) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    end_session(client)
    answer = client.post(edit_address(task), sent)
    assert (answer.status_code, "/sign-in/" in answer["Location"]) == (302, True)
    asked = client.get(answer["Location"])
    assert "What you wrote is kept" in words_of(asked)
    login = {**fields_of(asked), "username": coordinator.email, "password": factories.PASSWORD}
    page = client.get(client.post("/en/sign-in/", login)["Location"])
    assert page.context["form"]["title"].value() == "Kursy pod gołym niebem"
    assert "They are not saved yet." in words_of(page)
    task.refresh_from_db()
    assert str(task.title) == "Kurs języka polskiego"

    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    assert client.post(address, fields_of(page)).status_code == 302
    task.refresh_from_db()
    assert str(task.title) == "Kursy pod gołym niebem"
    assert not UnsavedEntry.objects.exists()


def test_who_signs_in_instead_sees_nothing_of_it(task: Task, coordinator: User) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    end_session(client)
    client.post(edit_address(task), sent)
    other = factories.user(task.municipality, "coordinator")
    entry = UnsavedEntry.objects.get()
    page = client.get(sign_in(client, other, f"{edit_address(task)}?unsaved={entry.pk}"))
    assert page.context["form"]["title"].value() == "Kurs języka polskiego"
    for address in (UNSAVED, DESK, f"{edit_address(task)}?unsaved={entry.pk}"):
        assert "pod gołym niebem" not in words_of(client.get(address))
    client.post(UNSAVED, {**fields_of(client.get(edit_address(task))), "discard": entry.pk})
    assert UnsavedEntry.objects.get() == entry
    assert "pod gołym niebem" in words_of(browser(coordinator).get(UNSAVED))


@pytest.mark.parametrize("is_same", [True, False])
def test_a_form_from_before_somebody_signed_in_anew_is_kept_for_its_writer(
    task: Task, coordinator: User, is_same: bool
) -> None:
    """Two windows: signing in again in one of them makes the form of the other stale."""
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    now = coordinator if is_same else factories.user(task.municipality, "coordinator")
    sign_in(client, now)
    answer = client.post(edit_address(task), sent)
    assert UnsavedEntry.objects.get().writer == f"user {coordinator.pk}"
    if is_same:
        page = client.get(answer["Location"])
        assert page.context["form"]["title"].value() == "Kursy pod gołym niebem"
    else:
        assert answer.status_code == 403
        assert "kept for them alone" in words_of(answer)
        assert "pod gołym niebem" not in words_of(answer)


def test_a_forged_form_is_kept_for_nobody(task: Task, coordinator: User) -> None:
    client = browser(coordinator)
    client.get(edit_address(task))
    sent = {"title": "Podstęp obcej strony", "csrfmiddlewaretoken": "a" * 64}
    assert client.post(edit_address(task), sent).status_code == 403
    client.cookies[FORMS_COOKIE] = "eyJhIjoxfQ:1:x"
    assert client.post(edit_address(task), sent).status_code == 403
    end_session(client)
    assert client.post(edit_address(task), sent).status_code == 403
    assert not UnsavedEntry.objects.exists()


def test_a_script_is_told_where_to_sign_in(task: Task, coordinator: User) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    end_session(client)
    for title in ("Kursy pod", "Kursy pod gołym niebem"):  # the same form, saved as one writes
        answer = client.post(edit_address(task), {**sent, "title": title}, headers=HTMX)
        assert answer.status_code == 401
        assert "/sign-in/" in answer["HX-Redirect"]
    assert UnsavedEntry.objects.get().words[0] == ["", "Kursy pod gołym niebem"]


@pytest.mark.parametrize("has_file", [False, True])
def test_the_end_of_a_session_is_told_once(task: Task, coordinator: User, has_file: bool) -> None:
    """The form saved itself, twice, before "Save" was pressed."""
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    end_session(client)
    for __ in range(2):
        client.post(edit_address(task), sent, headers=HTMX)
    files = {"files": SimpleUploadedFile("a.txt", b"a")} if has_file else {}
    answer = client.post(edit_address(task), {**sent, **files})
    page = words_of(client.get(answer["Location"]))
    assert page.count("Your session has ended") == 1
    assert page.count("What you wrote is kept") == 1
    assert page.count("Files are not kept") == has_file
    assert "Your session has ended" not in words_of(client.get(answer["Location"]))


def test_what_is_sent_to_a_page_that_is_gone_is_kept_and_shown(
    town: Municipality, coordinator: User
) -> None:
    """The policy was published while somebody wrote in it."""
    policy = factories.policy(town, status="draft")
    editor = factories.user(town, "editor")
    area = policy.areas.first()
    address = f"/en/poznan/policy/2023-2024/write/area/{area.pk}/"
    client = browser(editor)
    sent = fields_of(client.get(address), "autosave", why="Bo szkoła jest dla wszystkich.")
    publish_policy(by=coordinator, policy=policy, version=policy.version, status="adopted")
    answer = client.post(address, sent)
    assert answer.status_code == 404
    assert "Bo szkoła jest dla wszystkich." in words_of(answer)
    assert "closed, published, removed or given to somebody else" in words_of(answer)
    assert "Look at what is kept" in words_of(client.get(DESK))
    kept = client.get(UNSAVED)
    assert "Bo szkoła jest dla wszystkich." in words_of(kept)
    assert "Bo szkoła jest dla wszystkich." not in words_of(browser(coordinator).get(UNSAVED))

    client.post(UNSAVED, {**fields_of(kept), "discard": UnsavedEntry.objects.get().pk})
    assert not UnsavedEntry.objects.exists()
    assert "Look at what is kept" not in words_of(client.get(DESK))


def test_the_words_of_a_conflict_are_kept_until_they_are_saved(
    task: Task, coordinator: User
) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    change_task(by=None, task=task, version=task.version, title=factories.text("Kursy na dachach"))
    page = client.post(edit_address(task), sent)
    assert "Kursy na dachach" in words_of(page)
    assert client.post(edit_address(task), fields_of(page, title="")).status_code == 200
    assert UnsavedEntry.objects.get().address == edit_address(task)
    again = fields_of(page)
    assert again["title"] == "Kursy pod gołym niebem"
    assert client.post(edit_address(task), again).status_code == 302
    assert not UnsavedEntry.objects.exists()


def test_the_trail_says_nothing_of_it(task: Task, coordinator: User) -> None:
    client, before = browser(coordinator), AuditEntry.objects.count()
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    end_session(client)
    client.post(edit_address(task), sent)
    assert UnsavedEntry.objects.exists()
    assert AuditEntry.objects.count() == before


def test_buttons_and_passwords_are_kept_nowhere(task: Task, coordinator: User) -> None:
    client = browser(coordinator)
    page = client.get(f"/en/poznan/policy/2023-2024/tasks/{task.number}/")
    sent = {**fields_of(page), "version": "99"}
    end_session(client)
    client.post(edit_address(task).replace("edit", "archive"), sent)
    client.post(edit_address(task), {**sent, "new_password": "Ala ma kota 1"})
    assert not UnsavedEntry.objects.exists()


def test_entries_are_thrown_away_after_thirty_days(task: Task, coordinator: User) -> None:
    for days in (29, 31):
        entry = UnsavedEntry.objects.create(
            scope="poznan", writer="user 1", form_key=str(days), data=""
        )
        UnsavedEntry.objects.filter(pk=entry.pk).update(
            kept_at=timezone.now() - timedelta(days=days)
        )
    assert (discard_expired(), discard_expired()) == (1, 0)
    assert UnsavedEntry.objects.get().form_key == "29"


OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
FOREIGN_PAGE = {"Sec-Fetch-Site": "cross-site"}


def test_a_browser_that_forgot_all_is_given_the_words_back(task: Task, coordinator: User) -> None:
    """Its cookies are gone, and with them whose the form is: a page of ours shows the words, the
    answer to a foreign page's form does not.
    """
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    client.cookies.clear()
    page = client.post(edit_address(task), sent, headers=OWN_PAGE)
    assert page.status_code == 403
    assert "Kursy pod gołym niebem" in words_of(page)
    assert "This was not kept: copy it" in words_of(page)
    foreign = client.post(edit_address(task), sent, headers=FOREIGN_PAGE)
    assert "Kursy pod gołym niebem" not in words_of(foreign)


def test_a_session_that_ended_where_the_writer_is_not_known(task: Task, coordinator: User) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    end_session(client)
    client.cookies.pop(FORMS_COOKIE)
    page = client.post(edit_address(task), sent, headers=OWN_PAGE)
    assert page.status_code == 401
    assert "Kursy pod gołym niebem" in words_of(page)
    assert "/sign-in/" in words_of(page)
    by_script = client.post(edit_address(task), sent, headers={**OWN_PAGE, **HTMX})
    assert "HX-Redirect" not in by_script  # it would be taken for kept


def test_a_fault_keeps_the_words_and_hands_them_back(task: Task, coordinator: User) -> None:
    client = browser(coordinator)
    client.raise_request_exception = False
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    for error, status in ((OperationalError("database is locked"), 503), (KeyError("x"), 500)):
        with breaking_writes(error):
            page = client.post(edit_address(task), sent, headers=OWN_PAGE)
        assert page.status_code == status
        assert "Kursy pod gołym niebem" in words_of(page)
        assert UnsavedEntry.objects.get().address == edit_address(task)
    kept = client.get(f"{edit_address(task)}?unsaved={UnsavedEntry.objects.get().pk}")
    assert client.post(edit_address(task), fields_of(kept)).status_code == 302
    assert not UnsavedEntry.objects.exists()
    task.refresh_from_db()
    assert str(task.title) == "Kursy pod gołym niebem"


def test_a_database_that_takes_nothing_at_all_hands_the_words_back(
    task: Task, coordinator: User
) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)), title="Kursy pod gołym niebem")
    with breaking_writes(OperationalError("disk I/O error"), but=("people_attempts",)):
        page = client.post(edit_address(task), sent, headers=OWN_PAGE)
    assert page.status_code == 503
    assert "Kursy pod gołym niebem" in words_of(page)
    assert not UnsavedEntry.objects.exists()


def test_a_button_beside_a_form_does_not_let_its_words_go(task: Task, coordinator: User) -> None:
    """The page was opened with the words of an entry, and another form of it was sent."""
    client = browser(coordinator)
    groups = "/en/poznan/groups/"
    sent = fields_of(client.get(groups), name="Sąsiedzi bez głosu")
    end_session(client)
    client.post(groups, sent)
    entry = UnsavedEntry.objects.get()
    page = client.get(sign_in(client, coordinator, f"{groups}?unsaved={entry.pk}"))
    token = fields_of(page)["csrfmiddlewaretoken"]
    answer = client.post(
        f"/en/poznan/unsaved/?unsaved={entry.pk}",
        {"csrfmiddlewaretoken": token, "discard": "no entry of mine"},
    )
    assert answer.status_code == 302
    assert UnsavedEntry.objects.get() == entry
    assert client.post(f"{groups}?unsaved={entry.pk}", fields_of(page)).status_code == 302
    assert not UnsavedEntry.objects.exists()


def test_who_writes_on_after_many_refusals_is_still_kept(
    task: Task, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that saves itself sends its words again and again: that is one entry."""
    monkeypatch.setattr("splot.people.unsaved.MAX_KEPT", 2)
    client = browser(coordinator)
    sent = fields_of(client.get(edit_address(task)))
    end_session(client)
    for number in range(5):
        client.post(edit_address(task), {**sent, "title": f"Kursy, próba {number}"}, headers=HTMX)
    assert UnsavedEntry.objects.get().words[0] == ["", "Kursy, próba 4"]


def test_files_are_said_not_to_be_kept(policy: Policy, leader: User) -> None:
    factories.task(policy, leader=leader)
    address = "/en/poznan/policy/2023-2024/tasks/1/report/"
    client = browser(leader)
    sent = fields_of(client.get(address), narrative="Spotkania odbywały się co tydzień.")
    end_session(client)
    file = SimpleUploadedFile("lista.pdf", b"%PDF-1.4")
    answer = client.post(address, {**sent, "files": file})
    assert "choose them again" in words_of(client.get(answer["Location"]))
    assert "choose them again" in show_entry(UnsavedEntry.objects.get()).reason
