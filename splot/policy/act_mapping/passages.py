"""The passages of an act with what they say of themselves: "Priorytet 1", "AIM: …", "Leader: …"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from splot.documents.readers.plan_words import (
    PlanWord,
    parse_numbered_level,
    parse_opening,
    parse_plan_heading,
)
from splot.documents.readers.tables import is_table
from splot.documents.tree import Document, Node
from splot.parsing.vocabulary.plan_parts import ACTIVITY

from .provisions import NO_ACTIVITIES
from .wording import is_attribute

ITEM_KINDS = ("indent", "point", "alinea")


@dataclass(frozen=True, slots=True)
class PlanPassage:
    """A passage, the passages that it stands in, and what it says that it is (a word without a
    meaning, if nothing).

    listed: what the list that it stands in says, "" for no such list. announces: whether it only
    opens a list. named: it bears the number of a named level.
    """

    node: Node
    path: tuple[Node, ...]
    word: PlanWord
    listed: str = ""
    announces: bool = False
    named: bool = False

    @property
    def says(self) -> str:
        """What it says that it is, or what the list says in which it stands."""
        return "" if self.announces else self.word.says or self.listed

    @property
    def words(self) -> str:
        """Its own words."""
        return self.word.rest


def passages_of(document: Document) -> list[PlanPassage]:
    """Every passage in reading order, without what stands in tables."""
    passages: list[PlanPassage] = []
    in_lists: dict[int, str] = {}  # {id of a node: what the list says in which it stands}
    tables: set[int] = set()
    for node, path in document.walk():
        if is_table(node) or (path and id(path[-1]) in tables):
            tables.add(id(node))
            continue
        passage = replace(describe_passage(node, path), listed=in_lists.get(id(node), ""))
        passages.append(passage)
        for item in _announced_by(passage, path[-1].children if path else document.nodes):
            in_lists[id(item)] = passage.word.says
    return passages


def describe_passage(node: Node, path: tuple[Node, ...]) -> PlanPassage:
    """What a passage says of itself by its number, its heading, or before its first colon."""
    words = f"{node.heading}\n{node.text}".strip()
    if node.num and (numbered := parse_numbered_level(f"{node.num} –")):
        level = replace(numbered[0], rest=words, many=False)
        return PlanPassage(node, path, level, announces=not words, named=True)
    if node.heading and (head := _heading_word(node.heading)):
        announces = head.many or not (head.rest or node.text)
        return PlanPassage(node, path, replace(head, rest=head.rest or node.text), "", announces)
    word = None if node.heading else parse_opening(node.text) or parse_plan_heading(node.text)
    if word and not (word.says == ACTIVITY and NO_ACTIVITIES.search(node.text)):
        return PlanPassage(node, path, word, announces=not word.rest)
    return PlanPassage(node, path, PlanWord("", "", words))


def _heading_word(heading: str) -> PlanWord | None:
    return parse_plan_heading(heading) or parse_opening(heading)


def _announced_by(passage: PlanPassage, siblings: list[Node]) -> Iterator[Node]:
    """The items of the list that a passage opens: those below it, else those that follow it."""
    if not passage.announces or not passage.word.says:
        return
    node = passage.node
    if node.heading:
        numbered = [child for child in node.children if child.num]
        yield from leaves_of(numbered) if passage.word.says == ACTIVITY else numbered
    elif node.children:
        yield from _items_of(node.children)
    else:
        yield from _items_of(_following(node, siblings))


def _following(node: Node, siblings: list[Node]) -> Iterator[Node]:
    """What follows a passage beside it, as far as the next that says what it is."""
    following = iter(siblings)
    for sibling in following:
        if sibling is node:
            break
    for sibling in following:
        if sibling.heading or describe_passage(sibling, ()).word.says:
            return
        yield sibling


def _items_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """The items of a list; a line among them that heads some of them is none."""
    for node in nodes:
        if node.children and not node.num:
            yield from _items_of(node.children)
        elif not is_table(node):
            yield node


def leaves_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """The innermost items below a heading; items that only say more of an item are part of it."""
    for node in nodes:
        if is_group(node):
            yield from leaves_of(node.children)
        elif not is_table(node):
            yield node


def is_group(node: Node) -> bool:
    """Whether a passage heads what stands below it, and is not a sentence that ends in a list."""
    if all(map(is_attribute, node.children)) or node.kind in ITEM_KINDS:
        return False
    return bool(node.heading) or (not node.text.endswith(":") and bool(node.num))


def mentions(pattern: re.Pattern[str], nodes: Iterable[Node]) -> bool:
    """Whether the heading of one of these passages fits a pattern."""
    return any(pattern.search(node.heading or node.text[:80]) for node in nodes)
