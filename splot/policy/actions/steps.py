"""Undoing a step of writing."""

from django.db import models

from splot.core.actions import Conflict, action, change
from splot.core.models import Versioned
from splot.core.snapshots import deserialise_fields
from splot.core.values import Json
from splot.people.models import User

from ..models import Area, Step
from ..writing.steps import NUMBER_OFFSET, load_row, record_step, snapshot_of


@action
def undo_step(*, by: User | None, step_taken: Step) -> Step:
    """Undo a step: fields are restored, new rows archived. Undoing an undo does the step
    again.

    Raises Conflict, with the row, where somebody has written since; nothing is undone then.
    """
    policy = step_taken.policy
    if Step.objects.filter(undoes=step_taken).exists():
        raise Conflict(step_taken)
    rows = {key: load_row(key, policy) for key in step_taken.rows}
    for key, change_of_row in step_taken.rows.items():
        _refuse_changed_since(rows[key], change_of_row)
    with record_step(
        policy, by=by, verb="step.undone", label=step_taken.label, undoes=step_taken
    ) as taken:
        taken.before_change(*rows.values())
        moved = []
        for key, change_of_row in step_taken.rows.items():
            if "number" in (change_of_row["before"] or {}):
                moved.append(rows[key].pk)
        Area.everything.filter(pk__in=moved).update(number=models.F("number") + NUMBER_OFFSET)
        for key, change_of_row in step_taken.rows.items():
            before = change_of_row["before"]
            _restore_fields(rows[key], {"is_dropped": True} if before is None else before, by=by)
    undone = policy.steps.first()
    assert undone is not None
    return undone


def _refuse_changed_since(row: Versioned, change_of_row: Json) -> None:
    """Raises Conflict where what a step wrote is no longer what stands there."""
    now = snapshot_of(row)
    if change_of_row["before"] is None and row.version != change_of_row["version"]:
        raise Conflict(row)
    if any(now[name] != value for name, value in change_of_row.get("after", {}).items()):
        raise Conflict(row)


def _restore_fields(row: Versioned, values_before: Json, *, by: User | None) -> None:
    """Set fields of a row to what a snapshot says, as one change of its version."""
    own_fields = {}
    for name, value in values_before.items():
        if row._meta.get_field(name).many_to_many:
            getattr(row, name).set(value)
        else:
            own_fields[name] = value
    values = deserialise_fields(type(row), own_fields)
    change(
        row,
        by=by,
        verb=f"{row._meta.model_name}.restored",
        version=row.version,
        touched=True,
        **values,
    )
