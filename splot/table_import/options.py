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
from .plan import (
    CHANGED,
    DOUBTFUL,
    NEW,
    SAME,
    STATE_LABELS,
    ImportPlan,
    PlannedRow,
    column_meanings,
)
from .queries import chosen_table, tables_of

# of a status badge
BADGE_LOOKS = {"new": "half", "changed": "ring", "same": "check", "doubtful": "warning"}


Choices = dict[str, str]
Answers = list[tuple[str, list[tuple[str, str]]]]  # in groups for a select


def columns_page_options(
    table_import: TableImport,
    given: list[ColumnMeaning] | None,
    theirs: list[ColumnMeaning],
) -> dict[str, object]:
    """The tables of a file and the columns of the chosen one: as given, as kept, or as they are
    recognised.

    `theirs` is what somebody else saved meanwhile, to stand beside what was given.
    """
    tables = [_table_option(stored) for stored in tables_of(table_import)]
    if table_import.chosen is None:
        return {"tables": tables, "notes": table_import.notes}
    table = chosen_table(table_import)
    years = table_import.plan.policy.years
    meanings = given if given is not None else column_meanings(table_import)
    if meanings:
        schema = table_schema(years)
        columns = confirmed_columns(table, meanings)
    else:
        schema = table_schema(years, load_context(table_import.plan))
        memory = remembered_columns(table_import.municipality, schema)
        columns = recognise_columns(table, schema, memory)
    return {
        "tables": tables if len(tables) > 1 else [],
        "chosen": table_import.chosen,
        **column_choices(schema, columns, theirs, is_confirmed=bool(meanings)),
        "notes": [*table_import.notes, *table.notes],
    }


def _table_option(stored: StoredTable) -> dict[str, object]:
    return {
        "number": stored.place,
        "sheet": stored.sheet,
        "title": stored.title,
        "rows": stored.line_count,
        "header": [heading for heading in stored.headings if heading][:6],
    }


def row_options(row: PlannedRow, choices: Choices, own_choices: Choices) -> dict[str, object]:
    """A row with its badge, whether it is ticked, and whether somebody else saved otherwise."""
    is_taken, saved = row.is_taken({**choices, **own_choices}), row.is_taken(choices)
    return {
        "row": row,
        "is_taken": is_taken,
        "theirs": ""
        if saved == is_taken
        else pgettext("row", "taken")
        if saved
        else pgettext("row", "left"),
        "look": BADGE_LOOKS[row.state],
        "label": str(STATE_LABELS[row.state]),
    }


def row_counts(plan: ImportPlan) -> list[tuple[str, int]]:
    """(label, number of rows): those that are sure, those that are not, those that are no tasks."""
    counts = plan.counts
    return [
        (_("Sure: new or changed"), counts[NEW] + counts[CHANGED]),
        (_("Doubtful: please look"), counts[DOUBTFUL]),
        (_("The same as in the table"), counts[SAME]),
        (_("No tasks: headings, sums, notes"), len(plan.others)),
    ]


def state_filters(plan: ImportPlan, state_shown: str) -> list[dict[str, object]]:
    """The rows by state, each with its number, as a way to them."""
    counts = plan.counts
    filters = [_state_filter("", _("all"), len(plan.rows), state_shown)]
    for state, label in STATE_LABELS.items():
        filters.append(_state_filter(state, str(label), counts[state], state_shown))
    return filters


def _state_filter(state: str, label: str, count: int, state_shown: str) -> dict[str, object]:
    return {
        "label": f"{label}: {count}",
        "url": f"?state={state}" if state else "?",
        "current": state == state_shown,
    }


def unmatched_name_options(
    table_import: TableImport, plan: ImportPlan, own_choices: Choices
) -> list[dict[str, object]]:
    """Names on no list, each with what it can become and what was chosen, by this person first."""
    answers: dict[bool, Answers] = {}  # for institutions, and for groups
    options: list[dict[str, object]] = []
    for key, unmatched in _sort_names(plan.unmatched_names):
        if unmatched.is_group not in answers:
            answers[unmatched.is_group] = _name_answers(
                table_import.municipality, is_group=unmatched.is_group
            )
        options.append(
            {
                "key": key,
                "name": unmatched.name,
                "becomes": own_choices.get(key, unmatched.becomes),
                "answers": answers[unmatched.is_group],
            }
        )
    return options


def _sort_names(unmatched_names: dict[str, UnmatchedName]) -> list[tuple[str, UnmatchedName]]:
    return sorted(
        unmatched_names.items(), key=lambda pair: (pair[1].is_group, pair[1].becomes != "", pair[0])
    )


def _name_answers(municipality: Municipality, *, is_group: bool) -> Answers:
    groups, institutions = municipality.sensitive_groups, municipality.organisations
    rows = groups.filter(is_archived=False) if is_group else institutions.all()
    same: list[tuple[str, str]] = []
    for row in rows:
        if any(row.name.texts.values()):
            same.append((f"={row.pk}", str(row)))
    same.sort(key=lambda pair: pair[1].lower())
    new = [("group", _("a sensitive group"))]
    if not is_group:
        new = [(kind, str(label)) for kind, label in Organisation.Kind.choices]
    return [
        (_("Not on a list"), [("", _("keep the words beside the row"))]),
        (_("Add to the list as"), new),
        (_("Is the same as"), same),
    ]
