"""The menus are what rooms offer: for whom, where one is, and without a question to the database."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from splot.people.models import Municipality, User
from splot.people.rules import can_open_desk
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.web.navigation import navigation
from tests import factories

pytestmark = pytest.mark.django_db

HERE = "/en/poznan/policy/2023-2024/"
LINK = re.compile(r'<a href="([^"]*)"( aria-current="page")?>([^<]*)</a>')
VIEWS = ["Table", "Timeline", "Money"]
TEAM_VIEWS = [*VIEWS, "Health", "History"]
WORK = ["Read a spreadsheet", "Sheets", "Links", "Reminders"]


def navigation_of(path: str, user: User | None, town: Municipality) -> dict[str, Any]:
    request: Any = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    request.user, request.municipality = user or AnonymousUser(), town
    return navigation(request)


def links_of(page: str, label: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether one is there) of a navigation."""
    part = page[page.index(f'aria-label="{label}"') :].partition("</nav>")[0]
    return [(words, url, bool(here)) for url, here, words in LINK.findall(part)]


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        (HERE, "Policy"),
        (f"{HERE}areas/1/", "Policy"),
        (f"{HERE}text/", "Policy"),
        (f"{HERE}write/", "Policy"),
        (f"{HERE}table/", "Implementation table"),
        (f"{HERE}table/read/", "Implementation table"),
        (f"{HERE}tasks/add/", "Implementation table"),
        (f"{HERE}tasks/1/", "Implementation table"),
        (f"{HERE}report/", "Implementation table"),
        (f"{HERE}sheets/return/", "Implementation table"),
        (f"{HERE}links/", "Implementation table"),
        (f"{HERE}reports/2023/", "Reports"),
        ("/en/poznan/indicators/add/", "Indicators"),
        ("/en/poznan/settings/", "Settings"),
        ("/en/poznan/trail/", None),
        ("/en/poznan/organisations/", None),
        ("/en/poznan/groups/", None),
        ("/en/poznan/calendar/", None),
        ("/en/poznan/policy/", None),
        ("/en/poznan/policy/1999/", None),
    ],
)
def test_a_page_stands_under_an_entry_of_its_room(
    policy: Policy, town: Municipality, coordinator: User, path: str, entry: str | None
) -> None:
    entries = navigation_of(path, coordinator, town)["navigation"]
    names = ["Policy", "Implementation table", "Reports", "Indicators", "Settings"]
    assert [each["label"] for each in entries] == names
    assert [each["label"] for each in entries if each["current"]] == ([entry] if entry else [])


def test_the_menu_is_of_the_policy_that_one_reads(town: Municipality, coordinator: User) -> None:
    factories.policy(town, term=(2025, 2025))
    factories.policy(town, status="draft", term=(2031, 2031))
    for user, term, shown in (
        (None, "2025", "2025"),
        (coordinator, "2031", "2031"),
        (None, "2031", "2025"),  # a stranger is not told of the draft
        (coordinator, "", "2025"),
    ):
        path = f"/en/poznan/policy/{term}/" if term else "/en/poznan/indicators/"
        first, *__ = navigation_of(path, user, town)["navigation"]
        assert first["url"] == f"/en/poznan/policy/{shown}/"


def test_a_town_without_a_policy_has_its_indicators(town: Municipality) -> None:
    entries = navigation_of("/en/poznan/", None, town)["navigation"]
    assert [each["label"] for each in entries] == ["Indicators"]


def test_the_menu_asks_the_database_nothing(
    policy: Policy, town: Municipality, coordinator: User
) -> None:
    """A page has read the roles and the policies of the town before it is drawn."""
    assert can_open_desk(coordinator, town)
    policy_of(town, policy.term)
    with CaptureQueriesContext(connection) as captured:
        navigation_of(f"{HERE}table/", coordinator, town)
    assert len(captured) == 0


def test_control_a_menu_that_asks_is_noticed(policy: Policy, town: Municipality) -> None:
    town = Municipality.objects.get(pk=town.pk)  # nobody has asked for its policies yet
    with CaptureQueriesContext(connection) as captured:
        navigation_of(f"{HERE}table/", None, town)
    assert len(captured) == 1


@pytest.mark.parametrize(
    ("role", "words"),
    [("reader", VIEWS), ("monitor", TEAM_VIEWS), ("coordinator", [*TEAM_VIEWS, *WORK])],
)
def test_the_table_leads_on_to_what_is_ones_own(
    policy: Policy, town: Municipality, signed_in: Any, role: str, words: list[str]
) -> None:
    factories.task(policy)
    client = signed_in(factories.user(town, role))
    page = client.get(f"{HERE}table/?year=2023&status=late").content.decode()
    links = links_of(page, "Views of the table")
    assert [each[0] for each in links] == words
    assert [each[0] for each in links if each[2]] == ["Table"]
    kept = [words for words, url, __ in links if "status=late" in url]
    assert kept == ["Table", "Timeline"]
    assert ("subnav__fold" in page) == (role == "coordinator")


@pytest.mark.parametrize(
    ("path", "words"),
    [("table/read/", WORK[0]), ("sheets/", WORK[1]), ("links/", WORK[2]), ("reminders/", WORK[3])],
)
def test_the_coordinators_work_stands_open_where_one_is(
    policy: Policy, coordinator: User, signed_in: Any, path: str, words: str
) -> None:
    factories.task(policy)
    page = signed_in(coordinator).get(HERE + path).content.decode()
    assert '<details class="subnav__fold" open>' in page
    assert [each[0] for each in links_of(page, "Views of the table") if each[2]] == [words]


def test_settings_are_gathered(town: Municipality, coordinator: User, signed_in: Any) -> None:
    page = signed_in(coordinator).get("/en/poznan/settings/").content.decode()
    titles = re.findall(r'card__title">\s*<a href="[^"]*"\s*>([^<]*?)\s*<', page)
    assert titles == [
        "People",
        "Executive and council",
        "Institutions",
        "Sensitive groups",
        "A new policy",
        "Read a resolution",
        "Audit trail",
    ]


def test_a_visitor_sees_no_settings(policy: Policy, town: Municipality) -> None:
    links = links_of(Client().get("/en/poznan/").content.decode(), "Main menu")
    assert [each[0] for each in links] == [
        "Policy",
        "Implementation table",
        "Reports",
        "Indicators",
    ]
