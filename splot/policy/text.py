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
    found = language if language in texts else policy.language
    return Document.from_json(texts[found]), found


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
    wanted = languages_of(contents, base)
    wanted = [language for language in wanted if not only or language in (only, policy.language)]
    if base is None or before is None:
        return {
            language: compose_document(contents, language, **adoption).to_json()
            for language in wanted
        }
    return {
        language: _amended_text(base, before, contents, language).to_json() for language in wanted
    }


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
    made = deepcopy(source)
    there = {node.ref: node for node, __ in words.walk() if node.ref and not node.lang}
    for node, __ in made.walk():
        other = there.get(node.ref)
        node.lang = "" if other else language
        if other:
            node.text, node.heading = other.text or node.text, other.heading or node.heading
    return made


def languages_of(contents: Contents, base: PolicyVersion | None = None) -> list[str]:
    """The policy's own language, and every other in which somebody has written a passage."""
    own = contents.policy.language
    found = {
        language
        for row in contents.everything
        for text in texts_of(row).values()
        for language in text.texts
    }
    found |= {language for text in texts_of(contents.policy).values() for language in text.texts}
    found |= set(base.texts) if base else set()
    return [own, *sorted(found - {own})]
