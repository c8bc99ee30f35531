"""The fields that a column of a spreadsheet can be, as a room declares them.

ImportSchema(
    subject="values",
    fields=(
        ImportField(code="year", label=_("Year"), headings=((0.9, r"^rok$|^year$"),)),
        ImportField(code="value", label=_("Value"), recognise=share_of_cells(is_number)),
    ),
)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from splot.core.values import Json, Words
from splot.documents.spreadsheets.tables import SheetTable
from splot.language.normalisation import normalise_name

UNMAPPED = ""  # the code of a column that is none of the fields
UNDECIDED = "?"  # what a form says of a column that a person has to decide on

# a heading and the first cells below it -> how much speaks for a field, from 0 to 1
Recogniser = Callable[[str, Sequence[str]], float]


def share_of_cells(test: Callable[[str], object]) -> Recogniser:
    """A recogniser: the share of the cells that pass the test."""

    def recognise(heading: str, samples: Sequence[str]) -> float:
        return sum(bool(test(sample)) for sample in samples) / len(samples)

    return recognise


@dataclass(frozen=True, kw_only=True)
class FieldOption:
    """What a person can say of a column besides its field, such as the year of its figures: chosen
    from a list, guessed from the heading. `unset_label` says what holds while nothing is chosen.
    """

    code: str
    label: Words
    unset_label: Words
    choices: Sequence[tuple[str, Words]] = ()
    find_in_heading: Callable[[str], str] = lambda heading: ""
    accepts: Callable[[str], bool] | None = None  # where more than the choices is right

    def parse_value(self, value: object) -> str:
        """The value if it is one of the option's, else ""."""
        text = str(value or "")
        if self.accepts is not None:
            return text if self.accepts(text) else ""
        return text if text in dict(self.choices) else ""


@dataclass(frozen=True, kw_only=True)
class ImportField:
    """A field that a column can be. `code` is kept in the database.

    `headings` are (how surely, pattern), in all languages in which files are read; a pattern is
    searched in the heading by `normalise_name`. The label in each language of the interface, and
    `aliases`, are headings too. A field that `stands_once` is never two columns of a file; where
    two columns `are_asked`, a person says which of them it is.
    """

    code: str
    label: Words
    headings: tuple[tuple[float, str], ...] = ()
    aliases: tuple[Words, ...] = ()
    recognise: Recogniser | None = None
    stands_once: bool = False
    are_asked: bool = False
    options: tuple[FieldOption, ...] = ()
    # the field of a beginning that an end belongs to, and what an end without a beginning is
    begins_with: str = ""
    alone: str = ""

    def weigh_heading(self, normalised: str) -> float:
        """How surely a heading names the field, 0 where it does not."""
        weights = [weight for weight, pattern in self.headings if re.search(pattern, normalised)]
        return max(weights, default=0.0)


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column is: the code of a field, UNMAPPED for none, and its options."""

    code: str
    options: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> Json:
        return {"code": self.code, **self.options}


@dataclass(frozen=True)
class SettledColumns:
    """What columns are beside the others, by place; and the places of those that could all be what
    only one of them can be, each with the code of that field.
    """

    meanings: Mapping[int, ColumnMeaning] = field(default_factory=dict)
    contested: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ImportSchema:
    """The fields that a column of one kind of spreadsheet can be. `subject` names the kind where
    columns are remembered.

    Where a heading fits several fields equally, the earlier is meant. `groups` are the fields as a
    person chooses from them: (label, codes). Of the fields `one_of` a file needs one, which
    `missing_message` says. `find_own_columns` knows the places of columns in a file that was
    written by the room itself; `settle` looks at all columns of another file together. `together`
    are the fields that stand for several others where one heading names them all.
    """

    subject: str
    fields: Sequence[ImportField]
    unmapped: ImportField = ImportField(code=UNMAPPED, label=gettext_lazy("not read"))
    groups: Sequence[tuple[Words, Sequence[str]]] = ()
    one_of: Sequence[str] = ()
    missing_message: Words = ""
    find_own_columns: Callable[[SheetTable], Mapping[int, str]] = lambda table: {}
    together: Mapping[frozenset[str], str] = field(default_factory=dict)
    settle: Callable[[SheetTable, Sequence[ColumnMeaning]], SettledColumns] = (
        lambda table, meanings: SettledColumns()
    )

    @cached_property
    def field_by_code(self) -> dict[str, ImportField]:
        return {field.code: field for field in (*self.fields, self.unmapped)}

    @cached_property
    def codes_by_own_label(self) -> dict[str, str]:
        """{a field's label or alias in each language, by `normalise_name`: code}."""
        codes: dict[str, str] = {}
        for language, __ in settings.LANGUAGES:
            with override(language):
                for import_field in self.fields:
                    for label in (import_field.label, *import_field.aliases):
                        codes.setdefault(normalise_name(str(label)), import_field.code)
        return codes

    def parse_meaning(self, code: str, options: Mapping[str, object]) -> ColumnMeaning:
        """Of a form or of the database; what is no field is UNMAPPED, what is no option left
        out.
        """
        import_field = self.field_by_code.get(code, self.unmapped)
        values: dict[str, str] = {}
        for option in import_field.options:
            if value := option.parse_value(options.get(option.code)):
                values[option.code] = value
        return ColumnMeaning(import_field.code, values)

    def parse_json(self, kept: Json) -> ColumnMeaning:
        """The inverse of `ColumnMeaning.to_json`."""
        return self.parse_meaning(kept["code"], kept)

    def meaning_by_heading(self, code: str, heading: str) -> ColumnMeaning:
        """A field with the options that the heading names."""
        options: dict[str, object] = {}
        for option in self.field_by_code[code].options:
            options[option.code] = option.find_in_heading(heading)
        return self.parse_meaning(code, options)
