"""The executive and the council: named by the municipality, declined where wordings need it."""

import pytest
from django.test import Client
from django.utils.translation import override

from splot.people.actions import name_authorities
from splot.people.authorities import (
    council_of,
    executive_of,
    fill_authorities,
    genitive_of_council,
)
from splot.people.models import Municipality
from splot.people.pages.authorities import AuthoritiesForm

URL = "/en/poznan/authorities/"


def named(executive: tuple[str, str], council: tuple[str, str]) -> Municipality:
    return Municipality(
        language="pl",
        executive_kind=executive[0],
        executive_name=executive[1],
        council_kind=council[0],
        council_name=council[1],
    )


@pytest.mark.parametrize(
    ("kind", "name", "forms"),
    [
        ("wojt", "", "Wójt Gminy, Wójta Gminy, Wójtowi Gminy, Wójtem Gminy"),
        (
            "wojt",
            "Wójt Gminy Suchy Las",
            "Wójt Gminy Suchy Las, Wójta Gminy Suchy Las, Wójtowi Gminy Suchy Las, "
            "Wójtem Gminy Suchy Las",
        ),
        (
            "burmistrz",
            "Burmistrz Miasta i Gminy Kórnik",
            "Burmistrz Miasta i Gminy Kórnik, Burmistrza Miasta i Gminy Kórnik, "
            "Burmistrzowi Miasta i Gminy Kórnik, Burmistrzem Miasta i Gminy Kórnik",
        ),
        (
            "prezydent",
            "Prezydent m.st. Warszawy",
            "Prezydent m.st. Warszawy, Prezydenta m.st. Warszawy, Prezydentowi m.st. Warszawy, "
            "Prezydentem m.st. Warszawy",
        ),
    ],
)
def test_the_executive_is_declined(kind: str, name: str, forms: str) -> None:
    declined = executive_of(named((kind, name), ("", "")), "pl")
    cases = (declined.nominative, declined.genitive, declined.dative, declined.instrumental)
    assert ", ".join(cases) == forms


@pytest.mark.parametrize(
    ("kind", "name", "forms"),
    [
        ("rada_gminy", "", ("Rada Gminy", "Rady Gminy", "Radzie Gminy", "Radę Gminy")),
        (
            "rada_miejska",
            "Rada Miejska w Kórniku",
            (
                "Rada Miejska w Kórniku",
                "Rady Miejskiej w Kórniku",
                "Radzie Miejskiej w Kórniku",
                "Radę Miejską w Kórniku",
            ),
        ),
        (
            "rada_miasta",
            "Rada Miasta Poznania",
            (
                "Rada Miasta Poznania",
                "Rady Miasta Poznania",
                "Radzie Miasta Poznania",
                "Radę Miasta Poznania",
            ),
        ),
    ],
)
def test_the_council_is_declined(kind: str, name: str, forms: tuple[str, ...]) -> None:
    declined = council_of(named(("", ""), (kind, name)), "pl")
    assert (declined.nominative, declined.genitive, declined.dative, declined.accusative) == forms


@pytest.mark.parametrize(
    ("language", "wording", "filled"),
    [
        (
            "pl",
            "{executive} składa {council.dative} raport",
            "Wójt Gminy składa Radzie Gminy raport",
        ),
        ("uk", "{executive} подає {council.dative} звіт", "Війт громади подає раді громади звіт"),
        (
            "en",
            "{executive} reports to {council}",
            "The Commune Mayor reports to the Commune Council",
        ),
        ("pl", "nikt nie składa {raportu}", "nikt nie składa {raportu}"),
    ],
)
def test_names_stand_in_wordings_of_three_languages(
    language: str, wording: str, filled: str
) -> None:
    town = named(("wojt", ""), ("rada_gminy", ""))
    assert fill_authorities(wording, town, language) == filled


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_who_has_not_said_gets_a_gap(language: str) -> None:
    town = named(("", ""), ("", ""))
    for name in (executive_of(town, language), council_of(town, language)):
        assert str(name).startswith("[") and name.dative.endswith("]")


def test_a_council_is_named_after_of() -> None:
    assert genitive_of_council("Rada Miejska w Łodzi", "pl") == "Rady Miejskiej w Łodzi"
    assert genitive_of_council("Sejmik Województwa", "pl") == "Sejmik Województwa"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"executive_kind": "wojt", "executive_name": "Burmistrz Kórnika"}, "executive_name"),
        ({"executive_name": "Burmistrz Kórnika"}, "executive_kind"),
        ({"council_kind": "rada_miejska", "council_name": "Rada Gminy Kórnik"}, "council_name"),
    ],
)
def test_a_name_that_could_not_be_declined_is_refused(values: dict[str, str], field: str) -> None:
    form = AuthoritiesForm(values, row=Municipality(language="pl"), language="pl")
    assert not form.is_valid()
    assert set(form.errors) == {field}


@pytest.mark.django_db
def test_the_coordinator_names_them_and_pages_follow(
    town: Municipality, coordinator, signed_in
) -> None:
    assert Client().get(URL).status_code == 302
    client = signed_in(coordinator)
    values = {
        "executive_kind": "burmistrz",
        "executive_name": "Burmistrz Kórnika",
        "council_kind": "rada_miejska",
        "council_name": "Rada Miejska w Kórniku",
    }
    page = client.post(URL, values, follow=True).content.decode()
    assert "Burmistrzowi Kórnika" in page
    assert "Radzie Miejskiej w Kórniku" in page


@pytest.mark.django_db
def test_naming_them_is_in_the_trail(town: Municipality, coordinator) -> None:
    named_town = name_authorities(by=coordinator, municipality=town, executive_kind="wojt")
    with override("pl"):
        assert named_town.shown_executive == "Wójt Gminy"
