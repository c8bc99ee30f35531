"""What a person chooses from while a file is read: tables, columns, rows, names that are on no list."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from splot.implementation.columns import BY_CODE, FILE_ONLY, column_label
from splot.implementation.models import BudgetLine
from splot.people.models import Organisation

from .columns import FIGURES, PROBABLE, SURE, Meaning, Recognised, recognise, samples
from .context import ImportContext, UnmatchedName, known_to
from .models import TableImport
from .plan import STATES, ImportPlan, PlannedRow, table_of
from .queries import memory_of
from .source_table import FileTable

LOOKS = {"new": "on_time", "changed": "not_started", "same": "done", "doubtful": "late"}  # of a status badge
TRUST = (
    (SURE, pgettext_lazy("trust", "sure")),
    (PROBABLE, pgettext_lazy("trust", "probable")),
    (0.0, pgettext_lazy("trust", "a guess")),
)


Kept = dict[str, str]


def columns_shown(reading: TableImport, given: Kept | None, theirs: Kept) -> dict[str, object]:
    """The tables of a file and the columns of the chosen one: as given, as kept, or as they are recognised.

    `theirs` is what somebody else saved meanwhile, to stand beside what was given.
    """
    tables = [
        {"number": at, "sheet": kept["sheet"], "title": " ".join(kept["titles"])[:200], "rows": len(kept["rows"]),
         "header": [heading for heading in kept["header"] if heading][:6]}
        for at, kept in enumerate(reading.table["tables"])
    ]  # fmt: skip
    if reading.table["chosen"] is None:
        return {"tables": tables}
    table, kept = table_of(reading), given if given is not None else reading.columns
    found = (
        _confirmed(table, kept) if kept else recognise(table, memory_of(reading.municipality), known_to(reading.plan))
    )
    return {
        "tables": tables if len(tables) > 1 else [],
        "chosen": reading.table["chosen"],
        "columns": [_column(each, theirs, is_confirmed=bool(kept)) for each in found],
        "options": _options(),
        "years": [str(year) for year in reading.plan.policy.years],
        "sources": BudgetLine.Source.choices,
        "notes": [*reading.table["notes"], *table.notes],
        "rows": len(table.data),
    }


def _confirmed(table: FileTable, kept: dict[str, str]) -> list[Recognised]:
    return [
        Recognised(at, heading, Meaning.parse(kept.get(str(at), "")), 1.0, samples(table, at))
        for at, heading in enumerate(table.header)
    ]


def _column(found: Recognised, theirs: Kept, *, is_confirmed: bool) -> dict[str, object]:
    said = next(words for least, words in TRUST if found.confidence >= least)
    trust = _("as the last time") if found.is_remembered else str(said)
    saved = Meaning.parse(theirs.get(str(found.number), str(found.meaning)))
    return {
        "found": found,
        "trust": "" if is_confirmed else trust,
        "year": str(found.meaning.year or ""),
        "theirs": (column_label(saved.code) or _("keep as text beside the row")) if saved != found.meaning else "",
    }


def _options() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column can be, in groups for a select."""
    ours = [(code, str(column.label)) for code, column in BY_CODE.items() if code not in FIGURES]
    return [
        (_("Not in the table"), [("", _("keep as text beside the row"))]),
        (_("Columns of the table"), ours),
        (_("Money"), [(code, column_label(code)) for code in FIGURES]),
        (_("Only in files"), [(code, column_label(code)) for code in FILE_ONLY]),
    ]


def row_shown(proposal: PlannedRow, choices: Kept, mine: Kept) -> dict[str, object]:
    """A row with its badge, whether it is ticked, and whether somebody else saved otherwise."""
    is_taken, saved = proposal.is_taken({**choices, **mine}), proposal.is_taken(choices)
    return {
        "row": proposal,
        "is_taken": is_taken,
        "theirs": "" if saved == is_taken else pgettext("row", "taken") if saved else pgettext("row", "left"),
        "look": LOOKS[proposal.state],
        "label": str(STATES[proposal.state]),
    }


def states_shown(made: ImportPlan, asked: str) -> list[dict[str, object]]:
    """The rows by state, each with its number, as a way to them."""
    counts = [("", _("all"), len(made.proposals))]
    counts += [(state, str(label), made.counts[state]) for state, label in STATES.items()]
    return [
        {"label": f"{label}: {number}", "url": f"?state={state}" if state else "?", "current": state == asked}
        for state, label, number in counts
    ]


def strangers_shown(reading: TableImport, made: ImportPlan, mine: Kept) -> list[dict[str, object]]:
    """Names on no list, each with what it can become and what was chosen, by this person first."""
    if not made.strangers:
        return []
    known = known_to(reading.plan)
    lists = {True: _answers(known, is_group=True), False: _answers(known, is_group=False)}
    return [
        {
            "key": key,
            "name": stranger.name,
            "becomes": mine.get(key, stranger.becomes),
            "answers": lists[stranger.is_group],
        }
        for key, stranger in _sorted(made.strangers)
    ]


def _sorted(strangers: dict[str, UnmatchedName]) -> list[tuple[str, UnmatchedName]]:
    return sorted(strangers.items(), key=lambda pair: (pair[1].is_group, pair[1].becomes != "", pair[0]))


def _answers(known: ImportContext, *, is_group: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    names = known.groups if is_group else known.institutions
    rows = {row.pk: str(row) for found in names.exact.values() for row in found}
    same = [(f"={pk}", name) for pk, name in sorted(rows.items(), key=lambda pair: pair[1].lower())]
    kinds = [(kind, str(label)) for kind, label in Organisation.Kind.choices]
    new = [("group", _("a sensitive group"))] if is_group else kinds
    return [
        (_("Not on a list"), [("", _("keep the words beside the row"))]),
        (_("Add to the list as"), new),
        (_("Is the same as"), same),
    ]
