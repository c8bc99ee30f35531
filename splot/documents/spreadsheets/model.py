"""A workbook as people see it, with the values behind what they see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from decimal import Decimal

from splot.language.normalisation import normalise_spaces
from splot.parsing.periods import Period

FIELDS_BEFORE_PERIODS = 5  # of a cell's JSON, behind the place that it is merged from
Value = str | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows (`text`) and holds (`value`).

    A cell that a merged one covers repeats its words; `merged_from` is then the (row, column) of
    the one that holds them, counted from 1. `formula`: the value is a result stored in the file,
    None when none was stored. `error` is such as "#REF!". `comment` is what people remarked on the
    cell. `struck` are the words that are struck out: no part of `text`, or all of it. `fill` is the
    colour of an empty cell where it may say something. `periods` are those that a row's marks stand
    below: the first and the last of each run. `heading` is that of its column where its table is
    known; it is kept with the table alone.
    """

    text: str = ""
    value: Value = None
    merged_from: tuple[int, int] | None = None
    formula: bool = False
    comment: str = ""
    error: str = ""
    struck: str = ""
    fill: str = ""
    periods: Sequence[tuple[Period, Period]] = ()
    heading: str = ""

    def __bool__(self) -> bool:
        """Whether a person sees anything in it."""
        return bool(self.text.strip())

    @property
    def one_line(self) -> str:
        """Its text on one line."""
        return normalise_spaces(self.text)

    @property
    def day(self) -> date | None:
        return self.value if isinstance(self.value, date) else None

    @property
    def amount(self) -> Decimal | None:
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def is_uncounted(self) -> bool:
        """A formula whose result the file does not have."""
        return self.formula and self.value is None and not self.error

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
        cell = [self.text, kind, value, self.merged_from, self.formula, self.comment, self.error]
        if self.periods:
            runs = [[*map(astuple, run)] for run in self.periods]
            return [*cell, self.struck, self.fill, runs]
        return [*cell, self.struck, self.fill] if self.struck or self.fill else cell

    @classmethod
    def from_json(cls, data: str | list | None) -> Cell:
        """The inverse of `to_json`."""
        if data is None:
            return EMPTY
        if isinstance(data, str):
            return cls(data, data)
        text, kind, value, merged_from, *others = data
        if len(others) > FIELDS_BEFORE_PERIODS:
            others[-1] = tuple((Period(*first), Period(*last)) for first, last in others[-1])
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
    from 1. `of_document`: a table of a document, which can go on in the next one; `breaks` are the
    places of the rows at which a piece of it begins, from 0. `is_separated`: a sign stands between
    the values of a row, and may stand within one as well.
    """

    name: str
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    of_document: bool = False
    breaks: list[int] = field(default_factory=list)
    is_separated: bool = False

    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        for row in self.rows:
            yield from row


@dataclass(slots=True)
class Workbook:
    """The sheets of a file. `notes` and those of the sheets are sentences for people.

    `properties` are the custom properties of the file, `names` its defined names with what they
    stand for. `are_alternatives`: the sheets are one, read in several ways; a person says which.
    """

    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    are_alternatives: bool = False
