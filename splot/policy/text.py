"""The text of a policy as it would be printed today: composed of its rows, or the imported act with
its changes.
"""

from copy import deepcopy
from typing import Any

from splot.catalogue.queries import act_wordings
from splot.core.languages import texts_of
from splot.documents.amending import amend_document
from splot.documents.tree import Document

from .compose import compose_document
from .contents import Contents, contents_as_imported, contents_of
from .models import Policy, PolicyVersion
from .queries import imported_version, newest_version


def current_text(policy: Policy, language: str) -> tuple[Document, str]:
    """The text as it would be printed today for a reader of `language`, and the language that it is
    really in.
    """
    texts = current_texts(policy, only=language)
    really_in = language if language in texts else policy.language
    return Document.from_json(texts[really_in]), really_in


def current_texts(
    policy: Policy, *, only: str = "", **adoption: Any
) -> dict[str, dict[str, object]]:
    """{language: tree} of what the rows say now: composed, or, where an act binds, that act with
    the changes made.

    `only`: in one language and in the policy's own. `adoption`: number and day of the council's
    resolution.
    """
    contents = contents_of(policy)
    if policy.amends:
        base, before = newest_version(policy.amends), contents_of(policy.amends)
    elif base := imported_version(policy):
        before = contents_as_imported(policy, base)
    else:
        base = before = None
    texts = {}
    for language in languages_of(contents, base):
        if only and language not in (only, policy.language):
            continue
        if base is None or before is None:
            document = compose_document(contents, language, **adoption)
        else:
            document = _amended_text(base, before, contents, language)
        texts[language] = document.to_json()
    return texts


def _amended_text(
    base: PolicyVersion, before: Contents, after: Contents, language: str
) -> Document:
    if language in base.texts:
        tree = Document.from_json(base.texts[language])
        repealed = act_wordings(language)["repealed"]
        return amend_document(
            tree,
            compose_document(before, language),
            compose_document(after, language),
            repealed=repealed,
        )
    source = _amended_text(base, before, after, base.language)
    return overlay_translation(source, compose_document(after, language), base.language)


def overlay_translation(source: Document, words: Document, language: str) -> Document:
    """The tree with the words that a composition in another language has; the rest says that it is
    in `language`.
    """
    overlaid = deepcopy(source)
    translated = {node.ref: node for node, __ in words.walk() if node.ref and not node.lang}
    for node, __ in overlaid.walk():
        other = translated.get(node.ref)
        node.lang = "" if other else language
        if other:
            node.text, node.heading = other.text or node.text, other.heading or node.heading
    return overlaid


def languages_of(contents: Contents, base: PolicyVersion | None = None) -> list[str]:
    """The policy's own language, and every other in which somebody has written a passage."""
    own = contents.policy.language
    languages = set(base.texts) if base else set()
    for row in (contents.policy, *contents.everything):
        for text in texts_of(row).values():
            languages.update(text.texts)
    return [own, *sorted(languages - {own})]
