"""The audit trail of a municipality, for its coordinator."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.core.queries import audit_trail_of
from splot.people.door import page
from splot.people.models import Municipality
from splot.people.offers import SETTINGS_MENU, MenuEntry
from splot.web.rules import can_open_settings, can_see_audit_trail


@page(can_see_audit_trail)
def audit_trail(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    entries = Paginator(audit_trail_of(municipality.scope), 50).get_page(request.GET.get("page"))
    return render(request, "web/trail.html", {"page": entries})


@page(can_open_settings)
def settings_page(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Where the lists of a municipality are kept, as the rooms offer them."""
    entries: list[MenuEntry] = []
    for settings_menu in SETTINGS_MENU.gather():
        entries += settings_menu(municipality)
    entries.sort(key=lambda entry: entry.position)
    return render(request, "web/settings.html", {"entries": entries})
