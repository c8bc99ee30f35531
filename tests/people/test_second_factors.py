"""A second factor: set up, asked for at the sign-in, lost, required by the installation."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from splot.cli import main
from splot.core.models import AuditEntry, Message
from splot.people.models import Attempts, Municipality, User
from tests import factories
from tests.browser import browser, fields_of, words_of
from tests.people.second_factors import code_of

pytestmark = pytest.mark.django_db
SIGN_IN, STEP, SETUP = "/en/sign-in/", "/en/sign-in/second/", "/en/sign-in/setup/"
FACTORS, APP = "/en/account/second-factors/", "/en/account/second-factors/app/"


@pytest.fixture
def person(town: Municipality) -> User:
    return factories.user(town, "coordinator")


def secret_on(page: Any) -> str:
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", words_of(page))
    assert found
    return found[1].replace(" ", "")


def codes_on(page: Any) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", words_of(page))


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Add an app as a person does; gives its secret and the recovery codes."""
    page = client.get(APP)
    secret = secret_on(page)
    sent = {"code": code_of(secret), "current_password": factories.PASSWORD}
    return secret, codes_on(client.post(APP, fields_of(page, **sent)))


def give_password(person: User, **more: str) -> Client:
    """A new browser in which the right password was given."""
    client = Client()
    form = {"username": person.email, "password": factories.PASSWORD, **more}
    assert client.post(SIGN_IN, form)["Location"] in (STEP, SETUP)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_who_has_an_app_signs_in_with_its_code(person: User) -> None:
    secret, codes = set_up_app(browser(person))
    assert len(codes) == 10
    client = give_password(person, next="/en/poznan/people/")
    assert not is_signed_in(client)
    assert "not right" in words_of(client.post(STEP, {"code": code_of(secret, 50)}))
    assert not is_signed_in(client)
    answer = client.post(STEP, {"code": code_of(secret, 1)})
    assert answer["Location"] == "/en/poznan/people/"
    assert is_signed_in(client)


def test_a_code_counts_once_in_whatever_process(person: User) -> None:
    secret, __ = set_up_app(browser(person))
    code = code_of(secret, 1)
    first, second = give_password(person), give_password(person)
    assert first.post(STEP, {"code": code}).status_code == 302
    assert second.post(STEP, {"code": code}).status_code == 200
    assert not is_signed_in(second)


def test_the_step_alone_opens_nothing(person: User) -> None:
    secret, __ = set_up_app(browser(person))
    assert Client().get(STEP)["Location"] == SIGN_IN
    assert Client().post(STEP, {"code": code_of(secret)})["Location"] == SIGN_IN
    client = give_password(person)
    person.set_password("another long one")
    person.save()
    assert client.post(STEP, {"code": code_of(secret)})["Location"] == SIGN_IN
    assert Client().get(SETUP)["Location"] == SIGN_IN


def test_guessing_codes_is_paused(person: User) -> None:
    secret, __ = set_up_app(browser(person))
    client = give_password(person)
    for __ in range(10):
        client.post(STEP, {"code": "000000"})
    assert "quarter of an hour" in words_of(give_password(person).post(STEP, {"code": "000001"}))
    assert "quarter of an hour" in words_of(client.post(STEP, {"code": code_of(secret)}))
    Attempts.objects.update(ends_at=0)
    assert client.post(STEP, {"code": code_of(secret, 1)}).status_code == 302


@pytest.mark.parametrize(
    "credential", ["{}", "[]", "x", '{"id": 1}', '{"id":"","rawId":"","response":{},"type":""}']
)
def test_no_passkey_is_no_way_in(person: User, credential: str) -> None:
    set_up_app(browser(person))
    client = give_password(person)
    assert client.post(STEP, {"credential": credential}).status_code == 200
    assert not is_signed_in(client)
    page = "/en/account/second-factors/passkey/"
    own = browser_past_step(person)
    form = {"name": "x", "credential": credential, "current_password": factories.PASSWORD}
    assert "No passkey came" in words_of(own.post(page, fields_of(own.get(page), **form)))


def browser_past_step(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_recovery_code_opens_once(person: User) -> None:
    __, codes = set_up_app(browser(person))
    assert give_password(person).post(STEP, {"code": codes[3]}).status_code == 302
    assert give_password(person).post(STEP, {"code": codes[3]}).status_code == 200
    spaced = f"{codes[4][:4]} {codes[4][4:]}"
    assert give_password(person).post(STEP, {"code": spaced}).status_code == 302
    assert "8 recovery codes are left" in words_of(browser_past_step(person).get(FACTORS))


def test_new_recovery_codes_end_the_old_ones(person: User) -> None:
    own = browser(person)
    __, old = set_up_app(own)
    page = own.get(FACTORS)
    assert not codes_on(own.post(FACTORS, fields_of(page, do="codes", current_password="no")))
    sent = fields_of(page, do="codes", current_password=factories.PASSWORD)
    new = codes_on(own.post(FACTORS, sent))
    assert len(new) == 10 and not set(new) & set(old)
    assert not codes_on(own.get(FACTORS))
    assert give_password(person).post(STEP, {"code": old[0]}).status_code == 200


def test_a_factor_goes_with_the_password_alone(person: User) -> None:
    own = browser(person)
    set_up_app(own)
    factor = Authenticator.objects.get(type="totp")
    page = own.get(FACTORS)
    own.post(FACTORS, fields_of(page, do=str(factor.pk), current_password="no"))
    assert Authenticator.objects.count() == 2
    sent = fields_of(page, do=str(factor.pk), current_password=factories.PASSWORD)
    own.post(FACTORS, sent)
    assert not Authenticator.objects.exists()
    assert Message.objects.filter(to=person.email).count() == 2  # added, removed
    client = Client()
    form = {"username": person.email, "password": factories.PASSWORD}
    assert client.post(SIGN_IN, form)["Location"] == "/en/poznan/desk/"


def test_nobody_removes_the_factor_of_another(town: Municipality, person: User) -> None:
    other = factories.user(town, "reader")
    set_up_app(browser(other))
    own = browser(person)
    set_up_app(own)
    factor = Authenticator.objects.get(user=other, type="totp")
    for do in (str(factor.pk), "-1", "9" * 40, "²"):
        own.post(FACTORS, fields_of(own.get(FACTORS), do=do, current_password=factories.PASSWORD))
    assert Authenticator.objects.count() == 4


def test_the_secrets_are_no_plain_words_in_the_database(person: User) -> None:
    secret, codes = set_up_app(browser(person))
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    kept += " ".join(str(row.changes) for row in AuditEntry.objects.all())
    assert secret not in kept and not any(code in kept for code in codes)


def test_a_lost_phone_is_for_the_operator(person: User, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_app(browser(person))
    main(["reset-second-factors", person.email.upper()])
    assert "removed: 1" in capsys.readouterr().out
    assert not Authenticator.objects.exists()


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def test_who_must_have_one_sets_it_up_before_anything_opens(required, person: User) -> None:
    client = give_password(person, next="/en/poznan/people/")
    assert not is_signed_in(client)
    page = client.get(SETUP)
    assert "does not show this code" in words_of(client.post(SETUP, {"code": "000000"}))
    assert not is_signed_in(client)
    answer = client.post(SETUP, {"code": code_of(secret_on(page))})
    assert len(codes_on(answer)) == 10
    assert 'href="/en/poznan/people/"' in words_of(answer)
    assert is_signed_in(client)
    own = client.get(FACTORS)
    factor = Authenticator.objects.get(type="totp")
    sent = {"do": str(factor.pk), "current_password": factories.PASSWORD}
    assert "Add another one first" in words_of(client.post(FACTORS, fields_of(own, **sent)))


def test_it_is_asked_of_coordinators_and_operators_alone(required, town, settings) -> None:
    settings.DEMONSTRATION = True
    operator, editor = factories.user(town, "reader"), factories.user(town, "editor")
    User.objects.filter(pk=operator.pk).update(is_operator=True)
    shared = factories.user(town, "coordinator", is_demonstration=True)
    expected = {operator: SETUP, editor: "/en/poznan/desk/", shared: "/en/poznan/desk/"}
    for person, where in expected.items():
        form = {"username": person.email, "password": factories.PASSWORD}
        assert Client().post(SIGN_IN, form)["Location"] == where
