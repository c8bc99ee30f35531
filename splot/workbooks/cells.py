"""The cells of the table that an institution fills in its sheet, and how words in them are read.

A cell's value is a string that two readings agree upon: a status by its code, a figure without separators, people
reached as "over 7500 households"; "" is an empty cell.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from splot.core import numbers
from splot.core.numbers import Qualifier, number
from splot.core.values import Words
from splot.documents.sheets import Cell
from splot.implementation.models import Status, StatusUpdate, reach_in_words
from splot.parsing.amounts import AMOUNT, money

ReachUnit = StatusUpdate.ReachUnit
MOST_SIGNS = 5000  # as in the form
MOST_REACHED = 2_000_000_000
MOST_MONEY = Decimal(10) ** 13
MONEY = ("committed", "paid")
PROGRESS = ("status", "narrative", "obstacles", "reached")


class Unclear(Exception):
    """Words that a cell cannot mean."""


@dataclass(frozen=True)
class Input:
    """A column to be filled. `cell` is the code of the cell that it is a part of; `choices` make a drop-down."""

    code: str
    label: Words
    cell: str
    choices: Callable[[], Iterable[tuple[str, object]]] | None = None


INPUTS = (
    Input("status", gettext_lazy("How does the task go?"), "status", lambda: Status.choices),
    Input("narrative", gettext_lazy("What was done?"), "narrative"),
    Input("obstacles", gettext_lazy("What stood in the way? If it was abandoned: why?"), "obstacles"),
    Input("reached", gettext_lazy("How many were reached?"), "reached"),
    Input("reached_qualifier", gettext_lazy("How sure is the number?"), "reached", lambda: Qualifier.choices),
    Input("reached_unit", gettext_lazy("What is counted?"), "reached", lambda: ReachUnit.choices),
    Input("committed", gettext_lazy("Money committed"), "committed"),
    Input("paid", gettext_lazy("Money paid"), "paid"),
    Input("remark", gettext_lazy("Remark for the coordinator"), "remark"),
)
CELLS = tuple(dict.fromkeys(each.cell for each in INPUTS))
LABELS = {
    **{each.code: each.label for each in INPUTS if each.code in CELLS},
    "number": gettext_lazy("No."),
    "title": gettext_lazy("Task"),
    "part": gettext_lazy("Your part"),
    "activities": gettext_lazy("Activities"),
    "when": gettext_lazy("When"),
    "targets": gettext_lazy("Indicators"),
    "planned": gettext_lazy("Money planned"),
}


def plain_text(words: str) -> str:
    """Words as two copies of them agree: line ends as one sign, nothing blank at the end of a line."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def reach(value: int | None, qualifier: str, unit: str) -> str:
    return "" if value is None else f"{qualifier} {value} {unit}"


def reach_parts(value: str) -> tuple[str, int, str]:
    """(qualifier, number, unit) of a cell of people reached that is not empty."""
    qualifier, figure, unit = value.split()
    return qualifier, int(figure), unit


def amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def shown(code: str, value: str) -> str:
    """A cell's value for a reader, in the active language; what is no value stays as it was written."""
    try:
        if code == "status":
            return str(Status(value).label) if value else ""
        if code == "reached" and value:
            qualifier, figure, unit = reach_parts(value)
            return reach_in_words(figure, qualifier, unit)
        if code in MONEY and value:
            return numbers.amount(Decimal(value))
    except (ValueError, KeyError, InvalidOperation):
        return value
    return value


def read(code: str, cells: Mapping[str, Cell]) -> str:
    """The value of a cell out of its columns. Raises Unclear, whose message says what could not be understood."""
    if any(cell.error or (cell.formula and cell.value is None) for cell in cells.values()):
        raise Unclear(_("A formula without a result, or an error. Write the value itself."))
    return READERS[code](cells)


def written(code: str, cells: Mapping[str, Cell]) -> str:
    """What stands in a cell's columns, as it was written."""
    inputs = [cells[each.code] for each in INPUTS if each.cell == code and each.code in cells]
    return " ".join(filter(None, map(_as_written, inputs)))


def _as_written(cell: Cell) -> str:
    """Words, or a number as it is and not as its format rounds it."""
    return f"{cell.value:f}".replace(".", ",") if isinstance(cell.value, Decimal) else plain_text(cell.text)


def _text(cells: Mapping[str, Cell]) -> str:
    (cell,) = cells.values()
    words = plain_text(cell.text)
    if len(words) > MOST_SIGNS:
        raise Unclear(_("More than %(most)s characters.") % {"most": number(MOST_SIGNS)})
    return words


def _status(cells: Mapping[str, Cell]) -> str:
    return _choice(cells["status"], Status, _("Not one of the answers in the list."))


def _choice(cell: Cell, choices: type[TextChoices], complaint: str) -> str:
    words = " ".join(cell.text.split()).casefold()
    if not words:
        return ""
    code = _codes(choices).get(words)
    if code is None:
        raise Unclear(complaint)
    return code


@lru_cache(maxsize=8)
def _codes(choices: type[TextChoices]) -> dict[str, str]:
    """{words of a choice in any of our languages, or its code: code}."""
    found = {value: value for value in choices.values}
    for language, __ in settings.LANGUAGES:
        with override(language):
            found |= {str(label).casefold(): value for value, label in choices.choices}
    return found


def _reached(cells: Mapping[str, Cell]) -> str:
    complaint = _("Not one of the answers in the list.")
    empty = Cell()
    qualifier = _choice(cells.get("reached_qualifier", empty), Qualifier, complaint)
    unit = _choice(cells.get("reached_unit", empty), ReachUnit, complaint)
    cell = cells["reached"]
    if not cell:
        if qualifier or unit:
            raise Unclear(_("A number is missing."))
        return ""
    figure = _figure(cell)
    if figure is None or figure != figure.to_integral_value() or not 0 <= figure <= MOST_REACHED:
        raise Unclear(_("Not a whole number."))
    return reach(int(figure), qualifier or Qualifier.EXACT, unit or ReachUnit.PERSONS)


def _figure(cell: Cell) -> Decimal | None:
    if isinstance(cell.value, Decimal):
        return cell.value
    digits = "".join(cell.text.split())
    return Decimal(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 15 else None


def _amount(cells: Mapping[str, Cell]) -> str:
    (cell,) = cells.values()
    if not cell:
        return ""
    figure = cell.value if isinstance(cell.value, Decimal) else _spoken(cell.text)
    if figure is None or not 0 <= figure < MOST_MONEY:
        raise Unclear(_("Not an amount of money. Write digits alone."))
    return amount(figure.quantize(Decimal("0.01")))


def _spoken(words: str) -> Decimal | None:
    """An exact amount in words such as "12 tys. zł"; None for anything less sure."""
    said = money(words)
    sure = said.state == AMOUNT and said.sure and said.qualifier == "exact" and said.upper is None and not said.each
    return said.amount if sure and said.currency in ("", "PLN") else None


READERS: dict[str, Callable[[Mapping[str, Cell]], str]] = {
    "status": _status,
    "narrative": _text,
    "obstacles": _text,
    "reached": _reached,
    "committed": _amount,
    "paid": _amount,
    "remark": _text,
}
