"""Observations as a chart that says its finding in the title."""

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from django.utils.translation import gettext as _

from splot.charts import Chart, ChartTarget, Point, Series, line_chart
from splot.charts.data import ValueQualifier, ValueStatus
from splot.core.dates import Period
from splot.core.numbers import Qualifier

from .models import Indicator, Observation


def observations_chart(
    indicator: Indicator,
    observations: Sequence[Observation],
    *,
    targets: Sequence[ChartTarget] = (),
    baseline: ChartTarget | None = None,
    literal_colours: bool = False,
) -> Chart:
    """A line for each series of an indicator; a new series is drawn after a break, with its
    reason.
    """
    lines: list[Series] = []
    ordered = sorted(observations, key=_series_and_period)
    for __, rows in groupby(ordered, key=lambda observation: observation.series):
        of_series = list(rows)
        broken = (str(of_series[0].note) or _("definition changed")) if lines else ""
        points = [_chart_point(observation) for observation in of_series]
        lines.append(Series(str(indicator.name), points, break_before=broken))
    return line_chart(
        title=describe_trend(indicator, observations),
        series=lines,
        targets=targets,
        baseline=baseline,
        unit=str(indicator.unit),
        literal_colours=literal_colours,
    )


def describe_trend(indicator: Indicator, observations: Sequence[Observation]) -> str:
    """What the newest series shows, in one sentence; values of different series are never
    compared.
    """
    newest = max((observation.series for observation in observations), default=0)
    of_series = [row for row in observations if row.series == newest and row.value is not None]
    of_series.sort(key=_series_and_period)
    if not of_series:
        return _("%(name)s: no value yet") % {"name": indicator.name}
    last = of_series[-1]
    # a year is not compared with a quarter
    first = next(row for row in of_series if _period_months(row) == _period_months(last))
    values = {
        "name": indicator.name,
        "first": first.in_words,
        "since": first.when,
        "last": last.in_words,
        "until": last.when,
    }
    if first is last:
        return _("%(name)s: %(last)s in %(until)s") % values
    if (
        first.value is None
        or last.value is None
        or {first.qualifier, last.qualifier} != {Qualifier.EXACT}
    ):
        return _("%(name)s: %(first)s in %(since)s, %(last)s in %(until)s") % values
    if last.value > first.value:
        return _("%(name)s: up from %(first)s in %(since)s to %(last)s in %(until)s") % values
    if last.value < first.value:
        return _("%(name)s: down from %(first)s in %(since)s to %(last)s in %(until)s") % values
    return _("%(name)s: %(last)s in %(until)s, as in %(since)s") % values


def _period_months(observation: Observation) -> int:
    return (observation.when.end - observation.when.start).days // 28


def _series_and_period(observation: Observation) -> tuple[int, Period]:
    return observation.series, observation.when


def _chart_point(observation: Observation) -> Point:
    return Point(
        label=str(observation.when),
        value=observation.value,
        qualifier=cast("ValueQualifier", observation.qualifier),
        status=cast("ValueStatus", observation.status),
        note=str(observation.note),
    )
