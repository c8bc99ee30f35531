"""A municipality's first screen: what changed lately."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection

from .queries import changes_of, newest_of_each_kind, public_entries

SHOWN_CHANGES = 5
READ_ENTRIES = 60  # so many that a day with a whole workbook still leaves room for others


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    changes = changes_of(public_entries(municipality.scope)[:READ_ENTRIES])
    if not changes:
        return []
    content = {"changes": newest_of_each_kind(changes)[:SHOWN_CHANGES]}
    return [ScreenSection(30, "changes/_home_changes.html", content, narrow=True)]
