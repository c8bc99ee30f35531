"""The tree itself: citations, eIds, JSON, walking."""

import pytest

from splot.documents.eids import assign_eids
from splot.documents.tree import Act, CleanupEntry, Document, Node, Problem, citation_of


def node(kind, num, *children, **texts):
    return Node(kind, num, children=list(children), **texts)


@pytest.fixture
def document():
    dash = node("indent", "–", text="tiret,")
    section = node(
        "paragraph",
        "§ 4",
        node(
            "subparagraph",
            "1.",
            node("point", "2)", node("alinea", "za)", dash, node("indent", "–"))),
            closing="– koniec",
        ),
        node("subparagraph", "1a."),
    )
    chapter = node("chapter", "Rozdział 1", section, heading="Cele")
    annex = node(
        "attachment",
        "Załącznik nr 2",
        node("level", "1.", node("level", "1.1.", node("level", "a)"))),
    )
    plan = node(
        "level",
        "V.",
        node(
            "level", "1.", node("level", "", node("indent", "-"), text="Kto i kiedy ma to zrobić:")
        ),
    )
    made = Document("Tytuł aktu", Act("UCHWAŁA"), "Na podstawie:", [chapter, annex, plan])
    made.cleaned = [CleanupEntry("bookmark", "line 3", "[bookmark: x]", 2)]
    made.problems = [Problem("missing", "§ 4", "chp_1__para_4", "§ 3 is missing.")]
    assign_eids(made.nodes)
    return made


def test_citations(document):
    cited = {one.eid: citation_of((*above, one)) for one, above in document.walk()}
    para = "chp_1__para_4"
    assert cited["chp_1"] == "Rozdział 1"
    assert cited[para] == "§ 4"
    assert cited[f"{para}__subpara_1a"] == "§ 4 ust. 1a"
    assert cited[f"{para}__subpara_1__point_2__al_za"] == "§ 4 ust. 1 pkt 2 lit. za"
    assert cited[f"{para}__subpara_1__point_2__al_za__indent_2"] == (
        "§ 4 ust. 1 pkt 2 lit. za tiret 2"
    )
    assert cited["att_2"] == "Załącznik nr 2"
    assert cited["att_2__level_1__level_1-1__level_a"] == "Załącznik nr 2, 1.1.a"
    assert cited["level_V__level_1"] == "V.1"
    assert cited["level_V__level_1__level_nn_1"] == "V.1, “Kto i kiedy ma to…”"
    assert cited["level_V__level_1__level_nn_1__indent_1"] == "V.1, “Kto i kiedy ma to…” tiret 1"


def test_eids_stay_unique_whatever_the_numbers():
    nodes = [
        node("paragraph", num)
        for num in ("§ 1", "§ 1", "§ 1_2", "§ 1.2", "§ 1-2", "", "", "nn_1", "§ 1")
    ]
    assign_eids(nodes)
    eids = [one.eid for one in nodes]
    assert len(set(eids)) == len(eids)
    assert eids[:2] == ["para_1", "para_1_2"]


def test_json_has_the_agreed_shape_and_comes_back(document):
    data = document.to_json()
    assert set(data) == {"title", "act", "preamble", "nodes", "cleaned", "problems"}
    assert set(data["act"]) == {"kind", "number", "body", "date", "subject"}
    assert set(data["nodes"][1]) == {"eId", "kind", "num", "heading", "text", "children"}
    section = data["nodes"][0]["children"][0]
    assert section["children"][0]["closing"] == "– koniec"
    assert data["cleaned"] == [
        {"what": "bookmark", "place": "line 3", "text": "[bookmark: x]", "count": 2}
    ]
    assert data["problems"][0]["eId"] == "chp_1__para_4"
    assert Document.from_json(data) == document


def test_walking_and_finding(document):
    walked = [(one.num, len(above)) for one, above in document.walk()]
    assert walked[:4] == [("Rozdział 1", 0), ("§ 4", 1), ("1.", 2), ("2)", 3)]
    assert document.find("att_2__level_1").num == "1."
    assert document.find("para_77") is None


def test_words_come_in_reading_order(document):
    words = " ".join(document.words())
    assert words.startswith(
        "Tytuł aktu Na podstawie: Rozdział 1 Cele § 4 1. 2) za) – tiret, – – koniec 1a. Załącznik"
    )
