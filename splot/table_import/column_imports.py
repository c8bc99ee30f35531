"""What the import knows of each column beyond the registry of columns: how its cells are parsed,
and whether it stands once in a file. A plain text needs no entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from splot.documents.spreadsheets import Cell
from splot.implementation.columns import COLUMN_BY_CODE

from .column_headings import AREA, CODE, DUE, NUMBER, ORDER, STARTS
from .context import ImportContext
from .parse.activities import parse_activities
from .parse.areas import parse_area
from .parse.choices import parse_choice, parse_priority
from .parse.edges import parse_edge_day
from .parse.institutions import parse_joint_leads, parse_lead, parse_partners
from .parse.money import parse_resources
from .parse.names import parse_groups, parse_leader, parse_targets
from .parse.parsed_cell import ParsedCell
from .parse.schedule import parse_milestones, parse_when


@dataclass(frozen=True)
class ColumnImport:
    """A parser of the column's cells; of a column that is a choice, (choice, pattern) of words for
    it beside its own label. A column that `stands_once` is never several of a file's.
    """

    parse: Callable[[Cell, ImportContext], ParsedCell] | None = None
    choice_words: tuple[tuple[str, str], ...] = ()
    stands_once: bool = False


COLUMN_IMPORTS: dict[str, ColumnImport] = {
    ORDER: ColumnImport(stands_once=True),
    NUMBER: ColumnImport(stands_once=True),
    CODE: ColumnImport(stands_once=True),
    "title": ColumnImport(stands_once=True),
    AREA: ColumnImport(parse=parse_area),
    "activities": ColumnImport(parse=parse_activities),
    "groups": ColumnImport(parse=parse_groups),
    "leader": ColumnImport(
        parse=parse_leader,
        stands_once=True,
    ),
    "joint_leads": ColumnImport(parse=parse_joint_leads),
    "partners": ColumnImport(parse=parse_partners),
    "own_role": ColumnImport(
        choice_words=(
            ("coordinating", r"koordyn|coordinat|координ"),
            ("supporting", r"wspier|wspar|support|підтрим"),
            ("participating", r"uczestnicz|bierze udzial|participat|takes part|учас"),
            ("owner", r"realiz|wykonaw|prowadz|wlasciciel|owner|carries|implement|викон"),
        ),
        stands_once=True,
    ),
    "lead": ColumnImport(parse=parse_lead),
    STARTS: ColumnImport(
        parse=partial(parse_edge_day, name="starts"),
        stands_once=True,
    ),
    DUE: ColumnImport(
        parse=partial(parse_edge_day, name="due"),
        stands_once=True,
    ),
    "when": ColumnImport(
        parse=parse_when,
        stands_once=True,
    ),
    "milestones": ColumnImport(parse=parse_milestones),
    "priority": ColumnImport(
        parse=parse_priority,
        stands_once=True,
    ),
    "resources": ColumnImport(parse=parse_resources),
    "decision": ColumnImport(
        choice_words=(
            ("no_extra_cost", r"bez dodatkow|bez koszt|no (extra|additional)|w ramach"),
            ("not_now", r"\bnie\b|niepotrzebn|not (needed|now)|odlozon|wstrzyman"),
            ("funded", r"finansowan|przyznan|zabezpieczon|funded|secured|профінанс"),
        ),
        stands_once=True,
    ),
    "targets": ColumnImport(parse=parse_targets),
    "disposition": ColumnImport(
        choice_words=(
            ("stop", r"zakonc|zaprzest|rezygn|stop|end\b|припин"),
            ("continue", r"kontynu|continu|keep|продовж"),
            ("start", r"rozpocz|start|begin|new|почат"),
        ),
        stands_once=True,
    ),
}


def parse_cell(code: str, cell: Cell, context: ImportContext) -> ParsedCell:
    """What a cell says: by its column's own parser, else as the text or the choice that it is."""
    column_import = COLUMN_IMPORTS.get(code, ColumnImport())
    if column_import.parse is not None:
        return column_import.parse(cell, context)
    column = COLUMN_BY_CODE[code]
    if column.is_text:
        return ParsedCell({code: context.text(cell.text)})
    if column.choices is not None:
        return parse_choice(cell, code, column.choices, column_import.choice_words)
    raise LookupError(f"the import has no parser for the column {code}")
