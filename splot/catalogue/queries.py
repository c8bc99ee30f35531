"""Reads of the shipped catalogue: its structure once a process, its words by kind, id and
language.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.http import Http404

from splot.core.languages import Text
from splot.core.values import Json

from .models import (
    ActivityGroup,
    Aspect,
    Catalogue,
    CatalogueEntry,
    OfferedProvision,
    SuggestedActivity,
    SuggestedIndicator,
    TypicalInstitution,
)

Kind = TypeVar("Kind", bound=CatalogueEntry)

CONTENT_DIR = Path(__file__).parent / "content"
LANGUAGES = ("pl", "en", "uk")


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue as shipped with this version of Splot."""
    facts = _read_toml("structure")

    def entries(section: str, kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(kind(**_lists_to_tuples(row)) for row in facts[section])

    return Catalogue(
        version=facts["version"],
        aspects=tuple(map(_build_aspect, facts["aspects"])),
        indicators=_by_id(entries("indicators", SuggestedIndicator)),
        institutions=_by_id(entries("institutions", TypicalInstitution)),
        sensitive_groups=entries("sensitive_groups", CatalogueEntry),
        values=entries("values", CatalogueEntry),
        principles=entries("principles", CatalogueEntry),
        strategic_aims=entries("strategic_aims", CatalogueEntry),
        vision_questions=entries("vision_questions", CatalogueEntry),
        provisions=entries("provisions", OfferedProvision),
        bases=entries("bases", CatalogueEntry),
        texts=dict(zip(LANGUAGES, map(_read_toml, LANGUAGES), strict=True)),
    )


def _by_id(entries: Iterable[Kind]) -> dict[str, Kind]:
    return {entry.id: entry for entry in entries}


def _read_toml(name: str) -> Json:
    return tomllib.loads((CONTENT_DIR / f"{name}.toml").read_text("utf-8"))


def _lists_to_tuples(row: Json) -> Json:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _build_aspect(row: Json) -> Aspect:
    fields = _lists_to_tuples(row)
    fields["groups"] = tuple(map(_build_group, row["groups"]))
    return Aspect(**fields)


def _build_group(row: Json) -> ActivityGroup:
    activities = []
    for activity in row["activities"]:
        activities.append(SuggestedActivity(**_lists_to_tuples(activity)))
    return ActivityGroup(
        id=row["id"],
        aim=row["aim"],
        institutions=tuple(row.get("institutions", ())),
        activities=tuple(activities),
    )


def entry_wording(section: str, id: str, language: str, field: str = "") -> str:
    """An entry's words in a language; in English where the catalogue does not speak it."""
    texts = shipped_catalogue().texts
    entry = texts.get(language, texts["en"])[section][id]
    return entry[field] if field else entry


def entry_text(section: str, id: str, source: str, field: str = "") -> Text:
    """An entry's words as a text whose source is the policy's language, with the others as its
    translations.
    """
    source = source if source in LANGUAGES else "en"
    return Text.of(
        source, {language: entry_wording(section, id, language, field) for language in LANGUAGES}
    )


@cache
def shipped_wordings(language: str) -> frozenset[str]:
    """Every sentence of the catalogue in a language, as it is shipped; none where it has no
    other.
    """
    wordings: set[str] = set()
    waiting: list[object] = [shipped_catalogue().texts.get(language, {})]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            wordings.add(item)
        elif isinstance(item, dict):
            waiting += item.values()
    return frozenset(wordings)


def act_wordings(language: str) -> dict[str, str]:
    """The fixed wordings of a resolution, with {placeholders}; English where the catalogue has no
    other.
    """
    texts = shipped_catalogue().texts
    return texts.get(language, texts["en"])["act"]


def aspect_of(slug: str) -> Aspect:
    """An aspect by its id, or 404."""
    aspect = shipped_catalogue().aspect(slug)
    if aspect is None:
        raise Http404
    return aspect
