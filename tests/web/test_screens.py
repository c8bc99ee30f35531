"""First screen, desk, errors, languages: what people meet around the rooms."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_bare_address_speaks_the_visitors_language() -> None:
    assert Client().get("/", HTTP_ACCEPT_LANGUAGE="uk,en;q=0.5")["Location"] == "/uk/"
    assert Client().get("/", HTTP_ACCEPT_LANGUAGE="ka")["Location"] == "/pl/"


def test_the_first_screen_counts_in_words(policy: Policy) -> None:
    done, __ = factories.task(policy), factories.task(policy)
    factories.update(done, "done", "2024")
    page = Client().get("/en/poznan/").content.decode()
    assert "1 of 2 reported" in page
    assert "1 not reported" in page


def test_the_first_screen_shows_what_each_room_offers(policy: Policy, town: Municipality) -> None:
    factories.policy(town, status="consultation", term=(2025, 2026))
    page = Client().get("/en/poznan/").content.decode()
    headings = ("How far we are in 2024", "Open for your opinion", "What changed lately")
    places = [page.index(f"<h2>{words}</h2>") for words in (*headings, "Annual reports")]
    assert places == sorted(places)
    beside = page[page.index('<div class="columns">') :]
    assert [beside.count(f"<h2>{words}") for words in ("What", "Annual", "Open")] == [1, 1, 0]


def test_a_first_screen_without_a_policy_still_asks_for_opinions(town: Municipality) -> None:
    assert "Open for your opinion" not in Client().get("/en/poznan/").content.decode()
    factories.policy(town, status="consultation")
    page = Client().get("/en/poznan/").content.decode()
    assert page.index("No policy has been published yet") < page.index("Open for your opinion")
    assert "Annual reports" not in page


@pytest.mark.parametrize(
    "path", ["", "policy/2023-2024/", "policy/2023-2024/areas/1/", "policy/2023-2024/text/"]
)
def test_a_public_page_takes_at_most_ten_queries(policy: Policy, path: str) -> None:
    for __ in range(5):
        factories.update(factories.task(policy), "done", "2024")
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(f"/en/poznan/{path}").status_code == 200
    assert len(captured) <= 10


def test_a_draft_is_nowhere_in_public(town: Municipality) -> None:
    factories.task(factories.policy(town, status="draft"))
    client = Client()
    assert "Polityka integracji" not in client.get("/en/poznan/").content.decode()
    assert "Polityka integracji" not in client.get("/en/poznan/policy/").content.decode()
    for path in ("", "table/", "text/", "areas/1/", "activities/3-1-1/", "tasks/1/"):
        assert client.get(f"/en/poznan/policy/2023-2024/{path}").status_code == 404


def test_a_page_is_the_same_address_in_each_language(policy: Policy) -> None:
    page = Client().get("/en/poznan/policy/2023-2024/areas/1/").content.decode()
    assert 'href="/uk/poznan/policy/2023-2024/areas/1/"' in page
    assert '<html lang="en" dir="ltr"' in page


def test_an_untranslated_text_carries_its_own_language(policy: Policy) -> None:
    page = Client().get("/uk/poznan/policy/2023-2024/activities/3-1-1/").content.decode()
    assert '<html lang="uk"' in page
    assert 'lang="pl"' in page


def test_the_desk_puts_what_is_late_first(policy: Policy, leader, signed_in) -> None:
    from datetime import date

    from splot.implementation.models import Task

    factories.task(policy, leader=leader, title=factories.text("Milczące"))
    late = factories.task(
        policy,
        leader=leader,
        title=factories.text("Spóźnione"),
        timing=Task.Timing.DATES,
        due=date(2024, 1, 31),
    )
    factories.update(late, "on_time", "2024")
    factories.task(policy, title=factories.text("Cudze"))
    page = signed_in(leader).get("/en/poznan/desk/").content.decode()
    assert page.index("Spóźnione") < page.index("Milczące")
    assert "Cudze" not in page


def test_nothing_there_says_so_kindly(town: Municipality) -> None:
    answer = Client().get("/en/poznan/policy/1999/")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_pages_that_nobody_signed_in_sees_are_kept_and_others_never(
    policy: Policy, coordinator, signed_in
) -> None:
    public = Client().get("/en/poznan/?noise=1")
    assert public["X-Splot-Cache"] == "poznan"
    assert public["X-Splot-Query"] == ""
    assert "X-Splot-Cache" not in signed_in(coordinator).get("/en/poznan/")
    assert "no-store" in signed_in(coordinator).get("/en/poznan/")["Cache-Control"]


def test_every_page_forbids_foreign_scripts(policy: Policy) -> None:
    for path in ("/en/", "/en/poznan/", "/en/sign-in/", "/en/gallery/", "/en/nothing/here/"):
        policy_header = Client().get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy_header
        assert "unsafe" not in policy_header
        assert "frame-ancestors 'none'" in policy_header
