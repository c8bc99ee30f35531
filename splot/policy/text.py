"""The text of a policy as it would be printed today: composed of its rows, or the act that binds
with the changes made in it.
"""

from copy import deepcopy
from functools import cached_property
from typing import Any

from splot.catalogue.queries import act_wordings
from splot.core.languages import texts_of
from splot.documents.amending import amend_document
from splot.documents.amending_formulas import without_passed_only
from splot.documents.tree import Document

from .compose import compose_document
from .contents import Contents, contents_as_imported, contents_of
from .models import Policy
from .queries import imported_version, newest_version


def current_text(policy: Policy, language: str) -> tuple[Document, str]:
    """The text as it would be printed today for a reader of `language`, and the language that it is
    really in.
    """
    text = CurrentText(policy)
    really_in = language if text.has_language(language) else policy.language
    return text.document(really_in), really_in


class CurrentText:
    """What the rows of a policy say now, in each language that it has. It is worked out as far as
    it is asked for: nothing is composed twice, and an act that binds, in which nobody has written,
    is taken as it is.

    `adoption` is the number and the day of the council's resolution, for a text that is composed.
    """

    def __init__(self, policy: Policy, **adoption: Any) -> None:
        self.policy, self.adoption = policy, adoption
        self.base = newest_version(policy.amends) if policy.amends else imported_version(policy)
        self._documents: dict[str, Document] = {}

    @cached_property
    def contents(self) -> Contents:
        return contents_of(self.policy)

    @cached_property
    def contents_of_base(self) -> Contents:
        """What the rows said when the act was frozen."""
        if self.policy.amends:
            return contents_of(self.policy.amends)
        assert self.base is not None
        return contents_as_imported(self.policy, self.base)

    @cached_property
    def languages(self) -> list[str]:
        """The policy's own language, and every other in which somebody has written a passage."""
        languages = set(self.base.texts) if self.base else set()
        for row in (self.policy, *self.contents.everything):
            for text in texts_of(row).values():
                languages.update(text.texts)
        return [self.policy.language, *sorted(languages - {self.policy.language})]

    def has_language(self, language: str) -> bool:
        if language == self.policy.language or (self.base and language in self.base.texts):
            return True
        return language in self.languages

    @cached_property
    def is_as_frozen(self) -> bool:
        """Is there an act that binds, in which nobody has written a word?"""
        return self.base is not None and not self.policy.steps.exists()

    def document(self, language: str) -> Document:
        """The text in one of its languages."""
        if language not in self._documents:
            document = self._work_out(language)
            if self.policy.amends:
                document = without_passed_only(document)
            self._documents[language] = document
        return self._documents[language]

    def _work_out(self, language: str) -> Document:
        if self.base is None:
            return compose_document(self.contents, language, **self.adoption)
        if language == self.base.language and self.is_as_frozen:
            return self.base.document(language)[0]
        composition = compose_document(self.contents, language)
        if language not in self.base.texts:
            act = self.document(self.base.language)
            return overlay_translation(act, composition, self.base.language)
        return amend_document(
            self.base.document(language)[0],
            compose_document(self.contents_of_base, language),
            composition,
            repealed=act_wordings(language)["repealed"],
        )


def overlay_translation(source: Document, translation: Document, language: str) -> Document:
    """The tree with the words that a composition in another language has; the rest says that it is
    in `language`.
    """
    overlaid = deepcopy(source)
    translated = {}
    for node, __ in translation.walk():
        if node.ref and not node.lang:
            translated[node.ref] = node
    for node, __ in overlaid.walk():
        other = translated.get(node.ref)
        node.lang = "" if other else language
        if other:
            node.text, node.heading = other.text or node.text, other.heading or node.heading
    return overlaid
