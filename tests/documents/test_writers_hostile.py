"""Texts that look like numbers, headings or markup, and signs that no file can hold: the structure
stays.
"""

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from splot.documents.eids import assign_eids
from splot.documents.readers import read_document
from splot.documents.tree import Document, Node
from splot.documents.writers import write_document
from splot.documents.writers.normalise import normalise_document
from tests.documents.acts import make_act
from tests.documents.test_writers import FORMS, whole

FRAGMENTS = """1)|2)|§ 5|§ 5.|a)|– |- |• |1.|I.|A.|1.1.|Art. 3|Rozdział 2|Załącznik nr 4|Uzasadnienie|*x*|_y_|#|# a
[l](u)|<b>|<br/>|&amp;|a|b|`c`|~~|\\|===|---|„§ 4. Nowy|”|oraz|w|Strona 2|Spis treści|Zakres .... 4|a\tb|a\tb\tc
Przewodniczący Rady|\u200f|\u202e|\x07|\ud800|\u2060|\u200b|\ufeff|słowo|Zdanie.|Cel:|;|,|.|12|2026 r.|(a)|?|…|**1)**
[bookmark: _x]|{{x}}|\u0301|Na podstawie|w sprawie|UCHWAŁA NR 3|z dnia|:|+ q
1986. x|\x0b|\u2028|\x1f|%1|מילה|\x00|\ufffe
]]>|</w:t>|<!--|Id: 7D2A90B1-44C5-4F0E-9A3B. Podpisany|\u00a0|\u00ad""".replace("\n", "|").split(
    "|"
)
FIELDS = ("heading", "text", "closing")


def hostile(chance: Random) -> str:
    pieces = (
        chance.choice(FRAGMENTS) + chance.choice([" ", " ", " ", "\n", ""])
        for _ in range(chance.randint(1, 6))
    )
    return "".join(pieces)


def spoil(nodes: list[Node], chance: Random, share: float) -> None:
    for node in nodes:
        for field in FIELDS:
            if getattr(node, field) and chance.random() < share:
                setattr(node, field, hostile(chance))
        spoil(node.children, chance, share)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=120, deadline=None)
@given(chance=st.builds(Random, st.integers(0, 2**32)), share=st.sampled_from([0.05, 0.3, 0.8]))
def test_hostile_texts_change_no_structure_and_lose_no_word(form, chance, share):
    act = make_act(chance, chance.randint(1, 30))
    spoil(act.nodes, chance, share)
    act.preamble = hostile(chance) if chance.random() < share else act.preamble
    act.title += f" {hostile(chance)}" if chance.random() < share else ""
    assign_eids(act.nodes)
    read = read_document(write_document(act, form), f"act.{form}")
    wanted = normalise_document(act, keep_invisible=form == "xml")
    assert whole(read)[3] == whole(wanted)[3]
    assert (read.title, read.preamble) == (wanted.title, wanted.preamble)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=100, deadline=None)
@given(
    text=st.text(st.characters(), min_size=1, max_size=40),
    other=st.text(st.characters(), max_size=40),
)
@example(text="0", other="²0")
@example(text="²:", other="")
def test_any_text_can_be_written(form, text, other):
    act = Document(
        title="UCHWAŁA w sprawie zasad",
        preamble="Na podstawie statutu uchwala się:",
        nodes=[
            Node(
                "paragraph",
                "§ 1.",
                text=text,
                children=[Node("point", "1)", text=other), Node("point", "2)")],
            ),
            Node("paragraph", "§ 2.", text="Koniec."),
        ],
    )
    assign_eids(act.nodes)
    read = read_document(write_document(act, form), f"act.{form}")
    assert whole(read)[3] == whole(normalise_document(act, keep_invisible=form == "xml"))[3]


def test_what_is_left_out():
    node = Node("paragraph", "§ 1.", text=" a\x00\ud800  b\u00a0c\n\n\u202ed ")
    assert normalise_document(Document(nodes=[node])).nodes[0].text == "a b c\nd"
    assert (
        normalise_document(Document(nodes=[node]), keep_invisible=True).nodes[0].text
        == "a b c\n\u202ed"
    )
    assert node.text.startswith(" a\x00")
