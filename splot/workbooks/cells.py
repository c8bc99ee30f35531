"""The cells that an institution fills in its workbook: parsed, normalised, serialised.

A cell's value is a string that two readings agree upon: a status by its code, a figure without
separators, people reached as "over 7500 households"; "" is an empty cell.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from splot.core import numbers
from splot.core.numbers import Qualifier, format_number
from splot.documents.spreadsheets import Cell
from splot.implementation.models import format_reach
from splot.implementation.statuses import Status
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name, normalise_text
from splot.parsing.amount_words import AMOUNT
from splot.parsing.amounts import parse_amount

from .schema import COLUMNS_OF_CELL, FILLABLE_FIGURES, ReachUnit

MAX_CHARACTERS = 5000  # as in the form
MAX_REACHED = 2_000_000_000
MAX_AMOUNT = Decimal(10) ** 13


class InvalidCell(Exception):
    """Words that a cell cannot mean."""


def normalise_cell_text(text: str) -> str:
    """Text in its one form, nothing blank at the end of a line."""
    lines = normalise_text(text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def serialise_reach(value: int | None, qualifier: str, unit: str) -> str:
    return "" if value is None else f"{qualifier} {value} {unit}"


def deserialise_reach(value: str) -> tuple[str, int, str]:
    """(qualifier, number, unit) of a cell of people reached that is not empty."""
    qualifier, figure, unit = value.split()
    return qualifier, int(figure), unit


def serialise_amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def format_cell_value(code: str, value: str) -> str:
    """A cell's value for a reader, in the active language; what is no value stays as it was
    written.
    """
    try:
        if code == "status":
            return str(Status(value).label) if value else ""
        if code == "reached" and value:
            qualifier, figure, unit = deserialise_reach(value)
            return format_reach(figure, qualifier, unit)
        if code in FILLABLE_FIGURES and value:
            return numbers.format_amount(Decimal(value))
    except (ValueError, KeyError, InvalidOperation):
        return value
    return value


def parse_cell(code: str, cells: Mapping[str, Cell]) -> str:
    """A cell parsed out of its columns. Raises InvalidCell, whose message says what could not be
    understood.
    """
    if any(cell.error or (cell.formula and cell.value is None) for cell in cells.values()):
        raise InvalidCell(_("A formula without a result, or an error. Write the value itself."))
    return CELL_PARSERS[code](cells)


def raw_cell_text(code: str, cells: Mapping[str, Cell]) -> str:
    """What stands in a cell's columns, as it was written."""
    texts = [_raw_text(cells[column]) for column in COLUMNS_OF_CELL[code] if column in cells]
    return " ".join(filter(None, texts))


def _raw_text(cell: Cell) -> str:
    """Words, or a number as it is and not as its format rounds it."""
    return (
        f"{cell.value:f}".replace(".", ",")
        if isinstance(cell.value, Decimal)
        else normalise_cell_text(cell.text)
    )


def _parse_text(cells: Mapping[str, Cell]) -> str:
    (cell,) = cells.values()
    text = normalise_cell_text(cell.text)
    if len(text) > MAX_CHARACTERS:
        raise InvalidCell(
            _("More than %(most)s characters.") % {"most": format_number(MAX_CHARACTERS)}
        )
    return text


def _parse_status(cells: Mapping[str, Cell]) -> str:
    return _parse_choice(cells["status"], Status, _("Not one of the answers in the list."))


def _parse_choice(cell: Cell, choices: type[TextChoices], complaint: str) -> str:
    if not cell:
        return ""
    code = choices_by_label(choices).get(normalise_name(cell.text))
    if code is None:
        raise InvalidCell(complaint)
    return code


def _parse_reach(cells: Mapping[str, Cell]) -> str:
    complaint = _("Not one of the answers in the list.")
    empty = Cell()
    qualifier = _parse_choice(cells.get("reached_qualifier", empty), Qualifier, complaint)
    unit = _parse_choice(cells.get("reached_unit", empty), ReachUnit, complaint)
    cell = cells["reached"]
    if not cell:
        if qualifier or unit:
            raise InvalidCell(_("A number is missing."))
        return ""
    figure = _parse_figure(cell)
    if figure is None or figure != figure.to_integral_value() or not 0 <= figure <= MAX_REACHED:
        raise InvalidCell(_("Not a whole number."))
    return serialise_reach(int(figure), qualifier or Qualifier.EXACT, unit or ReachUnit.PERSONS)


def _parse_figure(cell: Cell) -> Decimal | None:
    if isinstance(cell.value, Decimal):
        return cell.value
    digits = "".join(cell.text.split())
    return Decimal(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 15 else None


def _parse_amount(cells: Mapping[str, Cell]) -> str:
    (cell,) = cells.values()
    if not cell:
        return ""
    figure = cell.value if isinstance(cell.value, Decimal) else _parse_written_amount(cell.text)
    if figure is None or not 0 <= figure < MAX_AMOUNT:
        raise InvalidCell(_("Not an amount of money. Write digits alone."))
    return serialise_amount(figure.quantize(Decimal("0.01")))


def _parse_written_amount(text: str) -> Decimal | None:
    """An exact amount in words such as "12 tys. zł"; None for anything less sure."""
    parsed = parse_amount(text)
    is_exact = (
        parsed.state == AMOUNT
        and parsed.sure
        and not parsed.left
        and parsed.qualifier == "exact"
        and parsed.upper is None
        and not parsed.each
    )
    return parsed.amount if is_exact and parsed.currency in ("", "PLN") else None


CELL_PARSERS: dict[str, Callable[[Mapping[str, Cell]], str]] = {
    "status": _parse_status,
    "narrative": _parse_text,
    "obstacles": _parse_text,
    "reached": _parse_reach,
    "committed": _parse_amount,
    "paid": _parse_amount,
    "remark": _parse_text,
}
