"""Suggests what the passages of an act become: a mapping that a person checks and changes before
anything is saved.

A mapping names the areas and gives each passage (by eId) a role:

    area:N      opens the activities of area N           institution   who carries the policy out
    aim:N       an aim of area N; "aim" of the whole     partner       with whom
    area_and_aim:N   an aim that area N is named after   general, final   provisions around
    activity:N  an activity of area N                    monitoring, team, mayor, council
    audience:N, leader:N   for whom, by whom                           who watches over it
    ""          stays in the text and becomes nothing else
"""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from splot.documents.tree import Document

from .mapping import (
    DUTIES,
    OWN_AIM,
    ActMapping,
    mapping_counts,
    passages_with_roles,
    split_role,
)
from .outline import map_labelled_outline, map_plain_outline
from .plan_tables import map_tables, unread_tables
from .provisions import (
    AIMS,
    SECTIONS,
    map_provisions,
    match_groups_to_aims,
    place_provisions,
    provisions_in,
)
from .sections import map_sections
from .wording import (
    area_name,
    body_name,
    printed_body,
    split_area_opening,
    split_opening,
    wording_of,
)

__all__ = [
    "DUTIES",
    "OWN_AIM",
    "ActMapping",
    "area_name",
    "body_name",
    "mapping_counts",
    "match_groups_to_aims",
    "passages_with_roles",
    "printed_body",
    "split_area_opening",
    "split_opening",
    "split_role",
    "suggest_mapping",
    "wording_of",
]


def suggest_mapping(document: Document) -> ActMapping:
    """Read areas, aims, activities, institutions, partners and duties off a document tree."""
    mapping = next(_candidates(document))
    _report_doubts(document, mapping)
    place_provisions(mapping, document)
    for node, __ in document.walk():
        mapping.say_unless_said(node, "")
    return mapping


def _candidates(document: Document) -> Iterator[ActMapping]:
    """The ways to read the plan that give activities, the surest first; at the last what gives
    none.
    """
    provisions = map_provisions(document)
    sections = [node for node in provisions_in(document.nodes) if node.kind in SECTIONS]
    if provisions.count_of("activity") and any(AIMS.search(node.text) for node in sections):
        yield provisions
    others: tuple[Callable[[Document], ActMapping], ...] = (
        map_sections,
        map_labelled_outline,
        map_tables,
    )
    labelled = []
    for read in others:
        labelled.append(read(document))
        if labelled[-1].count_of("activity"):
            yield labelled[-1]
    if provisions.count_of("activity") and sections:
        yield provisions
    for mapping in (map_plain_outline(document), provisions):
        if mapping.count_of("activity"):
            yield mapping
    yield max([provisions, *labelled], key=lambda mapping: len(mapping.areas))


def _report_doubts(document: Document, mapping: ActMapping) -> None:
    """Says where no activity was found, and which tables were not understood."""
    if mapping.count_of("activity"):
        return
    if document.title or document.preamble or document.nodes:
        mapping.problems.append(_("No activities were found in the document."))
    citations = {id(node): citation for node, citation in document.cited()}
    for table in unread_tables(document, mapping):
        message = _("The table %(citation)s was not understood as a plan.")
        mapping.problems.append(message % {"citation": citations[id(table)]})
