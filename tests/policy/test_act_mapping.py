"""What an act could become: read off the tree, explained, and never more than a proposal."""

from collections import Counter
from pathlib import Path

import pytest

from splot.documents.readers import read_document
from splot.policy.act_mapping import (
    area_name,
    body_name,
    match_groups_to_aims,
    split_area_opening,
    suggest_mapping,
)
from splot.policy.act_mapping.wording import certain_area_name
from tests.factories import ACT


def roles(links: dict[str, str]) -> Counter:
    return Counter(role.partition(":")[0] for role in links.values())


def test_the_seed_becomes_six_areas_with_aims_and_thirty_one_activities(seed: Path) -> None:
    proposal = suggest_mapping(read_document(seed.read_bytes(), seed.name))
    assert proposal.areas == [
        "Education",
        "Anti-discrimination",
        "Labour market",
        "Culture",
        "Social support",
        "Healthcare access",
    ]
    counts = roles(proposal.links)
    assert (counts["aim"], counts["area"], counts["activity"]) == (6, 6, 31)
    assert (counts["institution"], counts["partner"], counts["team"], counts["council"]) == (
        3,
        1,
        3,
        1,
    )
    per_area = Counter(role for role in proposal.links.values() if role.startswith("activity"))
    assert [per_area[f"activity:{number}"] for number in range(1, 7)] == [6, 5, 6, 5, 5, 4]


def test_activities_find_their_area_even_when_the_order_differs(seed: Path) -> None:
    """The fifth group of § 4 moved to the front is still matched to the fifth aim."""
    document = read_document(seed.read_bytes(), seed.name)
    groups = next(node for node in document.nodes if node.num.strip(" .") == "§ 4").children
    groups.insert(0, groups.pop(4))
    proposal = suggest_mapping(document)
    assert [proposal.links[group.eid] for group in groups] == [
        "area:5",
        "area:1",
        "area:2",
        "area:3",
        "area:4",
        "area:6",
    ]


def test_a_polish_act_is_read_the_same_way() -> None:
    proposal = suggest_mapping(read_document(ACT.encode(), "uchwala.txt"))
    assert proposal.areas == ["Edukacja", "Praca"]
    counts = roles(proposal.links)
    assert (counts["aim"], counts["activity"], counts["institution"], counts["partner"]) == (
        2,
        4,
        2,
        1,
    )
    assert (counts["team"], counts["council"], counts["final"]) == (2, 1, 1)


@pytest.mark.parametrize(
    "text", ["Zwykły list bez numerów.\n\nDrugi akapit.", "§ 1. Jeden przepis.\n"]
)
def test_what_has_no_areas_gives_an_empty_proposal(text: str) -> None:
    proposal = suggest_mapping(read_document(text.encode(), "a.txt"))
    assert proposal.areas == []
    assert "activity" not in roles(proposal.links)


def test_every_match_says_why(seed: Path) -> None:
    proposal = suggest_mapping(read_document(seed.read_bytes(), seed.name))
    for eid, role in proposal.links.items():
        if role.startswith("area:"):
            assert "§ 3 pkt" in proposal.reasons[eid]


def test_matching_uses_each_aim_once() -> None:
    pairs = match_groups_to_aims(
        ["dobra szkoła dla dzieci", "godna praca"],
        ["praca i szkolenia", "szkoła, dzieci", "inne sprawy"],
    )
    assert (pairs[0][0], pairs[1][0]) == (1, 0)
    assert 2 not in pairs


def test_a_body_is_named_in_the_nominative() -> None:
    assert body_name("RADY MIASTA LUBLIN") == "Rada Miasta Lublin"
    assert body_name("Rada Gminy Łomża") == "Rada Gminy Łomża"
    assert body_name("") == ""


def test_names_and_passages_are_told_apart() -> None:
    assert area_name("in the area of the labour market:") == "Labour market"
    assert area_name("w zakresie edukacji: dobra szkoła") == "Edukacja"
    assert area_name("у сфері праці: гідні умови") == "Праця"
    assert split_area_opening("w zakresie edukacji: dobra szkoła") == (
        "w zakresie edukacji:",
        "Dobra szkoła",
    )
    assert split_area_opening("Cele: jeden i drugi") == ("", "Cele: jeden i drugi")


@pytest.mark.parametrize(
    ("printed", "name", "certain"),
    [
        ("Obszar 1: Edukacji", "Edukacja", True),
        ("Obszar Edukacji", "Edukacja", True),
        ("Priorytet 2. Rynku pracy", "Rynek pracy", True),
        ("Obszar 2 – Dobrej szkoły", "Dobra szkoła", True),
        ("Сфера: Ринку праці", "Ринок праці", True),
        ("Obszar Edukacja", "Edukacja", True),
        ("Obszar 2: Usługi społeczne", "Usługi społeczne", True),
        ("Сфера 1: Праця", "Праця", True),
        ("Priority 1: Education", "Education", True),
        ("Obszar: Welcomingu", "Welcomingu", False),
        ("Obszar: Kultury", "Kultury", False),
        ("Сфера: Освіти", "Освіти", False),
    ],
)
def test_an_area_is_named_in_the_nominative_or_in_doubt(
    printed: str, name: str, certain: bool
) -> None:
    assert certain_area_name(printed) == (name, certain)


@pytest.mark.parametrize("opening", ["Obszar 1:", "Obszar 1.", "Obszar:"])
@pytest.mark.parametrize(
    ("printed", "name", "doubted"),
    [("Edukacji", "Edukacja", False), ("Praca", "Praca", False), ("Kultury", "Kultury", True)],
)
def test_a_name_after_the_word_for_its_level(
    opening: str, printed: str, name: str, doubted: bool
) -> None:
    text = f"PROGRAM INTEGRACJI\n\n{opening} {printed}\nDziałania:\n1) kursy;\n2) spotkania.\n"
    mapping = suggest_mapping(read_document(text.encode(), "plan.txt"))
    assert mapping.areas == [name]
    assert any(f"“{name}”" in problem for problem in mapping.problems) == doubted


OWN_CHAPTERS = """UCHWAŁA NR XVIII/214/2025
RADY MIEJSKIEJ W BRZEZINACH
z dnia 27 listopada 2025 r.
w sprawie przyjęcia Programu integracji na lata 2026-2028

§ 1. Przyjmuje się Program stanowiący załącznik do uchwały.
§ 2. Uchwała wchodzi w życie po upływie 14 dni od dnia podjęcia.

Przewodniczący Rady Miejskiej

Jan Malinowski

Załącznik do uchwały Nr XVIII/214/2025

Rozdział 1
Edukacja
§ 1. Cele w obszarze edukacji:
1) wyrównanie szans dzieci i młodzieży;
2) podniesienie kompetencji nauczycieli.
§ 2. Działania służące osiągnięciu celów, o których mowa w § 1:
1) dodatkowe zajęcia z języka polskiego;
2) zatrudnianie asystentów międzykulturowych.
Rozdział 2
Rynek pracy
§ 3. Cele w obszarze rynku pracy:
1) ułatwienie dostępu do zatrudnienia.
§ 4. Działania służące osiągnięciu celów, o których mowa w § 3:
1) doradztwo zawodowe;
2) współpraca z pracodawcami.
Rozdział 3
Monitorowanie
§ 5. Zadania realizowane przez:
1) Wydział Edukacji;
2) Miejski Ośrodek Pomocy Społecznej.
§ 6. Monitorowanie prowadzi Zespół do spraw integracji powołany przez Burmistrza.
§ 7. Burmistrz ogłasza sprawozdanie.
"""


def test_activities_that_serve_the_aims_of_their_chapter_are_found_with_these_aims() -> None:
    document = read_document(OWN_CHAPTERS.encode(), "uchwala.txt")
    mapping = suggest_mapping(document)
    roles_by_text = {
        node.text.split()[0]: mapping.links[node.eid] for node, __ in document.walk() if node.text
    }
    assert mapping.areas == ["Edukacja", "Rynek pracy"]
    assert {word: roles_by_text[word] for word in ("wyrównanie", "ułatwienie")} == {
        "wyrównanie": "aim:1",
        "ułatwienie": "aim:2",
    }
    counts = roles(mapping.links)
    assert (counts["aim"], counts["activity"]) == (3, 4)
    assert mapping.problems == []


def test_who_signed_is_no_provision_and_who_appoints_has_no_duty() -> None:
    document = read_document(OWN_CHAPTERS.encode(), "uchwala.txt")
    mapping = suggest_mapping(document)
    roles_by_text = {
        node.text.split()[0]: mapping.links[node.eid] for node, __ in document.walk() if node.text
    }
    assert (roles_by_text["Przewodniczący"], roles_by_text["Jan"]) == ("", "")
    assert (roles_by_text["Monitorowanie"], roles_by_text["Burmistrz"]) == ("monitoring", "mayor")


def test_what_says_what_it_is_needs_no_place_at_the_end() -> None:
    text = """Uchwała nr 1

§ 1. Celem polityki jest integracja.

§ 2. Działania:
1. Edukacja:
1) kursy języka,
2) asystenci.
2. Praca:
1) targi pracy,
2) doradztwo.

§ 3. Zadania realizowane przez:
1) Miejski Ośrodek Pomocy Rodzinie,
2) Powiatowy Urząd Pracy.

§ 4. Uchwała wchodzi w życie z dniem podjęcia.

§ 5. Słownik pojęć stanowi część uchwały.

§ 6. Dane kontaktowe są na stronie.

§ 7. Tłumaczenia są na stronie.
"""
    links = suggest_mapping(read_document(text.encode(), "a.txt")).links
    assert (links["para_4"], links["para_5"]) == ("final", "general")
    assert [links[f"para_3__point_{number}"] for number in (1, 2)] == ["institution"] * 2
