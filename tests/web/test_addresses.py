"""Addresses are gathered from the rooms, in an order that makes no difference."""

from types import ModuleType
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, path, resolve

from config.urls import addresses_of
from splot.core.offers import modules_named
from splot.people.models import RESERVED_SLUGS
from tests.world import NAMES, PATTERNS, Town

pytestmark = pytest.mark.django_db

ROOMS = modules_named("urls")


def test_every_room_with_a_file_of_addresses_is_there() -> None:
    for room in ROOMS:
        listed = [*getattr(room, "site_urlpatterns", ()), *getattr(room, "urlpatterns", ())]
        assert listed, f"{room.__name__} lists no address"
        assert {each.name for each in listed} <= set(NAMES)


@pytest.mark.parametrize("rooms", [ROOMS, ROOMS[::-1]], ids=["highest first", "lowest first"])
def test_the_order_of_rooms_makes_no_difference(rooms: tuple[ModuleType, ...]) -> None:
    assert mistaken_addresses(addresses_of(rooms)) == []


def test_control_a_page_in_the_way_of_others_is_noticed() -> None:
    anything = path("<slug:municipality>/policy/<path:rest>", lambda request: None, name="policies")
    mistaken = mistaken_addresses([anything, *addresses_of(ROOMS)])
    assert "edit_policy" in mistaken
    assert "policies" not in mistaken


def mistaken_addresses(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """The names of a town's addresses that lead to another page than their own."""
    urls: Any = ModuleType("urls_in_another_order")
    urls.urlpatterns = patterns
    below_language = {
        name: address.removeprefix("/en")
        for name, address in Town("poznan").addresses.items()
        if address.startswith("/en/")
    }
    return [
        name for name, address in below_language.items() if resolve(address, urls).url_name != name
    ]


def test_no_municipality_can_bear_the_first_word_of_an_address() -> None:
    """The addresses of the whole installation come before those of municipalities."""
    site = [each for room in ROOMS for each in getattr(room, "site_urlpatterns", ())]
    words = {str(each.pattern).split("/")[0] for each in site} - {""}
    assert {"catalogue", "sign-in"} <= words <= RESERVED_SLUGS


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("policy/new/", "start_policy"),
        ("policy/import/", "import_policy"),
        ("policy/2023/", "policy"),
        ("policy/2023/table.ics", "plan_calendar"),
        ("policy/2023/table.csv", "table_file"),
    ],
)
def test_a_fixed_word_is_not_taken_for_a_name(address: str, name: str) -> None:
    match = resolve(f"/en/poznan/{address}")
    assert (match.url_name, match.func) == (name, PATTERNS[name].callback)
