"""A row as an earlier state kept it, as values for `change_task`: what undoing an import writes."""

from __future__ import annotations

from splot.core.languages import Text
from splot.core.snapshots import deserialise_fields
from splot.core.values import Json

from .columns import text_codes
from .lines import LINE_MODELS, LINE_TYPES, POINTER_MODELS, RELATIONS, TaskLine
from .models import Task
from .states import State


def restored_values(state: State) -> Json:
    """Every field, relation and line of the row as it stood; the rows that it named are still
    there.
    """
    values: Json = {"area_id": None}
    values |= {code: Text() for code in text_codes()}  # as where a state did not have them yet
    values |= deserialise_fields(Task, state["task"])
    for name in ("id", "number"):
        values.pop(name, None)
    for name, model in RELATIONS.items():
        keys = [kept["id"] for kept in state["relations"][name]]
        values[name] = list(model._base_manager.filter(pk__in=keys)) if keys else []
    for name in LINE_MODELS:
        values[name] = [_restore_line(name, line) for line in state["lines"].get(name, [])]
    return values


def _restore_line(name: str, line: Json) -> TaskLine:
    """A line of one of LINE_TYPES; the rows that it points to are read."""
    fields = dict(line)
    rows: Json = {}
    for pointer, model in POINTER_MODELS.items():
        if pointer in fields:
            rows[pointer] = model._base_manager.get(pk=fields.pop(pointer)["id"])
    return LINE_TYPES[name](**deserialise_fields(LINE_MODELS[name], fields), **rows)
