"""A municipality's first screen: the vision, then what the rooms offer."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.people.door import page
from splot.people.models import Municipality
from splot.people.offers import FIRST_SCREEN, ScreenSection
from splot.people.rules import anyone
from splot.policy.queries import current_policy


@page(anyone, public=True)
def home(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    today = timezone.localdate()
    sections: list[ScreenSection] = []
    for first_screen in FIRST_SCREEN.gather():
        sections += first_screen(municipality, today)
    policy = current_policy(municipality)
    context = {"policy": policy, "rows": _rows_of(sections)}
    return render(request, "web/home.html" if policy else "web/home_empty.html", context)


def _rows_of(sections: list[ScreenSection]) -> list[tuple[bool, list[ScreenSection]]]:
    """Sections from top to bottom: (whether they stand beside each other, the neighbours)."""
    ordered = sorted(sections, key=lambda section: section.position)
    neighbours = groupby(ordered, key=lambda section: section.narrow)
    return [(narrow, list(row)) for narrow, row in neighbours]
