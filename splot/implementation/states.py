"""A row of the table as plain values, and built again from them: how it stood, in the reader's own
language.
"""

from typing import Any

from django.db import models

from splot.core.snapshots import deserialise_fields, serialise_fields
from splot.core.values import Json, Values
from splot.indicators.models import Indicator
from splot.people.models import Organisation, User
from splot.policy.models import Activity, Area

from .cells import related_rows
from .lines import LINE_MODELS, POINTER_MODELS, RELATIONS
from .models import SensitiveGroup, Task

State = Json

# What a state keeps of the rows that it names: enough to show them when they are long gone.
NAMED_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("id", "name", "kind"),
    User: ("id", "name"),
    SensitiveGroup: ("id", "name"),
    Indicator: ("id", "name", "unit"),
    Activity: ("id", "number", "text", "slug"),
    Area: ("id", "number", "name"),
    Task: ("id", "number", "title"),
}
UNSTORED_FIELDS = (
    "municipality",
    "plan",
    "policy",
    "table_position",
    "version",
    "is_archived",
    "entered_on",
)


def serialise_task(task: Task) -> State:
    """Everything that a task says, with the names of all that it points to."""
    relations = {}
    for name in RELATIONS:
        relations[name] = [_serialise_relation(row) for row in related_rows(task, name)]
    lines = {}
    for name in LINE_MODELS:
        lines[name] = [_serialise_line(row) for row in related_rows(task, name)]
    return {
        "task": serialise_fields(task, without=UNSTORED_FIELDS),
        "lead": _serialise_named(task.lead),
        "leader": _serialise_named(task.leader),
        "area": _serialise_named(task.area),
        "relations": relations,
        "lines": lines,
    }


def _serialise_named(row: models.Model | None) -> State | None:
    if row is None:
        return None
    fields = serialise_fields(row)
    return {name: fields[name] for name in fields if name in NAMED_FIELDS[type(row)]}


def _serialise_relation(row: models.Model) -> State:
    named = _serialise_named(row) or {}
    if isinstance(row, Activity):
        named["area"] = {"number": row.area.number, "name": row.area.name.to_json()}
    return named


def _serialise_line(row: models.Model) -> State:
    line = serialise_fields(row, without=("id", "municipality", "task"))
    for name in POINTER_MODELS:
        if hasattr(row, name):
            line[name] = _serialise_named(getattr(row, name))
    return line


def deserialise_task(state: State) -> Task:
    """A task as a state says, with its rows attached; not saved and not to be saved."""
    task = Task(**deserialise_fields(Task, state["task"]))
    task.lead = _deserialise_row(Organisation, state["lead"])
    task.leader = _deserialise_row(User, state["leader"])
    task.area = _deserialise_row(Area, state.get("area"))  # earlier states do not have it
    attached: dict[str, list[Any]] = {}
    for name, model in RELATIONS.items():
        rows = state["relations"][name]
        attached[name] = [_deserialise_row(model, row) for row in rows]
    for name, model in LINE_MODELS.items():
        rows = state["lines"].get(name, [])  # a state does not have lines that came later
        attached[name] = [_deserialise_row(model, row) for row in rows]
    task.attached = attached
    return task


def _deserialise_row(model: type[models.Model], kept: State | None) -> Any:
    if kept is None:
        return None
    own = {name: kept[name] for name in kept if name not in (*POINTER_MODELS, "area")}
    row: Any = model(**deserialise_fields(model, own))
    for name, other in POINTER_MODELS.items():
        if name in kept:
            setattr(row, name, _deserialise_row(other, kept[name]))
    if "area" in kept:
        row.area = Area(**deserialise_fields(Area, kept["area"]))
    return row


def split_values(values: Values) -> tuple[dict[str, list[Any]], dict[str, list[Any]], Values]:
    """Relations, lines and fields apart; windows give the task its first and last day."""
    relations = {name: list(values.pop(name)) for name in RELATIONS if name in values}
    lines = {name: list(values.pop(name)) for name in LINE_MODELS if name in values}
    if windows := lines.get("windows"):
        starts = [window.starts for window in windows if window.starts]
        dues = [window.due for window in windows if window.due]
        open_start, open_end = len(starts) < len(windows), len(dues) < len(windows)
        values["starts"] = None if open_start else min(starts)
        values["due"] = None if open_end else max(dues)
    return relations, lines, values
