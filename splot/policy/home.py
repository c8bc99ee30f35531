"""A municipality's first screen: the drafts that everybody is asked about."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection

from .queries import policies_in_consultation


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    policies = policies_in_consultation(municipality)
    if not policies:
        return []
    return [ScreenSection(20, "policy/_home_consultation.html", {"policies": policies})]
