"""The indicators in the main menu."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.people.models import Municipality
from splot.people.offers import MenuEntry
from splot.people.rules import Visitor


def main_menu(user: Visitor, municipality: Municipality, term: str) -> list[MenuEntry]:
    return [MenuEntry(40, _("Indicators"), reverse("indicators", args=[municipality.slug]))]


def menu_address(page: ResolverMatch) -> str:
    return reverse("indicators", args=[page.kwargs["municipality"]])
