"""Acts in the shapes of real plans are read as what they are."""

import itertools
from pathlib import Path

import pytest
from django.utils import translation

from splot.core.values import Json
from splot.documents.readers import read_document
from splot.policy.act_mapping import suggest_mapping
from splot.policy.act_mapping.proposal import describe_proposal
from tests.policy.act_answers import paper_of, word_file_of
from tests.policy.act_shapes import RESOLUTION, SHAPES

CASES = Path(__file__).parents[1] / "documents" / "cases"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
A4 = 'paper: "a4"'


def propose(data: bytes, name: str) -> Json:
    document = read_document(data, name)
    return describe_proposal(name, document, suggest_mapping(document))


def propose_case(name: str) -> Json:
    return propose((CASES / name).read_bytes(), name)


def propose_seed(number: int, form: str) -> Json:
    """A source document as a file of this format."""
    path = next(SEEDS.glob(f"00{number}_*.txt"), None)
    if path is None:
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    text = path.read_text()
    data = {
        "txt": text.encode(),
        "docx": word_file_of(text, tables=False) if form == "docx" else b"",
        "pdf": paper_of(text, A4, tables=False) if form == "pdf" else b"",
    }[form]
    return propose(data, f"act.{form}")


def plan_of(proposal: Json) -> list[tuple[str, list[str]]]:
    plan = []
    for area in proposal["areas"]:
        plan.append((area["name"], [activity["text"] for activity in area["activities"]]))
    return plan


def numbers_of(proposal: Json) -> list[list[str]]:
    """The numbers of the activities of each area."""
    numbers = []
    for area in proposal["areas"]:
        numbers.append([activity["number"] for activity in area["activities"]])
    return numbers


@pytest.mark.parametrize("front", ["PROGRAM INTEGRACJI NA LATA 2024-2027\n\n", RESOLUTION])
@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_a_plan_is_read_in_the_shape_in_which_it_is_written(text, expected, front) -> None:
    proposal = propose((front + text).encode(), "plan.txt")
    assert plan_of(proposal) == expected
    assert [words for words in proposal["problems"] if "no numbering" not in words] == []


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_the_resolution_has_six_areas_and_thirty_one_activities(form: str) -> None:
    proposal = propose_seed(0, form)
    assert [len(area["activities"]) for area in proposal["areas"]] == [6, 5, 6, 5, 5, 4]
    assert [len(area["aims"]) for area in proposal["areas"]] == [1] * 6
    assert proposal["areas"][0]["name"] == "Education"
    assert (len(proposal["institutions"]), len(proposal["partners"])) == (3, 1)
    assert proposal["body"] == "Poznań City Council"
    assert proposal["problems"] == []


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_the_outline_has_twelve_areas_and_seventy_one_activities(form: str) -> None:
    proposal = propose_seed(1, form)
    counts = [len(area["activities"]) for area in proposal["areas"]]
    assert counts == [10, 8, 10, 8, 5, 5, 5, 3, 3, 5, 3, 6]
    assert sum(counts) == 71
    assert proposal["areas"][-1]["name"] == "Governing/Leadership/Participation"
    for area in proposal["areas"]:
        assert area["aims"] and area["audience"] and area["leader"]
        assert not any("Leader" in activity["text"] for activity in area["activities"])
    if form != "pdf":  # its tables cannot be told apart, and that is said
        assert proposal["problems"] == []


def test_an_audience_and_a_leader_are_no_activities() -> None:
    proposal = propose_case("p01_target_audience_as_activity.txt")
    assert plan_of(proposal) == [
        (
            "Education",
            [
                "A system of employing teacher assistants",
                "A system of supporting a school's staff",
            ],
        ),
        (
            "Mediation",
            [
                "Compiling a list of social mediators",
                "Supporting communication between inhabitants",
            ],
        ),
    ]
    for area in proposal["areas"]:
        assert area["audience"].startswith("[Here, add the names of concrete departments")
        assert area["leader"].startswith("[Here, add the name of a concrete leader")
    assert proposal["problems"] == []


def test_priorities_aims_and_activities_of_an_annex() -> None:
    proposal = propose_case("p02_priorytet_cel_dzialanie.txt")
    assert numbers_of(proposal) == [["1.1.1", "1.1.2", "1.2.1"], ["2.1.1", "2.1.2"]]
    assert [area["aims"] for area in proposal["areas"]] == [
        ["Dobra szkoła dla każdego", "Przygotowana kadra"],
        ["Godna praca"],
    ]
    named = proposal["number"], proposal["body"], proposal["date"]
    assert named == ("V/50/2024", "Rada Miasta", "2024-05-15")
    assert proposal["problems"] == []


def test_numbers_without_a_dot() -> None:
    proposal = propose_case("p04b_numbers_without_a_dot.docx")
    assert [area["name"] for area in proposal["areas"]] == ["Sprache", "Arbeit"]
    assert numbers_of(proposal) == [["1.1.1", "1.1.2"], ["2.1.1"]]
    assert proposal["problems"] == []


def test_a_heading_between_bullets() -> None:
    proposal = propose_case("p05_heading_between_bullets.txt")
    assert plan_of(proposal) == [
        (
            "Edukacja antydyskryminacyjna",
            ["warsztaty w szkołach", "szkolenia dla straży miejskiej", "konkurs plastyczny"],
        ),
        ("Bezpieczeństwo", ["procedura zgłaszania zdarzeń", "usuwanie napisów"]),
    ]
    assert proposal["problems"] == []


def test_a_number_without_its_beginning_is_completed_and_said() -> None:
    with translation.override("en"):
        proposal = propose_case("p07_praha.txt")
    assert numbers_of(proposal) == [
        ["1.A.1.I", "1.A.2.I", "1.A.4.I", "1.A.4.II", "1.B.5.I", "1.B.6.I"],
        ["2.A.1.I"],
    ]
    shortened = "1.A.1.I: The number A.1.I lacks its beginning: by its place it is 1.A.1.I."
    assert shortened in proposal["problems"]


def test_lists_of_institutions_are_no_activities() -> None:
    with translation.override("en"):
        proposal = propose_case("p09_institutions_as_activities.txt")
    assert [len(area["aims"]) for area in proposal["areas"]] == [1, 1, 1]
    assert [area["activities"] for area in proposal["areas"]] == [[], [], []]
    assert proposal["institutions"][:2] == [
        "Miejski Ośrodek Pomocy Społecznej",
        "szkoły i przedszkola",
    ]
    assert proposal["body"] == "Rada Miejska w Łosicach"
    assert "No activities were found in the document." in proposal["problems"]


def test_an_annex_that_is_a_table() -> None:
    proposal = propose_case("p11_annex_is_a_table.docx")
    assert plan_of(proposal) == [
        ("Edukacja", ["Kurs języka polskiego", "Asystenci"]),
        ("Praca", ["Doradztwo"]),
    ]
    assert [area["aims"] for area in proposal["areas"]] == [["Dobra szkoła"], ["Godna praca"]]
    assert proposal["problems"] == []


def test_a_cost_is_no_number_and_a_name_no_sum() -> None:
    text = (
        "PROGRAM INTEGRACJI\n\nObszar\tDziałanie\tKoszt\nEdukacja\tKurs\t100\n"
        "Edukacja\tRazem raźniej\t300\nPraca\tDoradztwo\t50\nRazem\t\t450\n"
    )
    with translation.override("en"):
        proposal = propose(text.encode(), "plan.txt")
    assert plan_of(proposal) == [("Edukacja", ["Kurs", "Razem raźniej"]), ("Praca", ["Doradztwo"])]
    assert not {"100", "300", "50"}.intersection(itertools.chain(*numbers_of(proposal)))
    said = "“Edukacja | Razem raźniej | 300”: a sum of other rows, or an activity?"
    assert said not in proposal["problems"]


def test_a_row_that_begins_like_a_sum_and_is_none_is_said() -> None:
    text = (
        "PROGRAM INTEGRACJI\n\nObszar\tDziałanie\tKoszt\nEdukacja\tKurs\t100\n"
        "\tRazem raźniej\t300\nPraca\tDoradztwo\t50\nRazem\t\t450\n"
    )
    with translation.override("en"):
        proposal = propose(text.encode(), "plan.txt")
    assert plan_of(proposal) == [("Edukacja", ["Kurs", "Razem raźniej"]), ("Praca", ["Doradztwo"])]
    assert "“Razem raźniej | 300”: a sum of other rows, or an activity?" in proposal["problems"]


def test_the_number_of_an_activity_stands_before_it_or_below_its_heading() -> None:
    text = "PROGRAM\n\nObszar\tDziałanie\tNr\tKoszt\nEdukacja\tKurs\t7\t100\nPraca\tPunkt\t8\t200\n"
    assert numbers_of(propose(text.encode(), "plan.txt")) == [["7"], ["8"]]


def test_a_number_that_is_whole_stays_as_it_is_printed() -> None:
    plan = "PROGRAM INTEGRACJI\n\nObszar 1. Edukacja\nCel 1. Język\n1.1 Kurs\nCel 2. Kadra\n2.1 Szkolenia\n"
    further = "Obszar 2. Praca\nCel 3. Zatrudnienie\n3.1 Doradztwo\n"
    anew = "Obszar 2. Praca\nCel 1. Zatrudnienie\n1.1 Doradztwo\n"
    assert numbers_of(propose((plan + further).encode(), "plan.txt")) == [["1.1", "2.1"], ["3.1"]]
    by_place = [["1.1.1", "1.2.1"], ["2.1.1"]]
    assert numbers_of(propose((plan + anew).encode(), "plan.txt")) == by_place


def test_who_answers_for_an_unlabelled_activity_is_no_activity() -> None:
    text = (
        "MASSNAHMENPLAN INTEGRATION\n\n1. Handlungsfeld: Bildung\n1.1 Sprachförderung in Kitas\n"
        "Zuständig: Jugendamt\n1.2 Elternarbeit\nZuständig: Schulamt\n"
        "2. Handlungsfeld: Gesundheit\n2.1 Sprachmittlung im Klinikum\nZuständig: Gesundheitsamt\n"
    )
    proposal = propose(text.encode(), "plan.txt")
    assert plan_of(proposal) == [
        ("Bildung", ["Sprachförderung in Kitas", "Elternarbeit"]),
        ("Gesundheit", ["Sprachmittlung im Klinikum"]),
    ]
    leaders = [area["leader"] for area in proposal["areas"]]
    assert leaders == ["Jugendamt; Schulamt", "Gesundheitsamt"]


def test_a_number_before_the_name_of_an_area_in_a_cell_is_not_its_name() -> None:
    text = (
        "AKČNÍ PLÁN\n\nOblast\tCíl\tOpatření\n1 Vzdělávání\t1.1 Čeština\t1.1.1 Kurzy\n"
        "2 Zdraví\t2.1 Péče\t2.1.1 Pracovníci\n"
    )
    assert plan_of(propose(text.encode(), "plan.txt")) == [
        ("Vzdělávání", ["Kurzy"]),
        ("Zdraví", ["Pracovníci"]),
    ]
