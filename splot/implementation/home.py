"""A municipality's first screen: how far each area is."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection
from splot.policy.queries import current_policy

from .queries import counts_by_area, table_year


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    policy = current_policy(municipality)
    if policy is None:
        return []
    year = table_year(policy, None, today)
    content = {"policy": policy, "year": year, "counts": counts_by_area(policy, year)}
    return [ScreenSection(10, "implementation/_home_areas.html", content)]
