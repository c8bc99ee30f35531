"""Rows as plain JSON and back: what a row said at a moment, kept beside what it says now."""

from collections.abc import Iterable
from typing import cast

from django.db import models

from .languages import Text
from .values import Json


def serialise_fields(row: models.Model, *, without: Iterable[str] = ()) -> Json:
    """{field: plain value} of a row's own fields; rows that it points to by their key."""
    left_out = set(without)
    return {
        field.name: serialise_value(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in left_out
    }


def serialise_value(value: object) -> object:
    """A field's value as JSON has it, which the field's `to_python` reads back."""
    if isinstance(value, Text):
        return value.to_json()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return (
        value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
    )


def deserialise_fields(model: type[models.Model], kept: Json) -> Json:
    """What `serialise_fields` gave, as values for the model: rows that it points to under their
    `…_id`.
    """
    found: Json = {}
    for name, value in kept.items():
        field = cast("models.Field[object, object]", model._meta.get_field(name))
        found[field.attname] = value if field.is_relation else field.to_python(value)
    return found
