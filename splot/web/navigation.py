"""What stands around every page: the municipality, its navigation, the languages, the account."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from splot.core.languages import language_name, text_direction
from splot.people.models import Municipality
from splot.people.offers import MAIN_MENU, MENU_ADDRESS, MenuEntry
from splot.people.rules import can_open_desk


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context for base.html; degrades to less on error pages."""
    municipality = getattr(request, "municipality", None)
    context: dict[str, object] = {
        "municipality": municipality,
        "languages": _language_links(request),
        "sign_in_url": reverse("sign_in"),
        "home_url": reverse("home", args=[municipality.slug])
        if municipality
        else reverse("municipalities"),
        "navigation": [],
        "account": None,
    }
    if municipality:
        context["search_url"] = reverse("search", args=[municipality.slug])
        context["navigation"] = _menu_entries(request, municipality)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        desk = (
            reverse("desk", args=[municipality.slug])
            if municipality and can_open_desk(user, municipality)
            else None
        )
        context["account"] = {
            "name": user.name,
            "desk_url": desk or reverse("own_desk"),
            "settings_url": reverse("account"),
            "sign_out_url": reverse("sign_out"),
        }
    return context


def _language_links(request: HttpRequest) -> list[dict[str, object]]:
    here = get_language()
    return [
        {
            "code": code,
            "name": language_name(code),
            "url": translate_url(request.get_full_path(), code),
            "current": code == here,
            "dir": text_direction(code),
        }
        for code, __ in settings.LANGUAGES
    ]


def _menu_entries(request: HttpRequest, municipality: Municipality) -> list[dict[str, object]]:
    """What the rooms offer to the main menu, and under which entry this page stands."""
    page = request.resolver_match
    term = page.kwargs.get("term", "") if page else ""
    entries: list[MenuEntry] = []
    for main_menu in MAIN_MENU.gather():
        entries += main_menu(request.user, municipality, term)
    entries.sort(key=lambda entry: entry.position)
    menu_address = MENU_ADDRESS.of_room(page.func.__module__) if page else None
    here = menu_address(page) if page and menu_address else ""
    return [
        {"label": entry.label, "url": entry.url, "current": entry.url == here} for entry in entries
    ]
