"""The ways from the table to other pages, as the rooms offer them."""

from typing import Any

from django import template

from splot.core.offers import Offer
from splot.implementation.offers import TABLE_START, TABLE_VIEWS, TABLE_WORK, TableEntry, TableMenu

register = template.Library()


@register.simple_tag(takes_context=True)
def table_views(context: dict[str, Any]) -> list[dict[str, object]]:
    """Ways to look at the table of the page's policy."""
    return _entries(context, TABLE_VIEWS)


@register.simple_tag(takes_context=True)
def table_work(context: dict[str, Any]) -> list[dict[str, object]]:
    """The coordinator's work on the table of the page's policy: to collect and to remind."""
    return _entries(context, TABLE_WORK)


@register.simple_tag(takes_context=True)
def table_start(context: dict[str, Any]) -> list[dict[str, object]]:
    """Ways to fill an empty table from a file."""
    return _entries(context, TABLE_START)


def _entries(context: dict[str, Any], menu: Offer[TableMenu]) -> list[dict[str, object]]:
    """The entries of all rooms in order, the page's own marked as current; where the same rows are
    shown in another shape, with the page's filters.
    """
    request, policy, filters = context["request"], context["policy"], context.get("query")
    entries: list[TableEntry] = [
        entry for offered in menu.gather() for entry in offered(request.user, policy)
    ]
    entries.sort(key=lambda entry: entry.position)
    return [
        {
            "label": entry.label,
            "url": f"{entry.url}?{filters}" if filters and entry.keeps_filters else entry.url,
            "current": request.path == entry.url,
        }
        for entry in entries
    ]
