"""Municipalities and networks: one table, one kind of address, and pages that show several."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from config.urls import urlpatterns as addresses
from splot.people.actions import open_municipality, open_network
from splot.people.door import page
from splot.people.models import RESERVED_SLUGS, Municipality
from splot.people.queries import all_municipalities, all_tenants
from splot.people.rules import anyone
from tests import factories
from tests.factories import text


def members_of(municipality: Municipality, word: str) -> Municipality:
    if word == "missing":
        raise Http404
    return municipality


@page(anyone, find=members_of, public=True, scopes=lambda network: ["poznan", network.scope])
def several(request: HttpRequest, network: Municipality) -> HttpResponse:
    return HttpResponse(b"several")


urlpatterns = [path("<slug:municipality>/several/<slug:word>/", several), *addresses]


@pytest.fixture
def network(db: None) -> Municipality:
    return open_network(by=None, name=text("Sieć miast"), slug="siec")


def test_a_network_has_people_and_pages_as_a_municipality_has(
    network: Municipality, signed_in: Any
) -> None:
    reader = factories.user(network, "coordinator")
    assert network.is_network and network.teryt is None
    for address in ("/en/siec/", "/en/siec/desk/", "/en/siec/settings/"):
        assert signed_in(reader).get(address).status_code == 200


def test_a_list_of_municipalities_has_no_network(network: Municipality) -> None:
    town = factories.municipality()
    assert set(all_municipalities()) == {town}
    assert set(all_tenants()) == {town, network}
    assert "Sieć miast" not in Client().get("/en/").content.decode()


def test_two_networks_can_be_without_a_code(network: Municipality) -> None:
    open_network(by=None, name=text("Inna sieć"), slug="inna")
    assert all_tenants().count() == 2


@pytest.mark.parametrize(
    "values", [{"kind": "municipality"}, {"kind": "network", "teryt": "3064011"}]
)
@pytest.mark.django_db
def test_the_database_refuses_a_code_in_the_wrong_place(values: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.create(name=text("X"), slug="rzeczna", **values)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["networks", "practices", "newsletters", "compare", "api", "pl"])
def test_no_tenant_takes_an_address_that_is_needed(slug: str) -> None:
    with pytest.raises(ValidationError):
        open_municipality(by=None, name=text("X"), slug=slug, teryt="0000001")
    with pytest.raises(ValidationError):
        open_network(by=None, name=text("X"), slug=slug)


def test_every_page_of_the_installation_is_taken_from_tenants() -> None:
    firsts = {str(each).split("/")[0] for each in whole_addresses(get_resolver("config.urls"))}
    fixed = {word for word in firsts if word and "<" not in word and "." not in word}
    assert {"sign-in", "catalogue", "gallery"} <= fixed
    assert fixed - {"en-us"} <= RESERVED_SLUGS


def whole_addresses(resolver: URLResolver, before: str = "") -> list[str]:
    """Every address after the language."""
    found: list[str] = []
    for each in resolver.url_patterns:
        whole = before + ("" if "LocalePrefix" in repr(each.pattern) else str(each.pattern))
        is_page = isinstance(each, URLPattern)
        found += [whole] if is_page else whole_addresses(each, whole)
    return found


def test_a_page_of_several_tenants_names_them_all(network: Municipality, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    answer = Client().get("/siec/several/here/")
    assert answer["X-Splot-Cache"] == "poznan,siec"
    missing = Client().get("/siec/several/missing/")
    assert missing.status_code == 404
    assert "X-Splot-Cache" not in missing  # what would bring it is not known
