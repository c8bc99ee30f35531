"""Tables and the municipality's list of sensitive groups."""

from typing import Any
from uuid import UUID

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.core.languages import Text
from splot.people.models import Municipality, User
from splot.policy.models import Policy

from ..models import ImplementationPlan, SensitiveGroup


@action
def start_plan(*, by: User | None, policy: Policy, starts: int, ends: int) -> ImplementationPlan:
    """Open the table of a policy for a span of years; one that is open is given back."""
    plan, __ = ImplementationPlan.objects.get_or_create(
        municipality=policy.municipality, policy=policy, starts=starts, ends=ends
    )
    record(by=by, verb="plan.started", of=plan)
    return plan


@action
def add_group(
    *, by: User | None, municipality: Municipality, name: Text, idempotency_key: UUID | None = None
) -> SensitiveGroup:
    if done := entry_by_idempotency_key(idempotency_key):
        return SensitiveGroup.objects.get(pk=done.object_id)
    group = SensitiveGroup.objects.create(municipality=municipality, name=name)
    record(by=by, verb="group.added", of=group, idempotency_key=idempotency_key)
    return group


@action
def change_group(*, by: User, group: SensitiveGroup, version: int, **values: Any) -> SensitiveGroup:
    """Rename a group or put it away; tasks that name it keep it. Raises Conflict."""
    return change(group, by=by, verb="group.changed", version=version, **values)
