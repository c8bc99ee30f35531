"""A row of a file -> what it says of a task, column by column, with all that was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.implementation.columns import MONEY_FIGURES, column_label
from splot.language.normalisation import normalise_spaces
from splot.parsing import parse_codes
from splot.policy.models import Activity, Area
from splot.spreadsheet_columns.schema import UNMAPPED, ColumnMeaning

from ..column_headings import AREA, CODE, GROUP, NUMBER, ORDER, STATUS
from ..column_imports import parse_cell
from ..context import ImportContext
from ..source_table import SourceRow
from .money import parse_money_cell, parse_sources
from .parsed_cell import ParsedCell

COMBINED_LISTS = ("budget", "resources")  # of which each column of money says its part
NUMBERED_AREA = re.compile(
    r"^(?P<word>obszar|area|напрям|сфера)?\s*(?P<number>\d{1,2})\s*[.):–-]*\s*(?P<name>.*)$",
    re.I | re.S,
)
MAX_TITLE_LENGTH = 400
MAX_CODE_LENGTH = 40


@dataclass
class ParsedRow:
    """What a row says. `cells` is {code of a column: what it says}; `kept` are other words, by code
    or by heading.

    `after` are the tasks that it waits for, as the file calls them. `number` and `code` are the
    row's own names.
    """

    row: SourceRow
    cells: dict[str, ParsedCell] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # {code: what stands in the file}
    kept: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    number: int | None = None
    code: str = ""
    order: str = ""
    after: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.texts.get("title", "")

    @property
    def activities(self) -> list[Activity]:
        return (
            self.cells["activities"].values.get("activities", [])
            if "activities" in self.cells
            else []
        )

    @property
    def unread(self) -> dict[str, str]:
        """All words that were not understood, by code or by heading."""
        unread = dict(self.kept)
        for code, cell in self.cells.items():
            if cell.left:
                unread[code] = "\n".join(filter(None, (unread.get(code), cell.left)))
        return unread

    def all_doubts(self) -> list[str]:
        """The row's own, and those of its cells with the column's name before them."""
        doubts = [*self.doubts]
        for code, cell in self.cells.items():
            doubts += [f"{column_label(code)}: {doubt}" for doubt in cell.doubts]
        return list(dict.fromkeys(doubts))

    def all_notes(self) -> list[str]:
        notes = [*self.notes]
        for code, cell in self.cells.items():
            notes += [f"{column_label(code)}: {note}" for note in cell.notes]
        return notes

    def keep(self, name: str, text: str) -> None:
        """Words that have no place in the table, beside the cell or under their heading."""
        if text.strip() and text.strip() not in self.kept.get(name, "").split("\n"):
            self.kept[name] = "\n".join(filter(None, (self.kept.get(name), text.strip())))


def parse_row(row: SourceRow, meanings: list[ColumnMeaning], context: ImportContext) -> ParsedRow:
    """Everything that a row says; `meanings` are those of its columns, by place."""
    parsed_row = ParsedRow(row)
    by_code: dict[str, list[tuple[ColumnMeaning, Cell]]] = {}
    for meaning, cell in zip(meanings, row.cells, strict=True):
        _note_comment_and_error(parsed_row, meaning, cell)
        if cell:
            by_code.setdefault(meaning.code, []).append((meaning, cell))
    source = _pop_source(parsed_row, by_code, context)
    for code, cells in by_code.items():
        parsed_row.texts[code] = _join_texts(cells)
        if code in MONEY_FIGURES:
            for meaning, cell in cells:
                _add_cell(parsed_row, code, parse_money_cell(cell, context, meaning, source))
        else:
            _parse_column(parsed_row, code, _join_columns(cells), context)
    _parse_group_rows(parsed_row, context)
    if not parsed_row.title:
        parsed_row.doubts.append(_("the row has no task"))
    elif len(parsed_row.title) > MAX_TITLE_LENGTH:
        parsed_row.doubts.append(_("the task’s name is very long"))
    return parsed_row


def _note_comment_and_error(parsed_row: ParsedRow, meaning: ColumnMeaning, cell: Cell) -> None:
    """What the cell holds beside its words."""
    name = normalise_spaces(cell.heading) or meaning.code
    if cell.comment:
        parsed_row.keep(_("%(heading)s, comment") % {"heading": name}, cell.comment)
    if cell.error:
        parsed_row.doubts.append(
            _("%(heading)s: the cell shows an error, %(error)s")
            % {"heading": name, "error": cell.error}
        )
    if cell.is_uncounted:
        parsed_row.doubts.append(
            _("%(heading)s: a formula without a stored result") % {"heading": name}
        )


def _join_columns(cells: Sequence[tuple[ColumnMeaning, Cell]]) -> Cell:
    """Several columns of one meaning as one cell."""
    (__, first), *others = cells
    return first if not others else Cell(_join_texts(cells), heading=first.heading)


def _join_texts(cells: Iterable[tuple[ColumnMeaning, Cell]]) -> str:
    return "\n".join(cell.text.strip() for __, cell in cells)


def _pop_source(
    parsed_row: ParsedRow,
    by_code: dict[str, list[tuple[ColumnMeaning, Cell]]],
    context: ImportContext,
) -> str:
    if "sources" not in by_code:
        return ""
    cell = _join_columns(by_code.pop("sources"))
    parsed_row.texts["sources"] = cell.text.strip()
    parsed = parse_sources(cell, context)
    source: str = parsed.values.pop("source", "")
    if source and by_code.keys().isdisjoint(MONEY_FIGURES):
        parsed.keep(cell.text)  # nothing that the source could stand beside
    _add_cell(parsed_row, "sources", parsed)
    return source


def _parse_column(parsed_row: ParsedRow, code: str, cell: Cell, context: ImportContext) -> None:
    if code in (UNMAPPED, STATUS, GROUP):
        return
    if code == "after":
        parsed_row.after += [code.printed for code in parse_codes(cell.text)]
        if not parsed_row.after:
            parsed_row.keep(code, cell.text)
    elif code == AREA:
        _find_area(parsed_row, cell.text, context, cell.heading)
    elif code in (NUMBER, CODE, ORDER):
        _set_row_name(parsed_row, code, cell)
    else:
        parsed = parse_cell(code, cell, context)
        if waits_for := parsed.values.pop("after", ""):
            parsed_row.after.append(waits_for)
        _add_cell(parsed_row, code, parsed)


def _set_row_name(parsed_row: ParsedRow, code: str, cell: Cell) -> None:
    text = normalise_spaces(cell.text).rstrip(".")
    if code == ORDER:
        parsed_row.order = text
    elif code == CODE:
        parsed_row.code = text[:MAX_CODE_LENGTH]
        parsed_row.keep(CODE, text)
    elif text.isdecimal() and len(text) < 10:
        parsed_row.number = int(text)
    else:
        parsed_row.keep(NUMBER, cell.text)
        parsed_row.doubts.append(_("“%(words)s” is no number of a task") % {"words": text[:80]})


def _add_cell(parsed_row: ParsedRow, code: str, parsed: ParsedCell) -> None:
    before = parsed_row.cells.get(code)
    if before is None:
        parsed_row.cells[code] = parsed
    else:
        for name, value in parsed.values.items():
            before.values[name] = (
                [*before.values[name], *value]
                if name in before.values and name in COMBINED_LISTS
                else value
            )
        before.doubts += parsed.doubts
        before.notes += parsed.notes
        before.keep(parsed.left)


def keep_as_text(parsed_row: ParsedRow, meanings: list[ColumnMeaning]) -> None:
    """The words of columns that mean nothing here, under their headings."""
    for place, (meaning, cell) in enumerate(zip(meanings, parsed_row.row.cells, strict=True), 1):
        if meaning.code == UNMAPPED and cell:
            parsed_row.keep(
                normalise_spaces(cell.heading)[:200] or _("Column %(number)d") % {"number": place},
                cell.text,
            )


def _find_area(parsed_row: ParsedRow, text: str, context: ImportContext, heading: str) -> None:
    """An area by its number or name; what is none (an aim, a pillar) stays as text under its
    heading.
    """
    area = area_named_in(text, context)
    if area is not None:
        parsed_row.areas.append(area)
    else:
        parsed_row.keep(normalise_spaces(heading)[:200] or AREA, text)


def area_named_in(text: str, context: ImportContext) -> Area | None:
    """The area that these words name: by its name, also with a number before it, or by "Area 3"."""
    area, __ = context.areas.find(text)
    match = NUMBERED_AREA.match(text.strip())
    if area is None and match:
        area, __ = context.areas.find(match["name"])
        is_number = not match["name"] and (match["word"] or text.strip(" .").isdecimal())
        return context.area_numbers.get(match["number"]) if area is None and is_number else area
    return area


def _parse_group_rows(parsed_row: ParsedRow, context: ImportContext) -> None:
    """Group rows name the activity or the area where the row's own cells do not; the others are
    kept.
    """
    own = bool(parsed_row.texts.get("activities"))
    for text in parsed_row.row.groups:
        activity = None if own else _activity_named_in(text, context)
        area = area_named_in(text, context)
        if activity is not None:
            parsed_row.cells["activities"] = ParsedCell({"activities": [activity]})
        elif area is not None:
            parsed_row.areas.append(area)
        else:
            parsed_row.keep(_("Above the row"), text)
    areas = {area.pk for area in parsed_row.areas}
    elsewhere = [row for row in parsed_row.activities if areas and row.area_id not in areas]
    for activity in elsewhere:
        places = {
            "number": activity.number or activity,
            "area": activity.area,
            "theirs": parsed_row.areas[-1],
        }
        parsed_row.doubts.append(
            _("activity %(number)s belongs to “%(area)s”, the file has it under “%(theirs)s”")
            % places
        )


def _activity_named_in(text: str, context: ImportContext) -> Activity | None:
    for code in parse_codes(text):
        activity, is_whole = context.activity_by_code(code)
        if activity is not None and is_whole:
            return activity
    return context.activities.find(text)[0]
