"""Finds defects of numbering. Nothing is corrected: a printed number is an identifier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from splot.documents.readers.evidence import Evidence
from splot.documents.readers.number_order import is_successor, missing_between, value_sort_key
from splot.documents.readers.numbering import PATH, UNCOUNTED, NumberStyle, parse_labels
from splot.documents.readers.paragraphs import DraftNode
from splot.documents.references.dead_references import find_dead_references
from splot.documents.tree import CITATION_FORMATS, Document, Node, Problem, bare_number, citation_of

WIDE_GAP = 50  # beyond it, what stands elsewhere in the list is not looked up
RUN_ON = ("paragraph", "article")  # count on across the chapters above them

NodePath = tuple[Node, ...]


class PrintedNumber(NamedTuple):
    """A number as it stands in a list."""

    style: NumberStyle
    value: str
    node: Node

    @property
    def order(self) -> tuple:
        """The key by which it should follow the one before."""
        return value_sort_key(self.style, self.value)


def find_problems(document: Document, root: DraftNode, evidence: Evidence) -> list[Problem]:
    """Numbers missing, repeated or out of order, references that lead nowhere, or no numbering at
    all.
    """
    if not evidence.numbered:
        message = _("The document has no numbering: its text was kept as paragraphs.")
        none = Problem("no-numbering", "", "", message)
        return [none, *_find_running_numbers(root, document)]
    problems: list[Problem] = []
    for path, series in _number_series(root, document):
        problems += _find_shortened(path, series)
        problems += _check_series(path, series)
    return [*problems, *_find_running_numbers(root, document), *find_dead_references(document)]


def _find_running_numbers(root: DraftNode, document: Document) -> Iterator[Problem]:
    """Lines that begin like a number, or say what they are, and were taken as running text."""
    waiting: list[tuple[DraftNode, list[Node], NodePath]] = [(root, document.nodes, ())]
    while waiting:
        draft, nodes, path = waiting.pop()
        for line in draft.running:
            message = _("“%(line)s” begins like a number and was taken as running text.")
            if not parse_labels(line.text):
                message = _("“%(line)s” says what it is and was taken as running text.")
            place = citation_of(path) if path else line.place
            eid = path[-1].eid if path else ""
            yield Problem("running-number", place, eid, message % {"line": line.text[:80]})
        pairs = zip(reversed(draft.children), reversed(nodes), strict=True)
        inner = [pair for pair in pairs if pair[1].kind != "table"]
        waiting += [(child, node.children, (*path, node)) for child, node in inner]


def _number_series(
    root: DraftNode, document: Document
) -> Iterator[tuple[NodePath, list[PrintedNumber]]]:
    """Every list of numbers that should follow one another, with the path of what holds it.

    §§ and articles count on through the chapters of one document or annex.
    """
    waiting: list[tuple[DraftNode, list[Node], NodePath]] = [(root, document.nodes, ())]
    running: dict[tuple[str, str], tuple[NodePath, list[PrintedNumber]]] = {}
    while waiting:
        draft, nodes, path = waiting.pop()
        lists: dict[tuple[str, int], list[PrintedNumber]] = {}
        scope = next((node.eid for node in path if node.kind == "attachment"), "")
        in_article = any(above.kind == "article" for above in path)
        for child, node in zip(draft.children, nodes, strict=True):
            style = child.style
            if style is None or style.values == UNCOUNTED or not child.value:
                continue
            printed = PrintedNumber(style, child.value, node)
            if style.name in RUN_ON and not in_article:
                start: tuple[NodePath, list[PrintedNumber]] = (path[:1] if scope else (), [])
                running.setdefault((scope, style.name), start)[1].append(printed)
            else:
                lists.setdefault(child.key, []).append(printed)
        for series in lists.values():
            yield path, series
        for child, node in zip(reversed(draft.children), reversed(nodes), strict=True):
            if node.kind != "table":
                waiting.append((child, node.children, (*path, node)))
    yield from running.values()


def _find_shortened(path: NodePath, series: list[PrintedNumber]) -> list[Problem]:
    """Numbers of an outline that were printed without their beginning: "A.1.I" below "1.A.1"."""
    problems: list[Problem] = []
    for printed in series:
        number = bare_number(printed.node.num)
        if printed.style.values == PATH and printed.value.endswith(f".{number}"):
            message = _("The number %(number)s lacks its beginning: by its place it is %(whole)s.")
            values = {"number": number, "whole": printed.value}
            place = _cite_node(path, printed.node)
            problems.append(Problem("shortened", place, printed.node.eid, message % values))
    return problems


def _check_series(path: NodePath, series: list[PrintedNumber]) -> list[Problem]:
    """One list against the order that its numbers should have."""
    everywhere = {printed.order for printed in series}
    problems: list[Problem] = []
    seen: set[tuple] = set()
    highest: PrintedNumber | None = None
    for printed in series:
        key, node = printed.order, printed.node
        if key in seen:
            sentence = _("%(place)s stands here more than once.")
            problems.append(_build_problem("repeated", path, node, sentence))
        elif highest is not None and key < highest.order:
            sentence = _("%(place)s stands after %(before)s.")
            problems.append(_build_problem("out-of-order", path, node, sentence, highest.node))
        elif highest is None or not is_successor(printed.style, highest.value, printed.value):
            problems += _find_missing(path, highest, printed, everywhere)
        seen.add(key)
        if highest is None or key >= highest.order:
            highest = printed
    return problems


def _find_missing(
    path: NodePath, before: PrintedNumber | None, printed: PrintedNumber, everywhere: set[tuple]
) -> list[Problem]:
    style, value, node = printed
    if before is None and node.kind in ("level", "attachment", "chapter"):
        return []  # outlines may count on across their headings
    gap = missing_between(style, before.value if before else "", value)
    if len(gap) < WIDE_GAP:
        gap = [number for number in gap if value_sort_key(style, number) not in everywhere]
    if not gap:
        return []
    first, last = _cite_node(path, node, gap[0]), _cite_node(path, node, gap[-1])
    what = _("%(first)s is missing") % {"first": first}
    if len(gap) > 1:
        what = _("%(first)s to %(last)s are missing") % {"first": first, "last": last}
    if before is None:
        sentence = _("%(what)s: the first is %(place)s.")
    else:
        sentence = _("%(what)s: %(before)s is followed by %(place)s.")
    return [_build_problem("missing", path, node, sentence, before.node if before else None, what)]


def _build_problem(
    code: str, path: NodePath, node: Node, sentence: str, before: Node | None = None, what: str = ""
) -> Problem:
    place = _cite_node(path, node)
    values = {"place": place, "before": _cite_node(path, before) if before else "", "what": what}
    return Problem(code, place, node.eid, sentence % values)


def _cite_node(path: NodePath, node: Node, number: str = "") -> str:
    """The citation of a node, or of one that is missing beside it."""
    if not number:
        return citation_of((*path, node))
    if node.kind in CITATION_FORMATS:
        sibling = Node(node.kind, number)
    else:
        sibling = Node(node.kind, node.num.replace(bare_number(node.num), number))
    return citation_of((*path, sibling))
