"""A row as an earlier state kept it, as values for `change_task`: what undoing an import writes."""

from __future__ import annotations

from django.db import models

from splot.core.languages import Text
from splot.core.snapshots import deserialise_fields
from splot.core.values import Json, Values

from .columns import text_codes
from .lines import LINE_MODELS, LINE_TYPES, POINTER_MODELS, RELATIONS, TaskLine
from .models import Task
from .states import State


def restored_values(state: State) -> Json:
    """Every field, relation and line of the row as it stood; the rows that it named are still
    there.
    """
    values: Json = {code: Text() for code in text_codes()}  # of texts that states did not have yet
    values |= deserialise_fields(Task, state["task"])
    for name in ("id", "number"):
        values.pop(name, None)
    for name, model in RELATIONS.items():
        keys = [kept["id"] for kept in state["relations"][name]]
        values[name] = list(model._base_manager.filter(pk__in=keys)) if keys else []
    for name, model in LINE_MODELS.items():
        values[name] = [
            _restore_line(LINE_TYPES[name], model, kept) for kept in state["lines"].get(name, [])
        ]
    return values


def _restore_line(line: type[TaskLine], model: type[models.Model], kept: Json) -> TaskLine:
    there = {name: other for name, other in POINTER_MODELS.items() if name in kept}
    named: Values = {name: there[name]._base_manager.get(pk=kept[name]["id"]) for name in there}
    own = {name: value for name, value in kept.items() if name not in named}
    return line(**deserialise_fields(model, own), **named)
