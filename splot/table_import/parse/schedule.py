"""Cells about time: when a task runs, what it waits for, its milestones."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.implementation.lines import MilestoneLine, WindowLine
from splot.implementation.models import Task
from splot.parsing import ParsedSpans, parse_spans
from splot.parsing.spans import CONTINUOUS, YEARLY
from splot.parsing.spans import DateSpan as Spoken

from ..context import ImportContext
from .parsed_cell import ParsedCell, split_lines

REACHED_PATTERN = re.compile(
    r"\b(?:osiągnięt\w*|zrealizowan\w*|wykonan\w*|reached|done|досягнуто)\b:?", re.I
)
DAY_IN_BRACKETS = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<when>[^()\[\]]+)[)\]]\s*$", re.S)
DAY_BEHIND_DASH = re.compile(
    r"^(?P<name>.+?)\s*(?::|\s[-–—]|,|\sdo(?=\s\d))\s*(?P<when>[^:]*\d[^:]*)$", re.S
)


def parse_when(words: Cell, known: ImportContext) -> ParsedCell:
    """Windows, a rhythm, or another task's end. What says that it is not known yet stays in
    words.
    """
    found = parse_spans(words.text, known.single_year, words.day)
    said = ParsedCell()
    said.doubt(*found.doubts)
    said.keep(found.left)
    windows = [WindowLine(one.starts, one.due) for one in found.windows]
    _check_years(said, windows, known)
    if found.unknown and not windows:
        said.left = words.text.strip()
    timing = _set_timing(found, said, words)
    if timing or windows:
        said.values = {
            "timing": timing or Task.Timing.DATES,
            "starts": None,
            "due": None,
            "windows": [],
        }
        if len(windows) == 1:
            said.values |= vars(windows[0])
        elif windows:
            said.values["windows"] = list(dict.fromkeys(windows))
    if found.after:
        said.values["after"] = found.after
    return said


def _set_timing(found: ParsedSpans, said: ParsedCell, words: Cell) -> str:
    if found.after:
        return Task.Timing.AFTER
    if found.recurring == YEARLY:
        return Task.Timing.YEARLY
    if found.recurring == CONTINUOUS:
        return Task.Timing.CONTINUOUS
    if found.recurring:  # every month, every quarter: the words say more than the table can
        said.left = words.text.strip()
        return Task.Timing.CONTINUOUS
    return ""


def _check_years(said: ParsedCell, windows: list[WindowLine], known: ImportContext) -> None:
    days: list[date] = []
    for window in windows:
        days += filter(None, (window.starts, window.due))
    if days and (max(days).year < known.plan.starts or min(days).year > known.plan.ends):
        years = f"{known.plan.starts}–{known.plan.ends}"
        said.doubt(_("the time lies outside the years of the table, %(years)s") % {"years": years})


def parse_edge_day(words: Cell, known: ImportContext, name: str) -> ParsedCell:
    """The first or the last day, from a column of its own."""
    found, said = parse_spans(words.text, known.single_year, words.day), ParsedCell()
    said.doubt(*found.doubts)
    day = _edge_day(found.windows, name)
    if day is None:
        return ParsedCell(left=words.text.strip(), doubts=said.doubts)
    said.keep(found.left)
    said.values = {name: day}
    _check_years(said, [WindowLine(day, None)], known)
    return said


def _edge_day(windows: list[Spoken], name: str) -> date | None:
    """The first day of the first window or the last day of the last one; a single day is both."""
    if not windows:
        return None
    if name == "starts":
        return windows[0].starts or windows[0].due
    return windows[-1].due or windows[-1].starts


def parse_milestones(words: Cell, known: ImportContext) -> ParsedCell:
    """A milestone on each line, its day in brackets or behind it."""
    said, lines = ParsedCell(), []
    for part in split_lines(words.text):
        match = DAY_IN_BRACKETS.match(part) or DAY_BEHIND_DASH.match(part)
        when = REACHED_PATTERN.sub("", match["when"]) if match else ""
        found = parse_spans(when, known.single_year)
        windows = found.windows if match and not found.left and not found.doubts else []
        if windows and match:
            day = windows[-1].due or windows[-1].starts
            is_reached = REACHED_PATTERN.search(match["when"]) is not None
            name = known.text(match["name"])
            lines.append(MilestoneLine(name, None, day) if is_reached else MilestoneLine(name, day))
        else:
            lines.append(MilestoneLine(known.text(part)))
    return ParsedCell({"milestones": lines} if lines else {}, said.left, said.doubts)
