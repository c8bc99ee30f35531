"""A page that opens by a personal link: for whom, how often, and that no log knows the address."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as addresses
from splot.core.logs import HideTokens, hide_tokens
from splot.people import link_door
from splot.people.door import page
from splot.people.links import hash_token, new_token
from splot.people.models import Municipality, Organisation, PersonalLink
from splot.people.rules import anyone
from tests import factories

REPORT = PersonalLink.Purpose.REPORT


@page(by_link=REPORT, methods=("GET", "HEAD", "POST"))
def answering(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    if request.GET.get("do") == "break":
        raise RuntimeError(f"no page at {request.path}")
    return HttpResponse(f"{link.organisation} {request.POST.get('word', '')}")


urlpatterns = [path("<slug:municipality>/answer/<str:token>/", answering), *addresses]


@pytest.fixture(autouse=True)
def with_the_page(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def unit(db: None) -> Organisation:
    return factories.organisation(factories.municipality())


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the handler of the settings really writes."""
    (handler,) = the_handlers()
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before or handler.stream)


def the_handlers() -> list[logging.StreamHandler]:
    found = logging.getLogger().handlers
    return [each for each in found if any(isinstance(one, HideTokens) for one in each.filters)]


def a_link(unit: Organisation, **values: Any) -> str:
    token = new_token()
    PersonalLink.objects.create(
        municipality=unit.municipality,
        organisation=unit,
        purpose=values.pop("purpose", REPORT),
        token_hash=hash_token(token),
        **values,
    )
    return f"/poznan/answer/{token}/"


def test_it_opens_to_whoever_has_the_link_without_a_cookie(unit: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(a_link(unit), {"word": "tak"})
    assert answer.content.decode() == "Wydział Oświaty tak"
    assert not answer.cookies


def test_a_link_that_is_over_or_for_something_else_does_not_open(unit: Organisation) -> None:
    closed = [
        a_link(unit, withdrawn_at=timezone.now()),
        a_link(unit, expires_at=timezone.now()),
        a_link(unit, purpose=PersonalLink.Purpose.CALENDAR),
        a_link(unit).replace("poznan", "lublin"),
        f"/poznan/answer/{new_token()}/",
        "/poznan/answer/x/",
        "/nowhere/answer/x/",
    ]
    factories.municipality("lublin")
    assert [Client().get(each).status_code for each in closed] == [404] * len(closed)
    assert "expired" in Client().get(closed[1], headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("is_open", [True, False])
def test_every_answer_keeps_the_address_to_itself(
    unit: Organisation, method: str, is_open: bool
) -> None:
    address = a_link(unit, withdrawn_at=None if is_open else timezone.now())
    answer = getattr(Client(), method)(address)
    declared = method in ("get", "head", "post")
    assert answer.status_code == (405 if not declared else 200 if is_open else 404)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Splot-Cache" not in answer


def test_guesses_and_writes_are_slowed_down(
    unit: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_door, "MAX_GUESSES", 2)
    monkeypatch.setattr(link_door, "MAX_WRITES", 1)
    dead, address = f"/poznan/answer/{new_token()}/", a_link(unit)
    assert [Client().get(dead).status_code for __ in range(3)] == [404, 404, 429]
    assert [Client().post(address).status_code for __ in range(2)] == [200, 429]
    assert Client().get(address).status_code == 200
    assert Client().post(a_link(unit)).status_code == 200  # another link counts for itself


def answers_of_every_kind(unit: Organisation) -> tuple[list[Any], list[str]]:
    """One request for each answer there is, and the secrets that were in their addresses."""
    client = Client(raise_request_exception=False)
    address, dead = a_link(unit), f"/poznan/answer/{new_token()}/"
    form = "application/x-www-form-urlencoded; charset=utf-7"
    answers = [
        client.get(address),
        client.get(dead),
        client.get(dead),
        client.put(address),
        client.post(address, b"", content_type="text/plain", CONTENT_LENGTH="50000000"),
        client.post(address, b"a=b", content_type=form),
        client.get(f"{address}?do=break"),
        client.get(f"{address}nothing/"),
        client.get(address.rstrip("/")),
    ]
    secrets = [each.split("/")[-2] for each in (address, dead)]
    assert [each.status_code for each in answers] == [200, 404, 429, 405, 413, 400, 500, 404, 301]
    return answers, secrets


def test_no_answer_gives_the_address_away_whoever_made_it(
    unit: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_door, "MAX_GUESSES", 1)
    for answer in answers_of_every_kind(unit)[0]:
        assert "no-store" in answer["Cache-Control"], answer.status_code
        assert answer["Referrer-Policy"] == "no-referrer", answer.status_code
        assert answer["X-Robots-Tag"] == "noindex, nofollow", answer.status_code


def test_a_fault_at_any_other_address_is_as_before(unit: Organisation) -> None:
    answer = Client().get("/en/poznan/policy/1999/")
    assert answer.status_code == 404
    assert answer["Referrer-Policy"] == "same-origin"


def test_no_log_knows_the_address_whatever_the_answer(
    unit: Organisation, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_door, "MAX_GUESSES", 1)
    __, secrets = answers_of_every_kind(unit)
    written = log.getvalue()
    assert "Internal Server Error: /poznan/answer/[secret]/" in written
    assert "RuntimeError: no page at /poznan/answer/[secret]/" in written
    assert [secret for secret in secrets if secret in written] == []


def test_control_without_the_filter_the_address_would_stand_there(
    unit: Organisation, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_door, "MAX_GUESSES", 1)
    (handler,) = the_handlers()
    monkeypatch.setattr(handler, "filters", [])
    __, secrets = answers_of_every_kind(unit)
    assert secrets[0] in log.getvalue()


def test_every_way_out_of_the_process_has_the_filter() -> None:
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    handlers = [each for logger in [logging.root, *loggers] for each in logger.handlers]
    ours = [each for each in handlers if not type(each).__module__.startswith("_pytest")]
    quiet = [each for each in ours if isinstance(each, logging.NullHandler)]
    assert set(ours) - set(quiet) == set(the_handlers())


@pytest.mark.parametrize(
    "words",
    [
        "Not Found: /pl/poznan/policy/2023-2024/tasks/12/",
        "/assets/a-rather-long-name-of-a-file-without-anything-in-it.css",
        "splot.reporting.actions.links.awaited_reports_of_an_owner",
    ],
)
def test_what_is_no_secret_stays_readable(words: str) -> None:
    assert hide_tokens(words) == words


def test_every_token_that_is_made_looks_like_one() -> None:
    for __ in range(500):
        token = new_token()
        assert hide_tokens(f"at /r/{token}/") == "at /r/[secret]/"
        assert hide_tokens(f"at /r/{token[:-5]}") == "at /r/[secret]"


@pytest.mark.parametrize(
    "declared",
    [{}, {"rule": anyone, "by_link": REPORT}, {"by_link": REPORT, "public": True}],
)
def test_a_page_has_a_rule_or_a_link(declared: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        page(**declared)


def test_the_link_is_given_with_its_municipality(
    unit: Organisation, django_assert_num_queries: Any
) -> None:
    address = a_link(unit)
    town = Municipality.objects.get()
    with django_assert_num_queries(2):  # the municipality, the link with its owner
        assert Client().get(address).status_code == 200
    assert town == PersonalLink.objects.get().municipality
