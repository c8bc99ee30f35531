"""Indicators as a reader sees them: what is counted, and how it went."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.indicators.charts import observations_chart
from splot.indicators.models import Indicator
from splot.indicators.queries import indicator_of, indicators_with_observations
from splot.indicators.rules import can_edit_indicator, can_read_indicator
from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import anyone, can_read_drafts


@page(anyone, public=True, query=("page",))
def indicator_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    shown = indicators_with_observations(
        municipality, planned=can_read_drafts(request.user, municipality)
    )
    rows = Paginator(shown, 50).get_page(request.GET.get("page"))
    context = {"page": rows, "can_edit": can_edit_indicator(request.user, municipality)}
    return render(request, "indicators/indicators.html", context)


@page(can_read_indicator, find=indicator_of, public=True)
def indicator_detail(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    observations = list(indicator.observations.all())
    context = {
        "indicator": indicator,
        "observations": observations,
        "drawing": observations_chart(indicator, observations),
        "can_edit": can_edit_indicator(request.user, indicator),
    }
    return render(request, "indicators/indicator.html", context)
