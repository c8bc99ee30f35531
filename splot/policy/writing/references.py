"""References in the words of a draft follow the numbers, when these change from one frozen text to
the next.
"""

from dataclasses import replace

from splot.core.actions import change
from splot.core.languages import Text
from splot.documents.references import Renumbering, find_references, renumber_references
from splot.documents.tree import Document, Node
from splot.people.models import User

from ..compose import compose_document
from ..contents import contents_of
from ..models import Policy, PolicyPart
from ..queries import imported_version, newest_version

ReferenceChange = dict[str, object]


def update_references(policy: Policy, *, by: User | None) -> list[ReferenceChange]:
    """Bring the references of a composed draft up to date with the numbers that it will be frozen
    with.

    A reference counts as made under the numbers of the last frozen text, if it stands there in the
    same passage; else as made under those of today, which are right. Gives back what was mended,
    what leads nowhere, and what a person must look at.
    """
    last = newest_version(policy)
    if policy.amends or last is None or imported_version(policy):
        return []  # numbers that were printed by others, or adopted, do not change
    old, __ = last.document(policy.language)
    contents = contents_of(policy)
    renumbering = Renumbering(old, compose_document(contents, policy.language))
    nodes = old.nodes_by_ref()
    report: list[ReferenceChange] = []
    for row in contents.everything:
        node = nodes.get(row.ref)
        if (
            node
            and isinstance(row, PolicyPart)
            and _has_same_references(node, row.text.source_wording)
        ):
            report += _update_row(row, node, renumbering, by)
    return report


def _has_same_references(node: Node, wording: str) -> bool:
    """Are the references in this wording those of the frozen passage? Others were written under
    today's numbers.
    """
    written = Document(nodes=[Node("paragraph", "§ 1.", "para_1", text=wording)])
    references = set()
    for reference in find_references(written):
        references.add(wording[reference.start : reference.end])
    return bool(references) and all(reference in node.text for reference in references)


def _update_row(
    row: PolicyPart, node: Node, renumbering: Renumbering, by: User | None
) -> list[ReferenceChange]:
    renumbered = {}
    for language, wording in row.text.texts.items():
        renumbered[language] = renumber_references(wording, node.eid, renumbering)
    texts = {language: result.text for language, result in renumbered.items()}
    if texts != row.text.texts:
        text: Text = replace(row.text, texts=texts)
        change(row, by=by, verb="references.mended", version=row.version, text=text)
    source, passage = renumbered[row.text.source], row.number or row.text.source_wording[:60]
    report: list[ReferenceChange] = []
    for was, now in source.mended:
        report.append({"place": passage, "kind": "mended", "before": was, "after": now})
    for was in source.dead:
        report.append({"place": passage, "kind": "dead", "before": was, "after": ""})
    for was in source.unsure:
        report.append({"place": passage, "kind": "unsure", "before": was, "after": ""})
    return report
