"""A view of the table on its way into a file: its columns as typed values, its rows with what groups them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.documents.sheets.files import clean
from splot.policy.models import Policy

from ..columns import BY_CODE, Cell, rows_of
from ..models import Task
from ..table_view import ShownRow, shown_rows

Value = str | Decimal | int | date | None
WORDS, LONG, DAY, COUNT, MONEY = "words", "long", "day", "count", "money"
AMOUNTS = ("planned", "committed", "paid")
SHORT = {"activities", "when", "after", "priority", "own_role", "leader", "decision", "disposition", "sources"}


@dataclass(frozen=True)
class View:
    """What a reader asked for: rows that came `with_cells` for the columns' codes, in their order.

    `is_narrowed`: the rows are not the whole table of the year, which the file then says.
    """

    policy: Policy
    tasks: Sequence[Task]
    codes: Sequence[str]
    language: str
    year: int
    by: str = "area"
    is_narrowed: bool = False

    @property
    def title(self) -> str:
        with override(self.language):
            return _("Implementation table %(year)s") % {"year": self.year}

    @property
    def about(self) -> str:
        """Whose table it is and whether it is all of it."""
        with override(self.language):
            parts = [str(self.policy.municipality.name), str(self.policy.title)]
            if not self.policy.is_public:
                parts.append(_("Draft – not adopted"))
            if self.is_narrowed:
                parts.append(_("only the tasks that fit the chosen filters"))
            return clean(" · ".join(parts))

    def rows(self) -> list[ShownRow]:
        """The rows with their cells, in the active language."""
        return shown_rows(self.tasks, self.codes, self.by)


@dataclass(frozen=True)
class Field:
    """A column of a file. `look` is one of WORDS, LONG, DAY, COUNT and MONEY; `currency` belongs to the last."""

    label: str
    value: Callable[[Task], Value]
    look: str
    currency: str = ""


def fields_of(view: View) -> list[Field]:
    """Number, task, status and the columns of a view, in the active language.

    Money becomes a column for each year and currency, and time gets its first and last day, so that a spreadsheet
    can add and sort.
    """
    found = [
        Field(_("No."), lambda task: task.number, COUNT),
        Field(str(BY_CODE["title"].label), lambda task: clean(str(task.title)), LONG),
        Field(_("Status"), lambda task: task.status_label, WORDS),
    ]
    for code in view.codes:
        if code in AMOUNTS:
            found += _amounts(code, view.tasks)
        elif code == "priority":
            found.append(Field(str(BY_CODE[code].label), lambda task: task.priority, COUNT))
        else:
            look = WORDS if code in SHORT else LONG
            found.append(Field(str(BY_CODE[code].label), _words_of(BY_CODE[code].cell), look))
        if code == "when":
            found.append(Field(_("First day"), lambda task: task.starts, DAY))
            found.append(Field(_("Last day"), lambda task: task.due, DAY))
    return found


def _words_of(cell: Callable[[Task], Cell]) -> Callable[[Task], str]:
    return lambda task: words(cell(task))


def words(cell: Cell) -> str:
    """A cell's lines one below another, in the active language."""
    return clean("\n".join(map(str, cell)))


def _amounts(code: str, tasks: Iterable[Task]) -> list[Field]:
    """One field for each year and currency that any of the rows has a figure for."""
    label = str(BY_CODE[code].label)
    lines = [line for task in tasks for line in rows_of(task, "budget") if getattr(line, code) is not None]
    keys = sorted({(line.currency, line.year or 0) for line in lines}) or [("PLN", 0)]
    return [
        Field(f"{label}, {currency}" + (f", {year}" if year else ""), _sum_of(code, currency, year), MONEY, currency)
        for currency, year in keys
    ]


def _sum_of(code: str, currency: str, year: int) -> Callable[[Task], Decimal | None]:
    """What a task has of a figure in a currency and a year; None where nobody gave it, which is not zero."""

    def value(task: Task) -> Decimal | None:
        lines = [line for line in rows_of(task, "budget") if (line.currency, line.year or 0) == (currency, year)]
        figures = [figure for line in lines if (figure := getattr(line, code)) is not None]
        return sum(figures, Decimal(0)) if figures else None

    return value


def heading(row: ShownRow) -> str:
    """What stands above a group: "1. Education"; "" within one."""
    if row.heading is None:
        return ""
    return clean(f"{row.area}. {row.heading}" if row.area else str(row.heading))
