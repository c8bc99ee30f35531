"""Finds references inside a document to provisions that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from splot.documents.references.parsing import Mention, parse_mentions
from splot.documents.references.resolving import NodePath, ProvisionIndex, is_amending
from splot.documents.tree import CITATION_FORMATS, Document, Problem, citation_of


def find_dead_references(document: Document) -> list[Problem]:
    """One problem for each reference to a § (ust., pkt, lit.) of this document that does not exist.

    Of a list only the first number is followed, which has a mark of its own, of a range both ends.
    The eIds are assigned.
    """
    index = ProvisionIndex(document)
    if not any(path[-1].kind == "paragraph" for path in index.paths.values()):
        return []
    problems: list[Problem] = []
    for path in index.paths.values():
        if not is_amending(path):  # else it speaks of the numbers of the act that it changes
            problems += _dead_references_in(index, path)
    return problems


def _dead_references_in(index: ProvisionIndex, path: NodePath) -> Iterator[Problem]:
    text = f"{path[-1].text} {path[-1].closing}"
    for mention in parse_mentions(text, articles=index.articles):
        if not _can_be_checked(mention) or not index.can_mean(mention, path):
            continue
        targets = index.meaning(mention, path).targets
        for number in mention.items[0].numbers:
            if targets[number] is None:
                around = mention.inherited or index.steps_around(mention.kinds[0], path)
                yield _dead_reference(path, (*around, *mention.steps(number)))


def _can_be_checked(mention: Mention) -> bool:
    """Other acts are not at hand, and articles are mostly theirs."""
    return not mention.other_act and "article" not in mention.kinds


def _dead_reference(path: NodePath, steps: tuple[tuple[str, str], ...]) -> Problem:
    place = citation_of(path)
    target = " ".join(CITATION_FORMATS[kind].format(value) for kind, value in steps)
    message = _("%(place)s refers to %(target)s, which does not exist.")
    message %= {"place": place, "target": target}
    return Problem("reference", place, path[-1].eid, message)
