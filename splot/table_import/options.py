"""What a person chooses from while a file is read: tables, columns, rows, names that are on no
list.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from splot.people.models import Municipality, Organisation
from splot.spreadsheet_columns.forms import column_choices
from splot.spreadsheet_columns.queries import remembered_columns
from splot.spreadsheet_columns.recognise import confirmed_columns, recognise_columns
from splot.spreadsheet_columns.schema import ColumnMeaning

from .columns import table_schema
from .context import UnmatchedName, load_context
from .models import StoredTable, TableImport
from .plan import STATE_LABELS, ImportPlan, PlannedRow, column_meanings
from .queries import chosen_table, tables_of

# of a status badge
BADGE_LOOKS = {"new": "half", "changed": "ring", "same": "check", "doubtful": "warning"}


Choices = dict[str, str]


def columns_page_options(
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
    years = reading.plan.policy.years
    kept = given if given is not None else column_meanings(reading)
    if kept:
        schema = table_schema(years)
        columns = confirmed_columns(table, kept)
    else:
        schema = table_schema(years, load_context(reading.plan))
        memory = remembered_columns(reading.municipality, schema)
        columns = recognise_columns(table, schema, memory)
    return {
        "tables": tables if len(tables) > 1 else [],
        "chosen": reading.chosen,
        **column_choices(schema, columns, theirs, is_confirmed=bool(kept)),
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
