"""What is written reads back as the same tree, in every form; and the same tree gives the same
bytes.
"""

import re
from html import unescape
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from splot.documents.eids import assign_eids
from splot.documents.readers import read_document
from splot.documents.readers.lines import ESCAPE_MARK
from splot.documents.tree import Act, Document, Node
from splot.documents.writers import write_document
from tests.documents.acts import make_act, print_act

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
FORMS = ("txt", "md", "docx", "xml")
chances = st.builds(Random, st.integers(0, 2**32))


def whole(document: Document) -> tuple:
    """Everything that must survive, eIds among it."""
    nodes = [
        (node.kind, node.num, node.heading, node.text, node.closing, node.eid, len(above))
        for node, above in document.walk()
    ]
    return document.title, document.act, document.preamble, nodes


def as_read(act: Document) -> Document:
    """A generated act with the parts of its title, as a printed one is read."""
    read = read_document(print_act(act).encode(), "act.txt")
    act.title, act.act = read.title, read.act
    assign_eids(act.nodes)
    return act


def drop_some(nodes: list[Node], chance: Random) -> None:
    """Takes provisions out of lists, so that their numbers show gaps."""
    for node in nodes:
        if len(node.children) > 3 and chance.random() < 0.3:
            del node.children[1]
        drop_some(node.children, chance)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=80, deadline=None)
@given(chance=chances, provisions=st.integers(1, 100))
def test_what_is_written_reads_back_as_the_same_tree(form, chance, provisions):
    act = as_read(make_act(chance, provisions))
    written = write_document(act, form)
    read = read_document(written, f"act.{form}")
    assert whole(read) == whole(act)
    assert read.problems == []
    # behind a typed number
    assert {one.what for one in read.cleaned} <= ({"tab"} if form == "docx" else set())
    assert write_document(act, form) == written == write_document(read, form)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(chance=chances)
def test_numbers_with_gaps_stay_as_printed(form, chance):
    act = make_act(chance, 60)
    drop_some(act.nodes, chance)
    act = as_read(act)
    assert whole(read_document(write_document(act, form), f"act.{form}")) == whole(act)


@pytest.mark.parametrize("form", ["txt", "md"])
def test_an_ordinary_act_needs_no_marks(form):
    assert ESCAPE_MARK not in write_document(as_read(make_act(Random(5), 200)), form).decode()


@pytest.mark.parametrize("form", FORMS)
def test_the_resolution(form):
    found = list(SEEDS.glob("000_*.txt"))
    if not found:
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    source = read_document(found[0].read_bytes(), found[0].name)
    read = read_document(write_document(source, form, language="en"), f"resolution.{form}")
    assert whole(read) == whole(source)
    assert read.words() == source.words()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(1, 5))
def test_no_word_of_other_documents_is_lost(form, number):
    found = list(SEEDS.glob(f"00{number}_*.txt"))
    if not found:
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    source = read_document(found[0].read_bytes(), found[0].name)
    read = read_document(write_document(source, form, language="pl"), f"document.{form}")
    assert read.words() == source.words()
    assert read.title == source.title


def sample() -> Document:
    document = Document(
        title="UCHWAŁA NR I/2/2026 RADY MIASTA X z dnia 26 lutego 2026 r. w sprawie zasad",
        act=Act("UCHWAŁA", "I/2/2026", "RADY MIASTA X", "26 lutego 2026 r.", "zasad"),
        preamble="Na podstawie statutu uchwala się, co następuje:",
        nodes=[
            Node(
                "chapter",
                "Rozdział 1",
                heading="Cele",
                children=[
                    Node("paragraph", "§ 1.", text="Uchwała określa zasady."),
                    Node(
                        "paragraph",
                        "§ 2.",
                        children=[
                            Node("subparagraph", "1.", text="Pierwszy."),
                            Node(
                                "subparagraph",
                                "2.",
                                text="Kto:",
                                closing="– odpowiada.",
                                children=[
                                    Node("point", "1)", text="pyta;"),
                                    Node("point", "2)", text="czeka"),
                                ],
                            ),
                        ],
                    ),
                ],
            )
        ],
    )
    assign_eids(document.nodes)
    return document


def test_plain_text_looks_like_a_printed_act():
    assert write_document(sample(), "txt").decode().splitlines() == [
        "UCHWAŁA NR I/2/2026",
        "RADY MIASTA X",
        "z dnia 26 lutego 2026 r.",
        "w sprawie zasad",
        "",
        "Na podstawie statutu uchwala się, co następuje:",
        "",
        "Rozdział 1",
        "Cele",
        "",
        "§ 1. Uchwała określa zasady.",
        "",
        "§ 2. 1. Pierwszy.",
        "2. Kto:",
        "1) pyta;",
        "2) czeka",
        "– odpowiada.",
    ]


def test_markdown_has_headings_and_bold_numbers():
    made = MarkdownIt().render(write_document(sample(), "md").decode())
    assert re.findall(r"<(h\d)>", made) == ["h1", "h2"]
    numbers = ["Rozdział 1", "§ 1.", "§ 2.", "1.", "2.", "1)", "2)"]
    assert re.findall(r"<strong>(.*?)</strong>", made) == numbers


@settings(max_examples=30, deadline=None)
@given(chances)
def test_nothing_of_a_text_is_markup(chance):
    act = make_act(chance, 30)
    for node, _above in act.walk():
        if node.text and chance.random() < 0.5:
            node.text = (
                "*a* _b_ **c** `d` [e](f) <b>g</b> &amp; # h | i ~~j~~ \\ k\n- l\n1. m\n+ "
                "n\n===\n> o"
            )
    made = MarkdownIt("gfm-like", {"linkify": False}).render(write_document(act, "md").decode())
    tags = set(re.findall(r"</?(\w+)", made))
    assert tags <= {"h1", "h2", "h3", "p", "strong", "br"}
    assert unescape(re.sub(r"<[^>]+>", " ", made)).replace(ESCAPE_MARK, "").split() == act.words()


def test_markdown_that_people_typed_is_read_as_before():
    typed = (
        "# Regulamin\n\n## Rozdział 1\n\n§ 1\n\n1. Raz.\n2. Dwa \\* trzy.\n\n**§ 2.** "
        "**Ważne** cztery.\n"
    )
    read = read_document(typed.encode(), "act.md")
    assert (read.title, [node.num for node, _above in read.walk()]) == (
        "Regulamin",
        ["Rozdział 1", "§ 1", "1.", "2.", "§ 2."],
    )
    assert [node.text for node, _above in read.walk() if node.text] == [
        "Raz.",
        "Dwa * trzy.",
        "**Ważne** cztery.",
    ]


def test_a_joiner_that_strayed_into_a_text_changes_nothing():
    read = read_document(
        f"§ 1. Ala ma{ESCAPE_MARK} kota i {ESCAPE_MARK}psa.\n§ 2. Koniec.".encode(), "act.txt"
    )
    assert [(node.num, node.text) for node in read.nodes] == [
        ("§ 1.", "Ala ma kota i psa."),
        ("§ 2.", "Koniec."),
    ]


def test_another_form_is_refused():
    with pytest.raises(KeyError):
        write_document(sample(), "odt")
