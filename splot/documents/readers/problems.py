"""Finds defects of numbering. Nothing is corrected: a printed number is an identifier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from splot.documents.readers.evidence import Evidence
from splot.documents.readers.numbering import MARK, Style, between, follows, order
from splot.documents.readers.paragraphs import Draft
from splot.documents.readers.references import find_dead_references
from splot.documents.tree import MARKS, Document, Node, Problem, bare_number, citation

WIDE_GAP = 50  # beyond it, what stands elsewhere in the list is not looked up
RUN_ON = ("paragraph", "article")  # count on across the chapters above them

Path = tuple[Node, ...]


class Printed(NamedTuple):
    """A number as it stands in a list."""

    style: Style
    value: str
    node: Node

    @property
    def order(self) -> tuple:
        """The key by which it should follow the one before."""
        return order(self.style, self.value)


def find_problems(document: Document, root: Draft, evidence: Evidence) -> list[Problem]:
    """Numbers missing, repeated or out of order, references that lead nowhere, or no numbering at all."""
    if not evidence.numbered:
        message = _("The document has no numbering: its text was kept as paragraphs.")
        return [Problem("no-numbering", "", "", message)]
    found: list[Problem] = []
    for path, series in _series(root, document):
        found += _check(path, series)
    return found + find_dead_references(document)


def _series(root: Draft, document: Document) -> Iterator[tuple[Path, list[Printed]]]:
    """Every list of numbers that should follow one another, with the path of what holds it.

    §§ and articles count on through the chapters of one document or annex.
    """
    waiting: list[tuple[Draft, list[Node], Path]] = [(root, document.nodes, ())]
    running: dict[tuple[str, str], tuple[Path, list[Printed]]] = {}
    while waiting:
        draft, nodes, path = waiting.pop()
        lists: dict[tuple[str, int], list[Printed]] = {}
        scope = next((node.eid for node in path if node.kind == "attachment"), "")
        in_article = any(above.kind == "article" for above in path)
        for child, node in zip(draft.children, nodes, strict=True):
            style = child.style
            if style is None or style.values == MARK or not child.value:
                continue
            printed = Printed(style, child.value, node)
            if style.name in RUN_ON and not in_article:
                start: tuple[Path, list[Printed]] = (path[:1] if scope else (), [])
                running.setdefault((scope, style.name), start)[1].append(printed)
            else:
                lists.setdefault(child.key, []).append(printed)
        yield from ((path, series) for series in lists.values())
        for child, node in zip(reversed(draft.children), reversed(nodes), strict=True):
            waiting.append((child, node.children, (*path, node)))
    yield from running.values()


def _check(path: Path, series: list[Printed]) -> list[Problem]:
    """One list against the order that its numbers should have."""
    everywhere = {printed.order for printed in series}
    found: list[Problem] = []
    seen: set[tuple] = set()
    highest: Printed | None = None
    for printed in series:
        key, node = printed.order, printed.node
        if key in seen:
            found.append(_problem("repeated", path, node, _("%(place)s stands here more than once.")))
        elif highest is not None and key < highest.order:
            sentence = _("%(place)s stands after %(before)s.")
            found.append(_problem("out-of-order", path, node, sentence, highest.node))
        elif highest is None or not follows(printed.style, highest.value, printed.value):
            found += _missing(path, highest, printed, everywhere)
        seen.add(key)
        if highest is None or key >= highest.order:
            highest = printed
    return found


def _missing(path: Path, before: Printed | None, printed: Printed, everywhere: set[tuple]) -> list[Problem]:
    style, value, node = printed
    if before is None and node.kind in ("level", "attachment", "chapter"):
        return []  # outlines may count on across their headings
    gap = between(style, before.value if before else "", value)
    if len(gap) < WIDE_GAP:
        gap = [one for one in gap if order(style, one) not in everywhere]
    if not gap:
        return []
    first, last = _place(path, node, gap[0]), _place(path, node, gap[-1])
    what = (
        _("%(first)s is missing") % {"first": first}
        if len(gap) == 1
        else _("%(first)s to %(last)s are missing") % {"first": first, "last": last}
    )
    if before is None:
        sentence = _("%(what)s: the first is %(place)s.")
    else:
        sentence = _("%(what)s: %(before)s is followed by %(place)s.")
    return [_problem("missing", path, node, sentence, before.node if before else None, what)]


def _problem(code: str, path: Path, node: Node, sentence: str, before: Node | None = None, what: str = "") -> Problem:
    place = _place(path, node)
    values = {"place": place, "before": _place(path, before) if before else "", "what": what}
    return Problem(code, place, node.eid, sentence % values)


def _place(path: Path, node: Node, number: str = "") -> str:
    """The citation of a node, or of one that is missing beside it."""
    if not number:
        return citation((*path, node))
    if node.kind in MARKS:
        sibling = Node(node.kind, number)
    else:
        sibling = Node(node.kind, node.num.replace(bare_number(node.num), number))
    return citation((*path, sibling))
