"""A municipality's first screen: how far each area is, and what was said of tasks lately."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection
from splot.policy.queries import areas_of, current_policy

from .queries import StatusCounts, counts_by_area, recent_status_updates, table_year

SHOWN_UPDATES = 5


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    policy = current_policy(municipality)
    if policy is None:
        return []
    year = table_year(policy, None, today)
    counts = counts_by_area(policy, year)
    areas = [(area, counts.get(area.number, StatusCounts.of([]))) for area in areas_of(policy)]
    updates = recent_status_updates(policy, SHOWN_UPDATES)
    return [
        ScreenSection(
            10, "implementation/_home_areas.html", {"policy": policy, "year": year, "areas": areas}
        ),
        ScreenSection(
            30,
            "implementation/_home_updates.html",
            {"policy": policy, "updates": updates},
            narrow=True,
        ),
    ]
