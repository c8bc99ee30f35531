"""New passages, and their places among their siblings."""

from typing import Any, TypeVar

from django.db.models import Max

from ..models import Activity, Area, Policy, PolicyPart
from ..queries import siblings_of
from .steps import StepRecorder

Part = TypeVar("Part", bound=PolicyPart)


def create_area(policy: Policy, **values: object) -> Area:
    """A new area at the end."""
    last = Area.everything.filter(policy=policy).aggregate(last=Max("number"))["last"] or 0
    return Area.everything.create(
        municipality=policy.municipality, policy=policy, number=last + 1, **values
    )


def create_part(model: type[Part], policy: Policy, **values: Any) -> Part:
    """A new row at the end; an activity gets an address of its own until a number is printed."""
    many = {name: values.pop(name) for name in ("institutions", "indicators") if name in values}
    last = model.everything.filter(policy=policy).aggregate(last=Max("position"))["last"] or 0
    part = model(municipality=policy.municipality, policy=policy, position=last + 1, **values)
    if isinstance(part, Activity):
        part.slug = f"new-{last + 1}"
    part.save(force_insert=True)
    for name, rows in many.items():
        getattr(part, name).set(rows)
    return part


def place_after(part: PolicyPart, other: PolicyPart, taken: StepRecorder) -> None:
    """Put a passage right after one of its siblings."""
    rows = [row for row in siblings_of(part) if row.pk != part.pk]
    rows.insert(rows.index(other) + 1, part)
    set_order(rows, taken)


def set_order(rows: list[PolicyPart], taken: StepRecorder) -> None:
    """Give rows the places that they hold together, in a new order; their versions stay, for no
    word changed.
    """
    for row, position in zip(rows, sorted(row.position for row in rows), strict=True):
        if row.position != position:
            taken.before_change(row)
            type(row).everything.filter(pk=row.pk).update(position=position)
