"""Finds references inside a document to provisions that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from splot.documents.references.parsing import Mention, parse_mentions
from splot.documents.references.resolving import AMENDING_WORDS
from splot.documents.tree import CITATION_FORMATS, Document, Node, Problem, bare_number, citation_of

STEP_KINDS = ("paragraph", "subparagraph", "point", "alinea")


def find_dead_references(document: Document) -> list[Problem]:
    """One problem for each reference to a § (ust., pkt, lit.) of this document that does not
    exist.
    """
    nodes = list(document.walk())
    if not any(node.kind == "paragraph" for node, _above in nodes):
        return []
    articles = any(node.kind == "article" for node, _above in nodes)
    index = _index_provisions(nodes)
    found = []
    amending: set[int] = set()
    for node, ancestors in nodes:
        if (ancestors and id(ancestors[-1]) in amending) or AMENDING_WORDS.search(node.text):
            amending.add(id(node))  # it speaks of the numbers of the act that it changes
            continue
        path = (*ancestors, node)
        scope = _scope_of(path)
        for mention in parse_mentions(f"{node.text} {node.closing}", articles=articles):
            for steps in _targets_of(mention, path):
                if not _has_provision(steps, scope, index):
                    message = _("%(place)s refers to %(target)s, which does not exist.")
                    place = citation_of(path)
                    target = " ".join(CITATION_FORMATS[kind].format(value) for kind, value in steps)
                    message %= {"place": place, "target": target}
                    found.append(Problem("reference", place, node.eid, message))
    return found


def _scope_of(path: tuple[Node, ...]) -> str:
    return path[0].eid if path and path[0].kind == "attachment" else ""


def _index_provisions(nodes: list[tuple[Node, tuple[Node, ...]]]) -> set[tuple]:
    """Every citable provision as (annex, (kind, number), ...)."""
    return {
        (
            _scope_of((*above, node)),
            *((one.kind, bare_number(one.num)) for one in (*above, node) if one.kind in STEP_KINDS),
        )
        for node, above in nodes
        if node.kind in STEP_KINDS
    }


def _has_provision(steps: tuple, scope: str, index: set[tuple]) -> bool:
    return (scope, *steps) in index or (scope != "" and ("", *steps) in index)


def _targets_of(mention: Mention, path: tuple[Node, ...]) -> Iterator[tuple]:
    """What a mention names: from the first number it gives on, within the provision it stands in.

    Of a list only the first number is followed, which has a mark of its own, of a range both ends.
    """
    named = [kind for kind in mention.kinds if kind in STEP_KINDS]
    if mention.other_act or "article" in mention.kinds or not named:
        return
    depth = STEP_KINDS.index(named[0])
    around = [(one.kind, bare_number(one.num)) for one in path if one.kind in STEP_KINDS[:depth]]
    if depth and not around:
        return  # in an outline "pkt 3" may mean anything
    for number in mention.items[0].numbers:
        yield (*around, *(step for step in mention.steps(number) if step[0] in STEP_KINDS))
