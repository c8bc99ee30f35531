"""What of a policy there is to translate, in reading order, and how far that is in one language."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from splot.core.languages import CURRENT, MACHINE, MISSING, OUTDATED, Text
from splot.people.models import Municipality

from .contents import Contents, contents_of
from .models import Activity, Aim, Policy, PolicyPassage, Provision, Value
from .queries import policy_of

STATES = (MISSING, OUTDATED, MACHINE, CURRENT)
OPENING, PROVISIONS = "opening", "provisions"  # what stands before and after the areas
FIELD_LABELS = {
    ("policy", "title"): gettext_lazy("Title"),
    ("policy", "vision"): gettext_lazy("Vision"),
    ("policy", "basis"): gettext_lazy("Legal basis"),
    ("policy", "responsible"): gettext_lazy("Who answers for the content"),
    ("area", "name"): gettext_lazy("Name of the area"),
    ("area", "why"): gettext_lazy("Why it matters"),
    ("area", "evidence"): gettext_lazy("What this rests on"),
    ("area", "audience"): gettext_lazy("Who it is for"),
    ("aim", "text"): gettext_lazy("Aim"),
    ("activity", "text"): gettext_lazy("Activity"),
    ("activity", "audience"): gettext_lazy("Activity: who it is for"),
}
OPENING_PROVISIONS = (Provision.Kind.GENERAL,)
CLOSING_PROVISIONS = tuple(kind for kind in Provision.Kind if kind not in OPENING_PROVISIONS)


@dataclass(frozen=True)
class TranslatablePassage:
    """One text of a policy: a field of a row. `place` counts its like within the group from 1, 0
    for the only one.
    """

    row: Policy | PolicyPassage
    field: str
    group: str  # OPENING, PROVISIONS, or the number of the area
    place: int = 0

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def text(self) -> Text:
        return getattr(self.row, self.field)

    @property
    def number(self) -> str:
        """As printed, "" where the text has not been frozen yet."""
        return self.row.number if isinstance(self.row, Activity | Aim | Value | Provision) else ""

    @property
    def label(self) -> object:
        if isinstance(self.row, Value | Provision):
            return capfirst(self.row.get_kind_display())
        return FIELD_LABELS[self.row._meta.model_name or "", self.field]


def translatable_passages(policy: Policy) -> list[TranslatablePassage]:
    """Every text of the policy that has words, in reading order; a fixed number of queries."""
    contents = contents_of(policy)
    every = [
        *_opening_passages(contents),
        *_area_passages(contents),
        *_provision_passages(contents, PROVISIONS, CLOSING_PROVISIONS),
    ]
    return [passage for passage in every if passage.text]


def _opening_passages(contents: Contents) -> Iterator[TranslatablePassage]:
    for field in ("title", "vision", "basis", "responsible"):
        yield TranslatablePassage(contents.policy, field, OPENING)
    for kind in Value.Kind:
        for place, value in enumerate(contents.named(kind), 1):
            yield TranslatablePassage(value, "name", OPENING, place)
            yield TranslatablePassage(value, "text", OPENING, place)
    for place, aim in enumerate(contents.strategic_aims, 1):
        yield TranslatablePassage(aim, "text", OPENING, place)
    yield from _provision_passages(contents, OPENING, OPENING_PROVISIONS)


def _area_passages(contents: Contents) -> Iterator[TranslatablePassage]:
    for area in contents.areas:
        group = str(area.number)
        for field in ("name", "why", "evidence", "audience"):
            yield TranslatablePassage(area, field, group)
        places = {row.pk: place for place, row in enumerate(contents.activities[area.pk], 1)}
        for place, aim in enumerate([*contents.aims[area.pk], None], 1):
            if aim:
                yield TranslatablePassage(aim, "text", group, place)
            for activity in contents.under(area, aim):
                yield TranslatablePassage(activity, "text", group, places[activity.pk])
                yield TranslatablePassage(activity, "audience", group, places[activity.pk])


def _provision_passages(
    contents: Contents, group: str, kinds: tuple[Provision.Kind, ...]
) -> Iterator[TranslatablePassage]:
    for kind in kinds:
        for place, provision in enumerate(contents.provisions[kind], 1):
            yield TranslatablePassage(provision, "text", group, place)


class PolicyTranslation:
    """A policy in one language: its passages that were written in another one, and what has become
    of them.
    """

    def __init__(
        self, policy: Policy, language: str, every: list[TranslatablePassage] | None = None
    ) -> None:
        self.policy, self.municipality, self.language = policy, policy.municipality, language
        self._every = every

    @cached_property
    def passages(self) -> list[TranslatablePassage]:
        every = translatable_passages(self.policy) if self._every is None else self._every
        return [passage for passage in every if passage.text.source != self.language]

    @cached_property
    def counts(self) -> dict[str, int]:
        """{state: number of passages} for each of STATES."""
        counted = Counter(passage.text.state(self.language) for passage in self.passages)
        return {state: counted[state] for state in STATES}

    def again(self) -> "PolicyTranslation":
        """The same, read anew."""
        policy = Policy.objects.select_related("amends", "published_by").get(pk=self.policy.pk)
        policy.municipality = self.municipality
        return PolicyTranslation(policy, self.language)

    def at(self, key: str) -> TranslatablePassage:
        """The passage of this key ("activity-17-text"), or 404."""
        for passage in self.passages:
            if passage.key == key:
                return passage
        raise Http404


def translation_of(municipality: Municipality, term: str, language: str) -> PolicyTranslation:
    """A municipality's policy in a language that is known to Babel, or 404."""
    if not is_language_code(language):
        raise Http404
    return PolicyTranslation(policy_of(municipality, term), language)


def translations_of(policy: Policy) -> list[PolicyTranslation]:
    """In the languages of the interface, then in every other that somebody has written a passage
    in.
    """
    every = translatable_passages(policy)
    offered = [code for code, __ in settings.LANGUAGES]
    written: set[str] = set()
    for passage in every:
        written.update(language for language, words in passage.text.texts.items() if words)
    others = filter(is_language_code, sorted(written - set(offered)))
    translations = [PolicyTranslation(policy, code, every) for code in (*offered, *others)]
    return [translation for translation in translations if translation.passages]


def is_language_code(code: str) -> bool:
    """A code in its plain form, "uk" or "fil", of a language whose name and direction are known."""
    try:
        return code.isalpha() and str(Locale.parse(code)) == code
    except (UnknownLocaleError, ValueError):
        return False
