"""What is too large is refused before it is read; a database that cannot answer is said to be busy,
not broken.
"""

import sqlite3
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from lxml import html

from splot.core.models import UnsavedEntry
from splot.people.models import Organisation, User
from tests import factories
from tests.browser import browser, end_session, fields_of, words_of


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["-1", "many"])
def test_a_body_that_nobody_needs_is_refused_unread(length: str) -> None:
    answer = Client().post("/pl/sign-in/", b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert answer.status_code == 400
    for words in (
        "This request could not be read",
        "Nie udało się odczytać",
        "Не вдалося прочитати",
    ):
        assert words in answer.content.decode()


@pytest.mark.django_db
def test_who_sends_too_much_is_told_where_the_words_are() -> None:
    too_long = Client().post(
        "/pl/sign-in/",
        b"",
        content_type="text/plain",
        CONTENT_LENGTH=str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
    )
    fields = "&".join(["a=b"] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    form = {"content_type": "application/x-www-form-urlencoded"}
    too_many = Client().post("/pl/sign-in/", fields.encode(), **form)
    for answer, status in ((too_long, 413), (too_many, 413)):
        assert answer.status_code == status
        assert "This was too much at once" in answer.content.decode()
        assert "what you wrote still stands there" in answer.content.decode()


@pytest.mark.django_db
def test_ten_megabytes_of_words_are_kept(coordinator: User) -> None:
    """The largest form that the guard lets in, sent when the session has ended."""
    client = browser(coordinator)
    groups = "/en/poznan/groups/"
    words = "Sąsiedzi z Jeżyc. " * 400_000
    sent = fields_of(client.get(groups), name=words)
    end_session(client)
    client.post(groups, sent)
    assert UnsavedEntry.objects.get().words[0][1].strip() == words.strip()


@pytest.mark.django_db
def test_a_page_tells_browsers_how_much_can_be_sent() -> None:
    body = html.fromstring(Client().get("/pl/sign-in/").content.decode()).find("body")
    assert int(body.get("data-max-bytes", "")) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert int(body.get("data-max-fields", "")) == settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


@pytest.mark.django_db
def test_the_sentences_say_the_limits_that_hold(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
    page = Client().get("/en/sign-in/")
    said = html.fromstring(page.content.decode()).find("body").get("data-too-large", "")
    assert "3 MB" in said and "4,000 fields" in said
    refused = words_of(Client().post("/en/sign-in/", b"a" * 3_000_001, content_type="text/plain"))
    assert "najwyżej 3 MB" in refused and "at most 3 MB" in refused and "4,000 fields" in refused


@pytest.mark.django_db
def test_a_form_that_no_browser_sends_is_refused_with_a_page() -> None:
    answer = Client().post(
        "/pl/sign-in/", b"a=b", content_type="application/x-www-form-urlencoded; charset=utf-7"
    )
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_said_and_nothing_is_half_written(signed_in) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock on the whole database")
    town = factories.municipality()
    client = signed_in(factories.user(town, "coordinator"))
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/en/poznan/organisations/add/", {"name": "Wydział", "kind": "ngo"})
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert client.get("/en/poznan/organisations/").status_code == 200  # reading goes on
        other.execute("ROLLBACK")
        assert not Organisation.objects.exists()
        assert (
            client.post(
                "/en/poznan/organisations/add/", {"name": "Wydział", "kind": "ngo"}
            ).status_code
            == 302
        )
    finally:
        other.close()
        connection.close()


def test_a_request_for_another_host_leaves_nothing_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for host in ("evil.example", "no host at all", "[", "127.0.0.1:99999x"):
        answer = Client().get("/pl/", headers={"host": host})
        assert answer.status_code == 400
        assert "<h1" in answer.content.decode()
    assert caplog.records == []
