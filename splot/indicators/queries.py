"""Reads about indicators that serve several pages."""

from django.db.models import QuerySet

from splot.people.models import Municipality
from splot.people.queries import within

from .models import Indicator, Observation


def indicator_of(municipality: Municipality, number: int) -> Indicator:
    """An indicator of the municipality by its number in the address, or 404."""
    return within(municipality, Indicator.objects.all(), pk=number)


def observation_of(municipality: Municipality, number: int, observation: int) -> Observation:
    """An observation by its indicator's and its own number, or 404."""
    indicator = indicator_of(municipality, number)
    return within(indicator, Observation.objects.all(), pk=observation)


def indicators_with_observations(
    municipality: Municipality, *, planned: bool
) -> QuerySet[Indicator]:
    """The indicators with their observations, in two queries; `planned`: also those of policies in
    writing.
    """
    rows = municipality.indicators.prefetch_related("observations")
    return rows if planned else rows.filter(is_planned=False)
