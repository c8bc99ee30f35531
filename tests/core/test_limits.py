"""What is too large is refused before it is read; a database that cannot answer is said to be busy,
not broken.
"""

import sqlite3

import pytest
from django.db import connection
from django.test import Client

from splot.people.models import Organisation
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["50000000", "-1", "many"])
def test_a_body_that_nobody_needs_is_refused_unread(length: str) -> None:
    answer = Client().post("/pl/sign-in/", b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert answer.status_code == 413
    for words in (
        "This request could not be read",
        "Nie udało się odczytać",
        "Не вдалося прочитати",
    ):
        assert words in answer.content.decode()


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
