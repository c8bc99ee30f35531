"""The workbooks of institutions in the navigation of the table."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.implementation.offers import TableEntry
from splot.people.rules import Visitor
from splot.policy.models import Policy
from splot.workbooks.rules import can_exchange_workbooks


def menu_address(page: ResolverMatch) -> str:
    return reverse("table", args=[page.kwargs["municipality"], page.kwargs["term"]])


def table_work(user: Visitor, policy: Policy) -> list[TableEntry]:
    if not can_exchange_workbooks(user, policy):
        return []
    url = reverse("workbooks", args=[policy.municipality.slug, policy.term])
    return [TableEntry(20, _("Sheets"), url)]
