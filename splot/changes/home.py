"""A municipality's first screen: what changed lately."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection

from .queries import newest_of_each_kind

SHOWN_CHANGES = 5


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    changes = newest_of_each_kind(municipality.scope, SHOWN_CHANGES)
    if not changes:
        return []
    content = {"changes": changes}
    return [ScreenSection(30, "changes/_home_changes.html", content, narrow=True)]
