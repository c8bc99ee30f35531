"""A municipality's first screen: the vision, the areas, what changed lately, what can be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.queries import (
    StatusCounts,
    counts_by_area,
    recent_status_updates,
    table_year,
)
from splot.monitoring.queries import published_reviews
from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import anyone
from splot.policy.queries import areas_of, current_policy, policies_in_consultation


@page(anyone, public=True)
def home(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    policy = current_policy(municipality)
    if policy is None:
        context = {
            "municipality": municipality,
            "in_consultation": policies_in_consultation(municipality),
        }
        return render(request, "web/home_empty.html", context)
    year = table_year(policy, None, timezone.localdate())
    counts = counts_by_area(policy, year)
    cards = [(area, counts.get(area.number, StatusCounts.of([]))) for area in areas_of(policy)]
    context = {
        "policy": policy,
        "year": year,
        "cards": cards,
        "changes": recent_status_updates(policy, 5),
        "reviews": published_reviews(policy),
        "in_consultation": policies_in_consultation(municipality),
    }
    return render(request, "web/home.html", context)
