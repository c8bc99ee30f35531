"""A plan as plain JSON and back, in two parts: what a person is shown of it, and what is written.

Rows of ours stand in it by their keys; those that a file names and nobody has stand in a list of
their own, and the rows of the file point to their places in it ("new 0").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from decimal import Decimal
from typing import Any

from django.db import models

from splot.core.languages import Text
from splot.core.snapshots import deserialise_fields, serialise_value
from splot.core.values import Json, Values
from splot.implementation.lines import (
    LINE_MODELS,
    LINE_TYPES,
    POINTER_MODELS,
    RELATIONS,
    TaskLine,
)
from splot.implementation.models import ImplementationPlan, SensitiveGroup, Task
from splot.people.models import Organisation, User
from splot.policy.models import Area

from .context import UnmatchedName
from .plan import ImportPlan, PlannedRow
from .source_table import OtherRow
from .totals import StatedSum

Row = models.Model
RowKey = int | str | None
Placed = tuple[type[Row], RowKey]

SINGLE_ROWS: dict[str, type[Row]] = {"lead": Organisation, "leader": User, "area": Area}
NEW = "new "


def serialise_shown(plan: ImportPlan) -> Json:
    """What the page of the rows shows, without what would be written."""
    names = {}
    for key, unmatched in plan.unmatched_names.items():
        names[key] = [unmatched.name, unmatched.is_group, unmatched.becomes]
    return {
        "rows": [_serialise_shown_row(row) for row in plan.rows],
        "findings": plan.findings,
        "others": [list(vars(other).values()) for other in plan.others],
        "names": names,
        "sums": [_serialise_sum(stated) for stated in plan.sums],
    }


def _serialise_shown_row(row: PlannedRow) -> list[object]:
    changes = [[str(name), old, new] for name, old, new in row.changes]
    unread = [[str(name), words] for name, words in row.unread]
    can_be_taken = int(row.can_be_taken)
    task = [row.row, row.name, row.state, row.title, row.number, can_be_taken]
    money = [[*key, str(amount)] for key, amount in row.money]
    return [*task, row.area, money, changes, row.doubts, row.notes, unread]


def _serialise_sum(stated: StatedSum) -> list[object]:
    return [*list(vars(stated).values())[:-2], str(stated.stated), str(stated.given)]


def _deserialise_sum(values: Sequence[Any]) -> StatedSum:
    *own, stated, given = values
    row, name, figure, year, currency = own
    return StatedSum(row, name, figure, year, currency, Decimal(stated), Decimal(given))


def deserialise_shown(shown: Json) -> ImportPlan:
    """The plan as it is shown; its rows have no tasks and no values."""
    rows = [_deserialise_shown_row(*row) for row in shown["rows"]]
    names = {key: UnmatchedName(*unmatched) for key, unmatched in shown["names"].items()}
    others = [OtherRow(*other) for other in shown["others"]]
    sums = [_deserialise_sum(stated) for stated in shown["sums"]]
    return ImportPlan(rows, shown["findings"], others, names, sums)


def _deserialise_shown_row(
    row: int,
    name: str,
    state: str,
    title: str,
    number: int | None,
    can_be_taken: int,
    area: str,
    money: list[Any],
    changes: list[tuple[str, list[str], list[str]]],
    doubts: list[str],
    notes: list[str],
    unread: list[tuple[str, str]],
) -> PlannedRow:
    return PlannedRow(
        row=row,
        name=name,
        state=state,
        title=title,
        task=None,
        values={},
        changes=changes,
        doubts=doubts,
        notes=notes,
        unread=unread,
        can_be_taken=bool(can_be_taken),
        number=number,
        area=area,
        money=[((figure, year, *words), Decimal(amount)) for figure, year, *words, amount in money],
    )


@dataclass
class _NewRows:
    """Rows that are not saved yet, each in one place."""

    rows: list[Organisation | SensitiveGroup] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)  # by identity

    def key_of(self, row: Any) -> RowKey:
        if row is None:
            return None
        if row.pk:
            return int(row.pk)
        if id(row) not in self.places:
            self.places[id(row)] = len(self.rows)
            self.rows.append(row)
        return f"{NEW}{self.places[id(row)]}"

    def to_json(self) -> list[list[object]]:
        """The kind of an institution is None for a group."""
        return [[row.name.to_json(), getattr(row, "kind", None)] for row in self.rows]


def serialise_written(plan: ImportPlan) -> Json:
    """What taking rows over writes: for each its task's key, its values, the rows it waits for."""
    new = _NewRows()
    rows = []
    for row in plan.rows:
        task = row.task.pk if row.task else None
        values = {name: _serialise(name, value, new) for name, value in row.values.items()}
        can_be_taken = int(row.can_be_taken)
        depends_on = [*row.depends_on_rows.items()]
        rows.append([row.row, row.name, row.state, can_be_taken, task, values, depends_on])
    return {"rows": rows, "new": new.to_json()}


def _serialise(name: str, value: Any, new: _NewRows) -> object:
    if name in RELATIONS:
        return [new.key_of(row) for row in value]
    if name in SINGLE_ROWS:
        return new.key_of(value)
    if name in LINE_TYPES:
        return [_serialise_line(line, new) for line in value]
    return serialise_value(value)


def _serialise_line(line: TaskLine, new: _NewRows) -> Json:
    """What differs from what is usual."""
    values: Json = {}
    for line_field in fields(line):
        value = getattr(line, line_field.name)
        if line_field.name in POINTER_MODELS:
            values[line_field.name] = new.key_of(value)
        elif value != _usual_value(line_field):
            values[line_field.name] = serialise_value(value)
    return values


def _usual_value(line_field: Field[Any]) -> object:
    """What a field of a line is where nobody says it; MISSING where it has to be said."""
    factory = line_field.default_factory
    return line_field.default if factory is MISSING else factory()


def deserialise_written(written: Json, plan: ImplementationPlan) -> list[PlannedRow]:
    """The rows as they are taken over, with their tasks and all rows that they name."""
    rows = _RowsByKey(plan, written)
    planned = []
    for row, name, state, can_be_taken, task, values, depends_on in written["rows"]:
        planned.append(
            PlannedRow(
                row=row,
                name=name,
                state=state,
                title="",
                task=rows.task(task),
                values={each: _deserialise(each, value, rows) for each, value in values.items()},
                depends_on_rows=dict(depends_on),
                can_be_taken=bool(can_be_taken),
            )
        )
    return planned


class _RowsByKey:
    """All rows that a plan names, in a fixed number of queries for each kind."""

    def __init__(self, plan: ImplementationPlan, written: Json) -> None:
        keys: dict[type[Row], set[int]] = defaultdict(set)
        for model, key in _placed_rows(written["rows"]):
            if isinstance(key, int):
                keys[model].add(key)
        self.plan = plan
        self.rows: dict[type[Row], Mapping[int, Row]] = {
            model: model._base_manager.in_bulk(wanted) for model, wanted in keys.items()
        }
        self.new = [self._new_row(Text.from_json(name), kind) for name, kind in written["new"]]

    def _new_row(self, name: Text, kind: str | None) -> Row:
        municipality = self.plan.municipality
        if kind is None:
            return SensitiveGroup(municipality=municipality, name=name)
        return Organisation(municipality=municipality, name=name, kind=kind)

    def row(self, model: type[Row], key: RowKey) -> Row | None:
        if isinstance(key, str):
            return self.new[int(key.removeprefix(NEW))]
        return None if key is None else self.rows[model][key]

    def task(self, key: int | None) -> Task | None:
        task = self.row(Task, key)
        if task is None:
            return None
        assert isinstance(task, Task)
        task.plan, task.policy = self.plan, self.plan.policy
        task.municipality = self.plan.municipality
        return task


def _placed_rows(rows: Iterable[Sequence[Any]]) -> Iterator[Placed]:
    """Every row that is named, with its model."""
    for *__, task, values, ___ in rows:
        yield Task, task
        for name, value in values.items():
            if name in SINGLE_ROWS:
                yield SINGLE_ROWS[name], value
            for key in value if name in RELATIONS else ():
                yield RELATIONS[name], key
            for line in value if name in LINE_TYPES else ():
                yield from _pointers_of(line)


def _pointers_of(line: Json) -> Iterator[Placed]:
    for field_name, model in POINTER_MODELS.items():
        if field_name in line:
            yield model, line[field_name]


def _deserialise(name: str, value: Any, rows: _RowsByKey) -> object:
    if name in RELATIONS:
        return [rows.row(RELATIONS[name], key) for key in value]
    if name in SINGLE_ROWS:
        return rows.row(SINGLE_ROWS[name], value)
    if name in LINE_TYPES:
        return [_deserialise_line(name, line, rows) for line in value]
    (value,) = deserialise_fields(Task, {name: value}).values()
    return value


def _deserialise_line(name: str, values: Json, rows: _RowsByKey) -> TaskLine:
    own: Json = {}
    pointers: Values = {}
    for field_name, value in values.items():
        if field_name in POINTER_MODELS:
            pointers[field_name] = rows.row(POINTER_MODELS[field_name], value)
        else:
            own[field_name] = value
    line: TaskLine = LINE_TYPES[name](**deserialise_fields(LINE_MODELS[name], own), **pointers)
    return line
