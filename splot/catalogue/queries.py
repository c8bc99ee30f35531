"""Reads of the shipped catalogue: its structure once a process, its words by kind, id and language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.http import Http404

from splot.core.languages import Text
from splot.core.values import Json

from .models import (
    Aspect,
    Catalogue,
    Entry,
    Group,
    OfferedProvision,
    SuggestedActivity,
    SuggestedIndicator,
    TypicalInstitution,
)

Kind = TypeVar("Kind", bound=Entry)

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("pl", "en", "uk")


@cache
def catalogue() -> Catalogue:
    """The catalogue as shipped with this version of Splot."""
    facts = _read("structure")

    def entries(section: str, kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(kind(**_tuples(row)) for row in facts[section])

    return Catalogue(
        version=facts["version"],
        aspects=tuple(_aspect(row) for row in facts["aspects"]),
        indicators={entry.id: entry for entry in entries("indicators", SuggestedIndicator)},
        institutions={entry.id: entry for entry in entries("institutions", TypicalInstitution)},
        sensitive_groups=entries("sensitive_groups", Entry),
        values=entries("values", Entry),
        principles=entries("principles", Entry),
        strategic_aims=entries("strategic_aims", Entry),
        vision_questions=entries("vision_questions", Entry),
        provisions=entries("provisions", OfferedProvision),
        texts={language: _read(language) for language in LANGUAGES},
    )


def _read(name: str) -> Json:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8"))


def _tuples(row: Json) -> Json:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _aspect(row: Json) -> Aspect:
    groups = tuple(
        Group(
            id=group["id"],
            aim=group["aim"],
            institutions=tuple(group.get("institutions", ())),
            activities=tuple(SuggestedActivity(**_tuples(activity)) for activity in group["activities"]),
        )
        for group in row["groups"]
    )
    return Aspect(**_tuples({name: value for name, value in row.items() if name != "groups"}), groups=groups)


def words(section: str, id: str, language: str, field: str = "") -> str:
    """An entry's words in a language; in English where the catalogue does not speak it."""
    texts = catalogue().texts
    entry = texts.get(language, texts["en"])[section][id]
    return entry[field] if field else entry


def text(section: str, id: str, source: str, field: str = "") -> Text:
    """An entry's words as a text whose source is the policy's language, with the others as its translations."""
    source = source if source in LANGUAGES else "en"
    return Text.of(source, {language: words(section, id, language, field) for language in LANGUAGES})


def act_words(language: str) -> dict[str, str]:
    """The fixed wordings of a resolution, with {placeholders}; English where the catalogue has no other."""
    texts = catalogue().texts
    return texts.get(language, texts["en"])["act"]


def act_text(key: str, source: str) -> Text:
    """One of the fixed wordings as a text, so that it can be changed in one policy."""
    source = source if source in LANGUAGES else "en"
    return Text.of(source, {language: act_words(language)[key] for language in LANGUAGES})


def aspect_of(slug: str) -> Aspect:
    """An aspect by its id, or 404."""
    found = catalogue().aspect(slug)
    if found is None:
        raise Http404
    return found
