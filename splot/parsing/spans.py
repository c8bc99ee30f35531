"""Parses spans of time as plans write them: "III kw. 2024", "do 30.06.2025", "na bieżąco"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from splot.parsing.date_mentions import (
    NO_SUCH_DAY,
    PRECISIONS,
    YEAR,
    DateMention,
)
from splot.parsing.dates import find_dates
from splot.parsing.parsed import Parsed
from splot.parsing.scanner import MAX_TEXT_LENGTH, TOO_LONG, Scanner
from splot.parsing.span_words import (
    AFTER_TASK,
    AND,
    END,
    FROM,
    IN,
    ON,
    ONWARDS,
    RHYTHM_PATTERNS,
    SPANISH_FROM,
    SPANISH_TO,
    THIS_YEAR,
    TO,
    UNKNOWN_TIME,
    UNTIL,
)

CYRILLIC_NUMERAL = re.compile(
    r"(?<!\w)[IVXІХ]*[ІХ][IVXІХ]*(?=\s*(?:[-–—,]|кв|пів)|\s+(?:та|і|й)\s)"
)
LATIN_SIGNS = str.maketrans("ІХ", "IX")
YEAR_ASSUMED, NO_YEAR, ENDS_BEFORE_START, SEVERAL_RHYTHMS, SEVERAL_TIMES = (
    "year-assumed",
    "no-year",
    "ends-before-it-starts",
    "several-rhythms",
    "several-times",
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """From the first to the last day, either may be open. `precision`: day, month, quarter, half,
    year, school_year.
    """

    starts: date | None
    due: date | None
    precision: str


@dataclass(slots=True)
class ParsedSpans(Parsed):
    """When: windows, a rhythm, another task's end, or known to be unknown.

    A day alone is a deadline, nothing says when the work starts; a longer span alone is both its
    ends.
    """

    windows: list[DateSpan] = field(default_factory=list)
    recurring: str = ""
    after: str = ""
    unknown: bool = False


def parse_spans(text: str, default_year: int | None = None) -> ParsedSpans:
    """What a text says of time; `default_year` completes "do 30.06.".

    A time without a year is left unread, with a doubt, where there is no default.
    """
    if len(text) > MAX_TEXT_LENGTH:
        return ParsedSpans(doubts=[TOO_LONG], left=text)
    scan, spans = Scanner(_with_latin_numerals(text)), ParsedSpans()
    after = scan.take_first(AFTER_TASK)
    spans.after = after["code"].strip() if after else ""
    spans.unknown = scan.take_first(UNKNOWN_TIME) is not None
    spans.recurring = _parse_rhythm(scan, spans.doubts)
    moments = sorted(find_dates(scan), key=lambda moment: moment.at)
    if not moments:
        moments = _parse_this_year(scan, default_year)
    elif default_year:
        scan.take_first(THIS_YEAR)  # "IV kw. br."
    _collect_spans(scan, moments, default_year, spans)
    spans.doubts = list(dict.fromkeys(spans.doubts))
    spans.read, spans.left = scan.read(), scan.left()
    return spans


def _with_latin_numerals(text: str) -> str:
    """Roman numerals that were typed with Cyrillic letters, as in Ukrainian plans: "ІV кв."."""
    return CYRILLIC_NUMERAL.sub(lambda match: match[0].translate(LATIN_SIGNS), text)


def _parse_rhythm(scan: Scanner, doubts: list[str]) -> str:
    rhythms = []
    for name, pattern in RHYTHM_PATTERNS:
        if scan.take_first(pattern):
            rhythms.append(name)
    if len(rhythms) > 1:
        doubts.append(SEVERAL_RHYTHMS)
    return rhythms[0] if rhythms else ""


def _parse_this_year(scan: Scanner, year: int | None) -> list[DateMention]:
    """ "do końca roku", "br.": the year of the table."""
    until = re.compile(
        rf"(?<!\w)(?:do\s+|by\s+)?(?:the\s+)?{END}(?:of\s+)?(?:the\s+)?(?:roku|year)(?!\w)", re.I
    )
    for pattern, whole in ((until, False), (THIS_YEAR, True)):
        match = next(scan.find(pattern), None)
        if match and year:
            start = match.start() if whole else match.end() - len(match[0].split()[-1])
            scan.take(start, match.end())
            return [DateMention(start, match.end(), (1, 1), (12, 0), YEAR)]
    return []


def _collect_spans(
    scan: Scanner, moments: list[DateMention], default_year: int | None, spans: ParsedSpans
) -> None:
    at, ends = 0, 0
    while at < len(moments):
        moment = moments[at]
        following = moments[at + 1] if at + 1 < len(moments) else None
        last = following if following and _is_range(scan, moment, following) else moment
        earlier = _last_year(moments[:at]) or default_year
        shared = _shared_year(scan, moments, at)
        pair = _complete_years(moment, last, shared, earlier, spans.doubts)
        window = pair and _build_span(scan, *pair)
        if window is None or _ends_before_start(window):
            if window:
                spans.doubts.append(ENDS_BEFORE_START)
            for refused in (moment, last):
                scan.taken[refused.at : refused.behind] = bytes(refused.behind - refused.at)
        else:
            scan.take(moment.at, last.behind)
            _append_span(spans.windows, window, joined=scan.is_read(ends, moment.at))
            spans.doubts += filter(None, {moment.doubt, last.doubt})
            ends = last.behind
            if following and last is moment:
                _take_conjunction(scan, moment, following, spans.doubts)
        at += 2 if last is following else 1


def _is_range(scan: Scanner, first: DateMention, last: DateMention) -> bool:
    """Whether the words between two moments say "to"."""
    between = (scan.text, first.behind, last.at)
    if SPANISH_FROM.search(scan.text, max(0, first.at - 20), first.at):
        return bool(SPANISH_TO.fullmatch(*between) or TO.fullmatch(*between))
    return TO.fullmatch(*between) is not None


def _take_conjunction(
    scan: Scanner, first: DateMention, second: DateMention, doubts: list[str]
) -> None:
    """The "and" between two moments. Two with nothing between them are a doubt, and so are two
    apart from one another with a slash, which may be a start and an end: "01.2025 / 12.2026".
    """
    if AND.fullmatch(scan.text, first.behind, second.at):
        scan.take(first.behind, second.at)
        between = scan.text[first.behind : second.at].strip(" ")
        if not between or (between == "/" and _are_apart(first, second)):
            doubts.append(SEVERAL_TIMES)


def _are_apart(first: DateMention, second: DateMention) -> bool:
    """Whether there are days between two moments, as far as their years are said."""
    before, after = first.days(), second.days()
    return before is not None and after is not None and abs((after[0] - before[1]).days) > 1


def _last_year(moments: list[DateMention]) -> int | None:
    """The year that was said last; None where none was."""
    for moment in reversed(moments):
        if moment.year:
            return moment.year
    return None


def _append_span(windows: list[DateSpan], window: DateSpan, *, joined: bool) -> None:
    """Adds a window; "from ..." and "until ..." with no other word between them are one."""
    before = windows[-1] if windows else None
    if joined and before and before.due is None and window.starts is None:
        coarser = max(before.precision, window.precision, key=PRECISIONS.index)
        both = DateSpan(before.starts, window.due, coarser)
        if not _ends_before_start(both):
            windows[-1] = both
            return
    windows.append(window)


def _shared_year(scan: Scanner, moments: list[DateMention], at: int) -> int | None:
    """The year that a moment without one shares with the next that it is joined to: "III i IV kw.
    2024".
    """
    for here, following in zip(moments[at:], moments[at + 1 :], strict=False):
        between = (scan.text, here.behind, following.at)
        if not (TO.fullmatch(*between) or AND.fullmatch(*between)):
            return None
        if following.year:
            return following.year
    return None


def _complete_years(
    first: DateMention,
    last: DateMention,
    shared: int | None,
    default: int | None,
    doubts: list[str],
) -> tuple[DateMention, DateMention] | None:
    """Both with a year, said or assumed; None where one lacks it or is no day of the calendar."""
    year = first.year or shared or last.year or default
    if not year or not (last.year or first.year or shared or default):
        doubts.append(NO_YEAR)
        return None
    if not (first.year or shared) or not (last.year or shared or first is last):
        doubts.append(YEAR_ASSUMED)
    begins, ends = first.in_year(year), last.in_year(last.year or year)
    if begins.days() is None or ends.days() is None:
        doubts.append(NO_SUCH_DAY)
        return None
    if (
        first is not last
        and not first.year
        and begins.first > ends.first
        and begins.year == ends.year
    ):
        begins = begins.in_year(year - 1)  # "listopad – luty 2025"
        doubts.append(YEAR_ASSUMED)
    return begins, ends


def _ends_before_start(window: DateSpan) -> bool:
    return bool(window.starts and window.due and window.starts > window.due)


def _build_span(scan: Scanner, first: DateMention, last: DateMention) -> DateSpan | None:
    """With the words before it: "do" leaves the start open, "od" the end."""
    begins, ends = first.days(), last.days()
    if begins is None or ends is None:
        return None
    precision = max(first.precision, last.precision, key=PRECISIONS.index)
    starts: date | None = begins[0]
    due: date | None = ends[1]
    single = first.at == last.at
    if single and _take_before(scan, UNTIL, first.at):
        starts = None
    elif _take_before(scan, FROM, first.at):
        due = None if single and not first.years else due
    elif not _take_before(scan, ON, first.at):
        _take_before(scan, IN, first.at)
        starts = None if single and begins[0] == begins[1] else starts
    if single and starts and _take_onwards(scan, last.behind):
        due = None
    return DateSpan(starts, due, precision)


def _take_onwards(scan: Scanner, at: int) -> bool:
    """Takes "onwards" right behind a place, if it is there."""
    match = ONWARDS.match(scan.text, at)
    if match:
        scan.take(*match.span())
    return match is not None


def _take_before(scan: Scanner, pattern: re.Pattern[str], at: int) -> bool:
    """Takes the words right before a place, if they are there."""
    match = pattern.search(scan.text, max(0, at - 60), at)
    if not match or any(scan.taken[match.start() : match.end()]):
        return False
    scan.take(match.start(), match.end())
    return True
