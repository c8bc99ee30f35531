"""Addresses of institutions in one list, typed or pasted, with what is doubtful."""

from typing import Any

import pytest

from splot.people.models import Organisation
from splot.people.pasted_addresses import parse_pasted_addresses
from tests import factories
from tests.browser import browser, fields_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/en/poznan/organisations/addresses/"
NAMES = ("Wydział Oświaty", "Miejski Ośrodek Pomocy Rodzinie", "Fundacja Ocalenie", "Biblioteka")


@pytest.fixture
def units(town: Any) -> list[Organisation]:
    return [factories.organisation(town, name) for name in NAMES]


@pytest.mark.parametrize(
    "line",
    [
        "Wydział Oświaty\toswiata@um.example",
        "oswiata@um.example\tWydział Oświaty",
        "1\tWydział Oświaty\tul. Główna 1\tOswiata@UM.example\t61 000 00 00",
        "Wydział Oświaty; oswiata@um.example",
        "Wydział Oświaty <oswiata@um.example>",
        '"Wydział Oświaty","oswiata@um.example"',
        "wydzial oswiaty oswiata@um.example",
    ],
)
def test_a_line_is_understood_however_it_is_separated(units: Any, line: str) -> None:
    pasted = parse_pasted_addresses(line, units)
    assert pasted.left == []
    assert {key: each.email for key, each in pasted.found.items()} == {
        units[0].pk: "oswiata@um.example"
    }


def test_what_is_doubtful_is_said(units: Any) -> None:
    words = """MOPR\tmopr@um.example
Fundacja Ocalonych\tbiuro@ocalenie.example
Fundacja Ocalenia\tbiuro@ocalenie.example
Wydział Oświaty\tadres w sekretariacie
Wydział Sportu\tsport@um.example
Biblioteka\tjeden@@um.example
Biblioteka\tpierwszy@um.example
Biblioteka\tdrugi@um.example
"""
    pasted = parse_pasted_addresses(words, units)
    assert pasted.found[units[1].pk].email == "mopr@um.example"
    assert pasted.found[units[2].pk].line.startswith("Fundacja Ocaleni")
    assert pasted.found[units[3].pk].email == "pierwszy@um.example"
    assert [wrong for line, wrong in pasted.left if "Oświaty" in line] == ["no_address"]
    assert [wrong for line, wrong in pasted.left if "Sportu" in line] == ["unknown"]
    assert [wrong for line, wrong in pasted.left if "@@" in line] == ["not_an_address"]
    assert [wrong for line, wrong in pasted.left if "drugi" in line] == ["repeated"]


def test_pasting_fills_the_list_and_saving_saves_it(coordinator: Any, units: Any) -> None:
    office = browser(coordinator)
    words = "Wydział Oświaty\toswiata@um.example\nWydział Sportu\tsport@um.example"
    sent = fields_of(office.get(PAGE), pasted=words, do="look")
    looked = office.post(PAGE, sent)
    assert "no institution of this name" in words_of(looked)
    assert not Organisation.objects.exclude(email="").exists()
    assert office.post(PAGE, fields_of(looked, do="save")).status_code == 302
    addresses = dict(Organisation.objects.values_list("pk", "email"))
    assert addresses == {each.pk: "" for each in units} | {units[0].pk: "oswiata@um.example"}


def test_what_was_pasted_is_looked_at_before_it_is_saved(coordinator: Any, units: Any) -> None:
    office = browser(coordinator)
    words = "Wydział Oświaty\toswiata@um.example\nWydział Sportu\tsport@um.example"
    answer = office.post(PAGE, fields_of(office.get(PAGE), pasted=words, do="save"))
    assert "1 address filled in, not saved yet" in words_of(answer)
    assert "sport@um.example" in words_of(answer)
    assert not Organisation.objects.exclude(email="").exists()


def test_a_wrong_address_saves_none(coordinator: Any, units: Any) -> None:
    office = browser(coordinator)
    sent = fields_of(office.get(PAGE), do="save")
    sent[f"email-{units[0].pk}"], sent[f"email-{units[1].pk}"] = "a@um.example", "nobody"
    answer = office.post(PAGE, sent)
    assert "1 address cannot be saved" in words_of(answer)
    assert not Organisation.objects.exclude(email="").exists()
    assert fields_of(answer)[f"email-{units[0].pk}"] == "a@um.example"


def test_somebody_elses_word_is_not_overwritten(coordinator: Any, units: Any) -> None:
    office = browser(coordinator)
    sent = fields_of(office.get(PAGE), do="save")
    Organisation.objects.filter(pk=units[0].pk).update(email="new@um.example", version=2)
    sent[f"email-{units[0].pk}"] = "old@um.example"
    assert "Somebody else changed" in words_of(office.post(PAGE, sent))
    units[0].refresh_from_db()
    assert units[0].email == "new@um.example"


def test_institutions_of_others_are_out_of_reach(coordinator: Any, other_town: Any) -> None:
    foreign = factories.organisation(other_town, "Wydział Oświaty")
    office = browser(coordinator)
    factories.organisation(coordinator.memberships.get().municipality, "Biblioteka")
    sent = fields_of(office.get(PAGE), do="save", **{f"email-{foreign.pk}": "x@um.example"})
    office.post(PAGE, sent)
    foreign.refresh_from_db()
    assert foreign.email == ""
