"""The one way to write: atomic, audited, safe to repeat, and noticed by the page cache.

An action is a function with keyword-only arguments, among them `by` (the user who acts, an Actor
where it is not a user, None for the system):

    @action
    def rename(*, by, area, name, version): ...

Inside it, `change` alters a versioned row and `record` says what happened. An action that records
nothing is refused and leaves nothing behind, unless it says that there is nothing to record. At its
end the rooms that keep tables of what stands in other rows (`after_action.py`) follow what was
recorded, in the same transaction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast, runtime_checkable
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from .actors import Actor, ActorKind, By, as_actor
from .languages import Text
from .models import AuditEntry, Revision, Versioned
from .normalisation import normalise_text
from .offers import Offer

Row = TypeVar("Row", bound=models.Model)
Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class RecordedWrite:
    """What happened to a row, as one line of the trail says it.

    `changed` are the names of the fields that the line lists, `scopes` those whose pages it touches
    (none for a confidential row).
    """

    row: models.Model
    verb: str
    changed: frozenset[str]
    scopes: tuple[str, ...]


class FollowWrites(Protocol):
    """`after_action.py`: bring a table that is made of other rows up to date.

    Called once at the end of an action, inside its transaction, with all that it recorded of rows
    that are not confidential. It records nothing itself.
    """

    def __call__(self, writes: Sequence[RecordedWrite]) -> None: ...


AFTER_ACTION: Offer[FollowWrites] = Offer("after_action", "follow_writes")

# What the running action has recorded, None outside of one.
_recorded_writes: ContextVar[list[RecordedWrite] | None] = ContextVar("recorded", default=None)


# Has the running action said that there is nothing to record?
_has_nothing: ContextVar[bool] = ContextVar("nothing", default=False)


class NotAudited(Exception):
    """An action ended without saying what it did."""


class Refused(Exception):
    """What the state of things does not allow; the message tells a person why, and what to do."""


class Conflict(Exception):
    """Somebody else changed the row in the meantime; `current` is the row as it is now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current} was changed by somebody else")
        self.current = current


def in_action() -> bool:
    """Are we inside an action, so that a write is allowed?"""
    return _recorded_writes.get() is not None


def record_nothing() -> None:
    """Say that the running action has nothing to record: what it was asked for stands there
    already, or what it writes is its writer's own business.
    """
    _has_nothing.set(True)


def action(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Make a function an action (see the module's text).

    A repeated `idempotency_key` with the same arguments returns the first result; iterables among
    the arguments must be lists or querysets, since they are looked at twice.
    """

    @wraps(function)
    def run(**arguments: object) -> Result:
        if arguments.get("idempotency_key"):
            arguments["idempotency_key"] = _idempotency_key(function, arguments)
        try:
            return _run_audited(function, arguments)
        except IntegrityError:
            # Two requests with one key at the same moment: the other one won, so its result is
            # ours.
            if entry_by_idempotency_key(_idempotency_key_in(arguments)):
                return _run_audited(function, arguments)
            raise

    return cast("Callable[Given, Result]", run)


def _idempotency_key(function: Callable[..., object], arguments: dict[str, object]) -> UUID:
    """A key for one sending of one form with these very words, by this person, to this action.

    The same form sent again after going back, with other words, is another sending and loses
    nothing.
    """
    told = {name: _fingerprint_value(value) for name, value in sorted(arguments.items())}
    return uuid5(
        UUID(str(arguments["idempotency_key"])),
        f"{function.__module__}.{function.__qualname__} {told}",
    )


def _idempotency_key_in(arguments: dict[str, object]) -> UUID | str | None:
    idempotency_key = arguments.get("idempotency_key")
    return idempotency_key if isinstance(idempotency_key, UUID | str) else None


def _fingerprint_value(value: object) -> object:
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower} {value.pk}"
    if isinstance(value, Text):
        return value.texts.get(value.source)  # the wording, whatever it was built upon
    if isinstance(value, str | bytes):
        return value
    if isinstance(value, dict):
        return {name: _fingerprint_value(each) for name, each in value.items()}
    if isinstance(value, Iterable):
        return [_fingerprint_value(each) for each in value]
    return str(value) if not hasattr(value, "to_json") else value.to_json()


def _run_audited(function: Callable[..., Result], arguments: dict[str, object]) -> Result:
    if in_action():  # a part of a larger action: its records count for the whole
        return function(**arguments)
    token, nothing = _recorded_writes.set([]), _has_nothing.set(False)
    try:
        with transaction.atomic():
            result = function(**arguments)
            recorded = _recorded_writes.get() or []
            is_explained = recorded or _has_nothing.get()
            if not is_explained and not entry_by_idempotency_key(_idempotency_key_in(arguments)):
                raise NotAudited(f"{function.__module__}.{function.__name__} recorded nothing")
            public = [write for write in recorded if write.scopes]
            for follow_writes in AFTER_ACTION.gather():
                follow_writes(public)
            increment_revisions({scope for write in public for scope in write.scopes})
            return result
    finally:
        _recorded_writes.reset(token)
        _has_nothing.reset(nothing)


def increment_revisions(scopes: Iterable[str]) -> None:
    """Make the kept pages of these scopes stale, in the transaction that changes what they show."""
    # always in one order, so that two writers cannot block each other
    for scope in sorted(scopes):
        if not Revision.objects.filter(scope=scope).update(number=F("number") + 1):
            Revision.objects.create(scope=scope, number=1)


def entry_by_idempotency_key(idempotency_key: UUID | str | None) -> AuditEntry | None:
    """The record of an action that already ran under this key, if any."""
    return (
        AuditEntry.objects.filter(idempotency_key=idempotency_key).first()
        if idempotency_key
        else None
    )


def record(
    *,
    by: By,
    verb: str,
    of: models.Model,
    changes: Mapping[str, object] | None = None,
    idempotency_key: UUID | str | None = None,
) -> AuditEntry:
    """Add a line to the audit trail.

    `verb` is past tense with the noun, "area.renamed"; `of` is the row it happened to, whose
    `scope` (a string) says which pages it touches (`scopes`, where there are several); `changes`
    is {field: [before, after]} in plain JSON values. Of a confidential row the trail keeps that
    something happened and which fields changed, never what; no page is the staler for it.
    """
    entry = _build_audit_entry(by, verb, of, changes or {}, idempotency_key or None)
    entry.save()
    return entry


def record_many(
    *,
    by: By,
    lines: Iterable[tuple[str, models.Model, Mapping[str, object]]],
) -> None:
    """Add many lines to the audit trail at once: (verb, of, changes) of each, as `record` takes
    them.
    """
    AuditEntry.objects.bulk_create(
        [_build_audit_entry(by, *line) for line in lines], batch_size=1000
    )


def _build_audit_entry(
    by: By,
    verb: str,
    of: models.Model,
    changes: Mapping[str, object],
    idempotency_key: UUID | str | None = None,
) -> AuditEntry:
    recorded = _recorded_writes.get()
    if recorded is None:
        raise NotAudited("record() belongs inside an action")
    actor, is_confidential = as_actor(by), bool(getattr(of, "is_confidential", False))
    scopes = () if is_confidential else _scopes_of(of)
    recorded.append(RecordedWrite(of, verb, frozenset(changes), scopes))
    with override(settings.LANGUAGE_CODE):  # one language in the trail, whoever acted
        label = f"{of._meta.label_lower} {of.pk}" if is_confidential else str(of)
        return AuditEntry(
            scope=of.scope,  # type: ignore[attr-defined]  # every row that is recorded has one
            at=_moment_of(actor),
            actor=actor.kind,
            by=actor.user,  # type: ignore[misc]  # a user of a room above
            link_label=str(actor.link)[:250] if actor.link else "",
            on_behalf_of=str(actor.on_behalf_of)[:250] if actor.on_behalf_of else "",
            verb=verb,
            model=of._meta.label_lower,
            object_id=of.pk,
            label=label[:250],
            changes=dict.fromkeys(changes) if is_confidential else changes,
            is_confidential=is_confidential,
            idempotency_key=idempotency_key,
        )


def _scopes_of(row: models.Model) -> tuple[str, ...]:
    """The scopes whose pages a change of the row makes stale."""
    scopes: tuple[str, ...] | None = getattr(row, "scopes", None)
    return scopes or (row.scope,)  # type: ignore[attr-defined]  # as above


def _moment_of(actor: Actor) -> datetime:
    """Now; for somebody anonymous the beginning of today."""
    now = timezone.localtime()
    if actor.kind != ActorKind.ANONYMOUS:
        return now
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


@runtime_checkable
class ChecksChanges(Protocol):
    """A row that says which changes it refuses. `change` writes past `save`, and so asks it."""

    def check_changes(self, names: Collection[str]) -> None:
        """Raise an error if these fields may not have the values that they now have."""


def change(
    row: Row,
    *,
    by: By,
    verb: str,
    version: int | None = None,
    more: Mapping[str, object] | None = None,
    touched: bool = False,
    **values: object,
) -> Row:
    """Set fields of a versioned row, if it still has the `version` that the writer saw, and record
    it.

    `more` are changes outside the row's own fields, for the record; `touched` says that there are
    such changes. Without any difference nothing is written, and nothing recorded. Raises Conflict
    when the row moved on.
    """
    values = {
        name: normalise_text(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    before = {name: getattr(row, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not (changed or more or touched):
        record_nothing()
        return row
    _check_changes(row, changed)
    if version is not None and isinstance(row, Versioned):
        rows = type(row)._base_manager.filter(pk=row.pk, version=version)
        if not rows.update(version=F("version") + 1, **changed):
            raise Conflict(type(row)._base_manager.get(pk=row.pk))
        row.version = version + 1
    elif changed:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)
    for name, value in changed.items():
        setattr(row, name, value)
    changes = {
        name: [serialise_for_audit(before[name]), serialise_for_audit(value)]
        for name, value in changed.items()
    }
    record(by=by, verb=verb, of=row, changes={**changes, **(more or {})})
    return row


def _check_changes(row: models.Model, changed: Mapping[str, object]) -> None:
    """Let the row refuse what it would become, before anything is written."""
    if not isinstance(row, ChecksChanges):
        return
    trial = copy(row)
    for name, value in changed.items():
        setattr(trial, name, value)
    trial.check_changes(changed.keys())


def serialise_for_audit(value: object) -> object:
    """A value as the audit trail keeps it: JSON, with rows by their label."""
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, models.Model):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
