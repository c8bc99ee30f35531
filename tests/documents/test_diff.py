"""Two versions side by side: nothing is lost, and what was done to the text is what the comparison
says.
"""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.diff import (
    ADDED,
    KINDS,
    MOVED,
    MOVED_REWORDED,
    REMOVED,
    REWORDED,
    SAME,
    Comparison,
    DiffSegment,
    compare_documents,
    diff_text,
)
from splot.documents.eids import assign_eids
from splot.documents.tree import Document, Node
from tests.documents.acts import LETTERS, make_act

MANY_LETTERS = [*LETTERS, *(f"z{letter}" for letter in "defghijklmnopr")]

chances = st.builds(Random, st.integers(0, 2**32))
texts = st.text(st.sampled_from("ab ,.żя\n\t"), max_size=60) | st.text(max_size=60)


def act(chance: Random, provisions: int = 40, refs: bool = False) -> Document:
    """An act in which every passage with words has some that no other has, as texts that people
    write have.
    """
    document = make_act(chance, provisions)
    for at, (node, _above) in enumerate(document.walk()):
        node.ref = f"r{at}" if refs else ""
        if node.text or node.heading:
            node.text = f"{node.text} sprawa{at} miejsce{at} osoba{at} pora{at}".strip()
    assign_eids(document.nodes)
    return document


def renumber(document: Document) -> Document:
    """Numbers the children of everything anew, as an office does after a change."""
    waiting = [document.nodes]
    sections = 0
    while waiting:
        siblings = waiting.pop(0)
        counts: Counter[str] = Counter()
        for node in siblings:
            counts[node.kind] += 1
            sections += node.kind == "paragraph"
            number = sections if node.kind == "paragraph" else counts[node.kind]
            number = MANY_LETTERS[number - 1] if node.kind == "alinea" else number
            shapes = {
                "paragraph": "§ {}.",
                "subparagraph": "{}.",
                "point": "{})",
                "alinea": "{})",
                "indent": "–",
            }
            node.num = shapes.get(node.kind, node.num).format(number)
            waiting.append(node.children)
    assign_eids(document.nodes)
    return document


def leaves(document: Document) -> list[tuple[Node, list[Node]]]:
    """The passages with words and nothing below them, each with its siblings."""
    found = []
    for node, above in document.walk():
        if node.text and not node.children:
            found.append((node, above[-1].children if above else document.nodes))
    return found


def kinds(comparison: Comparison) -> dict[str, int]:
    return {
        kind: comparison.counts[kind] for kind in KINDS if kind != SAME and comparison.counts[kind]
    }


def said(segments: tuple[DiffSegment, ...], without: str) -> str:
    return "".join(segment.text for segment in segments if segment.kind != without)


@settings(max_examples=60, deadline=None)
@given(chances, st.booleans())
def test_a_text_is_the_same_as_itself(chance, refs):
    document = make_act(chance)
    assign_eids(document.nodes)
    if refs:
        for at, (node, _above) in enumerate(document.walk()):
            node.ref = f"r{at}"
    comparison = compare_documents(document, deepcopy(document))
    assert set(comparison.counts) == {*KINDS, "renumbered"}
    assert (
        comparison.counts[SAME]
        == sum(1 for _ in document.walk())
        == sum(comparison.counts.values())
    )
    assert comparison.is_same and comparison.numbers == {}


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(chances, st.integers(0, 40), st.integers(0, 40))
def test_every_passage_stands_there_once_and_in_order(chance, few, many):
    old, new = make_act(chance, few), make_act(chance, many)
    new.nodes += deepcopy(old.nodes[::2])
    chance.shuffle(new.nodes)
    for document in (old, new):
        assign_eids(document.nodes)
    comparison = compare_documents(old, new)
    assert Counter(id(change.old) for change in comparison.changes if change.old) == Counter(
        id(node) for node, _above in old.walk()
    )
    assert [id(change.new) for change in comparison.changes if change.new] == [
        id(node) for node, _ in new.walk()
    ]
    for change in comparison.changes:
        for part in ("heading", "text", "closing"):
            segments = getattr(change, part)
            assert said(segments, ADDED) == (getattr(change.old, part) if change.old else "")
            assert said(segments, REMOVED) == (getattr(change.new, part) if change.new else "")
    assert (said(comparison.title, ADDED), said(comparison.title, REMOVED)) == (
        old.title,
        new.title,
    )
    mirrored = compare_documents(new, old).counts
    assert (mirrored[ADDED], mirrored[REMOVED]) == (
        comparison.counts[REMOVED],
        comparison.counts[ADDED],
    )


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_segments_give_both_wordings_back(old, new):
    segments = diff_text(old, new)
    assert (said(segments, ADDED), said(segments, REMOVED)) == (old, new)
    assert all(segment.text for segment in segments)
    assert all(one.kind != other.kind for one, other in pairwise(segments))


def reword(chance: Random, node: Node, siblings: list[Node]) -> None:
    words = node.text.split(" ")
    words[chance.randrange(len(words))] = "inaczej"
    node.text = " ".join(words)


def remove(chance: Random, node: Node, siblings: list[Node]) -> None:
    siblings[:] = [one for one in siblings if one is not node]


def insert(chance: Random, node: Node, siblings: list[Node]) -> None:
    made = Node(
        node.kind,
        node.num,
        text=" ".join(f"nowe{chance.random()}".replace(".", "") for _ in range(6)),
    )
    siblings.insert(next(at for at, one in enumerate(siblings) if one is node), made)


DEEDS: dict[str, Callable] = {REWORDED: reword, REMOVED: remove, ADDED: insert}


@pytest.mark.parametrize("refs", [True, False], ids=["refs", "words"])
@pytest.mark.parametrize("kind", DEEDS)
@settings(max_examples=40, deadline=None)
@given(chance=chances, many=st.integers(1, 6))
def test_what_was_done_is_what_is_said(kind, refs, chance, many):
    old = renumber(act(chance, refs=refs))
    new = deepcopy(old)
    chosen = chance.sample(leaves(new), min(many, len(leaves(new))))
    for node, siblings in chosen:
        DEEDS[kind](chance, node, siblings)
    comparison = compare_documents(old, renumber(new))
    assert kinds(comparison) == {kind: len(chosen)}
    numbers = {
        change.old_place: change.new_place or None
        for change in comparison.changes
        if change.renumbered
    }
    assert numbers.items() <= comparison.numbers.items()


@pytest.mark.parametrize("refs", [True, False], ids=["refs", "words"])
@settings(max_examples=40, deadline=None)
@given(chance=chances)
def test_one_moved_passage_is_one_move(refs, chance):
    old = renumber(act(chance, refs=refs))
    new = deepcopy(old)
    node, siblings = chance.choice([one for one in leaves(new) if one[0].kind != "level"])
    remove(chance, node, siblings)
    new.nodes.insert(
        0, Node("paragraph", "§ 1", text="Nowy początek bez cech wspólnych", children=[node])
    )
    expected = {MOVED: 1, ADDED: 1}
    if reworded := chance.random() < 0.5:
        reword(chance, node, siblings)
        expected = {MOVED_REWORDED: 1, ADDED: 1}
    comparison = compare_documents(old, renumber(new))
    assert kinds(comparison) == expected
    moved = next(change for change in comparison.changes if change.kind in (MOVED, MOVED_REWORDED))
    assert moved.new is node and moved.depth == 1
    assert (moved.text[0].kind, len(moved.text) == 1) == (SAME, not reworded) or reworded


@settings(max_examples=40, deadline=None)
@given(chances, st.integers(3, 30))
def test_a_passage_that_changed_its_place_among_its_siblings_is_one_move(chance, many):
    old = Document(
        nodes=[
            Node("paragraph", "", text=f"Treść sprawy{at} miejsca{at} osoby{at}")
            for at in range(many)
        ]
    )
    new = deepcopy(renumber(old))
    start, end = chance.sample(range(many), 2)
    new.nodes.insert(end, new.nodes.pop(start))
    comparison = compare_documents(old, renumber(new))
    assert kinds(comparison) == {MOVED: 1}
    assert comparison.counts["renumbered"] == abs(start - end) + 1 == len(comparison.numbers)


def paragraphs(*wordings: str) -> Document:
    document = Document(
        nodes=[Node("paragraph", f"§ {at}.", text=text) for at, text in enumerate(wordings, 1)]
    )
    assign_eids(document.nodes)
    return document


def test_removed_passages_stand_where_they_stood():
    old = paragraphs(
        "Szkoły uczą polskiego.",
        "Urząd tłumaczy pisma.",
        "Biblioteki są otwarte.",
        "Koniec prac rady.",
    )
    new = paragraphs(
        "Szkoły uczą polskiego.", "Kluby sportowe zapraszają.", "Biblioteki są otwarte."
    )
    changes = compare_documents(old, new).changes
    assert [(change.kind, change.old_place, change.new_place) for change in changes] == [
        (SAME, "§ 1", "§ 1"),
        (REMOVED, "§ 2", ""),
        (ADDED, "", "§ 2"),
        (SAME, "§ 3", "§ 3"),
        (REMOVED, "§ 4", ""),
    ]
    assert compare_documents(old, new).numbers == {"§ 2": None, "§ 4": None}


def test_the_same_number_with_other_words_is_another_passage():
    old, new = (
        paragraphs("Miasto prowadzi kursy języka."),
        paragraphs("Uchwała wchodzi w życie jutro."),
    )
    assert kinds(compare_documents(old, new)) == {REMOVED: 1, ADDED: 1}
    old.nodes[0].ref = new.nodes[0].ref = "activity-1"
    assert kinds(compare_documents(old, new)) == {REWORDED: 1}
    new.nodes[0] = Node("paragraph", "§ 1.", text=old.nodes[0].text, ref="activity-2", eid="para_1")
    assert kinds(compare_documents(old, new)) == {REMOVED: 1, ADDED: 1}


def test_the_difference_reads_well():
    old = "Zespół składa sprawozdanie w terminie 30 dni."
    new = "Zespół co roku składa sprawozdanie w terminie 14 dni."
    assert diff_text(old, new) == (
        (SAME, "Zespół"),
        (ADDED, " co roku"),
        (SAME, " składa sprawozdanie w terminie"),
        (REMOVED, " 30"),
        (ADDED, " 14"),
        (SAME, " dni."),
    )
    assert diff_text("koty i psy", "ryby i raki") == (
        (REMOVED, "koty i psy"),
        (ADDED, "ryby i raki"),
    )


def test_a_reworded_passage_without_a_number_has_no_new_number():
    def document(text: str, num: str = "") -> Document:
        made = Document(nodes=[Node("level", num, text=text)])
        assign_eids(made.nodes)
        return made

    comparison = compare_documents(
        document("Miasto jest otwarte dla ludzi."),
        document("Miasto jest bardzo otwarte dla ludzi."),
    )
    assert kinds(comparison) == {REWORDED: 1} and comparison.numbers == {}


def test_the_title_and_the_preamble_are_compared():
    old, new = Document("Uchwała nr 1", preamble="Na podstawie ustawy"), Document("Uchwała nr 2")
    comparison = compare_documents(old, new)
    assert comparison.title == ((SAME, "Uchwała nr"), (REMOVED, " 1"), (ADDED, " 2"))
    assert comparison.preamble == ((REMOVED, "Na podstawie ustawy"),)
    assert not comparison.is_same


def test_large_texts_take_no_longer_than_a_reader_waits():
    """Processor seconds with a wide margin: ten times what was measured; a quadratic search takes
    minutes.
    """
    start = process_time()
    old, new = act(Random(1), 1500), act(Random(2), 1500)
    for document in (old, new):
        for node, _above in document.walk():
            node.text = node.text.replace("sprawa", f"sprawa{id(document)}")
    compare_documents(old, new)
    for one, other in [
        ("ż" * 200_000, "ź" * 200_000),
        ("a b " * 50_000, "b a c " * 35_000),
        (" " * 200_000, "\n"),
    ]:
        assert said(diff_text(one, other), ADDED) == one
    assert process_time() - start < 20
