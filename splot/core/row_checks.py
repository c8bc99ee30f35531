"""What every row is held to when it is written, whichever way its values came in: text in its
normal form, days and figures within their bounds.

A row from before there were bounds is read, shown and written for its other fields.
"""

from collections.abc import Collection
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models

from .bounds import validate_day
from .normalisation import normalise_text


def normalise_fields(row: models.Model) -> None:
    """Put the strings of a row into their normal form; a Text is so by its own field."""
    for field in _string_fields(type(row)):
        value = row.__dict__.get(field.attname)  # nothing is asked for what was not loaded
        if isinstance(value, str):
            setattr(row, field.attname, normalise_text(value))


def validate_bounds(row: models.Model, names: Collection[str] | None = None) -> None:
    """Raise ValidationError for days and figures of the row, or for those with these names, that
    lie out of bounds.
    """
    errors: dict[str, list[ValidationError]] = {}
    for field in _bounded_fields(type(row)):
        value = row.__dict__.get(field.attname)
        if value is None or hasattr(value, "resolve_expression"):
            continue
        if names is None or field.name in names:
            try:
                value = field.to_python(value)
                field.run_validators(value)
                if isinstance(field, models.DateField):
                    validate_day(value)
            except ValidationError as error:
                errors[field.name] = [error]
    if errors:
        raise ValidationError(errors)


@lru_cache
def _bounded_fields(model: type[models.Model]) -> tuple[models.Field[object, object], ...]:
    kinds = (models.DateField, models.DecimalField, models.IntegerField)
    others = (models.DateTimeField, models.AutoField)
    fields = []
    for field in model._meta.concrete_fields:
        if isinstance(field, kinds) and not isinstance(field, others) and not field.primary_key:
            fields.append(field)
    return tuple(fields)


@lru_cache
def _string_fields(model: type[models.Model]) -> tuple[models.Field[object, object], ...]:
    kinds = (models.CharField, models.TextField)
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, kinds))
