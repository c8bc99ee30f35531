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
    nodes = {node.ref: node for node, __ in old.walk() if node.ref}
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


def _has_same_references(node: Node, words: str) -> bool:
    """Are the references in these words those of the frozen passage? Others were written under
    today's numbers.
    """
    written = Document(nodes=[Node("paragraph", "§ 1.", "para_1", text=words)])
    references = {words[place.start : place.end] for place in find_references(written)}
    return bool(references) and all(reference in node.text for reference in references)


def _update_row(
    row: PolicyPart, node: Node, renumbering: Renumbering, by: User | None
) -> list[ReferenceChange]:
    renumbered = {}
    for language, words in row.text.texts.items():
        renumbered[language] = renumber_references(words, node.eid, renumbering)
    texts = {language: result.text for language, result in renumbered.items()}
    if texts != row.text.texts:
        text: Text = replace(row.text, texts=texts)
        change(row, by=by, verb="references.mended", version=row.version, text=text)
    source, place = renumbered[row.text.source], row.number or row.text.source_wording[:60]
    report: list[ReferenceChange] = []
    for was, now in source.mended:
        report.append({"place": place, "kind": "mended", "before": was, "after": now})
    for was in source.dead:
        report.append({"place": place, "kind": "dead", "before": was, "after": ""})
    for was in source.unsure:
        report.append({"place": place, "kind": "unsure", "before": was, "after": ""})
    return report
