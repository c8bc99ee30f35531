"""The import of a spreadsheet in the navigation of the table."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.implementation.offers import TableEntry
from splot.implementation.rules import can_edit_table
from splot.people.rules import Visitor
from splot.policy.models import Policy


def menu_address(page: ResolverMatch) -> str:
    return reverse("table", args=[page.kwargs["municipality"], page.kwargs["term"]])


def table_start(user: Visitor, policy: Policy) -> list[TableEntry]:
    return table_work(user, policy)


def table_work(user: Visitor, policy: Policy) -> list[TableEntry]:
    if not can_edit_table(user, policy):
        return []
    url = reverse("import_table", args=[policy.municipality.slug, policy.term])
    return [TableEntry(10, _("Read a spreadsheet"), url)]
