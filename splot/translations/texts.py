"""Texts of a room that are translated together, and how far that is in one language.

A room says which texts it has by a `TextCollection` of its own; its page shows them by
`splot.translations.side_by_side`.
"""

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.db import models
from django.http import Http404

from splot.core.languages import CURRENT, MACHINE, MISSING, OUTDATED, Text
from splot.core.models import Versioned
from splot.core.values import Words
from splot.people.models import Municipality

STATES = (MISSING, OUTDATED, MACHINE, CURRENT)


class Part(NamedTuple):
    """A part of a collection, under a heading of its own; the key stands in addresses."""

    key: str
    name: Words


@dataclass(frozen=True)
class TranslatableText:
    """One text that can be translated: a field of a row.

    `number` is what is printed before it, if anything; `place` counts its like within the part
    from 1, 0 for the only one.
    """

    row: Versioned
    field: str
    part: Part
    label: Words
    number: str = ""
    place: int = 0

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def text(self) -> Text:
        text: Text = getattr(self.row, self.field)
        return text


class TextCollection(ABC):
    """The texts of a room that are translated together: of a policy, of a list."""

    municipality: Municipality
    subject: models.Model  # the row whose texts they are, for the audit trail
    title: object
    part_label: Words  # what the parts are called, above the list of them

    @abstractmethod
    def texts(self) -> list[TranslatableText]:
        """Every text that has words, in reading order; a fixed number of queries."""

    @abstractmethod
    def read_again(self) -> "TextCollection":
        """The same, as the database has it now."""

    @abstractmethod
    def side_by_side_url(self, language: str) -> str:
        """The page on which the texts are translated into a language."""

    @abstractmethod
    def machine_url(self, language: str) -> str:
        """Where the request to translate by machine is sent."""

    @abstractmethod
    def follow_translation(self, language: str) -> None:
        """Change what else depends on the translations. Runs inside the action."""


class Translation:
    """A collection in one language: its texts that were written in another one, and what has become
    of them.
    """

    def __init__(
        self,
        collection: TextCollection,
        language: str,
        texts: list[TranslatableText] | None = None,
    ) -> None:
        self.collection, self.language = collection, language
        self.municipality = collection.municipality
        self._all_texts = texts

    @cached_property
    def texts(self) -> list[TranslatableText]:
        texts = self.collection.texts() if self._all_texts is None else self._all_texts
        return [translatable for translatable in texts if translatable.text.source != self.language]

    @cached_property
    def counts(self) -> dict[str, int]:
        """{state: number of texts} for each of STATES."""
        counted = Counter(translatable.text.state(self.language) for translatable in self.texts)
        return {state: counted[state] for state in STATES}

    def read_again(self) -> "Translation":
        return Translation(self.collection.read_again(), self.language)

    def text_by_key(self, key: str) -> TranslatableText:
        """The text of this key ("activity-17-text"), or 404."""
        for text in self.texts:
            if text.key == key:
                return text
        raise Http404


def translation_into(collection: TextCollection, language: str) -> Translation:
    """The collection in a language whose name and direction are known, or 404."""
    if not is_language_code(language):
        raise Http404
    return Translation(collection, language)


def translations_of(collection: TextCollection) -> list[Translation]:
    """In the languages of the interface, then in every other that somebody has written a text
    in.
    """
    texts = collection.texts()
    offered = [code for code, __ in settings.LANGUAGES]
    written: set[str] = set()
    for translatable in texts:
        wordings = translatable.text.texts.items()
        written.update(language for language, wording in wordings if wording)
    others = filter(is_language_code, sorted(written - set(offered)))
    translations = [Translation(collection, code, texts) for code in (*offered, *others)]
    return [translation for translation in translations if translation.texts]


def is_language_code(code: str) -> bool:
    """A code in its plain form, "uk" or "fil", of a language whose name and direction are known."""
    try:
        return code.isalpha() and str(Locale.parse(code)) == code
    except (UnknownLocaleError, ValueError):
        return False
