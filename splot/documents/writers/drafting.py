"""Numbers and punctuates a tree as Polish legislative drafting does.

Source: Principles of Legislative Technique, §§ 55-57 and, for local acts, § 143.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase

from splot.documents.eids import assign_eids
from splot.documents.tree import Document, Node, bare_number

# what ends an item that is not the last
ITEM_ENDINGS = {"point": ";", "alinea": ",", "indent": ","}
SENTENCES = ("article", "paragraph", "subparagraph")
RUN_ON = ("article", "paragraph")  # count on across the chapters of one document or annex
NUMBER_FORMATS = {
    "article": "Art. {}.",
    "paragraph": "§ {}.",
    "subparagraph": "{}.",
    "point": "{})",
    "alinea": "{})",
}
TRAILING_PUNCTUATION = re.compile(r"[\s.,;:]+$")
EXCLAMATION_END = re.compile(r"[?!؟][”\"’»)\]]*$")
INSERTED = re.compile(r"(?:\d+|[a-z])[a-z]+")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:r|in|m\.in|itp|itd|np|nr|poz|ust|art|lit|ul|tys|mln|mld|godz|tj|tzn|tzw|ww|św"
    r"|im|etc|p\.n\.e)\.$"
)


def number_provisions(
    document: Document, *, chapter: str = "Rozdział {}", annex: str = "Załącznik nr {}"
) -> None:
    """Gives every provision its number, its punctuation and its eId. Changes the document in place.

    A number that is there stays, and those after it count on from it. Levels are no provisions and
    stay as they are. `chapter` and `annex` are the words in the document's language. A § that holds
    one subparagraph takes its words and what they are known by.
    """
    for node, _above in document.walk():
        _merge_only_child(node)
    forms = {**NUMBER_FORMATS, "chapter": chapter, "attachment": annex}
    _number_siblings(document.nodes, forms, {})
    for node, above in document.walk():
        if node.kind in SENTENCES and not any(outer.kind in ITEM_ENDINGS for outer in above):
            _punctuate_provision(node, ".")
    assign_eids(document.nodes)


def inserted_number(after: str, taken: set[str]) -> str:
    """A number for what is inserted after this one: "2)" -> "2a)", "a)" -> "aa)", "§ 4." -> "§
    4a.".

    Never one that is `taken`: "2)" -> "2b)" where "2a)" is, and "2a)" -> "2aa)" where "2b)" is. A
    dash stays a dash.
    """
    bare = bare_number(after)
    if not bare:
        return after
    if INSERTED.fullmatch(bare):
        following = f"{bare}a" if bare[-1] == "z" else bare[:-1] + chr(ord(bare[-1]) + 1)
        number = _replace_number(after, following)
        if number not in taken:
            return number
    count = 1
    while (number := _replace_number(after, bare + item_letter(count))) in taken:
        count += 1
    return number


def item_letter(count: int) -> str:
    """The letter of the item of this count, from 1: a to z without Polish letters, then za, zb."""
    return "z" * ((count - 1) // 26) + ascii_lowercase[(count - 1) % 26]


def _replace_number(number: str, bare: str) -> str:
    head, _old, tail = number.rpartition(bare_number(number))
    return head + bare + tail


def _merge_only_child(node: Node) -> None:
    if node.kind != "paragraph" or node.text or len(node.children) != 1:
        return
    only = node.children[0]
    if only.kind != "subparagraph" or only.num or only.heading or (node.closing and only.closing):
        return
    node.text, node.children = only.text, only.children
    node.closing = node.closing or only.closing
    node.ref, node.lang = only.ref or node.ref, only.lang or node.lang


def _number_siblings(nodes: Sequence[Node], forms: dict[str, str], running: dict[str, int]) -> None:
    counts: dict[str, int] = {}
    for node in nodes:
        count = running if node.kind in RUN_ON else counts
        count[node.kind] = count.get(node.kind, 0) + 1
        if node.num:
            given = re.match(r"\d+", bare_number(node.num))
            count[node.kind] = int(given.group()) if given else count[node.kind]
        else:
            node.num = _first_number(node.kind, count[node.kind], forms)
        inner = {} if node.kind in ("attachment", "article") else running
        _number_siblings(node.children, forms, inner)


def _first_number(kind: str, count: int, forms: dict[str, str]) -> str:
    if kind == "indent":
        return "–"
    return forms.get(kind, "").format(item_letter(count) if kind == "alinea" else count)


def _punctuate_provision(node: Node, end: str) -> None:
    """Ends this provision and the list in it; `end` is what stands after its last word."""
    items = [child for child in node.children if child.kind in ITEM_ENDINGS]
    if not items:
        node.text = _end_with(node.text, end)
        return
    node.text = _end_with(node.text, ":")
    *others, last = items
    for item in others:
        _punctuate_provision(item, ITEM_ENDINGS[item.kind])
    _punctuate_provision(last, "" if node.closing else end)
    if node.closing:
        dashed = node.closing if node.closing[:1] in "–—-" else f"– {node.closing}"
        node.closing = _end_with(dashed, end)


def _end_with(text: str, mark: str) -> str:
    """The text with this mark at its end in place of what stood there; questions and exclamations
    stay.
    """
    if not text.strip() or EXCLAMATION_END.search(text):
        return text
    if text.endswith("…") or ABBREVIATED.search(text):
        return text if mark == "." else text + mark
    return TRAILING_PUNCTUATION.sub("", text) + mark
