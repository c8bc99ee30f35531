"""What of a policy there is to translate, in reading order."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from splot.core.values import Words
from splot.people.models import Municipality
from splot.translations.texts import (
    Part,
    TextCollection,
    TranslatableText,
    Translation,
    translation_into,
)

from .contents import Contents, contents_of
from .models import Activity, Aim, Policy, PolicyPassage, Provision, Value
from .queries import policy_of
from .writing.frozen_text import refresh_frozen_text

# what stands before and after the areas
OPENING = Part("opening", gettext_lazy("Title, vision, values"))
PROVISIONS = Part("provisions", gettext_lazy("Provisions"))
FIELD_LABELS = {
    ("policy", "title"): gettext_lazy("Title"),
    ("policy", "vision"): gettext_lazy("Vision"),
    ("policy", "basis"): gettext_lazy("Legal basis"),
    ("policy", "entry_into_force"): gettext_lazy("When it enters into force"),
    ("policy", "justification"): gettext_lazy("Justification"),
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


class PolicyTexts(TextCollection):
    """The texts of a policy that are translated together; its frozen public text follows them."""

    part_label = gettext_lazy("Part of the policy")

    def __init__(self, policy: Policy) -> None:
        self.subject = self.policy = policy
        self.municipality, self.title = policy.municipality, policy.title

    def texts(self) -> list[TranslatableText]:
        contents = contents_of(self.policy)
        texts = [
            *_opening_texts(contents),
            *_area_texts(contents),
            *_provision_texts(contents, PROVISIONS, CLOSING_PROVISIONS),
        ]
        return [translatable for translatable in texts if translatable.text]

    def read_again(self) -> "PolicyTexts":
        policy = Policy.objects.select_related("amends", "published_by").get(pk=self.policy.pk)
        policy.municipality = self.municipality
        return PolicyTexts(policy)

    def side_by_side_url(self, language: str) -> str:
        return self._url("translate", language)

    def machine_url(self, language: str) -> str:
        return self._url("translate_by_machine", language)

    def _url(self, name: str, language: str) -> str:
        return reverse(name, args=[self.municipality.slug, self.policy.term, language])

    def follow_translation(self, language: str) -> None:
        refresh_frozen_text(self.policy, language)


def policy_translation_of(municipality: Municipality, term: str, language: str) -> Translation:
    """A municipality's policy in a language, or 404."""
    return translation_into(PolicyTexts(policy_of(municipality, term)), language)


def text_collection_of(model: str, key: int) -> PolicyTexts | None:
    if model != Policy._meta.label_lower:
        return None
    return PolicyTexts(Policy.objects.select_related("municipality", "amends").get(pk=key))


def _text_of(
    row: Policy | PolicyPassage, field: str, part: Part, place: int = 0
) -> TranslatableText:
    number = row.number if isinstance(row, Activity | Aim | Value | Provision) else ""
    return TranslatableText(row, field, part, _label_of(row, field), number, place)


def _label_of(row: Policy | PolicyPassage, field: str) -> Words:
    if isinstance(row, Value | Provision):
        return capfirst(row.get_kind_display())
    return FIELD_LABELS[row._meta.model_name or "", field]


def _opening_texts(contents: Contents) -> Iterator[TranslatableText]:
    for field in ("title", "vision", "basis", "entry_into_force", "justification", "responsible"):
        yield _text_of(contents.policy, field, OPENING)
    for kind in Value.Kind:
        for place, value in enumerate(contents.named(kind), 1):
            yield _text_of(value, "name", OPENING, place)
            yield _text_of(value, "text", OPENING, place)
    for place, aim in enumerate(contents.strategic_aims, 1):
        yield _text_of(aim, "text", OPENING, place)
    yield from _provision_texts(contents, OPENING, OPENING_PROVISIONS)


def _area_texts(contents: Contents) -> Iterator[TranslatableText]:
    for area in contents.areas:
        part = Part(str(area.number), str(area))
        for field in ("name", "why", "evidence", "audience"):
            yield _text_of(area, field, part)
        places = {row.pk: place for place, row in enumerate(contents.activities[area.pk], 1)}
        for place, aim in enumerate([*contents.aims[area.pk], None], 1):
            if aim:
                yield _text_of(aim, "text", part, place)
            for activity in contents.under(area, aim):
                yield _text_of(activity, "text", part, places[activity.pk])
                yield _text_of(activity, "audience", part, places[activity.pk])


def _provision_texts(
    contents: Contents, part: Part, kinds: tuple[Provision.Kind, ...]
) -> Iterator[TranslatableText]:
    for kind in kinds:
        for place, provision in enumerate(contents.provisions[kind], 1):
            yield _text_of(provision, "text", part, place)
