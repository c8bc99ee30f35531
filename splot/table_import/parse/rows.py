"""A row of a file -> what it says of a task, column by column, with all that was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from splot.core.values import Values
from splot.documents.spreadsheets import Cell
from splot.documents.spreadsheets.row_kinds import GROUP_WORDS, NUMBERED_GROUP
from splot.implementation.columns import MONEY_FIGURES
from splot.language.normalisation import normalise_spaces
from splot.parsing import parse_codes
from splot.policy.models import Activity, Aim, Area
from splot.spreadsheet_columns.schema import UNMAPPED, ColumnMeaning

from ..area_names import find_aim, find_area, find_area_of_title, names_areas
from ..column_headings import AREA, CODE, DUE, GROUP, NUMBER, ORDER, STARTS, STATUS, TOTAL
from ..column_imports import parse_cell
from ..context import ImportContext
from ..money_columns import year_of_column
from ..source_row import SourceRow
from .activities import foreign_words
from .cell_marks import cells_to_parse
from .currencies import currency_beside, in_currency
from .edges import reconcile_edges
from .money import parse_money_cell
from .parsed_cell import ParsedCell
from .parsed_row import ParsedRow
from .row_codes import (
    parse_code_before_title,
    parse_depends_on,
    parse_number_before_title,
    set_row_name,
)
from .sources import parse_sources
from .titles import doubts_of_title

COMBINED_LISTS = ("budget", "resources")  # of which each column of money says its part
TYPED = frozenset((*MONEY_FIGURES, "when", STARTS, DUE, "lead", "joint_leads", "partners"))


def parse_row(row: SourceRow, meanings: list[ColumnMeaning], context: ImportContext) -> ParsedRow:
    """Everything that a row says; `meanings` are those of its columns, by place."""
    parsed_row = ParsedRow(row)
    by_code: dict[str, list[tuple[ColumnMeaning, Cell]]] = {}
    for meaning, cell in zip(meanings, cells_to_parse(parsed_row, meanings), strict=True):
        _note_comment_and_error(parsed_row, meaning, cell)
        if cell:
            by_code.setdefault(meaning.code, []).append((meaning, cell))
    source = _pop_source(parsed_row, by_code, context)
    currency = currency_beside(by_code.get(UNMAPPED, ()))
    for code, cells in by_code.items():
        parsed_row.texts[code] = _join_texts(cells)
        if code in MONEY_FIGURES:
            for meaning, cell in cells:
                parsed = parse_money_cell(cell, context, in_currency(meaning, currency), source)
                _add_cell(parsed_row, code, parsed)
        elif code == AREA:  # an area and an aim stand in columns of their own
            for __, cell in cells:
                _find_area(parsed_row, cell.text, context, cell.heading)
        else:
            _parse_column(parsed_row, code, _join_columns(cells), context)
    reconcile_edges(parsed_row)
    _doubt_year_of_money(parsed_row, by_code, context)
    parse_code_before_title(parsed_row, context)
    parse_number_before_title(parsed_row, context)
    _parse_group_rows(parsed_row, context)
    doubts = doubts_of_title(parsed_row.title, context)
    title = parsed_row.cells.get("title")  # whose doubts go where the table has the same words
    (parsed_row if title is None else title).doubts += doubts
    return parsed_row


def _doubt_year_of_money(
    parsed_row: ParsedRow,
    by_code: Mapping[str, Sequence[tuple[ColumnMeaning, Cell]]],
    context: ImportContext,
) -> None:
    """A doubt where money has the year of the title alone, and the task runs in other years."""
    year = context.single_year
    times: Values = {}
    for code in (STARTS, DUE, "when"):
        if code in parsed_row.cells:
            times |= parsed_row.cells[code].values
    starts, due = times.get("starts"), times.get("due")
    is_outside = (starts and starts.year > (year or 0)) or (due and due.year < (year or 0))
    if year is None or not is_outside:
        return
    for code in MONEY_FIGURES:
        has_year = any(year_of_column(meaning) for meaning, __ in by_code.get(code, ()))
        if code in parsed_row.cells and not has_year:
            lines = parsed_row.cells[code].values.get("budget", ())
            if any(line.year == year for line in lines):
                doubt = _("the year %(year)s was assumed, in which the task does not run")
                parsed_row.cells[code].doubt(doubt % {"year": year})


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
    if "source" in parsed.values and by_code.keys().isdisjoint(MONEY_FIGURES):
        # nothing that the source could stand beside
        parsed = ParsedCell(kept=cell.text.strip())
    _add_cell(parsed_row, "sources", parsed)
    source: str = parsed.values.pop("source", "")  # a value of the money, not of this cell
    return source


def _parse_column(parsed_row: ParsedRow, code: str, cell: Cell, context: ImportContext) -> None:
    if code in (UNMAPPED, STATUS, GROUP, TOTAL):
        return
    if code == "after":
        parse_depends_on(parsed_row, cell)
    elif code in (NUMBER, CODE, ORDER):
        set_row_name(parsed_row, code, cell)
    else:
        parsed = parse_cell(code, cell, context)
        if depends_on := parsed.values.pop("after", ""):
            parsed_row.after.append(depends_on)
        _add_cell(parsed_row, code, parsed)


def _add_cell(parsed_row: ParsedRow, code: str, parsed: ParsedCell) -> None:
    """Every cell's way into its row: what it left over is said here, whatever parsed it."""
    parsed.doubt_unexplained(is_typed=code in TYPED)
    before = parsed_row.cells.get(code)
    if before is None:
        parsed_row.cells[code] = parsed
        return
    for name, value in parsed.values.items():
        is_combined = name in before.values and name in COMBINED_LISTS
        before.values[name] = [*before.values[name], *value] if is_combined else value
    before.doubts += parsed.doubts
    before.notes += parsed.notes
    before.leave(parsed.left)
    before.keep(parsed.kept)


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
    area = find_area(text, context)
    if area is not None:
        parsed_row.areas.append(area)
        return
    parsed_row.keep(normalise_spaces(heading)[:200] or AREA, text)
    if names_areas(heading):
        parsed_row.unknown_areas.append(normalise_spaces(text))


def _parse_group_rows(parsed_row: ParsedRow, context: ImportContext) -> None:
    """Group rows name the activity or the area where the row's own cells do not; the others are
    kept.
    """
    own = bool(parsed_row.texts.get("activities"))
    for text in parsed_row.row.groups:
        activity = None if own else _activity_named_in(text, context)
        area, aim = find_area(text, context), find_aim(text, context)
        if activity is not None:
            parsed_row.cells["activities"] = ParsedCell({"activities": [activity]})
        elif area is not None:
            parsed_row.areas.append(area)
        else:
            parsed_row.keep(_("Above the row"), text)
        if area is None and aim is not None and aim.area is not None:
            _add_area_of_aim(parsed_row, aim, aim.area)
    _parse_titles(parsed_row, context)
    if parsed_row.areas and not parsed_row.activities:
        # the row's own cell comes before the rows above it
        area = parsed_row.areas[0 if parsed_row.texts.get(AREA) else -1]
        parsed_row.cells[AREA] = ParsedCell({AREA: area})
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


def _add_area_of_aim(parsed_row: ParsedRow, aim: Aim, area: Area) -> None:
    """The area of an aim above the row, unless the file has the aim below another area."""
    if not parsed_row.areas or area in parsed_row.areas:
        parsed_row.areas.append(area)
        return
    places = {"aim": aim.text, "area": area, "theirs": parsed_row.areas[-1]}
    parsed_row.doubts.append(
        _("the aim “%(aim)s” belongs to “%(area)s”, the file has it under “%(theirs)s”") % places
    )


def _parse_titles(parsed_row: ParsedRow, context: ImportContext) -> None:
    """What stands above the whole table, or names its sheet, names the area where nothing nearer
    does; words of an area or an aim that is none of the policy's are kept.
    """
    if parsed_row.areas or parsed_row.activities:
        return
    titles = [text for text in parsed_row.row.titles if not NUMBERED_GROUP.match(text)]
    for text in titles:
        if area := find_area_of_title(text, context):
            parsed_row.areas.append(area)
            return
    for text in titles:
        if GROUP_WORDS.match(text):
            parsed_row.keep(_("Above the row"), text)


def _activity_named_in(text: str, context: ImportContext) -> Activity | None:
    listed = parse_codes(text)
    for code in listed.codes:
        activity, is_whole = context.activity_by_code(code)
        if activity is not None and is_whole and not foreign_words(listed.left, [activity]):
            return activity
    return context.activities.find(text)[0]
