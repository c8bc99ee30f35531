"""Reads about indicators that serve several pages."""

from django.db.models import QuerySet
from django.http import Http404

from splot.people.models import Municipality

from .models import Indicator, Observation


def indicator_of(municipality: Municipality, number: int) -> Indicator:
    """An indicator of the municipality by its number in the address, or 404."""
    try:
        indicator = municipality.indicators.get(pk=number)
    except Indicator.DoesNotExist as error:
        raise Http404 from error
    indicator.municipality = municipality
    return indicator


def observation_of(municipality: Municipality, number: int, observation: int) -> Observation:
    """An observation by its indicator's and its own number, or 404."""
    indicator = indicator_of(municipality, number)
    try:
        found = indicator.observations.get(pk=observation)
    except Observation.DoesNotExist as error:
        raise Http404 from error
    found.indicator, found.municipality = indicator, municipality
    return found


def indicators_with_observations(
    municipality: Municipality, *, planned: bool
) -> QuerySet[Indicator]:
    """The indicators with their observations, in two queries; `planned`: also those of policies in
    writing.
    """
    rows = municipality.indicators.prefetch_related("observations")
    return rows if planned else rows.filter(is_planned=False)
