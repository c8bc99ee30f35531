"""The words and the drawing of one indicator against its targets."""

from decimal import Decimal

from django.utils.translation import gettext as _

from splot.charts import Chart, ChartTarget, Point, Series, line_chart
from splot.core.dates import Period
from splot.core.numbers import format_number, format_qualified
from splot.core.values import Json
from splot.indicators.models import Indicator, Observation

from ..figures import Verdict, is_due, latest_observation, target_of_year

Facts = Json


def indicator_content(indicator: Facts, year: int) -> Facts:
    """An indicator in the active language: its values, its targets with their verdicts, its finding
    of the year.
    """
    observations = sorted(
        indicator["observations"], key=lambda row: (row["series"], Period.parse(row["period"]))
    )
    groups = group_same_targets(indicator["targets"])
    firsts = [same[0] for same in groups]
    of_year = firsts.index(target_of_year(firsts, year))
    targets = [_target_content(same, observations, year) for same in groups]
    return {
        "name": indicator["name"],
        "unit": indicator["unit"],
        "counted": indicator["counted"],
        "source": indicator["source"],
        "direction": str(Indicator.Direction(indicator["direction"]).label),
        "points": [_point_content(observation) for observation in observations],
        "targets": targets,
        "finding": targets[of_year]["words"],
        "measured": indicator | {"observations": observations},
    }


def group_same_targets(targets: list[Facts]) -> list[list[Facts]]:
    """Targets that differ in nothing but their task, together; the earliest first."""
    groups: dict[tuple[object, ...], list[Facts]] = {}
    for target in sorted(targets, key=lambda target: Period.parse(target["by"])):
        key = tuple(value for name, value in target.items() if name != "task")
        groups.setdefault(key, []).append(target)
    return list(groups.values())


def short_period(code: str) -> str:
    """A period as it fits below an axis: "2023", "1st half 2023", "Q3 2023", "05.2023"."""
    year, __, part = code.partition("-")
    if not part:
        return year
    if part[0] == "H":
        names = {"H1": _("1st half %(year)s"), "H2": _("2nd half %(year)s")}
        return names[part] % {"year": year}
    if part[0] == "Q":
        return _("Q%(number)s %(year)s") % {"number": part[1], "year": year}
    return f"{part}.{year}"


def indicator_chart(indicator: Facts) -> Chart:
    """The drawing for a page. `indicator` is what `measure` gives."""
    facts = indicator["measured"]
    series: dict[int, list[Point]] = {}
    for row, point in zip(facts["observations"], indicator["points"], strict=True):
        value = None if row["value"] is None else Decimal(row["value"])
        drawn = Point(
            point["label"], value, row["qualifier"], row["status"], str(row["note"] or "")
        )
        series.setdefault(row["series"], []).append(drawn)
    changed = _("the definition has changed")
    lines: list[Series] = []
    for points in series.values():
        lines.append(Series(str(indicator["name"] or ""), points, changed if lines else ""))
    targets = [same[0] for same in group_same_targets(facts["targets"])]
    return line_chart(
        title=indicator["finding"],
        series=lines,
        targets=[_chart_target(target, facts["observations"]) for target in targets],
        baseline=_chart_baseline(facts),
        # a longer one stands above: the drawing has no room
        unit="%" if str(indicator["unit"]) == "%" else "",
    )


def _chart_baseline(facts: Facts) -> ChartTarget | None:
    """Where the targets start from; one that was observed is a point already."""
    periods = {row["period"] for row in facts["observations"]}
    for target in facts["targets"]:
        if target["baseline"] and target["baseline_period"] not in periods:
            return ChartTarget(_("Baseline"), Decimal(target["baseline"]))
    return None


def _chart_target(target: Facts, observations: list[Facts]) -> ChartTarget:
    """A target at its period: that of the value that answers it, or a place of its own after the
    last.
    """
    by = Period.parse(target["by"])
    is_ahead, at = True, ""
    for observation in observations:
        end = Period.parse(observation["period"]).end
        is_ahead = is_ahead and end < by.end
        if end == by.end and not at:
            at = observation["period"]
    if is_ahead:
        at = target["by"]
    return ChartTarget(_("Target"), Decimal(target["value"]), short_period(at) if at else "")


def _point_content(row: Facts) -> Facts:
    status = Observation.Status(row["status"])
    value, text = None, str(status.label)
    if row["value"] is not None:
        value = float(row["value"])
        text = format_qualified(Decimal(row["value"]), row["qualifier"])
    return {
        "label": short_period(row["period"]),
        "value": value,
        "words": text,
        "preliminary": status == Observation.Status.PRELIMINARY,
        "exact": row["qualifier"] == "exact",
        "series": row["series"],
        "note": row["note"],
    }


def _target_content(same: list[Facts], observations: list[Facts], year: int) -> Facts:
    target = same[0]
    goal = {"goal": format_number(Decimal(target["value"])), "by": str(Period.parse(target["by"]))}
    verdict = Verdict(target["verdict"])
    is_silent = verdict == Verdict.NO_VALUE
    seen = _format_observation(
        _observation_behind(target, observations), goal["by"] if is_due(target, year) else ""
    )
    baseline = target["baseline"]
    text = (
        _("%(seen)s; target %(goal)s by %(by)s")
        if is_silent
        else _("%(seen)s; target %(goal)s by %(by)s: %(verdict)s")
    )
    return {
        "tasks": [row["task"] for row in same],
        "verdict": str(verdict),
        "label": _("no value for %(period)s") % {"period": goal["by"]}
        if is_silent and is_due(target, year)
        else str(verdict.label),
        "value": float(target["value"]),
        "goal": _("%(goal)s by %(by)s") % goal,
        "short": _("target %(period)s: %(goal)s")
        % {"period": short_period(target["by"]), "goal": goal["goal"]},
        "baseline_value": None if baseline is None else float(baseline),
        "baseline": ""
        if baseline is None
        else _format_baseline(baseline, target["baseline_period"]),
        "seen": seen,
        "words": text % {**goal, "seen": seen, "verdict": verdict.label},
    }


def _observation_behind(target: Facts, observations: list[Facts]) -> Facts | None:
    """The observation that the verdict rests on; facts frozen before "seen" was kept rested on the
    latest.
    """
    if "seen" not in target:
        return latest_observation(observations, target["baseline_period"])
    same = [row for row in observations if row["period"] == target["seen"]]
    return max(same, key=lambda row: row["series"], default=None)


def _format_baseline(baseline: str, period: str) -> str:
    figure = format_number(Decimal(baseline))
    if not period:
        return figure
    return _("%(figure)s (%(period)s)") % {"figure": figure, "period": Period.parse(period)}


def _format_observation(seen: Facts | None, due: str) -> str:
    """The value that the verdict rests on, with its period, or why there is none; `due` is a period
    that is over.
    """
    if seen is None:
        return _("No value for %(period)s") % {"period": due} if due else _("No value yet")
    period = {"period": str(Period.parse(seen["period"]))}
    if seen["value"] is None:
        if seen["status"] == Observation.Status.SECRET:
            return _("The value for %(period)s is secret") % period
        return _("The value for %(period)s is missing") % period
    figure = {**period, "figure": format_qualified(Decimal(seen["value"]), seen["qualifier"])}
    if seen["status"] == Observation.Status.PRELIMINARY:
        return _("%(figure)s (%(period)s, preliminary)") % figure
    return _("%(figure)s (%(period)s)") % figure
