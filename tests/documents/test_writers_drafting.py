"""Numbers and punctuation as Polish legislative drafting has them."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.readers import read_document
from splot.documents.tree import Document, Node
from splot.documents.writers import write_document
from splot.documents.writers.drafting import inserted_number, number_provisions
from tests.documents.acts import LETTERS, make_act
from tests.documents.test_writers import whole


def drafted(*nodes: Node) -> list[Node]:
    document = Document(nodes=list(nodes))
    number_provisions(document)
    return document.nodes


def section(text: str = "", *children: Node, **more: str) -> Node:
    return Node("paragraph", text=text, children=list(children), **more)


def items(kind: str, *texts: str) -> list[Node]:
    return [Node(kind, text=text) for text in texts]


def test_sections_run_on_across_chapters_and_begin_anew_in_an_annex():
    first, second, annex = drafted(
        Node("chapter", heading="Cele", children=[section("raz"), section("dwa")]),
        Node("chapter", heading="Zadania", children=[section("trzy")]),
        Node("attachment", children=[section("cztery")]),
    )
    assert [first.num, second.num, annex.num] == ["Rozdział 1", "Rozdział 2", "Załącznik nr 1"]
    assert [node.num for node in (*first.children, *second.children, *annex.children)] == [
        "§ 1.",
        "§ 2.",
        "§ 3.",
        "§ 1.",
    ]
    assert second.children[0].eid == "chp_2__para_3"


def test_every_mark_of_a_nested_list():
    indents = items("indent", "tu", "tam")
    letters = [Node("alinea", text="gdzie.", children=indents), *items("alinea", "kiedy")]
    points = [Node("point", text="kto;", children=letters), *items("point", "co;", "ile,")]
    found = drafted(section("Pytamy", *points))[0]
    assert (found.num, found.text) == ("§ 1.", "Pytamy:")
    assert [(node.num, node.text) for node, above in Document(nodes=[found]).walk() if above] == [
        ("1)", "kto:"),
        ("a)", "gdzie:"),
        ("–", "tu,"),
        ("–", "tam,"),
        ("b)", "kiedy;"),
        ("2)", "co;"),
        ("3)", "ile."),
    ]


def test_common_closing_words_follow_an_item_without_a_mark():
    found = drafted(
        section("Kto", *items("point", "niszczy", "zaśmieca;"), closing="podlega karze")
    )[0]
    assert [child.text for child in found.children] == ["niszczy;", "zaśmieca"]
    assert found.closing == "– podlega karze."


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Zdanie", "Zdanie."),
        ("Zdanie.", "Zdanie."),
        ("Zdanie;", "Zdanie."),
        ("Po co?", "Po co?"),
        ("Dość!", "Dość!"),
        ("Tytuł „Razem”", "Tytuł „Razem”."),
        ("Czy „razem?”", "Czy „razem?”"),
        ("do 2026 r.", "do 2026 r."),
        ("i tak dalej…", "i tak dalej…"),
        ("Pierwsze.\nDrugie", "Pierwsze.\nDrugie."),
        ("", ""),
    ],
)
def test_the_end_of_a_section(text, ended):
    assert drafted(section(text))[0].text == ended


def test_an_abbreviation_keeps_its_stop_within_a_list():
    found = drafted(section("Terminy", *items("point", "do 2026 r.", "do 2027 r.")))[0]
    assert [child.text for child in found.children] == ["do 2026 r.;", "do 2027 r."]


def test_a_single_subparagraph_is_the_section_itself():
    inner = Node(
        "subparagraph", text="Cele", ref="cele", lang="uk", children=items("point", "raz", "dwa")
    )
    found = drafted(Node("paragraph", ref="sekcja", children=[inner]))[0]
    assert (found.text, found.ref, found.lang) == ("Cele:", "cele", "uk")
    assert [child.num for child in found.children] == ["1)", "2)"]


def test_letters_have_no_polish_signs_and_go_on_after_z():
    found = drafted(
        section("Wykaz", Node("point", text="rzeczy", children=items("alinea", *"x" * 29)))
    )[0]
    numbers = [node.num for node in found.children[0].children]
    assert numbers[:3] == ["a)", "b)", "c)"] and numbers[24:] == ["y)", "z)", "za)", "zb)", "zc)"]


def test_numbers_that_are_there_stay_and_others_count_on():
    nodes = drafted(section("raz"), Node("paragraph", "§ 4.", text="cztery"), section("pięć"))
    assert [node.num for node in nodes] == ["§ 1.", "§ 4.", "§ 5."]


def test_words_of_another_language():
    document = Document(nodes=[Node("chapter", children=[section("one")]), Node("attachment")])
    number_provisions(document, chapter="Chapter {}", annex="Annex {}")
    assert [node.num for node in document.nodes] == ["Chapter 1", "Annex 1"]


@pytest.mark.parametrize(
    ("after", "taken", "made"),
    [
        ("2)", (), "2a)"),
        ("2)", ("2a)",), "2b)"),
        ("2a)", (), "2b)"),
        ("2a)", ("2b)",), "2aa)"),
        ("§ 4.", (), "§ 4a."),
        ("§ 4", (), "§ 4a"),
        ("a)", (), "aa)"),
        ("aa)", (), "ab)"),
        ("z)", ("za)",), "zb)"),
        ("–", ("–",), "–"),
        ("Rozdział 2", (), "Rozdział 2a"),
    ],
)
def test_numbers_put_in_later(after, taken, made):
    assert inserted_number(after, set(taken)) == made


@given(st.integers(1, 99) | st.sampled_from(LETTERS), st.integers(1, 60))
def test_a_number_put_in_is_never_taken(first, many):
    taken = {f"{first})"}
    for _ in range(many):
        made = inserted_number(f"{first})", taken)
        assert made not in taken
        taken.add(made)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.builds(Random, st.integers(0, 2**32)))
def test_a_drafted_act_reads_back_without_a_problem(chance):
    act = make_act(chance, 40)
    act.nodes = [node for node in act.nodes if node.kind != "attachment"]
    for node, _above in act.walk():
        node.num = ""
        node.text, node.closing = node.text.rstrip(".;,:"), node.closing.rstrip(".")
    number_provisions(act)
    again = deepcopy(act)
    number_provisions(again)
    assert again == act
    for form in ("txt", "docx"):
        read = read_document(write_document(act, form), f"act.{form}")
        assert whole(read)[3] == whole(act)[3]
        assert read.problems == []
