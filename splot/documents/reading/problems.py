"""Finds defects of numbering. Nothing is corrected: a printed number is an identifier."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from splot.documents.reading.evidence import Evidence
from splot.documents.reading.numbering import MARK, between, follows, order
from splot.documents.reading.paragraphs import Draft
from splot.documents.reading.references import find_dead_references
from splot.documents.tree import MARKS, Document, Node, Problem, bare_number, citation

Pair = tuple[Draft, Node]
Path = tuple[Node, ...]
WIDE_GAP = 50  # beyond it, what stands elsewhere in the list is not looked up
RUN_ON = ("paragraph", "article")  # count on across the chapters above them


def find_problems(document: Document, root: Draft, evidence: Evidence) -> list[Problem]:
    """Numbers missing, repeated or out of order, references that lead nowhere, or no numbering at all."""
    if not evidence.numbered:
        return [Problem("no-numbering", "", "", _("The document has no numbering: its text was kept as paragraphs."))]
    found: list[Problem] = []
    for path, series in _series(root, document):
        found += _check(path, series)
    return found + find_dead_references(document)


def _series(root: Draft, document: Document) -> Iterator[tuple[Path, list[Pair]]]:
    """Every list of numbers that should follow one another, with the path of what holds it.

    §§ and articles count on through the chapters of one document or annex.
    """
    waiting: list[tuple[Draft, list[Node], Path]] = [(root, document.nodes, ())]
    running: dict[tuple[str, str], tuple[Path, list[Pair]]] = {}
    while waiting:
        draft, nodes, path = waiting.pop()
        lists: dict[tuple[str, int], list[Pair]] = {}
        scope = next((node.eid for node in path if node.kind == "attachment"), "")
        for child, node in zip(draft.children, nodes, strict=True):
            style = child.style
            if style is None or style.values == MARK or not child.value:
                continue
            article = any(above.kind == "article" for above in path)
            if style.name in RUN_ON and not article:
                running.setdefault((scope, style.name), (path[:1] if scope else (), []))[1].append((child, node))
            else:
                lists.setdefault(child.key, []).append((child, node))
        yield from ((path, series) for series in lists.values())
        for child, node in zip(reversed(draft.children), reversed(nodes), strict=True):
            waiting.append((child, node.children, (*path, node)))
    yield from running.values()


def _check(path: Path, series: list[Pair]) -> list[Problem]:
    """One list against the order that its numbers should have."""
    printed = {order(draft.style, draft.value) for draft, _node in series}
    found: list[Problem] = []
    seen: set[tuple] = set()
    highest = series[0]
    for at, (draft, node) in enumerate(series):
        key = order(draft.style, draft.value)
        if key in seen:
            found.append(_problem("repeated", path, node, _("%(place)s stands here more than once.")))
        elif at == 0:
            found += _missing(path, None, (draft, node), printed)
        elif key < order(highest[0].style, highest[0].value):
            found.append(_problem("out-of-order", path, node, _("%(place)s stands after %(before)s."), highest[1]))
        elif not follows(draft.style, highest[0].value, draft.value):
            found += _missing(path, highest, (draft, node), printed)
        seen.add(key)
        if key >= order(highest[0].style, highest[0].value):
            highest = (draft, node)
    return found


def _missing(path: Path, before: Pair | None, pair: Pair, printed: set[tuple]) -> list[Problem]:
    draft, node = pair
    if before is None and draft.kind in ("level", "attachment", "chapter"):
        return []  # outlines may count on across their headings
    start = before[0].value if before else ""
    gap = between(draft.style, start, draft.value)
    if len(gap) < WIDE_GAP:
        gap = [one for one in gap if order(draft.style, one) not in printed]
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
    return [_problem("missing", path, node, sentence, before[1] if before else None, what)]


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
