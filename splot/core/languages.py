"""Texts that exist in several languages, each translation knowing which source text it was made
from.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.utils.translation import get_language

from .normalisation import normalise_text
from .values import Json

SOURCE, CURRENT, OUTDATED, MACHINE, MISSING = "source", "current", "outdated", "machine", "missing"


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """What a reader gets: a text, its language, and its state (source, current, outdated, machine,
    missing).
    """

    text: str
    language: str
    state: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in its source language with its translations. A value: changing it makes a new one.

    `revision` counts the source's wordings; `made_from[language]` is the revision that a
    translation was made from; `machine` names the languages that no person has approved yet.
    `earlier[language]` is the source's wording that an outdated translation was made from, so that
    a translator sees what changed.
    """

    source: str = ""
    revision: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    made_from: dict[str, int] = field(default_factory=dict)
    machine: tuple[str, ...] = ()
    earlier: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.texts.get(self.source))

    def __str__(self) -> str:
        return self.shown(get_language() or settings.LANGUAGE_CODE).text

    @property
    def source_wording(self) -> str:
        """The wording in the source language."""
        return self.texts.get(self.source, "")

    def shown(self, language: str) -> LocalisedText:
        """The text for a reader of `language`: the translation where there is one, the source
        otherwise.
        """
        if not self:
            return LocalisedText("", language, MISSING)
        if language == self.source:
            return LocalisedText(self.texts[language], language, SOURCE)
        if not self.texts.get(language):
            return LocalisedText(self.texts[self.source], self.source, MISSING)
        return LocalisedText(self.texts[language], language, self.state(language))

    def state(self, language: str) -> str:
        """Of the translation into `language`: current, outdated, machine or missing; source for the
        source.
        """
        if language == self.source:
            return SOURCE
        if not self.texts.get(language):
            return MISSING
        if language in self.machine:
            return MACHINE
        return CURRENT if self.made_from.get(language) == self.revision else OUTDATED

    def written(
        self, language: str, text: str, *, minor: bool = False, machine: bool = False
    ) -> "Text":
        """The same with a new wording in one language. A minor edit of the source outdates no
        translation; nor does what only `normalise_text` tells apart.
        """
        text = normalise_text(text)
        if normalise_text(self.texts.get(language, "")) == text and machine == (
            language in self.machine
        ):
            return self if language == self.source else self._made_now(language)
        source = self.source or language
        made = replace(self, source=source, texts={**self.texts, language: text})
        if language != source:
            unapproved = set(self.machine) - {language} | ({language} if machine else set())
            return replace(made, machine=tuple(sorted(unapproved)))._made_now(language)
        current = [other for other, revision in self.made_from.items() if revision == self.revision]
        if minor:
            kept = {**self.made_from, **dict.fromkeys(current, self.revision + 1)}
            return replace(made, revision=self.revision + 1, made_from=kept)
        earlier = {**self.earlier, **dict.fromkeys(current, self.texts.get(source, ""))}
        return replace(made, revision=self.revision + 1, earlier=earlier)

    def still_valid(self, since: int) -> "Text":
        """The same, with every translation current that was so at revision `since`: what came after
        was small.
        """
        valid = [language for language, revision in self.made_from.items() if revision >= since]
        earlier = {
            language: words for language, words in self.earlier.items() if language not in valid
        }
        return replace(
            self,
            made_from={**self.made_from, **dict.fromkeys(valid, self.revision)},
            earlier=earlier,
        )

    def _made_now(self, language: str) -> "Text":
        """A person has looked at the translation beside the source as it is: it is current."""
        if self.made_from.get(language) == self.revision or not self.texts.get(language):
            return self
        earlier = {other: words for other, words in self.earlier.items() if other != language}
        return replace(self, made_from={**self.made_from, language: self.revision}, earlier=earlier)

    def to_json(self) -> Json:
        """The value as the database keeps it."""
        if not self.texts:
            return {}
        kept: Json = {"source": self.source, "revision": self.revision, "texts": self.texts}
        if self.made_from:
            kept["made_from"] = self.made_from
        if self.machine:
            kept["machine"] = list(self.machine)
        if self.earlier:
            kept["earlier"] = self.earlier
        return kept

    @classmethod
    def from_json(cls, kept: Json | None) -> "Text":
        if not kept:
            return cls()
        return cls(
            kept["source"],
            kept["revision"],
            kept["texts"],
            kept.get("made_from", {}),
            tuple(kept.get("machine", ())),
            kept.get("earlier", {}),
        )

    @classmethod
    def of(cls, source: str, texts: dict[str, str]) -> "Text":
        """A fresh text from {language: wording}, every translation made from the source as
        given.
        """
        result = cls().written(source, texts[source])
        for language, text in texts.items():
            if language != source and text:
                result = result.written(language, text)
        return result


if TYPE_CHECKING:
    _Field = models.JSONField[Text, Text]
else:
    _Field = models.JSONField


class TextField(_Field):
    """A model field that holds a Text. Empty is an empty Text, never NULL. What is kept is in its
    normal form, whoever made the Text.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self,
        value: str | None,
        expression: Expression,
        connection: BaseDatabaseWrapper,
    ) -> Text | None:
        kept: Json | None = super().from_db_value(value, expression, connection)
        # NULL comes from an outer join, not from the column
        return None if kept is None else Text.from_json(kept)

    def get_db_prep_value(
        self,
        value: object,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,
    ) -> object:
        if isinstance(value, Text):
            wordings = {code: normalise_text(text) for code, text in value.texts.items()}
            value = replace(value, texts=wordings).to_json()
        return super().get_db_prep_value(value, connection, prepared)

    def to_python(self, value: object) -> object:
        return Text.from_json(value) if isinstance(value, dict) else value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj).to_json()


def texts_of(row: models.Model) -> dict[str, Text]:
    """Every text that a row holds, {field: text}, in the order of its fields."""
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if isinstance(field, TextField)
    }


def language_name(code: str) -> str:
    """A language's name in its own script, with a capital: "Українська"."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].title() + name[1:]


def text_direction(code: str) -> str:
    """ "rtl" for languages written from right to left, "ltr" otherwise."""
    return Locale.parse(code).text_direction


# Letters that are frequent in one of the languages and rare or unknown in the others.
_TYPICAL_LETTERS = {"pl": "ąćęłńśźż", "uk": "ґєії", "ru": "ыэё", "be": "ўіы"}


def guess_language(text: str) -> str:
    """The language that a text is probably in: pl, uk, be or ru by their letters, en otherwise."""
    lowered = text.lower()
    counts = {}
    for code, letters in _TYPICAL_LETTERS.items():
        counts[code] = sum(lowered.count(letter) for letter in letters)
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] * 60 > len(text) else "en"
