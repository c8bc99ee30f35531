"""Acts set for print and for the browser: every word in order, tagged, bookmarked, deaf to what
looks like markup.
"""

import re
from datetime import date
from random import Random

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.eids import assign_eids
from splot.documents.readers import read_document
from splot.documents.tree import Document, Node
from splot.documents.writers.html import write_html
from splot.documents.writers.pdf import write_pdf
from tests.documents.acts import make_act, print_act
from tests.documents.paper import elements, is_accessible, outline, printed, read, squeezed, tags
from tests.documents.test_seeds import seed

pytestmark = pytest.mark.slow

HOSTILE = (
    '#eval("1+1") *bold* _under_ @cite <label> $x^2$ `raw` ] [ } { // /* \\ "q" '
    "<script>alert(1)</script> &amp; {{ 7*7 }}"
)


def act(number, provisions=60):
    return read_document(print_act(make_act(Random(number), provisions)).encode(), "act.txt")


def one(**texts):
    document = Document(
        "Uchwała", nodes=[Node("paragraph", "§ 1.", children=[Node("point", "1)", **texts)])]
    )
    assign_eids(document.nodes)
    return document


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_every_word_is_printed_in_order(number):
    document = act(number)
    assert printed(write_pdf(document, language="pl")) == squeezed(" ".join(document.words()))


@pytest.mark.parametrize("number", [0, 1, 4])
def test_the_source_documents_are_printed_whole(number):
    document = seed(number)
    assert printed(write_pdf(document, language="en")) == squeezed(" ".join(document.words()))


def test_an_act_is_tagged_and_has_an_outline():
    document = seed(0)
    content = write_pdf(document, language="en", made=date(2026, 2, 26))
    assert is_accessible(content, "en")
    assert read(content).metadata.title == document.title
    assert read(content).metadata.creation_date.date() == date(2026, 2, 26)
    assert [name.split()[:2] for _depth, name in outline(content)] == [
        ["§", str(number)] for number in range(1, 10)
    ]
    kinds = tags(content)
    assert kinds.count("/H1") == 9
    assert kinds.count("/LI") == sum(
        node.kind in ("subparagraph", "point") for node, _above in document.walk()
    )


def test_chapters_hold_their_sections_and_annexes_begin_a_page():
    document = next(
        found
        for found in map(act, range(40))
        if found.nodes[0].kind == "chapter" and len(found.nodes) > 2
    )
    assert document.nodes[-1].kind == "attachment"
    content = write_pdf(document, language="pl")
    names = outline(content)
    tops = [name for depth, name in names if depth == 0]
    assert [top[: len(node.num)] for top, node in zip(tops, document.nodes, strict=True)] == [
        node.num for node in document.nodes
    ]
    assert len(names) - len(tops) == sum(
        node.kind == "paragraph" for node, _above in document.walk()
    )
    assert all(name.startswith("§") for depth, name in names if depth == 1)
    openings = [
        " ".join(page.extract_text().splitlines()[1].split()) for page in read(content).pages[1:]
    ]
    for node in document.nodes[2:]:
        assert any(line.startswith(node.num) for line in openings)


def test_numbers_of_pages_draft_and_foot_stand_on_every_page():
    content = write_pdf(
        act(1), language="pl", standing=["Projekt z 12 stycznia"], foot="Urząd Miasta"
    )
    pages = [page.extract_text().replace("\xa0", " ") for page in read(content).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Projekt z 12 stycznia" in page
        assert "Urząd Miasta" in page
        assert f"Strona {number} z {len(pages)}" in page
    assert "Projekt z" not in read(write_pdf(act(1), language="pl")).pages[0].extract_text()


def test_no_line_ends_with_a_lone_letter():
    text = " ".join(["Miasto i gmina w kraju z rzeką o brzegu u źródła"] * 60)
    content = write_pdf(one(text=text), language="pl")
    lines = [line for page in read(content).pages for line in page.extract_text().splitlines()]
    assert len(lines) > 20
    assert not [line for line in lines if re.search(r"\s[iwzou]$", line)]


def test_the_same_act_gives_the_same_bytes_and_no_date_when_none_is_given():
    content = write_pdf(act(3), language="pl")
    assert content == write_pdf(act(3), language="pl")
    assert read(content).metadata.creation_date is None
    assert write_html(act(3), language="pl") == write_html(act(3), language="pl")


def test_what_looks_like_markup_stays_text():
    document = one(heading=HOSTILE, text=HOSTILE, closing=HOSTILE)
    document.title = document.preamble = HOSTILE
    document.nodes[0].num = document.nodes[0].heading = HOSTILE
    found = printed(write_pdf(document, language="pl", standing=[HOSTILE], foot=HOSTILE), heads=0)
    assert found.count(squeezed(HOSTILE)) >= 7
    page = write_html(document, language="pl").decode()
    assert "<script" not in page
    assert lxml.html.fromstring(page).text_content().count("<script>alert(1)</script>") >= 7


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ("a\x00b\x07c\ud800d\ue000e", "abcde"),
        ("Brawo \U00017000\U00012000", "Brawo□□"),  # Tangut and cuneiform
        ("w\u202eprawo", "wprawo"),
        ("\ttab\t\tulator\t", "tabulator"),
        ("\n\n\n", ""),
        ("\u2028linia\u2029", "linia"),
    ],
)
def test_odd_signs_do_not_stop_an_act(odd, expected):
    found = printed(write_pdf(one(text=odd), language="pl"))
    assert found == squeezed("Uchwała § 1. 1)" + expected)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.text(st.characters(), max_size=40), min_size=5, max_size=5),
    st.sampled_from(["pl", "ar", "fil", "zz"]),
)
def test_no_text_stops_an_act(texts, language):
    document = one(heading=texts[1], text=texts[2], closing=texts[3], lang=texts[4])
    document.nodes[0].num = document.nodes[0].children[0].num = document.title = texts[0]
    assert write_pdf(document, language=language).startswith(b"%PDF")
    lxml.html.fromstring(write_html(document, language=language).decode())


def test_thousands_of_signs_without_a_shape_are_replaced_at_once():
    text = "".join(map(chr, range(0x17000, 0x187F8)))  # Tangut
    assert printed(write_pdf(one(text=text), language="pl")).count("□") == len(text)


def test_a_paragraph_of_200_kilobytes_is_printed_whole():
    text = "Miasto wspiera mieszkańców. " * 7200
    assert (
        printed(write_pdf(one(text=text), language="pl")).count("Miastowspieramieszkańców.") > 7000
    )
    assert write_pdf(one(text="x" * 200_000), language="pl")


def test_any_depth_and_breadth_is_printed():
    top = node = Node("level", "1.", text="raz")
    for depth in range(3000):
        node.children = [Node("level", f"{depth}.", text="głębiej", closing="koniec")]
        node = node.children[0]
    document = Document(
        "Stos", nodes=[top, *(Node("level", "–", text="szerzej") for _ in range(2000))]
    )
    found = printed(write_pdf(document, language="pl"))
    assert (found.count("głębiej"), found.count("koniec"), found.count("szerzej")) == (
        3000,
        3000,
        2000,
    )
    page = write_html(document, language="pl").decode()
    assert (page.count("głębiej"), page.count("koniec"), page.count("szerzej")) == (
        3000,
        3000,
        2000,
    )


def test_an_empty_document_is_a_page():
    assert len(read(write_pdf(Document(), language="pl")).pages) == 1
    assert b"<h1>" in write_html(Document(), language="pl")


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_other_scripts(language):
    text = {"uk": "Ґанок, їжак, єдність", "ar": "مرحبا بالعالم"}[language]
    content = write_pdf(one(text=text), language=language)
    assert is_accessible(content, language)
    assert "□" not in printed(content)
    if language == "uk":
        assert squeezed(text) in printed(content)


def test_a_passage_says_its_language_where_it_is_another():
    document = one(text="Учні та вчителі", lang="uk")
    assert "uk" in {
        element.get("/Lang") for element in elements(write_pdf(document, language="pl"))
    }
    assert '<div lang="uk" dir="ltr"><p>Учні' in write_html(document, language="pl").decode()
    assert (
        '<div lang="ar" dir="rtl">'
        in write_html(one(text="مرحبا", lang="ar"), language="pl").decode()
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_the_page_holds_every_word_and_an_anchor_for_every_provision(number):
    document = act(number)
    tree = lxml.html.fromstring(write_html(document, language="pl").decode())
    body = tree.find("body").text_content()
    assert "".join(body.split()) == "".join(document.words())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert sorted(ids) == sorted(node.eid for node, _above in document.walk())
    for node, _above in document.walk():
        assert "".join(tree.get_element_by_id(node.eid).text_content().split()).startswith(
            "".join(node.num.split())
        )


def test_the_page_is_headings_and_lists():
    document = seed(0)
    tree = lxml.html.fromstring(write_html(document, language="en").decode())
    assert len(tree.findall(".//h1")) == 1
    assert len(tree.findall(".//h2")) == 9
    assert len(tree.findall(".//li")) == sum(
        node.kind in ("subparagraph", "point") for node, _above in document.walk()
    )
    assert tree.get("lang") == "en"
