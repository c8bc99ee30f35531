"""A municipality's first screen: how far each area is."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection
from splot.policy.queries import areas_of, current_policy

from .queries import StatusCounts, counts_by_area, table_year


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    policy = current_policy(municipality)
    if policy is None:
        return []
    year = table_year(policy, None, today)
    counts = counts_by_area(policy, year)
    areas = [(area, counts.get(area.number, StatusCounts.of([]))) for area in areas_of(policy)]
    return [
        ScreenSection(
            10, "implementation/_home_areas.html", {"policy": policy, "year": year, "areas": areas}
        ),
    ]
