"""References lead to provisions of their own document, and still do after these got other
numbers.
"""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.eids import assign_eids
from splot.documents.readers import read_document
from splot.documents.references import (
    RenumberedText,
    Renumbering,
    find_references,
    renumber_references,
)
from splot.documents.references.parsing import parse_mentions
from splot.documents.tree import Document, Node, citation_of
from tests.documents.acts import make_act
from tests.documents.test_diff import renumber

chances = st.builds(Random, st.integers(0, 2**32))


def node(kind: str, ref: str, *children: Node, num: str = "", text: str = "") -> Node:
    return Node(kind, num, text=text, children=list(children), ref=ref)


def act(text: str) -> Document:
    """§ 1 (ust. 1 with the text; ust. 2 with three points; ust. 3), § 2 with four points, § 3, § 4,
    two annexes.
    """
    letters = [node("alinea", f"1.2.3{letter}", num=f"{letter})") for letter in "abc"]
    points = [node("point", "1.2.1"), node("point", "1.2.2"), node("point", "1.2.3", *letters)]
    second = node("subparagraph", "1.2", *points, text="Cele:")
    first = node(
        "paragraph",
        "1",
        node("subparagraph", "1.1", text=text),
        second,
        node("subparagraph", "1.3"),
    )
    tasks = node("paragraph", "2", *(node("point", f"2.{at}") for at in (1, 2, 3, 4)))
    nodes = [first, tasks, node("paragraph", "3"), node("paragraph", "4")]
    annexes = [
        node(
            "attachment",
            f"a{at}",
            node("paragraph", f"a{at}.1", num="§ 1."),
            num=f"Załącznik nr {at}",
        )
        for at in (1, 2)
    ]
    document = renumber(Document(nodes=nodes))
    document.nodes += annexes
    assign_eids(document.nodes)
    return document


def find(document: Document, ref: str) -> tuple[Node, list[Node]]:
    return next(
        (one, above[-1].children if above else document.nodes)
        for one, above in document.walk()
        if one.ref == ref
    )


def before(ref: str) -> Callable[[Document], None]:
    """A new passage before this one."""

    def change(document: Document) -> None:
        one, siblings = find(document, ref)
        siblings.insert(siblings.index(one), Node(one.kind, text="nowe"))

    return change


def without(ref: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        one, siblings = find(document, ref)
        siblings.remove(one)

    return change


def moved(ref: str, to: str) -> Callable[[Document], None]:
    """Made the last child of another passage."""

    def change(document: Document) -> None:
        one, siblings = find(document, ref)
        siblings.remove(one)
        find(document, to)[0].children.append(one)

    return change


def mended(text: str, *changes: Callable[[Document], None]) -> RenumberedText:
    old = act(text)
    new = deepcopy(old)
    for change in changes:
        change(new)
    annexes = [one for one in new.nodes if one.kind == "attachment"]
    new.nodes = [one for one in new.nodes if one.kind != "attachment"]
    renumber(new)
    for at, one in enumerate(annexes, 1):
        one.num = f"Załącznik nr {at}"
    new.nodes += annexes
    assign_eids(new.nodes)
    return renumber_references(text, "para_1__subpara_1", Renumbering(old, new))


@pytest.mark.parametrize(
    ("text", "change", "made"),
    [
        ("o których mowa w § 2 pkt 1, 3 i 4, działa", before("2.1"), "o których mowa w § 2 pkt 2, 4 i 5, działa"),
        ("Zgodnie z § 2 pkt 1–3 oraz § 4.", before("2.1"), "Zgodnie z § 2 pkt 2–4 oraz § 4."),
        ("Zgodnie z § 2 pkt 1-3.", without("2.2"), "Zgodnie z § 2 pkt 1-2."),
        ("Zgodnie z § 3 ust. 2 i §4.", before("3"), "Zgodnie z § 3 ust. 2 i §5."),
        ("Zob. ust. 3 i ust. 2 pkt 3 lit. b.", before("1.2"), "Zob. ust. 4 i ust. 3 pkt 3 lit. b."),
        ("Zob. ust. 2 pkt 3 lit. a–c, lit. a, b i c.", before("1.2.3"), "Zob. ust. 2 pkt 4 lit. a–c, lit. a, b i c."),
        ("(§ 1 ust. 2 pkt 1)", before("1.2.1"), "(§ 1 ust. 2 pkt 2)"),
        ("§§ 2–4 oraz § 2\u00a0pkt\u00a02", before("2"), "§§ 3–5 oraz § 3\u00a0pkt\u00a02"),
        ("W § 2 pkt 1 i pkt 3.", before("2"), "W § 3 pkt 1 i pkt 3."),
        ("Według ust. 3 działa.", moved("1.3", to="4"), "Według § 4 ust. 1 działa."),
        ("Zgodnie z § 3 niniejszej uchwały.", before("2"), "Zgodnie z § 4 niniejszej uchwały."),
        ("zał.: załącznik nr 2 do uchwały; § 1 załącznika nr 2", without("a1"),
         "zał.: załącznik nr 1 do uchwały; § 1 załącznika nr 1"),
        ("W § 2 pkt 1 i 3 stosuje się.", before("2.1"), "W § 2 pkt 2 i 4 stosuje się."),
        ("As in § 3 above and § 4.", before("1"), "As in § 4 above and § 5."),
    ],
)  # fmt: skip
def test_references_follow_their_provisions_in_their_style(text, change, made):
    assert mended(text, change).text == made
    report = mended(text, change)
    assert report.mended and not report.dead and not report.unsure
    assert mended(text) == RenumberedText(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zgodnie z § 3 i § 4 uchwały nr 3.",
        "Zgodnie z art. 3 ust. 2 i ust. 3 ustawy oraz art. 104 § 1 k.p.a. i § 2 k.p.a.",
        'Pismo „zgodnie z § 3, «ust. 2» i § 4” oraz "§ 3".',
        "załącznik nr 2 do uchwały nr 7 oraz rozdział 1 ustawy, § 1 załącznika nr 2 do ustawy",
        "Zgodnie z § 9 i ust. 8.",
        "W 3 punktach po 2 osoby; pkt A, § B, 5 %.",
    ],
)
def test_other_acts_and_quotations_are_left_alone(text):
    assert mended(text, before("1"), before("1.2"), without("a1")) == RenumberedText(text)


@pytest.mark.parametrize(
    ("text", "changes", "dead", "unsure"),
    [
        ("Zob. § 2 pkt 2 i § 3.", [without("2.2")], ["§ 2 pkt 2"], []),
        ("Zob. § 2 pkt 1, 2 i 3.", [without("2.2")], ["§ 2 pkt 1, 2 i 3"], []),
        ("Zob. § 2 pkt 2–4.", [without("2.4")], ["§ 2 pkt 2–4"], []),
        ("Zob. § 2 pkt 1–3.", [before("2.2")], [], ["§ 2 pkt 1–3"]),
        ("Zob. § 2 pkt 1–3.", [moved("2.2", to="1.2")], [], ["§ 2 pkt 1–3"]),
        ("Zob. § 2 pkt 1 i 2.", [moved("2.2", to="1.2")], [], ["§ 2 pkt 1 i 2"]),
        ("W ust. 2 i 3 przedstawicieli.", [before("1.2")], [], ["ust. 2 i 3"]),
        ("W § 3 wspomnianej uchwały.", [before("3")], [], ["§ 3"]),
        ("Wprowadza się zmiany: w § 3 nowe.", [before("3")], [], ["§ 3"]),
        ("Pismo „bez końca, § 3.", [before("3")], [], ["§ 3"]),
        ("Zob. załącznik nr 1.", [without("a1")], ["załącznik nr 1"], []),
    ],
)
def test_what_cannot_be_mended_is_reported_and_left_as_written(text, changes, dead, unsure):
    report = mended(text, *changes)
    assert (report.text, report.dead, report.unsure) == (text, dead, unsure)
    assert mended(text) == RenumberedText(text)


def test_articles_chapters_and_dashes():
    def document(first: int) -> Document:
        dashes = [Node("indent", "–", ref=f"i{at}") for at in (1, 2)]
        point = Node("point", "1)", children=[Node("alinea", "a)", children=dashes)], ref="p")
        articles = [
            Node(
                "article",
                f"Art. {first}.",
                children=[Node("subparagraph", "1.", children=[point], ref="u")],
            )
        ]
        articles += [Node("article", f"Art. {first + 1}.", ref="b")]
        made = Document(nodes=[Node("chapter", f"Rozdział {first}", children=articles, ref="r")])
        for at, article in enumerate(articles):
            article.ref = f"art{at}"
        if first > 1:
            dashes.insert(0, Node("indent", "–"))
            articles[0].children[0].children[0].children[0].children = dashes
        point.children[0].ref = "l"
        assign_eids(made.nodes)
        return made

    old, new = document(1), document(2)
    text = (
        "Art. 1 ust. 1 pkt 1 lit. a tiret drugie, art. 2, tiret 1 w pkt 1, rozdział 1, art. 2 "
        "ustawy o pomocy."
    )
    report = renumber_references(text, "chp_1__art_1__subpara_1__point_1", Renumbering(old, new))
    made = (
        "Art. 2 ust. 1 pkt 1 lit. a tiret trzecie, art. 3, tiret 1 w pkt 1, rozdział 2, art. 2 "
        "ustawy o pomocy."
    )
    assert report.text == made


def test_the_same_passages_may_be_named_by_their_eids():
    old, new = Document(nodes=[Node("paragraph", "§ 1."), Node("paragraph", "§ 2.")]), Document()
    new.nodes = [Node("paragraph", f"§ {number}.") for number in (1, 2, 3)]
    for document in (old, new):
        assign_eids(document.nodes)
    renumbering = Renumbering(old, new, {"para_1": "para_2", "para_2": "para_3"})
    assert renumber_references("Zob. § 2 i ust. 1.", "para_1", renumbering).text == (
        "Zob. § 3 i ust. 1."
    )
    with pytest.raises(KeyError):
        renumber_references("§ 1", "para_9", renumbering)
    assert renumber_references("§ 2", "para_1", Renumbering(old, new)) == RenumberedText("§ 2")


def test_references_say_where_they_stand_and_lead():
    document = act("Zob. § 2 pkt 1–3, ust. 9 i ust. 3; § 3 ustawy, „§ 4”; § 1 załącznika nr 2.")
    found = [(one.node.text[one.start : one.end], one.target) for one in find_references(document)]
    assert found == [
        ("§ 2 pkt 1", "para_2__point_1"),
        ("3", "para_2__point_3"),
        ("ust. 9", None),
        ("ust. 3", "para_1__subpara_3"),
        ("§ 1", "att_2__para_1"),
        ("załącznika nr 2", "att_2"),
    ]
    outline = Document(nodes=[Node("level", "1.", text="Zob. pkt 3 i ust. 1.")])
    assign_eids(outline.nodes)
    assert find_references(outline) == []


def referring(chance: Random) -> Document:
    """An act whose passages refer to one another, in full or from where they stand."""
    document = make_act(chance, 30, dashes=False)
    document.nodes = [one for one in document.nodes if one.kind != "attachment"]
    renumber(document)
    paths = [(*above, one) for one, above in document.walk()]
    for at, path in enumerate(paths):
        path[-1].ref, path[-1].text, path[-1].closing = f"r{at}", "", ""
    for path in paths:
        targets = chance.sample(paths, min(3, len(paths)))
        siblings = (
            [one for one in path[-2].children if one.kind == path[-1].kind] if len(path) > 1 else []
        )
        cited = [citation_of(target) for target in targets if target[-1].kind != "chapter"]
        if len(siblings) > 1 and path[-1].kind in ("subparagraph", "point"):
            mark = {"subparagraph": "ust.", "point": "pkt"}[path[-1].kind]
            cited.append(f"{mark} 1 i 2, a także {mark} 1–{len(siblings)}")
        path[-1].text = "Zgodnie z " + "; dalej z ".join(cited) + "."
    return document


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(chances)
def test_after_a_renumbering_every_live_reference_leads_where_it_led(chance):
    old = referring(chance)
    new = deepcopy(old)
    for _ in range(chance.randint(1, 4)):
        one, siblings = chance.choice(
            [(one, above[-1].children) for one, above in new.walk() if above]
        )
        deed = chance.choice(("insert", "move", "remove"))
        if deed != "insert":
            siblings.remove(one)
        if deed != "remove":
            made = one if deed == "move" else Node(one.kind, text="nowe słowa")
            siblings.insert(chance.randint(0, len(siblings)), made)
        if not siblings:
            siblings.append(Node(one.kind, text="nowe słowa"))
    renumber(new)
    renumbering, unchanged = Renumbering(old, new), Renumbering(old, old)
    now = {one.ref: one for one, _above in new.walk() if one.ref}
    told: dict[str, RenumberedText] = {}
    for one, _above in old.walk():
        if one.ref in now:
            told[one.ref] = renumber_references(one.text, one.eid, renumbering)
            now[one.ref].text = told[one.ref].text
            assert renumber_references(one.text, one.eid, unchanged) == RenumberedText(one.text)
    led, leads = targets(old), targets(new)
    for ref, report in told.items():
        if not report.dead and not report.unsure:
            assert leads.get(ref, []) == led.get(ref, [])
        assert all(target in now or report.dead or report.unsure for target in led.get(ref, []))


def targets(document: Document) -> dict[str, list[str | None]]:
    """By passage, the refs of the provisions to which its references lead; those of a list in any
    order.
    """
    refs = {one.eid: one.ref for one, _above in document.walk()}
    found: dict[str, list[str | None]] = {}
    for one in find_references(document):
        found.setdefault(one.node.ref, []).append(refs[one.target] if one.target else None)
    return {ref: sorted(leading, key=str) for ref, leading in found.items()}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["§ 1", "ust. 2", "pkt 1–3", ", ", " i ", "lit. a", "„", "”", " ", "art. 5", "ustawy"]
        )
    )
)
def test_whatever_is_written_stays_while_no_number_changes(pieces):
    text = "".join(pieces)
    assert mended(text) == RenumberedText(text)


def test_reading_reports_only_references_of_the_act_itself():
    text = (
        "§ 1. Zgodnie z § 2 i art. 104 § 12 k.p.a. oraz § 7, § 8 i § 9 uchwały nr 3.\n§ 2. "
        "Koniec.\n"
    )
    assert read_document(text.encode(), "act.txt").problems == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["ust. 1 ", "§ 1, ", "pkt 1 i 2 ", "„", "załącznik nr 1 i ", "lit. a, b i c", "(" * 9]
)
def test_large_texts_take_time_in_proportion(piece):
    """Processor seconds with a wide margin; a quadratic way takes minutes."""
    start = process_time()
    text = piece * (200_000 // len(piece))
    assert mended(text).text == text
    assert mended(f"ust. 1{' ' * 200_000}ust. 2").mended == []
    assert process_time() - start < 20


def test_a_number_with_raised_figures_is_a_reference():
    text = "§ 1. Zob. § 2¹ oraz art. 5¹a ustawy.\n\n§ 2. Drugi.\n\n§ 2¹. Wstawiony.\n"
    document = read_document(text.encode(), "act.txt")
    assert document.problems == []
    mentions = parse_mentions("Zob. § 2¹ i 4.")
    assert [item.first.value for item in mentions[0].items] == ["2¹", "4"]
