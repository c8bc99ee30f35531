"""Indicators with their observations."""

from decimal import Decimal

from splot.core.values import Json
from splot.demonstration.municipality import DemoMunicipality, polish_text
from splot.indicators.actions import add_indicator, add_observation
from splot.indicators.models import Indicator


def load(town: DemoMunicipality) -> None:
    town.known["indicators"] = {
        row["id"]: _add_indicator(town, row) for row in town.read("indicators.json")
    }


def _add_indicator(town: DemoMunicipality, row: Json) -> Indicator:
    indicator = add_indicator(
        by=town.coordinator,
        municipality=town.municipality,
        name=polish_text(row["name"]),
        unit=polish_text(row["unit"]),
        counted=polish_text(row["counted"]),
        source=polish_text(row["source"]),
        **{name: row[name] for name in ("direction", "kind", "frequency")},
    )
    for observation in row["observations"]:
        value = observation["value"]
        add_observation(
            by=town.coordinator,
            indicator=indicator,
            value=None if value is None else Decimal(value),
            note=polish_text(observation["note"]),
            **{name: observation[name] for name in ("period", "qualifier", "status", "series")},
        )
    return indicator
