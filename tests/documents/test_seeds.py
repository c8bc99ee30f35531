"""The source documents come out as the people who wrote them numbered them."""

from pathlib import Path

import pytest

from splot.documents.readers import read_document
from splot.documents.tree import citation_of

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def seed(number):
    found = list(SEEDS.glob(f"00{number}_*.txt"))
    if not found:
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    return read_document(found[0].read_bytes(), found[0].name)


def test_the_resolution():
    document = seed(0)
    sections = document.nodes
    assert [(node.kind, node.num.replace(" ", "")) for node in sections] == [
        ("paragraph", f"§{number}") for number in range(1, 10)
    ]
    assert [len(node.children) for node in sections] == [4, 0, 6, 6, 3, 0, 4, 0, 0]
    assert [len(node.children) for node in sections[3].children] == [6, 5, 6, 5, 5, 4]
    assert [len(node.children) for node in sections[6].children] == [0, 3, 0, 0]
    assert {node.kind for node in sections[3].children} == {"subparagraph"}
    assert {point.kind for node in sections[3].children for point in node.children} == {"point"}
    assert document.problems == []


def test_the_aims_of_the_resolution_stand_under_their_areas():
    aims = seed(0).nodes[2].children
    assert all(aim.heading.startswith("in the ") and aim.text[0].isupper() for aim in aims)
    assert [len(aim.text.splitlines()) for aim in aims] == [1] * 6


def test_a_sentence_on_a_new_line_stays_a_paragraph_of_its_provision():
    first = seed(0).nodes[6].children[0]
    assert [line.split()[0] for line in first.text.splitlines()] == ["The", "Monitoring"]


def test_the_title_block_of_the_resolution():
    document = seed(0)
    assert document.title.startswith(
        "RESOLUTION NO. ……… POZNAŃ CITY COUNCIL dated …… regarding adoption of the"
    )
    act = document.act
    assert (act.kind, act.number, act.body, act.date) == (
        "RESOLUTION",
        "………",
        "POZNAŃ CITY COUNCIL",
        "……",
    )
    assert act.subject.startswith("adoption of the") and act.subject.endswith('2023-2024"')
    assert document.preamble == ""


def test_what_was_cleaned_in_the_resolution():
    cleaned = seed(0).cleaned
    assert [one.text for one in cleaned if one.what == "bookmark"] == [
        "[bookmark: _Hlk113955811]",
        "[bookmark: _Hlk113955935]",
        "[bookmark: _GoBack]",
    ]
    assert {one.what for one in cleaned} == {"bookmark", "space", "broken-line"}
    assert next(one.place for one in cleaned if one.what == "bookmark") == "line 34"


def test_citations_in_the_resolution():
    document = seed(0)
    cited = {node.eid: citation_of((*above, node)) for node, above in document.walk()}
    assert cited["para_4__subpara_2__point_5"] == "§ 4 ust. 2 pkt 5"
    assert cited["para_3__point_6"] == "§ 3 pkt 6"
    assert cited["para_9"] == "§ 9"


def test_the_outline_without_sections():
    document = seed(1)
    tops = [(node.num, node.heading) for node in document.nodes]
    assert [num for num, _heading in tops if num] == [
        "I.",
        "II.",
        "III.",
        "IV.",
        "V.",
        "VI.",
        "VII.",
        "VIII.",
        "IX.",
    ]
    assert [heading for num, heading in tops if not num] == [
        "INTRODUCTION",
        "ABOUT THE DOCUMENT",
        "CONCLUSION",
    ]
    assert all(heading.isupper() for _num, heading in tops)
    aspects = document.find("level_V").children
    assert [node.num for node in aspects] == [f"{number}." for number in range(1, 13)]
    assert [node.heading for node in aspects][:3] == ["Education", "Culture", "Labour market"]
    assert document.problems == []


def test_the_suggested_activities_of_the_outline():
    document = seed(1)
    activities = [
        node
        for node, above in document.walk()
        if node.kind == "indent" and any(one.eid == "level_V" for one in above)
    ]
    assert len(activities) == 71
    assert all(node.text.startswith("**Activity ") for node in activities)


def test_the_table_of_contents_opens_nothing():
    document = seed(1)
    assert "VIII. Monitoring and evaluation\t30" in document.preamble.splitlines()
    assert document.title.endswith("OUTLINE OF THE LOCAL INTEGRATION POLICIES")


@pytest.mark.parametrize(
    ("number", "title"), [(2, "Program"), (3, "Newsletter"), (4, "Opis wyróżnionych praktyk")]
)
def test_documents_without_numbers_are_kept_as_paragraphs(number, title):
    document = seed(number)
    assert document.title.startswith(title)
    assert {(node.kind, node.num) for node, _above in document.walk()} == {("level", "")}
    assert [problem.code for problem in document.problems] == ["no-numbering"]
