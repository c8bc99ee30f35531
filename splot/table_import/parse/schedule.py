"""Cells about time: when a task runs, what it waits for, its milestones."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.implementation.lines import MilestoneLine, WindowLine
from splot.implementation.models import Task
from splot.parsing import ParsedSpans, parse_spans
from splot.parsing.span_words import CONTINUOUS, YEARLY
from splot.parsing.spans import DateSpan

from ..context import ImportContext
from .parsed_cell import ParsedCell, split_lines

REACHED_PATTERN = re.compile(
    r"\b(?:osiągnięt\w*|zrealizowan\w*|wykonan\w*|reached|done|досягнуто)\b:?", re.I
)
DAY_IN_BRACKETS = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<when>[^()\[\]]+)[)\]]\s*$", re.S)
DAY_BEHIND_DASH = re.compile(
    r"^(?P<name>.+?)\s*(?::|\s[-–—]|,|\sdo(?=\s\d))\s*(?P<when>[^:]*\d[^:]*)$", re.S
)


def parse_when(cell: Cell, context: ImportContext) -> ParsedCell:
    """Windows, a rhythm, or another task's end. What says that it is not known yet stays in
    words.
    """
    spans = parse_spans(cell.text, context.single_year, cell.day)
    parsed = ParsedCell()
    parsed.doubt(*spans.doubts)
    parsed.keep(spans.left)
    windows = [WindowLine(span.starts, span.due) for span in spans.windows]
    _check_years(parsed, windows, context)
    if spans.unknown and not windows:
        parsed.left = cell.text.strip()
    timing = _set_timing(spans, parsed, cell)
    if timing or windows:
        parsed.values = {
            "timing": timing or Task.Timing.DATES,
            "starts": None,
            "due": None,
            "windows": [],
        }
        if len(windows) == 1:
            parsed.values |= vars(windows[0])
        elif windows:
            parsed.values["windows"] = list(dict.fromkeys(windows))
    if spans.after:
        parsed.values["after"] = spans.after
    return parsed


def _set_timing(spans: ParsedSpans, parsed: ParsedCell, cell: Cell) -> str:
    if spans.after:
        return Task.Timing.AFTER
    if spans.recurring == YEARLY:
        return Task.Timing.YEARLY
    if spans.recurring == CONTINUOUS:
        return Task.Timing.CONTINUOUS
    if spans.recurring:  # every month, every quarter: the words say more than the table can
        parsed.left = cell.text.strip()
        return Task.Timing.CONTINUOUS
    return ""


def _check_years(parsed: ParsedCell, windows: list[WindowLine], context: ImportContext) -> None:
    days: list[date] = []
    for window in windows:
        days += filter(None, (window.starts, window.due))
    if days and (max(days).year < context.plan.starts or min(days).year > context.plan.ends):
        years = f"{context.plan.starts}–{context.plan.ends}"
        parsed.doubt(
            _("the time lies outside the years of the table, %(years)s") % {"years": years}
        )


def parse_edge_day(cell: Cell, context: ImportContext, name: str) -> ParsedCell:
    """The first or the last day, from a column of its own."""
    spans, parsed = parse_spans(cell.text, context.single_year, cell.day), ParsedCell()
    parsed.doubt(*spans.doubts)
    day = _edge_day(spans.windows, name)
    if day is None:
        return ParsedCell(left=cell.text.strip(), doubts=parsed.doubts)
    parsed.keep(spans.left)
    parsed.values = {name: day}
    _check_years(parsed, [WindowLine(day, None)], context)
    return parsed


def _edge_day(windows: list[DateSpan], name: str) -> date | None:
    """The first day of the first window or the last day of the last one; a single day is both."""
    if not windows:
        return None
    if name == "starts":
        return windows[0].starts or windows[0].due
    return windows[-1].due or windows[-1].starts


def parse_milestones(cell: Cell, context: ImportContext) -> ParsedCell:
    """A milestone on each line, its day in brackets or behind it."""
    parsed, lines = ParsedCell(), []
    for part in split_lines(cell.text):
        match = DAY_IN_BRACKETS.match(part) or DAY_BEHIND_DASH.match(part)
        when = REACHED_PATTERN.sub("", match["when"]) if match else ""
        spans = parse_spans(when, context.single_year)
        windows = spans.windows if match and not spans.left and not spans.doubts else []
        if windows and match:
            day = windows[-1].due or windows[-1].starts
            is_reached = REACHED_PATTERN.search(match["when"]) is not None
            name = context.text(match["name"])
            lines.append(MilestoneLine(name, None, day) if is_reached else MilestoneLine(name, day))
        else:
            lines.append(MilestoneLine(context.text(part)))
    return ParsedCell({"milestones": lines} if lines else {}, parsed.left, parsed.doubts)
