"""How a document tree stands on a page, whatever the page is made of: title in lines, headings,
lists, passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from splot.documents.readers.tables import is_table
from splot.documents.tree import Document, Node

HEADED_KINDS = ("attachment", "chapter", "article", "paragraph")
# "do uchwały nr 1/2026 Rady Miasta z dnia … r."
ANNEXED_TO = re.compile(
    r"(do .{1,200}? r\.|to .{1,200}? dated (?:\d{1,2} \w+ \d{4}|…+)|до .{1,200}? р\.) (?=\S)", re.S
)


def title_lines(document: Document) -> list[str]:
    """The title as acts print it: kind and number, body, date, subject; in one line where the parts
    are not known.
    """
    title, act = document.title, document.act
    cuts, place = [0], 0
    for part, before in (
        (act.kind, True),
        (act.number, None),
        (act.body, True),
        (act.body, False),
        (act.date, False),
    ):
        at = title.find(part, place) if part else -1
        if at < 0:
            continue
        place = at if before else at + len(part)
        if before is not None:
            cuts.append(place)
    lines = [title[start:end].strip() for start, end in pairwise([*cuts, len(title)])]
    if not title.strip():
        lines = [f"{act.kind} {act.number}".strip(), act.body, act.date, act.subject]
    return list(filter(None, lines))


def has_heading(node: Node) -> bool:
    """Whether a provision opens with a heading: readers jump from one to the next."""
    return node.kind in HEADED_KINDS or bool(node.kind == "level" and node.heading)


def is_listed(node: Node) -> bool:
    """Whether a provision is an item of a list: numbered, without a heading of its own."""
    return bool(node.num) and not has_heading(node)


def group_lists(nodes: Sequence[Node]) -> Iterator[tuple[bool, list[Node]]]:
    """Siblings in their order: (True, the items of one list) or (False, provisions that stand
    alone).
    """
    for (listed, __), group in groupby(nodes, key=lambda node: (is_listed(node), node.kind)):
        yield listed, list(group)


def annex_heading(node: Node) -> tuple[str, str]:
    """An annex's label ("Załącznik nr 1 do uchwały nr …") and its title."""
    match = ANNEXED_TO.match(node.heading)
    if not match:
        return node.num.strip(), node.heading
    return f"{node.num} {match[1]}".strip(), node.heading[match.end() :]


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; the cells of a row are kept apart by wide spaces."""
    return [line.replace("\t", "\u2003").strip() for line in text.split("\n") if line.strip()]


def flatten_provisions(nodes: Sequence[Node]) -> list[Node]:
    """All provisions of a branch one after the other, none within another; closing words as
    provisions of their own.
    """
    provisions: list[Node] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if is_table(node):
            provisions.append(node)
            continue
        provisions.append(replace(node, children=[], closing=""))
        if node.closing:
            waiting.append(Node("level", text=node.closing, lang=node.lang))
        waiting += reversed(node.children)
    return provisions
