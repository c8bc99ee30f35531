"""What the catalogue holds. It is shipped content, the same for every municipality, so no table
keeps it.

Every entry has an id that never changes; its words in each language are asked for by kind and id,
see `splot.catalogue.queries`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """Something that a policy can take over. `since` and `reworded` are versions of the
    catalogue.
    """

    id: str
    chapter: str = ""
    since: int = 1
    reworded: tuple[int, ...] = ()

    def is_news_since(self, version: int) -> bool:
        """Was it added or reworded after a version of the catalogue?"""
        return max(self.since, *self.reworded, 0) > version


@dataclass(frozen=True, slots=True)
class SuggestedActivity(CatalogueEntry):
    """`indicators`, `institutions` and `groups` are ids; `free`: it usually costs nothing."""

    free: bool = False
    indicators: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityGroup:
    """Activities of an aspect that serve one aim, for one audience."""

    id: str
    aim: str
    institutions: tuple[str, ...] = ()
    activities: tuple[SuggestedActivity, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect(CatalogueEntry):
    """One of the twelve aspects of integration; the first of its aims is the main one."""

    aims: tuple[str, ...] = ()
    groups: tuple[ActivityGroup, ...] = ()

    @property
    def activities(self) -> list[SuggestedActivity]:
        return [activity for group in self.groups for activity in group.activities]


@dataclass(frozen=True, slots=True)
class SuggestedIndicator(CatalogueEntry):
    """Direction, kind and frequency are those of `splot.indicators.models.Indicator`."""

    direction: str = "higher"
    kind: str = "output"
    frequency: str = "year"


@dataclass(frozen=True, slots=True)
class OfferedProvision(CatalogueEntry):
    """A wording for a passage around aims and activities; `kind` is that of
    `splot.policy.models.Provision`.
    """

    kind: str = "general"


@dataclass(frozen=True, slots=True)
class TypicalInstitution(CatalogueEntry):
    """`kind` is that of `splot.people.models.Organisation`."""

    kind: str = "municipal_unit"


@dataclass(frozen=True)
class Catalogue:
    """The whole of it, in order. `texts` is {language: {section: {id: words, or {field:
    words}}}}.
    """

    version: int
    aspects: tuple[Aspect, ...]
    indicators: dict[str, SuggestedIndicator]
    institutions: dict[str, TypicalInstitution]
    sensitive_groups: tuple[CatalogueEntry, ...]
    values: tuple[CatalogueEntry, ...]
    principles: tuple[CatalogueEntry, ...]
    strategic_aims: tuple[CatalogueEntry, ...]
    vision_questions: tuple[CatalogueEntry, ...]
    provisions: tuple[OfferedProvision, ...]
    bases: tuple[CatalogueEntry, ...]
    texts: dict[str, dict] = field(repr=False)

    def aspect(self, id: str) -> Aspect | None:
        return next((aspect for aspect in self.aspects if aspect.id == id), None)

    def activities(self) -> Iterator[tuple[Aspect, ActivityGroup, SuggestedActivity]]:
        """Every suggested activity with where it stands."""
        for aspect in self.aspects:
            for group in aspect.groups:
                for activity in group.activities:
                    yield aspect, group, activity
