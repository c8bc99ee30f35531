"""Freezes versions: the text composed of today's rows is kept and never changes."""

from uuid import UUID

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.people.models import User

from ..models import Policy, PolicyVersion
from ..writing.freezing import freeze_text


@action
def freeze_version(
    *,
    by: User | None,
    policy: Policy,
    version: int,
    stage: str,
    note: str = "",
    idempotency_key: UUID | None = None,
) -> PolicyVersion:
    """Freeze what is written, for consultation or to keep a state; writing goes on. Raises
    Conflict.

    A policy whose draft is given for consultation is in consultation from then on.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return PolicyVersion.objects.get(pk=done.object_id)
    status = (
        Policy.Status.CONSULTATION if stage == PolicyVersion.Stage.CONSULTATION else policy.status
    )
    change(policy, by=by, verb="policy.frozen", version=version, touched=True, status=status)
    frozen = freeze_text(policy, by=by, stage=stage, note=note)
    record(by=by, verb="version.frozen", of=frozen, idempotency_key=idempotency_key)
    return frozen
