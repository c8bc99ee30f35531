"""The coordinator's settings in the main menu, and the audit trail among them."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.people.models import Municipality
from splot.people.offers import MenuEntry
from splot.people.rules import Visitor

from .rules import can_open_settings


def main_menu(user: Visitor, municipality: Municipality, term: str) -> list[MenuEntry]:
    if not can_open_settings(user, municipality):
        return []
    return [MenuEntry(90, _("Settings"), reverse("settings", args=[municipality.slug]))]


def menu_address(page: ResolverMatch) -> str:
    is_settings = page.url_name == "settings"
    return reverse("settings", args=[page.kwargs["municipality"]]) if is_settings else ""


def settings_menu(municipality: Municipality) -> list[MenuEntry]:
    return [
        MenuEntry(
            50,
            _("Audit trail"),
            reverse("trail", args=[municipality.slug]),
            _("Who changed what, and when."),
        )
    ]
