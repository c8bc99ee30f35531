"""The annual reports in the main menu."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.people.models import Municipality
from splot.people.offers import MenuEntry
from splot.people.rules import Visitor
from splot.policy.queries import policy_to_show


def main_menu(user: Visitor, municipality: Municipality, term: str) -> list[MenuEntry]:
    policy = policy_to_show(user, municipality, term)
    if policy is None:
        return []
    url = reverse("annual_reports", args=[municipality.slug, policy.term])
    return [MenuEntry(30, _("Reports"), url)]


def menu_address(page: ResolverMatch) -> str:
    return reverse("annual_reports", args=[page.kwargs["municipality"], page.kwargs["term"]])
