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
    problems: list[Problem] = []
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
                    problems.append(_dead_reference(path, steps))
    return problems


def _dead_reference(path: tuple[Node, ...], steps: tuple) -> Problem:
    place = citation_of(path)
    target = " ".join(CITATION_FORMATS[kind].format(value) for kind, value in steps)
    message = _("%(place)s refers to %(target)s, which does not exist.")
    message %= {"place": place, "target": target}
    return Problem("reference", place, path[-1].eid, message)


def _scope_of(path: tuple[Node, ...]) -> str:
    return path[0].eid if path and path[0].kind == "attachment" else ""


def _index_provisions(nodes: list[tuple[Node, tuple[Node, ...]]]) -> set[tuple]:
    """Every citable provision as (annex, (kind, number), ...)."""
    index: set[tuple] = set()
    for node, above in nodes:
        if node.kind in STEP_KINDS:
            path = (*above, node)
            index.add((_scope_of(path), *_steps_of(path, STEP_KINDS)))
    return index


def _steps_of(path: tuple[Node, ...], kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """The kind and number of each provision of these kinds on a path."""
    return [(node.kind, bare_number(node.num)) for node in path if node.kind in kinds]


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
    around = _steps_of(path, STEP_KINDS[:depth])
    if depth and not around:
        return  # in an outline "pkt 3" may mean anything
    for number in mention.items[0].numbers:
        steps = [step for step in mention.steps(number) if step[0] in STEP_KINDS]
        yield (*around, *steps)
