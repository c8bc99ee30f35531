"""Every field of every door into the data, with what it takes: walked from the code itself."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import get_resolver

import splot
from splot.core.dates import validate_period
from splot.implementation.columns import COLUMNS
from splot.parsing import form_fields
from splot.table_import.column_imports import COLUMN_IMPORTS
from splot.workbooks.cells import CELL_PARSERS
from splot.workbooks.schema import FILLABLE_COLUMNS

NOT_DOORS = ("splot.web.gallery",)
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (form_fields.DayFormField, "day"),
    (form_fields.YearFormField, "year"),
    (form_fields.AmountFormField, "sum"),
    (form_fields.NumberFormField, "number"),
    (form_fields.CountFormField, "whole number"),
    (forms.ModelMultipleChoiceField, "rows"),
    (forms.ModelChoiceField, "row"),
    (forms.MultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.BooleanField, "yes or no"),
    (forms.FileField, "file"),
)


def form_classes() -> list[type[forms.BaseForm]]:
    """Every form of the rooms that a person sees."""
    assert get_resolver().url_patterns  # imports all pages
    for module in pkgutil.walk_packages(splot.__path__, "splot."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    found = {form for form in _subclasses(forms.BaseForm) if form.__module__.startswith("splot.")}
    shown = [form for form in found if form.__module__ not in NOT_DOORS and visible_fields(form)]
    return sorted(shown, key=lambda form: (form.__module__, form.__name__))


def _subclasses(parent: type) -> Iterator[Any]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)


def visible_fields(form: Any) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = form.base_fields
    return {name: field for name, field in fields.items() if not field.widget.is_hidden}


def kind_of(field: forms.Field) -> str:
    """What a field takes, in a word or two."""
    if validate_period in field.validators:
        return "period"
    for kind, words in KINDS:
        if isinstance(field, kind):
            return words
    longest = getattr(field, "max_length", None)
    assert isinstance(field, forms.CharField), field
    return f"text up to {longest}" if longest else "text"


def door_rows() -> list[str]:
    """A row for each door, as the reference has it: where it is, then its fields by what they
    take.
    """
    rows = []
    for form in form_classes():
        fields = {name: kind_of(field) for name, field in visible_fields(form).items()}
        room, __, __ = form.__module__.removeprefix("splot.").partition(".")
        rows.append(_row(f"{room}: `{form.__name__}`", fields))
    further = {column.code: "text up to 5000" for column in COLUMNS if column.is_text}
    further |= {column.code: "choice" for column in COLUMNS if column.choices}
    rows.append(_row("implementation: further columns of `TaskForm`", further))
    filled = {}
    for column in FILLABLE_COLUMNS:
        assert column.cell in CELL_PARSERS
        filled[column.code] = WORKBOOK_KINDS.get(column.code, "text up to 5000")
        if column.choices:
            filled[column.code] = "choice"
    rows.append(_row("workbooks: columns to fill", filled))
    rows.append(_row("table_import: columns of a file", dict(imported_columns())))
    commands = "commands: `import-policy --term`, `report --year`, `read-table --from --to`"
    rows.append(_row(commands, dict.fromkeys(("term", "year", "from", "to"), "year")))
    return rows


WORKBOOK_KINDS = {"reached": "whole number", "committed": "sum", "paid": "sum"}
IMPORT_KINDS = {
    "when": "day",
    "milestones": "day",
    "starts": "day",
    "due": "day",
    "priority": "whole number",
    "planned": "sum",
    "committed": "sum",
    "paid": "sum",
    "targets": "number",
    "number": "whole number",
}


def imported_columns() -> Iterator[tuple[str, str]]:
    for code in dict.fromkeys((*COLUMN_IMPORTS, *(column.code for column in COLUMNS))):
        column = next((column for column in COLUMNS if column.code == code), None)
        if column is not None and column.is_text:
            yield code, "text"
        else:
            yield code, "choice" if column and column.choices else IMPORT_KINDS.get(code, "words")


def _row(door: str, fields: dict[str, str]) -> str:
    by_kind: dict[str, list[str]] = {}
    for name, kind in fields.items():
        by_kind.setdefault(kind, []).append(f"`{name}`")
    parts = [f"{kind}: {', '.join(names)}" for kind, names in sorted(by_kind.items())]
    return f"| {door} | {'; '.join(parts)} |"
