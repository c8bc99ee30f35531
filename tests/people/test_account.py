"""One's own name, language, mail, password and sessions, and an institution's mail."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from splot.core.models import Message
from splot.people.actions.own_account import send_recovery
from splot.people.models import Municipality, OpenSession, Organisation, User
from tests import factories
from tests.browser import browser, fields_of, sign_in, words_of

pytestmark = pytest.mark.django_db


def test_people_choose_their_language_and_whether_mail_comes(town: Municipality, signed_in) -> None:
    person, other = factories.user(town, "leader"), factories.user(town, "leader")
    client = signed_in(person)
    assert client.get("/en/account/").context["form"]["wants_mail"].value() is True
    client.post("/en/account/", {"name": "Ada", "language": "uk"})
    for each in (person, other):
        each.refresh_from_db()
    assert (person.name, person.language, person.wants_mail) == ("Ada", "uk", False)
    assert (other.language, other.wants_mail) == ("pl", True)
    assert (
        client.post("/en/account/", {"language": "xx", "wants_mail": "on"})
        .context["form"]
        .errors["language"]
    )


def test_an_account_page_needs_an_account() -> None:
    assert "/sign-in/" in Client().get("/en/account/")["Location"]


def test_an_institution_gets_an_address_and_may_want_no_mail(
    town: Municipality, coordinator, signed_in
) -> None:
    client = signed_in(coordinator)
    form = {
        "name": "Wydział",
        "kind": "municipal_unit",
        "email": "unit@poznan.example",
        "wants_mail": "on",
    }
    client.post("/en/poznan/organisations/add/", form)
    unit = Organisation.objects.get()
    assert (unit.email, unit.wants_mail) == ("unit@poznan.example", True)
    address = f"/en/poznan/organisations/{unit.pk}/"
    del form["wants_mail"]
    client.post(
        address, {**form, "email": "unit@poznan.example\nBcc: a@evil.example", "version": 1}
    )
    client.post(address, {**form, "email": "new@poznan.example", "version": 1})
    unit.refresh_from_db()
    assert (unit.email, unit.wants_mail) == ("new@poznan.example", False)


NEW_PASSWORD = "koper mleko tramwaj"
BOTH = {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}


def address_in(message: Message) -> str:
    found = re.search(r"https?://[^/]+(/\S+/[\w-]{43}/)", message.text)
    assert found
    return found[1]


def test_a_new_password_ends_the_other_sessions_and_is_told(town: Municipality) -> None:
    person = factories.user(town, "reader")
    here, there = browser(person), browser(person)
    page = "/en/account/password/"
    wrong = here.post(page, fields_of(here.get(page), current_password="no", **BOTH))
    assert "not your password" in words_of(wrong)
    sent = fields_of(here.get(page), current_password=factories.PASSWORD, **BOTH)
    assert here.post(page, sent).status_code == 302
    assert [each.get("/en/account/").status_code for each in (here, there)] == [200, 302]
    assert OpenSession.objects.get().session_key == here.cookies["sessionid"].value
    assert Message.objects.get().to == person.email
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    "password", ["short", "aaaaabbbbbaaaaa", "qwertyuiopasdf", "1234567890123"]
)
def test_a_weak_password_is_refused_in_words(town: Municipality, password: str) -> None:
    person = factories.user(town, "reader")
    here = browser(person)
    sent = {"current_password": factories.PASSWORD, "password": password}
    page = "/en/account/password/"
    form = fields_of(here.get(page), password_again=password, **sent)
    assert here.post(page, form).context["form"].errors["password"]
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def test_a_new_address_counts_when_it_is_confirmed(town: Municipality, settings: Any) -> None:
    person = factories.user(town, "reader")
    old = person.email
    here = browser(person)
    page = "/en/account/email/"
    sent = {"email": "New@poznan.example", "current_password": factories.PASSWORD}
    here.post(page, fields_of(here.get(page), **sent))
    person.refresh_from_db()
    assert person.email == old
    message = Message.objects.get(to="new@poznan.example")
    address = address_in(message)
    other = browser(factories.user(town, "reader"))
    for stranger in (Client(), other):  # programs that look through mail, a wrong mailbox
        stranger.get(address)
        stranger.post(address)
    here.get(address)
    person.refresh_from_db()
    assert person.email == old
    here.post(address)
    person.refresh_from_db()
    assert person.email == "new@poznan.example"
    assert Message.objects.filter(to=old).count() == 1
    assert here.post(address).status_code == 404


def test_an_address_that_somebody_else_has_is_not_told(town: Municipality) -> None:
    person, other = factories.user(town, "reader"), factories.user(town, "reader")
    here = browser(person)
    page = "/en/account/email/"
    form = {"email": other.email.upper(), "current_password": factories.PASSWORD}
    taken = here.post(page, fields_of(here.get(page), **form), follow=True)
    form["email"] = "free@poznan.example"
    free = here.post(page, fields_of(here.get(page), **form), follow=True)
    both = [words_of(answer) for answer in (taken, free)]
    assert [("is on its way" in words) for words in both] == [True, True]
    assert list(Message.objects.values_list("to", flat=True)) == ["free@poznan.example"]


def test_an_address_that_was_taken_meanwhile_is_refused(town: Municipality) -> None:
    person = factories.user(town, "reader")
    here = browser(person)
    page = "/en/account/email/"
    form = {"email": "free@poznan.example", "current_password": factories.PASSWORD}
    here.post(page, fields_of(here.get(page), **form))
    User.objects.create(email="free@poznan.example", name="Faster")
    here.post(address_in(Message.objects.get()))
    person.refresh_from_db()
    assert person.email != "free@poznan.example"


def test_a_forgotten_password_is_recovered_by_mail(town: Municipality, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    person = factories.user(town, "reader")
    open_session = browser(person)
    guest = browser()
    page = "/en/password/"
    answers = []
    for email in (person.email.upper(), "nobody@poznan.example"):
        answer = guest.post(page, fields_of(guest.get(page), email=email))
        answers.append(words_of(answer).replace(email.lower(), "…"))
        send_recovery.call(email.lower())
    assert answers[0] == answers[1]
    address = address_in(Message.objects.get(to=person.email))
    assert guest.post(address, BOTH).status_code == 302
    assert guest.post(address, BOTH).status_code == 404
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert open_session.get("/en/account/").status_code == 302


def test_nobody_gets_an_account_by_recovering_a_password(town: Municipality) -> None:
    named = factories.user(town, "leader")
    named.set_unusable_password()
    named.save()
    ended = factories.user(town, "leader")
    User.objects.filter(pk=ended.pk).update(is_active=False)
    shared = factories.user(town, "leader", is_demonstration=True)
    for person in (named, ended, shared):
        send_recovery.call(person.email)
    assert not Message.objects.exists()


def test_letters_for_one_address_are_few(town: Municipality) -> None:
    from django_tasks_db.models import DBTaskResult

    guest = Client()
    for __ in range(8):
        assert guest.post("/en/password/", {"email": "ada@poznan.example"}).status_code == 200
    assert DBTaskResult.objects.count() == 5


def test_sessions_are_listed_and_ended_one_by_one(town: Municipality) -> None:
    person, other = factories.user(town, "reader"), factories.user(town, "reader")
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    here, there, stranger = browser(person), Client(), browser(other)
    sign_in_again = {"username": person.email, "password": factories.PASSWORD}
    there.post("/en/sign-in/", sign_in_again, headers={"User-Agent": firefox})
    page = "/en/account/sessions/"
    shown = here.get(page)
    assert "Firefox · Linux" in words_of(shown)
    theirs = OpenSession.objects.get(user=other)
    for number in (theirs.pk, "x", "-1", "9" * 30):
        here.post(page, fields_of(shown, end=str(number)))
    assert stranger.get(page).status_code == 200
    own = OpenSession.objects.get(session_key=there.cookies["sessionid"].value)
    here.post(page, fields_of(shown, end=str(own.pk)))
    assert [each.get(page).status_code for each in (here, there)] == [200, 302]
    here.post("/en/sign-out/", fields_of(shown))
    assert not OpenSession.objects.filter(user=person).exists()
    assert Session.objects.count() == 1


def test_of_a_session_no_address_is_kept(town: Municipality) -> None:
    person = factories.user(town, "reader")
    client = Client(REMOTE_ADDR="203.0.113.77")
    sign_in(client, person)
    kept = [str(vars(row)) for row in OpenSession.objects.all()]
    kept += [str(row.get_decoded()) for row in Session.objects.all()]
    assert kept and not any("203.0.113" in words for words in kept)


def test_an_account_that_many_share_stays_as_it_is(town: Municipality, settings: Any) -> None:
    settings.DEMONSTRATION = True
    person = factories.user(town, "reader", is_demonstration=True)
    here = browser(person)
    page = "/en/account/password/"
    sent = fields_of(here.get(page), current_password=factories.PASSWORD, **BOTH)
    assert "belongs to the demonstration" in words_of(here.post(page, sent))
    page = "/en/account/email/"
    form = {"email": "new@poznan.example", "current_password": factories.PASSWORD}
    assert "belongs to the demonstration" in words_of(
        here.post(page, fields_of(here.get(page), **form))
    )
    here.post("/en/account/", {**fields_of(here.get("/en/account/")), "name": "Vandal"})
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD) and person.name != "Vandal"
