"""Amending: what is printed keeps its number, what is new gets a free one, what goes is marked in
its place.
"""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splot.documents.amending import amend_document, next_number, patch_text
from splot.documents.tree import Document, Node
from splot.documents.writers.drafting import number_provisions

GONE = "(uchylony)"


def policy(sections: list[list[str]]) -> Document:
    """A § for each list of points; a passage is known by its first word."""
    made = Document(nodes=[])
    for at, words in enumerate(sections):
        points = [Node("point", text=word, ref=f"p-{word.split()[0]}") for word in words]
        made.nodes.append(Node("paragraph", text="Działania:", children=points, ref=f"s-{at}"))
    number_provisions(made)
    return made


def printed(document: Document) -> list[str]:
    return [f"{node.num} {node.text}" for node, __ in document.walk() if node.kind == "point"]


def test_nothing_changed_changes_nothing() -> None:
    text = policy([["a jeden", "b dwa"], ["c trzy"]])
    assert amend_document(text, text, text, repealed=GONE) == text


def test_new_words_in_the_middle_and_at_the_end() -> None:
    before = policy([["a jeden", "b dwa", "c trzy"]])
    after = policy([["a jeden", "n nowe", "b inne", "d cztery"]])
    assert printed(amend_document(before, before, after, repealed=GONE)) == [
        "1) a jeden;",
        "1a) n nowe;",
        "2) b inne;",
        "3) (uchylony);",
        "4) d cztery.",
    ]


def test_a_second_amendment_takes_the_next_letter() -> None:
    first, second = policy([["a jeden", "b dwa"]]), policy([["a jeden", "n nowe", "b dwa"]])
    idempotency_key = amend_document(first, first, second, repealed=GONE)
    third = policy([["a jeden", "n nowe", "m jeszcze", "b dwa"]])
    assert printed(amend_document(idempotency_key, second, third, repealed=GONE)) == [
        "1) a jeden;",
        "1a) n nowe;",
        "1b) m jeszcze;",
        "2) b dwa.",
    ]


def test_a_whole_paragraph_is_repealed_once() -> None:
    before, after = policy([["a jeden", "b dwa"], ["c trzy"]]), policy([["a jeden", "b dwa"]])
    amended = amend_document(before, before, after, repealed=GONE)
    assert [(node.num, node.text, node.children) for node in amended.nodes[1:]] == [
        ("§ 2.", f"{GONE}", [])
    ]


def test_an_act_of_others_keeps_its_own_words_around() -> None:
    base = Document(
        nodes=[Node("paragraph", num="§ 9.", text="w zakresie pracy: godna praca;", ref="aim-1")]
    )
    before = Document(
        nodes=[Node("paragraph", num="§ 1.", text="Celem jest godna praca.", ref="aim-1")]
    )
    after = Document(
        nodes=[Node("paragraph", num="§ 1.", text="Celem jest dobra i godna praca.", ref="aim-1")]
    )
    amended = amend_document(base, before, after, repealed=GONE)
    assert [(node.num, node.text) for node in amended.nodes] == [
        ("§ 9.", "w zakresie pracy: dobra i godna praca;")
    ]


def test_a_new_chapter_numbers_its_paragraphs_after_those_before_it() -> None:
    def chapters(*names: str) -> Document:
        made = Document(
            nodes=[
                Node(
                    "chapter",
                    heading=name,
                    ref=f"c-{name}",
                    children=[Node("paragraph", text=name, ref=f"s-{name}")],
                )
                for name in names
            ]
        )
        number_provisions(made)
        return made

    before = chapters("pierwszy", "drugi")
    amended = amend_document(before, before, chapters("pierwszy", "nowy", "drugi"), repealed=GONE)
    assert [(node.num, node.heading or node.text) for node, __ in amended.walk()] == [
        ("Rozdział 1", "pierwszy"),
        ("§ 1.", "pierwszy."),
        ("Rozdział 1a", "nowy"),
        ("§ 1a.", "nowy."),
        ("Rozdział 2", "drugi"),
        ("§ 2.", "drugi."),
    ]


@pytest.mark.parametrize(
    ("number", "next_one"),
    [("2)", "3)"), ("§ 7a.", "§ 8."), ("b)", "c)"), ("Rozdział 2", "Rozdział 3"), ("z)", "za)")],
)
def test_the_number_after_a_number(number: str, next_one: str) -> None:
    assert next_number(number) == next_one


def test_words_that_the_text_does_not_hold_take_its_place() -> None:
    assert patch_text("zupełnie co innego", "stare słowa", "nowe słowa") == "nowe słowa"
    assert patch_text("stare słowa", "stare słowa", "nowe") == "nowe"


@st.composite
def histories(draw: st.DrawFn) -> list[list[str]]:
    """Lists of passages one after another; what is gone does not come back, a new passage is a new
    one.
    """
    fresh, states, now = iter(range(1000)), [], []
    for __ in range(draw(st.integers(1, 4))):
        now = [name for name in now if draw(st.booleans()) or draw(st.booleans())]
        for ___ in range(draw(st.integers(0, 3))):
            now.insert(draw(st.integers(0, len(now))), f"n{next(fresh)}")
        states.append(list(now))
    return states


@given(histories())
def test_any_row_of_amendments_keeps_every_number_and_every_passage(
    states: list[list[str]],
) -> None:
    """A number, once printed, belongs to its passage for ever; the text says exactly what it shall
    say.
    """
    texts = [
        policy([["x pierwszy", *[f"{name} słowa {at}" for name in state]]])
        for at, state in enumerate(states)
    ]
    base, bearers = deepcopy(texts[0]), {}
    for before, after in zip([texts[0], *texts], [*texts, texts[-1]], strict=True):
        base = amend_document(base, before, after, repealed=GONE)
        for node, __ in base.walk():
            assert bearers.setdefault((node.kind, node.num), node.ref) == node.ref
        wanted = {
            node.ref: node.text.rstrip(";.") for node, __ in after.walk() if node.kind == "point"
        }
        said = {
            n.ref: n.text.rstrip(";.")
            for n, __ in base.walk()
            if n.kind == "point" and GONE not in n.text
        }
        assert said == wanted
        assert [ref for ref in said] == [ref for ref in wanted]
        numbers = [node.num for node, __ in base.walk() if node.kind == "point"]
        assert len(numbers) == len(set(numbers))
