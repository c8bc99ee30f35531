"""Personal links and reminders in the navigation of the table."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.implementation.offers import TableEntry
from splot.people.rules import Visitor
from splot.policy.models import Policy
from splot.reporting.rules import can_ask_for_reports


def menu_address(page: ResolverMatch) -> str:
    if "term" not in page.kwargs:
        return ""
    return reverse("table", args=[page.kwargs["municipality"], page.kwargs["term"]])


def table_work(user: Visitor, policy: Policy) -> list[TableEntry]:
    if not can_ask_for_reports(user, policy):
        return []
    address = [policy.municipality.slug, policy.term]
    return [
        TableEntry(30, _("Links"), reverse("links", args=address)),
        TableEntry(40, _("Reminders"), reverse("reminders", args=address)),
    ]
