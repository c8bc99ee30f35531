"""The one way to write: atomic, audited, safe to repeat, and noticed by the page cache.

An action is a function with keyword-only arguments, among them `by` (the user who acts, None for
the system):

    @action
    def rename(*, by, area, name, version): ...

Inside it, `change` alters a versioned row and `record` says what happened. An action that records
nothing is refused and leaves nothing behind.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import override

from .languages import Text
from .models import AuditEntry, Revision, Versioned

Row = TypeVar("Row", bound=models.Model)
Given = ParamSpec("Given")
Result = TypeVar("Result")

_recorded_scopes: ContextVar[list[str] | None] = ContextVar("recorded", default=None)


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
    return _recorded_scopes.get() is not None


def action(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Make a function an action (see the module's text).

    A repeated `once` key with the same arguments returns the first result; iterables among the
    arguments must be lists or querysets, since they are looked at twice.
    """

    @wraps(function)
    def run(**arguments: object) -> Result:
        if arguments.get("once"):
            arguments["once"] = _idempotency_key(function, arguments)
        try:
            return _run_audited(function, arguments)
        except IntegrityError:
            # Two requests with one key at the same moment: the other one won, so its result is
            # ours.
            if entry_by_idempotency_key(_once(arguments)):
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
        UUID(str(arguments["once"])), f"{function.__module__}.{function.__qualname__} {told}"
    )


def _once(arguments: dict[str, object]) -> UUID | str | None:
    once = arguments.get("once")
    return once if isinstance(once, UUID | str) else None


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
    token = _recorded_scopes.set([])
    try:
        with transaction.atomic():
            result = function(**arguments)
            scopes = _recorded_scopes.get()
            if not scopes and not entry_by_idempotency_key(_once(arguments)):
                raise NotAudited(f"{function.__module__}.{function.__name__} recorded nothing")
            _increment_revisions(set(scopes or ()))
            return result
    finally:
        _recorded_scopes.reset(token)


def _increment_revisions(scopes: Iterable[str]) -> None:
    # always in one order, so that two writers cannot block each other
    for scope in sorted({"", *scopes}):
        if not Revision.objects.filter(scope=scope).update(number=F("number") + 1):
            Revision.objects.create(scope=scope, number=1)


def entry_by_idempotency_key(once: UUID | str | None) -> AuditEntry | None:
    """The record of an action that already ran under this key, if any."""
    return AuditEntry.objects.filter(once=once).first() if once else None


def record(
    *,
    by: AbstractBaseUser | None,
    verb: str,
    of: models.Model,
    changes: Mapping[str, object] | None = None,
    once: UUID | str | None = None,
) -> AuditEntry:
    """Add a line to the audit trail.

    `verb` is past tense with the noun, "area.renamed"; `of` is the row it happened to, whose
    `scope` (a string) says which pages it touches; `changes` is {field: [before, after]} in plain
    JSON values.
    """
    entry = _build_audit_entry(by, verb, of, changes or {}, once or None)
    entry.save()
    return entry


def record_many(
    *,
    by: AbstractBaseUser | None,
    lines: Iterable[tuple[str, models.Model, Mapping[str, object]]],
) -> None:
    """Add many lines to the audit trail at once: (verb, of, changes) of each, as `record` takes
    them.
    """
    AuditEntry.objects.bulk_create(
        [_build_audit_entry(by, *line) for line in lines], batch_size=1000
    )


def _build_audit_entry(
    by: AbstractBaseUser | None,
    verb: str,
    of: models.Model,
    changes: Mapping[str, object],
    once: UUID | str | None = None,
) -> AuditEntry:
    recorded = _recorded_scopes.get()
    if recorded is None:
        raise NotAudited("record() belongs inside an action")
    scope = of.scope  # type: ignore[attr-defined]  # every row that is recorded has one
    recorded.append(scope)
    with override(settings.LANGUAGE_CODE):  # one language in the trail, whoever acted
        label = str(of)[:250]
    return AuditEntry(
        scope=scope,
        by=by,  # type: ignore[misc]  # a user of the room above, which this one does not know
        verb=verb,
        model=of._meta.label_lower,
        object_id=of.pk,
        label=label,
        changes=changes,
        once=once,
    )


def change(
    row: Row,
    *,
    by: AbstractBaseUser | None,
    verb: str,
    version: int | None = None,
    more: Mapping[str, object] | None = None,
    **values: object,
) -> Row:
    """Set fields of a versioned row, if it still has the `version` that the writer saw, and record
    it.

    `more` are changes outside the row's own fields, for the record. A change without a difference
    is recorded too, and raises the version. Raises Conflict when the row moved on.
    """
    before = {name: getattr(row, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
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


def serialise_for_audit(value: object) -> object:
    """A value as the audit trail keeps it: JSON, with rows by their label."""
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, models.Model):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
