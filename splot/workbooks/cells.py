"""The cells that an institution fills in its workbook: parsed, normalised, serialised.

A cell's value is a string that two readings agree upon: a status by its code, a figure without
separators, people reached as "over 7500 households"; "" is an empty cell.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from splot.core import numbers
from splot.core.bounds import validate_amount, validate_count
from splot.core.numbers import Qualifier, format_number
from splot.documents.spreadsheets import Cell
from splot.implementation.models import format_reach
from splot.implementation.statuses import Status
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name, normalise_text
from splot.parsing.exact import check_currency, parse_exact_amount, parse_whole_number

from .schema import COLUMNS_OF_CELL, FILLABLE_FIGURES, ReachUnit

MAX_CHARACTERS = 5000  # as in the form


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
    figure = _parse_figure(cell, parse_whole_number, validate_count)
    return serialise_reach(int(figure), qualifier or Qualifier.EXACT, unit or ReachUnit.PERSONS)


def _parse_figure(
    cell: Cell, parse: Callable[[str], Decimal | int], validate: Callable[[Decimal], None]
) -> Decimal:
    """A figure as a form's field would take it, of a cell that holds a number or words."""
    is_number = isinstance(cell.value, Decimal)
    try:
        figure = Decimal(parse(f"{cell.value:f}" if is_number else cell.text))
        validate(figure)
    except ValidationError as error:
        raise InvalidCell(" ".join(error.messages)) from error
    return figure


def _parse_amount(cells: Mapping[str, Cell]) -> str:
    (cell,) = cells.values()
    if not cell:
        return ""
    return serialise_amount(_parse_figure(cell, _parse_polish_amount, validate_amount))


def _parse_polish_amount(text: str) -> Decimal:
    """A sum in the currency of the workbook's columns."""
    check_currency(text, "PLN")
    return parse_exact_amount(text)


CELL_PARSERS: dict[str, Callable[[Mapping[str, Cell]], str]] = {
    "status": _parse_status,
    "narrative": _parse_text,
    "obstacles": _parse_text,
    "reached": _parse_reach,
    "committed": _parse_amount,
    "paid": _parse_amount,
    "remark": _parse_text,
}
