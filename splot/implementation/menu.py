"""The policy and its table in the menus."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.implementation.rules import can_see_table_health
from splot.people.models import Municipality
from splot.people.offers import MenuEntry
from splot.people.rules import Visitor
from splot.policy.models import Policy
from splot.policy.queries import policy_to_show

from .offers import TableEntry

PAGES_OF_POLICY = ("policy", "area", "activity")


def main_menu(user: Visitor, municipality: Municipality, term: str) -> list[MenuEntry]:
    policy = policy_to_show(user, municipality, term)
    if policy is None:
        return []
    address = [municipality.slug, policy.term]
    return [
        MenuEntry(10, _("Policy"), reverse("policy", args=address)),
        MenuEntry(20, _("Implementation table"), reverse("table", args=address)),
    ]


def menu_address(page: ResolverMatch) -> str:
    if "term" not in page.kwargs:
        return ""
    name = "policy" if page.url_name in PAGES_OF_POLICY else "table"
    return reverse(name, args=[page.kwargs["municipality"], page.kwargs["term"]])


def settings_menu(municipality: Municipality) -> list[MenuEntry]:
    return [
        MenuEntry(
            20,
            _("Sensitive groups"),
            reverse("groups", args=[municipality.slug]),
            _("People who need particular attention when a task is carried out."),
        )
    ]


def table_views(user: Visitor, policy: Policy) -> list[TableEntry]:
    address = [policy.municipality.slug, policy.term]
    entries = [
        TableEntry(10, _("Table"), reverse("table", args=address), keeps_filters=True),
        TableEntry(20, _("Timeline"), reverse("timeline", args=address), keeps_filters=True),
        TableEntry(30, _("Money"), reverse("money", args=address)),
    ]
    if can_see_table_health(user, policy):
        entries += [
            TableEntry(40, _("Health"), reverse("table_health", args=address)),
            TableEntry(50, _("History"), reverse("table_history", args=address)),
        ]
    return entries
