"""A row of a file -> what it says of a task, column by column, with all that was not understood."""

from __future__ import annotations

import re
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
    words: dict[str, str] = field(default_factory=dict)  # {code: what stands in the file}
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
        return self.words.get("title", "")

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

    def keep(self, name: str, words: str) -> None:
        """Words that have no place in the table, beside the cell or under their heading."""
        if words.strip() and words.strip() not in self.kept.get(name, "").split("\n"):
            self.kept[name] = "\n".join(filter(None, (self.kept.get(name), words.strip())))


def parse_row(row: SourceRow, meanings: list[ColumnMeaning], known: ImportContext) -> ParsedRow:
    """Everything that a row says; `meanings` are those of its columns, by place."""
    draft = ParsedRow(row)
    by_code: dict[str, list[tuple[ColumnMeaning, Cell]]] = {}
    for meaning, words in zip(meanings, row.words, strict=True):
        _note_comment_and_error(draft, meaning, words)
        if words:
            by_code.setdefault(meaning.code, []).append((meaning, words))
    source = _pop_source(draft, by_code, known)
    for code, found in by_code.items():
        draft.words[code] = "\n".join(words.text.strip() for __, words in found)
        if code in MONEY_FIGURES:
            for meaning, words in found:
                _add_cell(draft, code, parse_money_cell(words, known, meaning, source))
        else:
            _parse_column(draft, code, _join_columns([words for __, words in found]), known)
    _parse_group_rows(draft, known)
    if not draft.title:
        draft.doubts.append(_("the row has no task"))
    elif len(draft.title) > MAX_TITLE_LENGTH:
        draft.doubts.append(_("the task’s name is very long"))
    return draft


def _note_comment_and_error(draft: ParsedRow, meaning: ColumnMeaning, words: Cell) -> None:
    """What the cell holds beside its words."""
    name = normalise_spaces(words.heading) or meaning.code
    if words.comment:
        draft.keep(_("%(heading)s, comment") % {"heading": name}, words.comment)
    if words.error:
        draft.doubts.append(
            _("%(heading)s: the cell shows an error, %(error)s")
            % {"heading": name, "error": words.error}
        )
    if words.is_uncounted:
        draft.doubts.append(_("%(heading)s: a formula without a stored result") % {"heading": name})


def _join_columns(words: list[Cell]) -> Cell:
    """Several columns of one meaning as one cell."""
    if len(words) == 1:
        return words[0]
    return Cell("\n".join(each.text.strip() for each in words), heading=words[0].heading)


def _pop_source(
    draft: ParsedRow,
    by_code: dict[str, list[tuple[ColumnMeaning, Cell]]],
    known: ImportContext,
) -> str:
    found = by_code.pop("sources", [])
    if not found:
        return ""
    words = _join_columns([words for __, words in found])
    draft.words["sources"] = words.text.strip()
    said = parse_sources(words, known)
    source: str = said.values.pop("source", "")
    has_figure = any(code in by_code for code in MONEY_FIGURES)
    if source and not has_figure:
        said.keep(words.text)  # nothing that the source could stand beside
    _add_cell(draft, "sources", said)
    return source


def _parse_column(draft: ParsedRow, code: str, words: Cell, known: ImportContext) -> None:
    if code in (UNMAPPED, STATUS, GROUP):
        return
    if code == "after":
        draft.after += [each.printed for each in parse_codes(words.text)]
        if not draft.after:
            draft.keep(code, words.text)
    elif code == AREA:
        _find_area(draft, words.text, known, words.heading)
    elif code in (NUMBER, CODE, ORDER):
        _set_row_name(draft, code, words)
    else:
        said = parse_cell(code, words, known)
        if waits_for := said.values.pop("after", ""):
            draft.after.append(waits_for)
        _add_cell(draft, code, said)


def _set_row_name(draft: ParsedRow, code: str, words: Cell) -> None:
    text = normalise_spaces(words.text).rstrip(".")
    if code == ORDER:
        draft.order = text
    elif code == CODE:
        draft.code = text[:MAX_CODE_LENGTH]
        draft.keep(CODE, text)
    elif text.isdecimal() and len(text) < 10:
        draft.number = int(text)
    else:
        draft.keep(NUMBER, words.text)
        draft.doubts.append(_("“%(words)s” is no number of a task") % {"words": text[:80]})


def _add_cell(draft: ParsedRow, code: str, said: ParsedCell) -> None:
    before = draft.cells.get(code)
    if before is None:
        draft.cells[code] = said
    else:
        for name, value in said.values.items():
            before.values[name] = (
                [*before.values[name], *value]
                if name in before.values and name in COMBINED_LISTS
                else value
            )
        before.doubts += said.doubts
        before.notes += said.notes
        before.keep(said.left)


def keep_as_text(draft: ParsedRow, meanings: list[ColumnMeaning]) -> None:
    """The words of columns that mean nothing here, under their headings."""
    for place, (meaning, words) in enumerate(zip(meanings, draft.row.words, strict=True), 1):
        if meaning.code == UNMAPPED and words:
            draft.keep(
                normalise_spaces(words.heading)[:200] or _("Column %(number)d") % {"number": place},
                words.text,
            )


def _find_area(draft: ParsedRow, text: str, known: ImportContext, heading: str) -> None:
    """An area by its number or name; what is none (an aim, a pillar) stays as text under its
    heading.
    """
    area = area_named_in(text, known)
    if area is not None:
        draft.areas.append(area)
    else:
        draft.keep(normalise_spaces(heading)[:200] or AREA, text)


def area_named_in(text: str, known: ImportContext) -> Area | None:
    """The area that these words name: by its name, also with a number before it, or by "Area 3"."""
    area, __ = known.areas.find(text)
    match = NUMBERED_AREA.match(text.strip())
    if area is None and match:
        area, __ = known.areas.find(match["name"])
        is_number = not match["name"] and (match["word"] or text.strip(" .").isdecimal())
        return known.area_numbers.get(match["number"]) if area is None and is_number else area
    return area


def _parse_group_rows(draft: ParsedRow, known: ImportContext) -> None:
    """Group rows name the activity or the area where the row's own cells do not; the others are
    kept.
    """
    own = bool(draft.words.get("activities"))
    for text in draft.row.groups:
        activity = None if own else _activity_named_in(text, known)
        area = area_named_in(text, known)
        if activity is not None:
            draft.cells["activities"] = ParsedCell({"activities": [activity]})
        elif area is not None:
            draft.areas.append(area)
        else:
            draft.keep(_("Above the row"), text)
    areas = {area.pk for area in draft.areas}
    strangers = [row for row in draft.activities if areas and row.area_id not in areas]
    for activity in strangers:
        places = {
            "number": activity.number or activity,
            "area": activity.area,
            "theirs": draft.areas[-1],
        }
        draft.doubts.append(
            _("activity %(number)s belongs to “%(area)s”, the file has it under “%(theirs)s”")
            % places
        )


def _activity_named_in(text: str, known: ImportContext) -> Activity | None:
    for code in parse_codes(text):
        activity, is_whole = known.activity_by_code(code)
        if activity is not None and is_whole:
            return activity
    return known.activities.find(text)[0]
