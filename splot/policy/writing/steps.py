"""Steps of writing: what one person does at once, and can undo."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import Refused, record, record_nothing
from splot.core.languages import Text
from splot.core.models import Versioned
from splot.core.snapshots import serialise_fields
from splot.core.values import Json
from splot.people.models import User

from ..models import PARTS, Policy, PolicyPassage, Step
from ..offers import tell_new_order

PLACE_FIELDS = {"position", "number", "area", "is_dropped"}  # what says where a passage stands
# what writing never changes
UNTRACKED_FIELDS = {"id", "municipality", "policy", "version", "original"}
EDITING_SESSION = timedelta(minutes=15)
# a number that no area has: two areas cannot bear one number while they change places
NUMBER_OFFSET = 1000
WRITTEN: tuple[type[Policy] | type[PolicyPassage], ...] = (Policy, *PARTS)
MODELS_BY_NAME = {model._meta.model_name or "": model for model in WRITTEN}


class PolicyIsAdopted(Refused):
    """The policy is adopted: its passages change by an amendment alone."""

    def __init__(self) -> None:
        super().__init__(_("The policy is adopted. Its text is changed by an amendment."))


class StepRecorder:
    """The rows that a step touches, as they were before it."""

    def __init__(self) -> None:
        self.before: dict[str, tuple[Versioned, Json | None]] = {}

    def before_change(self, *rows: Versioned) -> None:
        """Remember rows that are about to change; the first memory counts."""
        for row in rows:
            self.before.setdefault(_row_key(row), (row, snapshot_of(row)))

    def made(self, *rows: Versioned) -> None:
        """Remember rows that are new."""
        for row in rows:
            self.before.setdefault(_row_key(row), (row, None))

    def differences(self) -> Json:
        """{row: {"before", "after"}} with the fields that changed; for a new row {"before": None,
        "version"}.
        """
        differences: Json = {}
        for key, (row, before) in self.before.items():
            row.refresh_from_db()
            if before is None:
                differences[key] = {"before": None, "version": row.version}
                continue
            old_values, new_values = {}, {}
            for name, value in snapshot_of(row).items():
                if value != before[name]:
                    old_values[name], new_values[name] = before[name], value
            if new_values:
                differences[key] = {"before": old_values, "after": new_values}
        return differences


@contextmanager
def record_step(
    policy: Policy,
    *,
    by: User | None,
    verb: str,
    label: str = "",
    undoes: Step | None = None,
    goes_on: bool = False,
) -> Iterator[StepRecorder]:
    """All that is written inside is one step that can be undone, and none where nothing differs.
    Raises PolicyIsAdopted for a text that is closed.

    `goes_on`: a form saved itself while somebody writes; the step before grows, if it is of the
    same writing.
    """
    if not policy.is_open:
        raise PolicyIsAdopted
    taken = StepRecorder()
    yield taken
    rows = taken.differences()
    if not rows:
        record_nothing()
        return
    record(by=by, verb=verb, of=policy, changes={"step": [None, label]} if label else None)
    if any(PLACE_FIELDS & set(row.get("after", PLACE_FIELDS)) for row in rows.values()):
        tell_new_order(policy)
    if not (goes_on and _extend_last_step(policy, by, verb, rows)):
        Step.objects.create(
            municipality=policy.municipality,
            policy=policy,
            verb=verb,
            label=label[:200],
            rows=rows,
            undoes=undoes,
            by=by,
        )


def _extend_last_step(policy: Policy, by: User | None, verb: str, rows: Json) -> bool:
    """Let the last step grow, if the same person goes on writing in the same passage: a form that
    saves itself.
    """
    last = policy.steps.first()
    if last is None or not verb.endswith(".changed"):
        return False
    if (last.by_id, last.verb) != (by and by.pk, verb):
        return False
    if list(last.rows) != list(rows) or last.at < timezone.now() - EDITING_SESSION:
        return False
    for key, change_of_row in rows.items():
        grown = last.rows[key]
        grown["before"] = {**change_of_row["before"], **grown["before"]}
        grown["after"] = {**grown["after"], **change_of_row["after"]}
    last.save(update_fields=["rows"])
    return True


def _row_key(row: Versioned) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def load_row(key: str, policy: Policy) -> Versioned:
    """The row that a step names by its key ("activity-17")."""
    name, __, pk = key.partition("-")
    model = MODELS_BY_NAME[name]
    if issubclass(model, PolicyPassage):
        return model.everything.get(policy=policy, pk=pk)
    return Policy.objects.get(pk=policy.pk)


def snapshot_of(row: Versioned) -> Json:
    """{field: plain value} of what writing can change; relations by key."""
    snapshot = serialise_fields(row, without=UNTRACKED_FIELDS)
    for field in row._meta.many_to_many:
        snapshot[field.name] = sorted(getattr(row, field.name).values_list("pk", flat=True))
    return snapshot


def step_label(values: Mapping[str, Any]) -> str:
    """How a step names what it is about: the passage's name or first words."""
    for name in ("name", "text", "title"):
        value = values.get(name)
        wording = value.source_wording if isinstance(value, Text) else value
        if wording:
            return str(wording) if len(wording) <= 80 else str(wording[:79]).rsplit(" ", 1)[0] + "…"
    return ""
