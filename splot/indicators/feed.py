"""What happens with indicators: values are entered."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.changes.offers import ChangeKind, FeedSources, Happening
from splot.core.derived_tables import RowSource
from splot.core.interface_texts import interface_text

from .models import Indicator, Observation

VALUE = "value"


def feed_sources() -> FeedSources:
    return FeedSources(
        kinds=[ChangeKind(VALUE, _("Value of an indicator"))],
        sources=[RowSource(Observation, _values)],
    )


def _values(rows: QuerySet[Observation]) -> Iterator[Happening]:
    for observation in rows.select_related("municipality", "indicator"):
        yield Happening(
            row=observation,
            kind=VALUE,
            subject=(Indicator, observation.indicator_id),
            detail=interface_text(partial(_describe, observation)),
        )


def _describe(observation: Observation) -> str:
    """The value with its unit, or why there is none, and its period."""
    value = observation.in_words
    if observation.value is not None:
        value = f"{value} ({observation.indicator.unit})"
    return f"{observation.when}: {value}"
