"""Fields of forms for numbers, money, years and days: text that is read as cells of files are."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from splot.core.bounds import (
    validate_amount,
    validate_count,
    validate_day,
    validate_day_within,
    validate_number,
    validate_year,
)

from .exact import (
    DUE,
    parse_exact_amount,
    parse_exact_day,
    parse_exact_number,
    parse_exact_year,
    parse_whole_number,
    write_day,
    write_number,
)

MAX_CHARACTERS = 60  # of a number or a day, in whatever words


class ParsedFormField(forms.Field):
    """A field whose words are parsed; empty is None, never zero.

    Bounds are validators, so that a row from beyond them is still shown and compared.
    """

    keyboard = "decimal"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = {
            "class": "input--short",
            "autocomplete": "off",
            "maxlength": str(MAX_CHARACTERS),
        }
        return {**attrs, "inputmode": self.keyboard} if self.keyboard else attrs

    def parse(self, text: str) -> Any:
        """The value that the words mean. Raises ValidationError."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """A value as it stands in the field."""
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if value is None or not isinstance(value, str):
            return value
        return self.parse(value) if value.strip() else None

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.write(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """What is sent as it stood there is no change, also where a new value like it would be
        refused.
        """
        if data is not None and data == self.prepare_value(initial):
            return False
        return super().has_changed(initial, data)


def limit_days(form: forms.BaseForm, names: Iterable[str], years: range) -> None:
    """Let these fields of a form take days of these years alone."""
    for name in names:
        if name in form.fields:
            form.fields[name].validators = [partial(validate_day_within, years=years)]


class NumberFormField(ParsedFormField):
    """What an indicator measures: up to three digits behind the decimal sign, also below zero."""

    default_validators = [validate_number]

    def parse(self, text: str) -> Decimal:
        return parse_exact_number(text)

    def write(self, value: Decimal) -> str:
        return write_number(value)


class AmountFormField(ParsedFormField):
    """A sum of money."""

    default_validators = [validate_amount]

    def parse(self, text: str) -> Decimal:
        return parse_exact_amount(text)

    def write(self, value: Decimal) -> str:
        return write_number(value, places=2)


class CountFormField(ParsedFormField):
    """A whole number; by default of people or cases, with `validate` of anything else."""

    keyboard = "numeric"

    def __init__(self, *, validate: Callable[[int], None] = validate_count, **kwargs: Any) -> None:
        super().__init__(validators=[validate], **kwargs)

    def parse(self, text: str) -> int:
        return parse_whole_number(text)

    def write(self, value: int) -> str:
        return write_number(value)


class YearFormField(ParsedFormField):
    """A year of a policy, with four digits."""

    keyboard = "numeric"
    default_validators = [validate_year]

    def parse(self, text: str) -> int:
        return parse_exact_year(text)

    def write(self, value: int) -> str:
        return str(value)


class DayFormField(ParsedFormField):
    """A day; of a month, a quarter or a year that stands there, the first or the last day."""

    keyboard = ""
    default_validators = [validate_day]

    def __init__(self, *, edge: str = DUE, **kwargs: Any) -> None:
        self.edge = edge
        kwargs.setdefault("help_text", gettext_lazy("For example 31.12.2024."))
        super().__init__(**kwargs)

    def parse(self, text: str) -> date:
        return parse_exact_day(text, self.edge)

    def write(self, value: date) -> str:
        return write_day(value)
