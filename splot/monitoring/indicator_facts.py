"""The facts of a year's indicators: their values up to its end, and how far their targets are."""

from decimal import Decimal

from splot.core.values import Json
from splot.implementation.models import Target, Task
from splot.indicators.models import Indicator, Observation

from .figures import observation_for_target, verdict_on_target

Facts = Json


def indicator_facts(tasks: list[Task], year: int) -> list[Facts]:
    """Each indicator that a task of the year has a target for, with its values up to the year's
    end.
    """
    indicators: dict[int, Indicator] = {}
    targets: dict[int, list[tuple[Target, int]]] = {}  # {indicator: its targets, with their tasks}
    for task in tasks:
        for target in task.targets.all():
            indicators[target.indicator_id] = target.indicator
            targets.setdefault(target.indicator_id, []).append((target, task.number))
    observations: dict[int, list[Facts]] = {pk: [] for pk in indicators}
    for row in Observation.objects.filter(indicator__in=indicators, period__lt=str(year + 1)):
        observations[row.indicator_id].append(_observation_facts(row))
    facts = []
    for pk, indicator in sorted(indicators.items()):
        facts_of_targets = []
        for target, number in targets[pk]:
            facts_of_targets.append(
                _target_facts(target, number, indicator.direction, observations[pk], year)
            )
        facts.append(
            {
                "number": pk,
                "name": indicator.name or None,
                "unit": indicator.unit or None,
                "counted": indicator.counted or None,
                "source": indicator.source or None,
                "direction": indicator.direction,
                "observations": observations[pk],
                "targets": facts_of_targets,
            }
        )
    return facts


def _observation_facts(row: Observation) -> Facts:
    return {
        "period": row.period,
        "value": _format_figure(row.value),
        "qualifier": row.qualifier,
        "status": row.status,
        "series": row.series,
        "note": row.note or None,
    }


def _target_facts(
    target: Target, task: int, direction: str, observations: list[Facts], year: int
) -> Facts:
    facts = {
        "task": task,
        "baseline": _format_figure(target.baseline),
        "baseline_period": target.baseline_period,
        "value": _format_figure(target.value),
        "by": target.by,
    }
    seen = observation_for_target(facts, observations, year)
    return {
        **facts,
        "seen": seen and seen["period"],
        "verdict": str(verdict_on_target(direction, facts, observations, year)),
    }


def _format_figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
