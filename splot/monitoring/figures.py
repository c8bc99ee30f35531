"""What the figures of a year say: people reached, and how far an indicator is from its target.

Pure functions over plain values. "Over 7,500" is not 7,500, silence is not zero, and a value that
cannot settle a question is said not to.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.dates import Period
from splot.core.numbers import Qualifier
from splot.core.values import Json
from splot.implementation.models import StatusUpdate
from splot.indicators.models import Indicator

Direction = Indicator.Direction
REACH_UNITS = [str(unit) for unit in StatusUpdate.ReachUnit]


class Verdict(models.TextChoices):
    """What can be said of a target at the end of a year."""

    REACHED = "reached", _("reached")
    NOT_REACHED = "not_reached", _("not reached")
    RIGHT_WAY = "right_way", _("moving the right way")
    UNCHANGED = "unchanged", _("no change so far")
    WRONG_WAY = "wrong_way", _("moving the wrong way")
    NOT_YET = "not_yet", _("not reached yet")
    UNSURE = "unsure", _("the value is not exact enough to tell")
    NOT_COMPARABLE = "not_comparable", _("cannot be compared: the definition has changed")
    NO_DIRECTION = "no_direction", _("shown without a judgement")
    NO_VALUE = "no_value", _("no value yet")


def sum_people_reached(updates: Iterable[Json]) -> list[Json]:
    """Sums of people reached, one for each unit, as {unit, value, qualifier, tasks}.

    Persons, households and cases are never added together. A sum is "over" when a part is, "up to"
    likewise; when parts pull in different directions or one is "about", the sum is "about". A sum
    that is not exact is rounded to two digits: "about 20,992" would claim what nobody counted.
    Tasks that gave no figure add nothing and are not among `tasks`.
    """
    sums: dict[str, Json] = {}
    for update in updates:
        if update["reached"] is None:
            continue
        unit = update["reached_unit"]
        empty = {"unit": unit, "value": 0, "qualifier": str(Qualifier.EXACT), "tasks": 0}
        row = sums.setdefault(unit, empty)
        row["value"] += update["reached"]
        row["qualifier"] = _combine_qualifiers(row["qualifier"], update["reached_qualifier"])
        row["tasks"] += 1
    for row in sums.values():
        if row["tasks"] > 1:  # what one task said stays as it was said
            row["value"] = _round_sum(row["value"], row["qualifier"])
    return [sums[unit] for unit in REACH_UNITS if unit in sums]


def _round_sum(value: int, qualifier: str) -> int:
    """An inexact sum to two significant digits, a bound to the side on which it stays true."""
    if qualifier == Qualifier.EXACT or value < 100:
        return value
    ways = {Qualifier.OVER: ROUND_FLOOR, Qualifier.UP_TO: ROUND_CEILING}
    step = Decimal(10 ** (len(str(value)) - 2))
    return int(
        (value / step).to_integral_value(ways.get(Qualifier(qualifier), ROUND_HALF_UP)) * step
    )


def _combine_qualifiers(first: str, second: str) -> str:
    """The qualifier of a sum of two figures."""
    if first == second or second == Qualifier.EXACT:
        return first
    return second if first == Qualifier.EXACT else str(Qualifier.ABOUT)


def latest_observation(observations: list[Json], after: str = "") -> Json | None:
    """The observation of the latest period, newer series first; `after` leaves out the baseline's
    period.
    """
    candidates = []
    for observation in observations:
        if not after or _period_end(observation["period"]) > _period_end(after):
            candidates.append(observation)
    return max(
        candidates, key=lambda row: (row["series"], _period_end(row["period"])), default=None
    )


def is_due(target: Json, year: int) -> bool:
    """Is the target's time up at the end of `year`?"""
    return _period_end(target["by"]) <= date(year, 12, 31)


def observation_for_target(target: Json, observations: list[Json], year: int) -> Json | None:
    """The observation that tells of a target at the end of `year`, None when there is none.

    A target that is due is answered by the period that ends with it and by no other; one that is
    still ahead by the latest value after its baseline.
    """
    if not is_due(target, year):
        return latest_observation(observations, target["baseline_period"])
    due, candidates = _period_end(target["by"]), []
    for observation in observations:
        if _period_end(observation["period"]) == due:
            candidates.append(observation)
    return max(
        candidates, key=lambda row: (row["series"], row["period"] == target["by"]), default=None
    )


def target_of_year(targets: list[Json], year: int) -> Json:
    """Of the targets of one indicator (at least one) the one that a year's report is about.

    The one due in the year, the latest of several; else the next ahead; else the last.
    """
    ordered = sorted(targets, key=lambda target: _period_end(target["by"]))
    due = [target for target in ordered if _period_end(target["by"]).year == year]
    if due:
        return due[-1]
    ahead = [target for target in ordered if _period_end(target["by"]).year > year]
    return ahead[0] if ahead else ordered[-1]


def verdict_on_target(direction: str, target: Json, observations: list[Json], year: int) -> str:
    """The Verdict on a target at the end of `year`.

    `target` has value, by, baseline (None: not known) and baseline_period; `observations` have
    period, value (None: missing or secret), qualifier and series, none later than the year.
    Figures: strings or Decimals.
    """
    seen = observation_for_target(target, observations, year)
    if seen is None or seen["value"] is None:
        return Verdict.NO_VALUE
    if _is_redefined(target, observations, seen):
        return Verdict.NOT_COMPARABLE
    if direction == Direction.NONE:
        return Verdict.NO_DIRECTION
    value, goal = Decimal(seen["value"]), Decimal(target["value"])
    met = _is_goal_met(direction, value, goal, seen["qualifier"])
    if met:
        return Verdict.REACHED
    if is_due(target, year):
        return Verdict.UNSURE if met is None else Verdict.NOT_REACHED
    if met is None and target["baseline"] is None:
        return Verdict.UNSURE
    return _verdict_on_movement(direction, value, goal, target["baseline"], seen["qualifier"])


def _is_goal_met(direction: str, value: Decimal, goal: Decimal, qualifier: str) -> bool | None:
    """Is the goal met? None when the value may lie on either side of it; "about" is taken at its
    figure.
    """
    if direction == Direction.LOWER:
        mirrored = {Qualifier.OVER: Qualifier.UP_TO, Qualifier.UP_TO: Qualifier.OVER}
        value, goal, qualifier = -value, -goal, mirrored.get(Qualifier(qualifier), qualifier)
    if qualifier == Qualifier.OVER and value < goal:
        return None
    if qualifier == Qualifier.UP_TO and value >= goal:
        return None
    if direction == Direction.TARGET:
        return value == goal and qualifier != Qualifier.OVER
    return value >= goal


def _verdict_on_movement(
    direction: str,
    value: Decimal,
    goal: Decimal,
    baseline: str | Decimal | None,
    qualifier: str,
) -> str:
    """Which way a value that has not met its goal went from the baseline."""
    if baseline is None:
        return Verdict.NOT_YET
    start = Decimal(baseline)
    gained: Decimal | int | None = value - start
    if direction == Direction.TARGET:
        is_bound = qualifier in (Qualifier.OVER, Qualifier.UP_TO)
        gained = None if is_bound else abs(goal - start) - abs(goal - value)
    elif qualifier == Qualifier.OVER:
        gained = 1 if value >= start else None
    elif qualifier == Qualifier.UP_TO:
        gained = -1 if value < start else None
    if gained is None:
        return Verdict.UNSURE
    if not gained:
        return Verdict.UNCHANGED
    return (
        Verdict.RIGHT_WAY if (gained > 0) == (direction != Direction.LOWER) else Verdict.WRONG_WAY
    )


def _is_redefined(target: Json, observations: list[Json], seen: Json) -> bool:
    """Was the baseline measured in a series that ended before the value that was seen?"""
    period = target["baseline_period"]
    series = {row["series"] for row in observations if row["period"] == period}
    return bool(series) and seen["series"] not in series


def _period_end(period: str) -> date:
    return Period.parse(period).end
