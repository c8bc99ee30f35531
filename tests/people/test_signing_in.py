"""Signing in and out, and what the sign-in page shows to whom."""

from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.http import HttpResponseRedirect
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis.strategies import text

from splot.people.models import Attempts, Membership, Municipality, User
from splot.people.signing_in import next_path
from tests import factories

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/sign-in/"


def sign_in(client: Client, person: User, **more: str):
    return client.post(SIGN_IN, {"username": person.email, "password": factories.PASSWORD, **more})


def test_the_right_password_leads_to_the_desk(town: Municipality) -> None:
    person = factories.user(town, "coordinator")
    client = Client()
    answer = client.post(
        SIGN_IN, {"username": person.email.upper(), "password": factories.PASSWORD}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/en/poznan/desk/"
    client.post("/en/sign-out/")
    assert client.get("/en/poznan/desk/").status_code == 302


@pytest.mark.parametrize("password", ["", "wrong", factories.PASSWORD + " "])
def test_a_wrong_password_says_so_and_not_whether_the_account_exists(
    town: Municipality, password: str
) -> None:
    person = factories.user(town, "reader")
    client = Client()
    wrong = client.post(SIGN_IN, {"username": person.email, "password": password or "x"})
    unknown = client.post(SIGN_IN, {"username": "nobody@example.org", "password": password or "x"})
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_is_paused_for_that_address_alone(town: Municipality) -> None:
    person, other = factories.user(town, "reader"), factories.user(town, "monitor")
    for __ in range(10):
        Client().post(SIGN_IN, {"username": person.email, "password": "wrong"})
    paused = sign_in(Client(), person)
    assert "quarter of an hour" in paused.content.decode()
    assert (
        Client()
        .post(SIGN_IN, {"username": person.email.upper(), "password": factories.PASSWORD})
        .status_code
        == 200
    )
    assert sign_in(Client(), other).status_code == 302
    Attempts.objects.update(ends_at=0)  # a quarter of an hour has passed
    assert sign_in(Client(), person).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(town: Municipality) -> None:
    person = factories.user(town, "reader")
    for __ in range(9):
        Client().post(SIGN_IN, {"username": person.email, "password": "wrong"})
    assert sign_in(Client(), person).status_code == 302
    assert not Attempts.objects.exists()


def test_the_way_back_stays_on_this_site(town: Municipality) -> None:
    person = factories.user(town, "reader")
    assert (
        sign_in(Client(), person, next="/en/poznan/indicators/")["Location"]
        == "/en/poznan/indicators/"
    )
    for foreign in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert "evil" not in sign_in(Client(), person, next=foreign)["Location"]
        assert "javascript" not in sign_in(Client(), person, next=foreign)["Location"]


def test_an_account_that_was_closed_is_shut_out(town: Municipality) -> None:
    person = factories.user(town, "coordinator")
    client = Client()
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/en/poznan/desk/").status_code == 302


def test_demonstration_accounts_are_shown_in_a_demonstration_alone(
    town: Municipality, settings
) -> None:
    person = factories.user(town, "reader", is_demonstration=True)
    settings.DEMONSTRATION = False
    assert person.email not in Client().get(SIGN_IN).content.decode()
    assert sign_in(Client(), person).status_code == 200  # its password is public: shut out
    settings.DEMONSTRATION = True
    assert person.email in Client().get(SIGN_IN).content.decode()
    assert sign_in(Client(), person).status_code == 302


def test_a_membership_cannot_name_another_towns_organisation(
    town: Municipality, other_town: Municipality
) -> None:
    foreign = factories.organisation(other_town)
    person = factories.user(town, "reader")
    with pytest.raises(ValueError, match="another municipality"):
        Membership.objects.create(
            municipality=town, user=person, role="leader", organisation=foreign
        )


def test_a_town_cannot_take_the_address_of_a_page() -> None:
    from django.core.exceptions import ValidationError

    from splot.people.actions import open_municipality

    for slug in ("sign-in", "gallery", "Poznań", "1town"):
        with pytest.raises(ValidationError):
            open_municipality(by=None, name=factories.text("X"), slug=slug, teryt="0000001")
    assert not Municipality.objects.exists()


def test_cookies_are_locked_down_where_the_address_is_encrypted() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize(
    "value",
    [
        "desk",
        "people",
        "sign_in",
        "//evil.example/",
        "https://evil.example/",
        "http://testserver//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/en/\r\nSet-Cookie: a=b",
        "\x00/en/",
        "/" + "a" * 5000,
        "\ud800/en/",
        "/en/\ud800",
        "http://[::1/",
        "?a=b",
        "#top",
        "splot.people.models.User",
        " ",
    ],
)
def test_no_next_page_breaks_the_sign_in_or_leads_away(town: Municipality, value: str) -> None:
    person = factories.user(town, "reader")
    assert Client().get(SIGN_IN, {"next": value.replace("\ud800", "%ED%A0%80")}).status_code == 200
    body = urlencode({"username": person.email, "password": factories.PASSWORD})
    body += "&next=" + quote(value.encode("utf-8", "surrogatepass"))
    form = "application/x-www-form-urlencoded"
    answer = Client().post(SIGN_IN, body, content_type=form)
    assert answer["Location"].startswith(("/en/poznan/desk/", "/en/%EF%BF%BD")), answer["Location"]


@given(value=text(max_size=60))
def test_any_next_page_leads_to_a_path_of_this_site(value: str) -> None:
    request = RequestFactory().post(SIGN_IN, {"next": value})
    url = next_path(request)
    assert url == "" or (url.startswith("/") and not url.startswith("//"))
    HttpResponseRedirect(url)


@pytest.mark.parametrize("value", ["/pl/poznan/?a=ż#b", "http://testserver/en/poznan/people/"])
def test_a_page_of_ours_is_led_to(town: Municipality, value: str) -> None:
    answer = sign_in(Client(), factories.user(town, "reader"), next=value)
    assert answer["Location"].removesuffix("#b") in ("/pl/poznan/?a=%C5%BC", "/en/poznan/people/")


def test_guessing_elsewhere_does_not_shut_the_owner_out(town: Municipality) -> None:
    person, other = factories.user(town, "reader"), factories.user(town, "reader")
    own = Client()
    assert sign_in(own, person).status_code == 302
    own.post("/en/sign-out/")
    for __ in range(10):
        Client().post(SIGN_IN, {"username": person.email, "password": "wrong"})
    assert sign_in(Client(), person).status_code == 200
    assert sign_in(own, person).status_code == 302
    own.post("/en/sign-out/")
    for __ in range(10):  # nor does the browser that is known guess without end
        own.post(SIGN_IN, {"username": person.email, "password": "wrong"})
    assert sign_in(own, person).status_code == 200
    for __ in range(11):  # it is known for its own person alone
        own.post(SIGN_IN, {"username": other.email, "password": "wrong"})
    assert sign_in(own, other).status_code == 200
    own.cookies["splot_known"] = f"{other.pk}:forged"
    assert sign_in(own, other).status_code == 200


def test_of_the_last_sign_in_the_day_alone_is_kept(town: Municipality) -> None:
    person = factories.user(town, "reader")
    sign_in(Client(), person)
    person.refresh_from_db()
    assert person.last_sign_in_on == timezone.localdate()
    assert person.last_login is None
