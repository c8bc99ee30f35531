"""The model policy to read: for everybody, before any policy is begun."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from splot.catalogue.models import Aspect
from splot.catalogue.queries import LANGUAGES, aspect_of, entry_text, shipped_catalogue
from splot.core.languages import Text
from splot.people.door import page
from splot.people.rules import anyone


def _entry_text(section: str, id: str, field: str = "") -> Text:
    """An entry's words; English is the source for a reader whose language the catalogue does not
    speak.
    """
    return entry_text(section, id, get_language() if get_language() in LANGUAGES else "en", field)


def _name_and_description(section: str, id: str) -> tuple[Text, Text]:
    return _entry_text(section, id, "name"), _entry_text(section, id, "description")


@page(anyone, public=True)
def catalogue_overview(request: HttpRequest, thing: None) -> HttpResponse:
    model = shipped_catalogue()
    context = {
        "version": model.version,
        "aspects": [
            (
                each,
                _entry_text("aspects", each.id, "name"),
                _entry_text("aspects", each.id, "why"),
                len(each.activities),
            )
            for each in model.aspects
        ],
        "values": [_name_and_description("values", each.id) for each in model.values],
        "principles": [_name_and_description("principles", each.id) for each in model.principles],
        "aims": [_entry_text("strategic_aims", each.id) for each in model.strategic_aims],
        "questions": [_entry_text("vision_questions", each.id) for each in model.vision_questions],
        "number_of_activities": sum(1 for __ in model.activities()),
    }
    return render(request, "catalogue/catalogue.html", context)


@page(anyone, find=aspect_of, public=True)
def aspect_detail(request: HttpRequest, aspect: Aspect) -> HttpResponse:
    groups = [
        {
            "name": _entry_text("groups", group.id, "name"),
            "aim": _entry_text("aims", group.aim),
            "audience": _entry_text("groups", group.id, "audience"),
            "institutions": [_entry_text("institutions", id) for id in group.institutions],
            "activities": [
                {
                    "text": _entry_text("activities", each.id),
                    "free": each.free,
                    "indicators": [_entry_text("indicators", id, "name") for id in each.indicators],
                    "groups": [_entry_text("sensitive_groups", id, "name") for id in each.groups],
                }
                for each in group.activities
            ],
        }
        for group in aspect.groups
    ]
    context = {
        "aspect": aspect,
        "name": _entry_text("aspects", aspect.id, "name"),
        "why": _entry_text("aspects", aspect.id, "why"),
        "aims": [_entry_text("aims", id) for id in aspect.aims],
        "groups": groups,
        "others": [
            (each, _entry_text("aspects", each.id, "name"))
            for each in shipped_catalogue().aspects
            if each != aspect
        ],
    }
    return render(request, "catalogue/aspect.html", context)
