"""Cells about time: when a task runs, what it waits for, its milestones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from splot.core.bounds import validate_day_within, years_around
from splot.documents.spreadsheets import Cell
from splot.implementation.lines import MilestoneLine, WindowLine
from splot.implementation.models import Task
from splot.parsing import ParsedSpans, parse_shown_day, parse_spans
from splot.parsing.date_mentions import DAY_OR_MONTH_FIRST
from splot.parsing.periods import spans_of_runs
from splot.parsing.rhythm_words import YEARLY
from splot.parsing.span_words import CONTINUOUS

from ..context import ImportContext
from .parsed_cell import ParsedCell, shorten_quote, split_lines

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
    if cell.periods:
        spans = spans_of_runs(cell.periods, cell.text.strip(), context.single_year)
    else:
        spans = parse_shown_day(cell.text, cell.day, context.single_year)
    parsed = ParsedCell(left=spans.left)
    parsed.doubt(*doubts_of_times(spans, context))
    windows = [WindowLine(span.starts, span.due) for span in spans.windows]
    if not check_years(parsed, windows, context):
        windows, parsed.left = [], cell.text.strip()
    if spans.unknown:
        parsed.keep(cell.text)
        if windows:
            parsed.doubt(_("a time that is said to be open"))
    timing = timing_of(spans, parsed, cell)
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


def doubts_of_times(spans: ParsedSpans, context: ImportContext) -> list[str]:
    """What was assumed, without what other dates of the file settle."""
    settled = (DAY_OR_MONTH_FIRST,) if context.is_day_first else ()
    return [doubt for doubt in spans.doubts if doubt not in settled]


def timing_of(spans: ParsedSpans, parsed: ParsedCell, cell: Cell) -> str:
    """The kind of time that the words of a cell say, "" for days; what they say beyond it is kept
    with `parsed`.
    """
    if spans.after:
        return Task.Timing.AFTER
    if spans.recurring == YEARLY:
        return Task.Timing.YEARLY
    if spans.recurring == CONTINUOUS:
        return Task.Timing.CONTINUOUS
    if spans.recurring:  # every month, every quarter: the words say more than the table can
        parsed.keep(cell.text)
        return Task.Timing.CONTINUOUS
    return ""


def check_years(parsed: ParsedCell, windows: list[WindowLine], context: ImportContext) -> bool:
    """Can the days be those of a task? A doubt where they lie outside the table's years."""
    days: list[date] = []
    for window in windows:
        days += filter(None, (window.starts, window.due))
    if not _are_near_term(parsed, days, context):
        return False
    if days and (max(days).year < context.plan.starts or min(days).year > context.plan.ends):
        years = f"{context.plan.starts}–{context.plan.ends}"
        parsed.doubt(
            _("the time lies outside the years of the table, %(years)s") % {"years": years}
        )
    return True


def _are_near_term(parsed: ParsedCell, days: Iterable[date], context: ImportContext) -> bool:
    """Do the days lie where a form's do, in the term or the years around it?"""
    try:
        for day in days:
            validate_day_within(day, years_around(context.plan.policy.years))
    except ValidationError as error:
        parsed.doubt(*error.messages)
        return False
    return True


def parse_milestones(cell: Cell, context: ImportContext) -> ParsedCell:
    """A milestone on each line, its day in brackets or behind it."""
    parsed, lines = ParsedCell(), []
    for part in split_lines(cell.text):
        match = DAY_IN_BRACKETS.match(part) or DAY_BEHIND_DASH.match(part)
        when = REACHED_PATTERN.sub("", match["when"]) if match else ""
        spans = parse_spans(when, context.single_year)
        windows = spans.windows if match and spans.sure and not spans.left else []
        day = (windows[-1].due or windows[-1].starts) if windows else None
        if match and day and _are_near_term(parsed, [day], context):
            is_reached = REACHED_PATTERN.search(match["when"]) is not None
            name = context.text(match["name"])
            lines.append(MilestoneLine(name, None, day) if is_reached else MilestoneLine(name, day))
        else:
            if spans.windows:
                words = {"words": shorten_quote(when)}
                parsed.doubt(_("a day that was not understood: “%(words)s”") % words)
            lines.append(MilestoneLine(context.text(part)))
    if lines:
        parsed.values["milestones"] = lines
    return parsed
