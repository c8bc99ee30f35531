"""What a person chooses from while a file is read: tables, columns, rows, names that are on no
list.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import (
    COLUMN_BY_CODE,
    FILE_ONLY,
    MONEY_FIGURES,
    column_label,
)
from splot.implementation.models import BudgetLine
from splot.people.models import Municipality, Organisation

from .columns import (
    PROBABLE,
    SURE,
    RecognisedColumn,
    column_samples,
    recognise_columns,
)
from .context import UnmatchedName, load_context
from .headings import AS_TEXT
from .meaning import ColumnMeaning
from .models import StoredTable, TableImport
from .plan import STATE_LABELS, ImportPlan, PlannedRow, column_meanings
from .queries import chosen_table, remembered_columns, tables_of

# of a status badge
BADGE_LOOKS = {"new": "half", "changed": "ring", "same": "check", "doubtful": "warning"}
CONFIDENCE_LABELS = (
    (SURE, pgettext_lazy("trust", "sure")),
    (PROBABLE, pgettext_lazy("trust", "probable")),
    (0.0, pgettext_lazy("trust", "a guess")),
)


Choices = dict[str, str]


def column_options(
    reading: TableImport,
    given: list[ColumnMeaning] | None,
    theirs: list[ColumnMeaning],
) -> dict[str, object]:
    """The tables of a file and the columns of the chosen one: as given, as kept, or as they are
    recognised.

    `theirs` is what somebody else saved meanwhile, to stand beside what was given.
    """
    tables = [_table_option(stored) for stored in tables_of(reading)]
    if reading.chosen is None:
        return {"tables": tables}
    table = chosen_table(reading)
    kept = given if given is not None else column_meanings(reading)
    found = (
        _confirmed_columns(table, kept)
        if kept
        else recognise_columns(
            table, remembered_columns(reading.municipality), load_context(reading.plan)
        )
    )
    return {
        "tables": tables if len(tables) > 1 else [],
        "chosen": reading.chosen,
        "columns": [_column_context(each, theirs, is_confirmed=bool(kept)) for each in found],
        "options": _meaning_options(),
        "years": [str(year) for year in reading.plan.policy.years],
        "sources": BudgetLine.Source.choices,
        "notes": [*reading.notes, *table.notes],
    }


def _table_option(stored: StoredTable) -> dict[str, object]:
    return {
        "number": stored.place,
        "sheet": stored.sheet,
        "title": stored.title,
        "rows": stored.line_count,
        "header": [heading for heading in stored.headings if heading][:6],
    }


def _confirmed_columns(table: SheetTable, kept: list[ColumnMeaning]) -> list[RecognisedColumn]:
    missing = [ColumnMeaning(AS_TEXT)] * len(table.header)  # where another table is chosen by now
    return [
        RecognisedColumn(at, heading, meaning, 1.0, column_samples(table, at))
        for at, (heading, meaning) in enumerate(zip(table.header, [*kept, *missing], strict=False))
    ]


def _column_context(
    found: RecognisedColumn, theirs: list[ColumnMeaning], *, is_confirmed: bool
) -> dict[str, object]:
    said = next(words for least, words in CONFIDENCE_LABELS if found.confidence >= least)
    trust = _("as the last time") if found.is_remembered else str(said)
    saved = theirs[found.number] if found.number < len(theirs) else found.meaning
    return {
        "found": found,
        "trust": "" if is_confirmed else trust,
        "year": str(found.meaning.year or ""),
        "theirs": (column_label(saved.code) or _("keep as text beside the row"))
        if saved != found.meaning
        else "",
    }


def _meaning_options() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column can be, in groups for a select."""
    ours = [
        (code, str(column.label))
        for code, column in COLUMN_BY_CODE.items()
        if code not in MONEY_FIGURES
    ]
    return [
        (_("Not in the table"), [("", _("keep as text beside the row"))]),
        (_("Columns of the table"), ours),
        (_("Money"), [(code, column_label(code)) for code in MONEY_FIGURES]),
        (_("Only in files"), [(code, column_label(code)) for code in FILE_ONLY]),
    ]


def row_options(proposal: PlannedRow, choices: Choices, mine: Choices) -> dict[str, object]:
    """A row with its badge, whether it is ticked, and whether somebody else saved otherwise."""
    is_taken, saved = proposal.is_taken({**choices, **mine}), proposal.is_taken(choices)
    return {
        "row": proposal,
        "is_taken": is_taken,
        "theirs": ""
        if saved == is_taken
        else pgettext("row", "taken")
        if saved
        else pgettext("row", "left"),
        "look": BADGE_LOOKS[proposal.state],
        "label": str(STATE_LABELS[proposal.state]),
    }


def state_filters(made: ImportPlan, asked: str) -> list[dict[str, object]]:
    """The rows by state, each with its number, as a way to them."""
    counts = [("", _("all"), len(made.proposals))]
    counts += [(state, str(label), made.counts[state]) for state, label in STATE_LABELS.items()]
    return [
        {
            "label": f"{label}: {number}",
            "url": f"?state={state}" if state else "?",
            "current": state == asked,
        }
        for state, label, number in counts
    ]


def unmatched_name_options(
    reading: TableImport, made: ImportPlan, mine: Choices
) -> list[dict[str, object]]:
    """Names on no list, each with what it can become and what was chosen, by this person first."""
    lists = {
        is_group: _name_answers(reading.municipality, is_group=is_group)
        for is_group in {each.is_group for each in made.strangers.values()}
    }
    return [
        {
            "key": key,
            "name": stranger.name,
            "becomes": mine.get(key, stranger.becomes),
            "answers": lists[stranger.is_group],
        }
        for key, stranger in _sort_names(made.strangers)
    ]


def _sort_names(strangers: dict[str, UnmatchedName]) -> list[tuple[str, UnmatchedName]]:
    return sorted(
        strangers.items(), key=lambda pair: (pair[1].is_group, pair[1].becomes != "", pair[0])
    )


def _name_answers(
    municipality: Municipality, *, is_group: bool
) -> list[tuple[str, list[tuple[str, str]]]]:
    groups, institutions = municipality.sensitive_groups, municipality.organisations
    rows = groups.filter(is_archived=False) if is_group else institutions.all()
    names = [(row.pk, str(row)) for row in rows if any(row.name.texts.values())]
    same = [(f"={pk}", name) for pk, name in sorted(names, key=lambda pair: pair[1].lower())]
    kinds = [(kind, str(label)) for kind, label in Organisation.Kind.choices]
    new = [("group", _("a sensitive group"))] if is_group else kinds
    return [
        (_("Not on a list"), [("", _("keep the words beside the row"))]),
        (_("Add to the list as"), new),
        (_("Is the same as"), same),
    ]
