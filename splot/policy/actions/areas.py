"""Writing areas: add, move, rename."""

from typing import Any
from uuid import UUID

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.core.languages import Text
from splot.people.models import User

from ..models import Area, Policy
from ..writing.parts import create_area
from ..writing.steps import NUMBER_OFFSET, record_step, step_label


@action
def add_area(
    *,
    by: User | None,
    policy: Policy,
    name: Text,
    idempotency_key: UUID | None = None,
    **values: object,
) -> Area:
    """Add an area of the municipality's own at the end."""
    if done := entry_by_idempotency_key(idempotency_key):
        return Area.everything.get(pk=done.object_id)
    with record_step(policy, by=by, verb="area.added", label=step_label({"name": name})) as taken:
        area = create_area(policy, name=name, **values)
        taken.made(area)
        record(by=by, verb="area.added", of=area, idempotency_key=idempotency_key)
    return area


@action
def move_area(*, by: User | None, area: Area, places: int) -> Area:
    """Move an area among the others: -1 is one up; its number is its place."""
    with record_step(area.policy, by=by, verb="area.moved", label=step_label(vars(area))) as taken:
        rows = list(area.policy.areas.all())
        at = rows.index(area)
        rows.insert(min(max(at + places, 0), len(rows) - 1), rows.pop(at))
        numbers = sorted(row.number for row in rows)
        moved = {}  # {area: its new number}
        for row, number in zip(rows, numbers, strict=True):
            if row.number != number:
                moved[row] = number
        taken.before_change(*moved)
        for offset in (NUMBER_OFFSET, 0):
            for row, number in moved.items():
                Area.everything.filter(pk=row.pk).update(number=number + offset)
    return area


@action
def change_area(*, by: User | None, area: Area, version: int, **values: Any) -> Area:
    """Change what an area of an adopted policy is called and why it matters. Raises Conflict."""
    return change(area, by=by, verb="area.changed", version=version, **values)
