"""Writes about indicators and observations."""

from collections.abc import Iterable
from copy import copy
from typing import Any
from uuid import UUID

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.people.models import Municipality, User

from .models import Indicator, Observation


@action
def add_indicator(
    *,
    by: User | None,
    municipality: Municipality,
    idempotency_key: UUID | None = None,
    **values: Any,
) -> Indicator:
    """Define an indicator: name, unit, counted, source, direction, kind, frequency."""
    if done := entry_by_idempotency_key(idempotency_key):
        return Indicator.objects.get(pk=done.object_id)
    indicator = Indicator.objects.create(municipality=municipality, **values)
    record(by=by, verb="indicator.added", of=indicator, idempotency_key=idempotency_key)
    return indicator


@action
def ensure_suggested_indicator(
    *, by: User | None, municipality: Municipality, entry: str, **values: Any
) -> Indicator:
    """The municipality's indicator for an entry of the catalogue; planned, if it has to be made."""
    indicator = municipality.indicators.filter(entry=entry).first()
    return indicator or add_indicator(
        by=by, municipality=municipality, entry=entry, is_planned=True, **values
    )


@action
def activate_indicators(*, by: User | None, indicators: Iterable[Indicator]) -> list[Indicator]:
    """Planned indicators become the municipality's own, for everybody to see: their policy is
    adopted.
    """
    return [
        change(
            indicator,
            by=by,
            verb="indicator.put_to_use",
            version=indicator.version,
            is_planned=False,
        )
        for indicator in indicators
        if indicator.is_planned
    ]


@action
def change_indicator(
    *, by: User | None, indicator: Indicator, version: int, **values: Any
) -> Indicator:
    """Change a definition. Raises Conflict when somebody else changed it since `version`."""
    return change(indicator, by=by, verb="indicator.changed", version=version, **values)


@action
def add_observation(
    *, by: User | None, indicator: Indicator, idempotency_key: UUID | None = None, **values: Any
) -> Observation:
    """Enter a value for a period: value, qualifier, status, series, note.

    Raises ValidationError when the period has a value in this series already, or when value and
    status disagree.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Observation.objects.get(pk=done.object_id)
    observation = Observation(municipality=indicator.municipality, indicator=indicator, **values)
    observation.full_clean(exclude=["note"])
    observation.save()
    record(by=by, verb="observation.added", of=observation, idempotency_key=idempotency_key)
    return observation


@action
def change_observation(
    *, by: User | None, observation: Observation, version: int, **values: Any
) -> Observation:
    """Correct a value. Raises Conflict when somebody else changed it, ValidationError as for a new
    one.
    """
    trial = copy(observation)
    for name, value in values.items():
        setattr(trial, name, value)
    trial.full_clean(exclude=["note"])
    return change(observation, by=by, verb="observation.changed", version=version, **values)
