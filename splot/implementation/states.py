"""A row of the table as plain values, and built again from them: how it stood, in the reader's own language."""

from typing import Any

from django.db import models

from splot.core.snapshots import fields_of, values_from
from splot.core.values import Json
from splot.indicators.models import Indicator
from splot.people.models import Organisation, User
from splot.policy.models import Activity, Area

from .columns import rows_of
from .lines import LINES
from .models import SensitiveGroup, Task

State = Json

# What a state keeps of the rows that it names: enough to show them when they are long gone.
NAMED: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("id", "name", "kind"),
    User: ("id", "name"),
    SensitiveGroup: ("id", "name"),
    Indicator: ("id", "name", "unit"),
    Activity: ("id", "number", "text", "slug"),
    Task: ("id", "number", "title"),
}
RELATIONS: dict[str, type[models.Model]] = {
    "activities": Activity,
    "partners": Organisation,
    "joint_leads": Organisation,
    "groups": SensitiveGroup,
    "depends_on": Task,
}
UNSTORED = ("municipality", "plan", "policy", "words", "place", "version", "is_archived")


def state_of(task: Task) -> State:
    """Everything that a task says, with the names of all that it points to."""
    return {
        "task": fields_of(task, without=UNSTORED),
        "lead": _named(task.lead),
        "leader": _named(task.leader),
        "relations": {name: [_kept(row) for row in rows_of(task, name)] for name in RELATIONS},
        "lines": {name: [_line(row) for row in rows_of(task, name)] for name in LINES},
    }


def _named(row: models.Model | None) -> State | None:
    return None if row is None else {name: value for name, value in fields_of(row).items() if name in NAMED[type(row)]}


def _kept(row: models.Model) -> State:
    kept = _named(row) or {}
    return (
        {**kept, "area": {"number": row.area.number, "name": row.area.name.to_json()}}
        if isinstance(row, Activity)
        else kept
    )


def _line(row: models.Model) -> State:
    pointers = {name: _named(getattr(row, name)) for name in ("indicator", "organisation") if hasattr(row, name)}
    return {**fields_of(row, without=("id", "municipality", "task")), **pointers}


def task_from(state: State) -> Task:
    """A task as a state says, not saved and not to be saved; its relations are lists (`shown_…`)."""
    task = Task(**values_from(Task, state["task"]))
    task.lead, task.leader = _built(Organisation, state["lead"]), _built(User, state["leader"])
    for name, model in RELATIONS.items():
        setattr(task, f"shown_{name}", [_built(model, kept) for kept in state["relations"][name]])
    for name, model in LINES.items():
        setattr(task, f"shown_{name}", [_built(model, kept) for kept in state["lines"].get(name, [])])
    return task


def _built(model: type[models.Model], kept: State | None) -> Any:
    if kept is None:
        return None
    pointers = {"indicator": Indicator, "organisation": Organisation}
    own = {name: value for name, value in kept.items() if name not in (*pointers, "area")}
    row: Any = model(**values_from(model, own))
    for name, other in pointers.items():
        if name in kept:
            setattr(row, name, _built(other, kept[name]))
    if "area" in kept:
        row.area = Area(**values_from(Area, kept["area"]))
    return row
