"""The form in which a person says what each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .recognise import RecognisedColumn
from .schema import UNDECIDED, ColumnMeaning, FieldOption, ImportSchema

SURE, PROBABLE = 0.75, 0.45
CONFIDENCE_LABELS = (
    (SURE, pgettext_lazy("trust", "sure")),
    (PROBABLE, pgettext_lazy("trust", "probable")),
    (0.0, pgettext_lazy("trust", "a guess")),
)


def parse_columns(
    posted: Mapping[str, str], schema: ImportSchema, count: int
) -> tuple[list[ColumnMeaning], list[str]]:
    """What each of so many columns is as the form says, and what is wrong with it."""
    meanings: list[ColumnMeaning] = []
    for number in range(count):
        code = posted.get(f"code-{number}", "")
        options = schema.field_by_code.get(code, schema.unmapped).options
        values = {option.code: posted.get(f"{option.code}-{number}", "") for option in options}
        meanings.append(schema.parse_meaning(code, values))
    codes = [meaning.code for meaning in meanings]
    faults: list[str] = []
    if any(posted.get(f"code-{number}") == UNDECIDED for number in range(count)):
        faults.append(_("Say of each column what it is; two of them cannot be the same."))
    for field in schema.fields:
        if field.stands_once and codes.count(field.code) > 1:
            words = _("Two columns are “%(name)s”. Keep one of them.")
            faults.append(words % {"name": field.label})
    if schema.one_of and not set(schema.one_of) & set(codes):
        faults.append(str(schema.missing_message))
    return meanings, faults


def column_choices(
    schema: ImportSchema,
    columns: Sequence[RecognisedColumn],
    theirs: Sequence[ColumnMeaning] = (),
    *,
    is_confirmed: bool = False,
) -> dict[str, object]:
    """What `spreadsheet_columns/_columns.html` shows: `columns`, and the `fields` in groups.

    `theirs` is what somebody else saved meanwhile, to stand beside what the columns are.
    """
    rows = [_column_row(schema, column, theirs, is_confirmed) for column in columns]
    return {"columns": rows, "fields": _field_groups(schema)}


def _field_groups(schema: ImportSchema) -> list[tuple[str, list[tuple[str, str]]]]:
    """(label, [(code, label of the field)]) for a select."""
    groups = schema.groups or (("", [field.code for field in (schema.unmapped, *schema.fields)]),)
    labelled: list[tuple[str, list[tuple[str, str]]]] = []
    for label, codes in groups:
        choices = [(code, str(schema.field_by_code[code].label)) for code in codes]
        labelled.append((str(label), choices))
    return labelled


def _column_row(
    schema: ImportSchema,
    column: RecognisedColumn,
    theirs: Sequence[ColumnMeaning],
    is_confirmed: bool,
) -> dict[str, object]:
    field = schema.field_by_code[column.meaning.code]
    saved = theirs[column.number] if column.number < len(theirs) else column.meaning
    is_other = saved != column.meaning
    return {
        "number": column.number,
        "heading": column.heading,
        "samples": column.samples,
        "code": column.meaning.code,
        "options": [_option_select(option, column) for option in field.options],
        "trust": "" if is_confirmed else _confidence_label(schema, column),
        "is_asked": bool(column.contested),
        "theirs": str(schema.field_by_code[saved.code].label) if is_other else "",
    }


def _option_select(option: FieldOption, column: RecognisedColumn) -> dict[str, object]:
    """An option of a column as a select; a value that is not on its list is added to it."""
    value = column.meaning.options.get(option.code, "")
    choices = [(code, str(label)) for code, label in option.choices]
    if value and value not in dict(choices):
        choices.append((value, value))
    return {
        "name": f"{option.code}-{column.number}",
        "label": option.label,
        "unset_label": option.unset_label,
        "choices": choices,
        "value": value,
    }


def _confidence_label(schema: ImportSchema, column: RecognisedColumn) -> str:
    if column.contested:
        words = {"name": schema.field_by_code[column.contested].label}
        return _("which of these columns is “%(name)s”?") % words
    if column.is_remembered:
        return _("as the last time")
    labels = (label for least, label in CONFIDENCE_LABELS if column.confidence >= least)
    return str(next(labels))
