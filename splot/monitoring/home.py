"""A municipality's first screen: the annual reports that have been published."""

from datetime import date

from splot.people.models import Municipality
from splot.people.offers import ScreenSection
from splot.policy.queries import current_policy

from .queries import public_reviews_of

SHOWN_REPORTS = 5


def first_screen(municipality: Municipality, today: date) -> list[ScreenSection]:
    policy = current_policy(municipality)
    if policy is None:
        return []
    content = {"policy": policy, "reviews": public_reviews_of(municipality)[:SHOWN_REPORTS]}
    return [ScreenSection(40, "monitoring/_home_reports.html", content, narrow=True)]
