"""A workbook as people see it, with the values behind what they see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = str | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows (`text`) and holds (`value`).

    A cell that a merged one covers repeats its words; `merged_from` is then the (row, column) of
    the one that holds them, counted from 1. `formula`: the value is a result stored in the file,
    None when none was stored. `error` is such as "#REF!". `comment` is what people remarked on the
    cell.
    """

    text: str = ""
    value: Value = None
    merged_from: tuple[int, int] | None = None
    formula: bool = False
    comment: str = ""
    error: str = ""

    def __bool__(self) -> bool:
        """Whether a person sees anything in it."""
        return bool(self.text.strip())

    def to_json(self) -> str | list | None:
        """None for the empty cell, a string where the text is all, a list of the fields
        otherwise.
        """
        if self == EMPTY:
            return None
        if self == Cell(self.text, self.text):
            return self.text
        kind = type(self.value).__name__
        value = (
            self.value
            if isinstance(self.value, (bool, str)) or self.value is None
            else str(self.value)
        )
        return [self.text, kind, value, self.merged_from, self.formula, self.comment, self.error]

    @classmethod
    def from_json(cls, data: str | list | None) -> Cell:
        """The inverse of `to_json`."""
        if data is None:
            return EMPTY
        if isinstance(data, str):
            return cls(data, data)
        text, kind, value, merged_from, *others = data
        if kind == "Decimal":
            value = Decimal(value)
        elif kind == "date":
            value = date.fromisoformat(value)
        return cls(text, value, tuple(merged_from) if merged_from else None, *others)


EMPTY = Cell()


@dataclass(slots=True)
class Sheet:
    """One sheet, or one table of a document. `rows` is a rectangle: row 5, column 2 is
    `rows[4][1]`.

    What is hidden is read like the rest: `hidden_rows` and `hidden_columns` hold numbers counted
    from 1.
    """

    name: str
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        for row in self.rows:
            yield from row

    def to_json(self) -> dict:
        """Without the empty cells that end a row."""
        made = {
            name: getattr(self, name)
            for name in ("name", "hidden", "notes", "hidden_rows", "hidden_columns")
        }
        width = max(map(len, self.rows), default=0)
        return made | {"width": width, "rows": [_trim_row(row) for row in self.rows]}

    @classmethod
    def from_json(cls, data: dict) -> Sheet:
        """The inverse of `to_json`."""
        data = dict(data)
        width = data.pop("width")
        rows = [[Cell.from_json(cell) for cell in row] for row in data.pop("rows")]
        return cls(**data, rows=[row + [EMPTY] * (width - len(row)) for row in rows])


def _trim_row(row: list[Cell]) -> list:
    cells = [cell.to_json() for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


@dataclass(slots=True)
class Workbook:
    """The sheets of a file. `notes` and those of the sheets are sentences for people.

    `properties` are the custom properties of the file, `names` its defined names with what they
    stand for.
    """

    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict:
        return {
            "sheets": [sheet.to_json() for sheet in self.sheets],
            "notes": self.notes,
            "properties": self.properties,
            "names": self.names,
        }

    @classmethod
    def from_json(cls, data: dict) -> Workbook:
        """The inverse of `to_json`."""
        return cls(
            [Sheet.from_json(sheet) for sheet in data["sheets"]],
            data["notes"],
            data["properties"],
            data["names"],
        )
