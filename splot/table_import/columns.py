"""The columns of the table as fields that a spreadsheet can have, and what each column of a file
seems to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from splot.core.values import Words
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import (
    COLUMN_BY_CODE,
    FILE_ONLY,
    MONEY_FIGURES,
    column_label,
)
from splot.language.normalisation import normalise_name
from splot.parsing import parse_amounts, parse_codes, parse_spans
from splot.parsing.amount_words import AMOUNT
from splot.spreadsheet_columns.schema import (
    UNMAPPED,
    ImportField,
    ImportSchema,
    Recogniser,
    share_of_cells,
)

from .column_headings import CODE, DUE, GROUP, HEADINGS, NUMBER, ORDER, STARTS, STATUS
from .column_imports import COLUMN_IMPORTS, ColumnImport
from .context import ImportContext
from .money_columns import money_options
from .settle_columns import settle_columns

SUBJECT = "tasks"  # under which columns are remembered
LONG_TEXT = 25  # characters: of a task's name rather than of anything else
ALIASES: dict[str, tuple[Words, ...]] = {  # what our own files call a column besides its label
    STARTS: (gettext_lazy("First day"),),
    DUE: (gettext_lazy("Last day"),),
}

# what a column is whose heading names several fields: cells of the one can say all of it
TOGETHER = {
    frozenset((STARTS, DUE)): "when",
    frozenset((STARTS, DUE, "when")): "when",
    frozenset((STARTS, "when")): "when",
    frozenset((DUE, "when")): "when",
    frozenset(("planned", "sources")): "planned",
    frozenset((ORDER, CODE)): CODE,
}


def table_schema(years: Iterable[int] = (), context: ImportContext | None = None) -> ImportSchema:
    """What a column of a file can be. `years` are to choose from for money; by the `context` the
    cells of a column are recognised.
    """
    recognisers = {} if context is None else _cell_recognisers(context)
    options = money_options(years)
    fields: list[ImportField] = []
    for code in _field_codes():
        label = COLUMN_BY_CODE[code].label if code in COLUMN_BY_CODE else FILE_ONLY[code]
        fields.append(
            ImportField(
                code=code,
                label=label,
                headings=_headings_of(code),
                aliases=ALIASES.get(code, ()),
                recognise=recognisers.get(code),
                stands_once=COLUMN_IMPORTS.get(code, ColumnImport()).stands_once,
                are_asked=code in (STARTS, DUE, "when", "leader"),
                options=options if code in MONEY_FIGURES else (),
                begins_with=STARTS if code == DUE else "",
                alone="when" if code == DUE else "",
            )
        )
    return ImportSchema(
        subject=SUBJECT,
        fields=fields,
        unmapped=ImportField(
            code=UNMAPPED,
            label=gettext_lazy("keep as text beside the row"),
            headings=HEADINGS[UNMAPPED],
        ),
        groups=_field_groups(),
        one_of=("title", NUMBER),
        missing_message=gettext_lazy(
            "Say which column holds the task, or its number in this table."
        ),
        together=TOGETHER,
        find_own_columns=own_export_columns,
        settle=settle_columns,
    )


def _field_codes() -> Iterator[str]:
    """Every field once, those whose headings are known first, in their order."""
    for code in dict.fromkeys((*HEADINGS, *COLUMN_BY_CODE, *FILE_ONLY)):
        if code != UNMAPPED:
            yield code


def _field_groups() -> list[tuple[Words, Sequence[str]]]:
    """The fields as a person chooses from them."""
    ours = [code for code in COLUMN_BY_CODE if code not in MONEY_FIGURES]
    return [
        (gettext_lazy("Not in the table"), [UNMAPPED]),
        (gettext_lazy("Columns of the table"), ours),
        (gettext_lazy("Money"), MONEY_FIGURES),
        (gettext_lazy("Only in files"), list(FILE_ONLY)),
    ]


def _headings_of(code: str) -> tuple[tuple[float, str], ...]:
    registered = COLUMN_BY_CODE[code].headings if code in COLUMN_BY_CODE else ()
    return (*HEADINGS.get(code, ()), *registered)


def own_export_columns(table: SheetTable) -> Mapping[int, str]:
    """{place: code} of the columns that only a table written from here has: the number of the task,
    its status, in a CSV also the name of its group. None of them in any other table.
    """
    head = list(map(normalise_name, table.header[:4]))
    for language, __ in settings.LANGUAGES:
        with override(language):
            labels = (_("Group"), _("No."), column_label("title"), _("Status"))
            group, *ours = map(normalise_name, labels)
        if head == [group, *ours]:
            return {0: GROUP, 1: NUMBER, 3: STATUS}
        if head[:3] == ours:
            return {0: NUMBER, 2: STATUS}
    return {}


def _cell_recognisers(context: ImportContext) -> dict[str, Recogniser]:
    """{code: how much of what stands in a column speaks for it}."""
    return {
        "when": share_of_cells(_is_time),
        "planned": share_of_cells(_is_amount),
        "lead": share_of_cells(lambda text: context.institutions.find(text)[0]),
        "leader": share_of_cells(lambda text: context.people.find(text)[0]),
        "groups": share_of_cells(lambda text: context.groups.find(text)[0]),
        "activities": share_of_cells(lambda text: _names_activity(text, context)),
        "title": _recognise_titles,
    }


def _is_time(text: str) -> bool:
    spans = parse_spans(text, 2024)
    return bool(spans.read) and not spans.left


def _is_amount(text: str) -> bool:
    first, *__ = parse_amounts(text)
    return first.state == AMOUNT and bool(first.currency)


def _names_activity(text: str, context: ImportContext) -> bool:
    return any(context.activity_by_code(code)[0] for code in parse_codes(text).codes)


def _recognise_titles(heading: str, samples: Sequence[str]) -> float:
    """Long texts below no heading, mostly each another."""
    if heading:
        return 0.0
    share = sum(len(text) > LONG_TEXT for text in samples) / len(samples)
    return share * (1 if len(set(samples)) == len(samples) else 0.8)
