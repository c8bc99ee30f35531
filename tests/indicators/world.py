"""Rows for the addresses of indicators."""

from splot.indicators.actions import add_indicator, add_observation
from tests import factories
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    indicator = add_indicator(
        by=None,
        municipality=town.municipality,
        name=factories.text("Kursy"),
        unit=factories.text("kursy"),
    )
    value = add_observation(by=None, indicator=indicator, period="2023", value=5)
    return (
        town.here("indicators", "add_indicator")
        | town.here("indicator", "edit_indicator", "add_observation", number=indicator.pk)
        | town.here("edit_observation", number=indicator.pk, observation=value.pk)
    )
