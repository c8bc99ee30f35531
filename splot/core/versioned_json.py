"""JSON that is kept for years says its version: {"version": 1, ...}. A reader of an unknown version
refuses, instead of showing what it may misread.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression


class UnknownJsonVersion(ValueError):
    """Kept JSON is of a version that this release cannot read."""

    def __init__(self, what: str, version: object, known: int) -> None:
        super().__init__(
            f"{what} is kept in version {version!r}, and this release reads version {known}: "
            "it was written by another release, which can read it"
        )


def check_json_version(kept: object, known: int, what: str) -> None:
    """Raises UnknownJsonVersion unless the kept JSON says that it is of the `known` version."""
    version = kept.get("version") if isinstance(kept, Mapping) else None
    if version != known:
        raise UnknownJsonVersion(what, version, known)


class VersionedJSONField(models.JSONField):
    """Plain JSON for the code, {"version": 1, "content": ...} in the database.

    A later version of the format gets a number, and reads what the older ones wrote. A field that
    was there before its JSON had a version `reads_unversioned`: what stands in it without one is
    the content, in the form of version 1.
    """

    VERSION = 1

    def __init__(self, *args: Any, reads_unversioned: bool = False, **kwargs: Any) -> None:
        self.reads_unversioned = reads_unversioned
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        if self.reads_unversioned:
            options["reads_unversioned"] = True
        return name, path, arguments, options

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> object:
        kept: object = super().from_db_value(value, expression, connection)
        if kept is None:  # of an outer join
            return None
        if self.reads_unversioned and not _has_version(kept):
            return kept
        check_json_version(kept, self.VERSION, str(self))
        assert isinstance(kept, Mapping)
        return kept["content"]

    def get_db_prep_value(
        self, value: object, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> object:
        kept = {"version": self.VERSION, "content": value}
        return super().get_db_prep_value(kept, connection, prepared)


def _has_version(kept: object) -> bool:
    return isinstance(kept, Mapping) and kept.keys() == {"version", "content"}
