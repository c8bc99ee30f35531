"""The model policy to read: for everybody, before any policy is begun."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from splot.catalogue.models import ActivityGroup, Aspect, CatalogueEntry, SuggestedActivity
from splot.catalogue.queries import LANGUAGES, aspect_of, entry_text, shipped_catalogue
from splot.core.languages import Text
from splot.people.door import page
from splot.people.rules import anyone


def _entry_text(section: str, id: str, field: str = "") -> Text:
    """An entry's words; English is the source for a reader whose language the catalogue does not
    speak.
    """
    return entry_text(section, id, get_language() if get_language() in LANGUAGES else "en", field)


def _entry_texts(section: str, ids: Iterable[str], field: str = "") -> list[Text]:
    return [_entry_text(section, id, field) for id in ids]


def _ids_of(entries: Iterable[CatalogueEntry]) -> list[str]:
    return [entry.id for entry in entries]


def _names_and_descriptions(
    section: str, entries: Iterable[CatalogueEntry]
) -> list[tuple[Text, Text]]:
    pairs = []
    for entry in entries:
        name = _entry_text(section, entry.id, "name")
        pairs.append((name, _entry_text(section, entry.id, "description")))
    return pairs


def _aspect_card(aspect: Aspect) -> tuple[Aspect, Text, Text, int]:
    """The aspect, its name, why it matters, and how many activities are suggested for it."""
    name = _entry_text("aspects", aspect.id, "name")
    return aspect, name, _entry_text("aspects", aspect.id, "why"), len(aspect.activities)


@page(anyone, public=True)
def catalogue_overview(request: HttpRequest, resource: None) -> HttpResponse:
    model = shipped_catalogue()
    context = {
        "version": model.version,
        "aspects": list(map(_aspect_card, model.aspects)),
        "values": _names_and_descriptions("values", model.values),
        "principles": _names_and_descriptions("principles", model.principles),
        "aims": _entry_texts("strategic_aims", _ids_of(model.strategic_aims)),
        "questions": _entry_texts("vision_questions", _ids_of(model.vision_questions)),
        "number_of_activities": len(list(model.activities())),
    }
    return render(request, "catalogue/catalogue.html", context)


@page(anyone, find=aspect_of, public=True)
def aspect_detail(request: HttpRequest, aspect: Aspect) -> HttpResponse:
    context = {
        "aspect": aspect,
        "name": _entry_text("aspects", aspect.id, "name"),
        "why": _entry_text("aspects", aspect.id, "why"),
        "aims": _entry_texts("aims", aspect.aims),
        "groups": list(map(_group_card, aspect.groups)),
        "others": _other_aspects(aspect),
    }
    return render(request, "catalogue/aspect.html", context)


def _other_aspects(aspect: Aspect) -> list[tuple[Aspect, Text]]:
    others = []
    for other in shipped_catalogue().aspects:
        if other != aspect:
            others.append((other, _entry_text("aspects", other.id, "name")))
    return others


def _group_card(group: ActivityGroup) -> dict[str, object]:
    return {
        "name": _entry_text("groups", group.id, "name"),
        "aim": _entry_text("aims", group.aim),
        "audience": _entry_text("groups", group.id, "audience"),
        "institutions": _entry_texts("institutions", group.institutions),
        "activities": list(map(_activity_card, group.activities)),
    }


def _activity_card(activity: SuggestedActivity) -> dict[str, object]:
    return {
        "text": _entry_text("activities", activity.id),
        "free": activity.free,
        "indicators": _entry_texts("indicators", activity.indicators, "name"),
        "groups": _entry_texts("sensitive_groups", activity.groups, "name"),
    }
