"""The first and the last day of a task, from a column each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.implementation.lines import WindowLine
from splot.parsing import parse_shown_day
from splot.parsing.date_mentions import DAY, HALF, MONTH, QUARTER
from splot.parsing.spans import DateSpan

from ..column_headings import DUE, STARTS
from ..context import ImportContext
from .parsed_cell import ParsedCell, shorten_quote
from .parsed_row import ParsedRow
from .schedule import check_years, doubts_of_times, timing_of

OTHER_EDGE = {STARTS: DUE, DUE: STARTS}
LONGEST = {DAY: 0, MONTH: 30, QUARTER: 91, HALF: 183}  # days after the first; of others a year


@dataclass(slots=True)
class ParsedEdge(ParsedCell):
    """A first or last day. `other` is the other end of a wider time; `is_range`: the cell names
    both ends ("2026-2028"), and not one quarter or year.
    """

    other: date | None = None
    is_range: bool = False


def parse_edge_day(cell: Cell, context: ImportContext, name: str) -> ParsedEdge:
    """The first or the last day (`name`), from a column of its own; or instead of a day what the
    task waits for, or its rhythm.
    """
    spans = parse_shown_day(cell.text, cell.day, context.single_year)
    parsed = ParsedEdge(left=spans.left)
    parsed.doubt(*doubts_of_times(spans, context))
    if not spans.windows:
        timing = "" if spans.left else timing_of(spans, parsed, cell)
        if not timing:
            parsed.left = cell.text.strip()
            return parsed
        parsed.values = {"timing": timing, name: None, "windows": []}
        if spans.after:
            parsed.values["after"] = spans.after
        return parsed
    starts, due = spans.windows[0].starts, spans.windows[-1].due
    first, last = starts or spans.windows[0].due, due or spans.windows[-1].starts
    parsed.values = {name: first if name == STARTS else last}
    if starts and due and starts != due:
        parsed.other = due if name == STARTS else starts
        parsed.is_range = _names_both_ends(spans.windows)
    if not check_years(parsed, [WindowLine(first, last)], context):
        parsed.values, parsed.other, parsed.left = {}, None, cell.text.strip()
    return parsed


def _names_both_ends(windows: list[DateSpan]) -> bool:
    """Whether windows reach over more than one day, month, quarter or year."""
    first, last = windows[0].starts, windows[-1].due
    if not first or not last:
        return False
    return len(windows) > 1 or (last - first).days > LONGEST.get(windows[0].precision, 365)


def reconcile_edges(parsed_row: ParsedRow) -> None:
    """A wider time in one of the two columns gives both ends where the other says nothing. One that
    names another end than the other column is a doubt, and so is the end of a quarter or a year in
    which something is said to start.
    """
    for code, other_code in OTHER_EDGE.items():
        cell, other_cell = parsed_row.cells.get(code), parsed_row.cells.get(other_code)
        if not isinstance(cell, ParsedEdge) or cell.other is None:
            continue
        theirs = other_cell.values.get(other_code) if other_cell is not None else None
        words = {"words": shorten_quote(parsed_row.texts.get(code, ""))}
        if theirs is None and parsed_row.texts.get(other_code):
            continue  # words that are no day: "ongoing"
        if theirs is None and (cell.is_range or code == STARTS):
            cell.values[other_code] = cell.other
            if not cell.is_range:
                cell.doubt(_("“%(words)s” was taken as its start and its end") % words)
        elif theirs is not None and cell.is_range and theirs != cell.other:
            cell.doubt(_("“%(words)s” names another end than the column beside it") % words)
