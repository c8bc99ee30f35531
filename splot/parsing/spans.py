"""Parses spans of time as plans write them: "III kw. 2024", "do 30.06.2025", "na bieżąco"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from splot.parsing.dates import DAY, NO_SUCH_DAY, PRECISIONS, YEAR, DateMention, find_dates
from splot.parsing.scanner import MAX_TEXT_LENGTH, TOO_LONG, Scanner

YEARLY, CONTINUOUS, QUARTERLY, MONTHLY = "yearly", "continuous", "quarterly", "monthly"
YEAR_ASSUMED, NO_YEAR, ENDS_BEFORE_START, SEVERAL_RHYTHMS = (
    "year-assumed",
    "no-year",
    "ends-before-it-starts",
    "several-rhythms",
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
class ParsedSpans:
    """When: windows, a rhythm, another task's end, or known to be unknown.

    A day alone is a deadline, nothing says when the work starts; a longer span alone is both its
    ends. `doubts` are codes of what was assumed; `read` and `left` hold all words between them.
    """

    windows: list[DateSpan] = field(default_factory=list)
    recurring: str = ""
    after: str = ""
    unknown: bool = False
    doubts: list[str] = field(default_factory=list)
    read: tuple[str, ...] = ()
    left: str = ""

    @property
    def sure(self) -> bool:
        """Whether all was understood and nothing assumed."""
        return not self.doubts and not self.left


TASK_CODE = r"(?P<code>(?:§\s*)?[\w]+(?:[.\-/]\w+)*)"
AFTER_TASK = re.compile(
    rf"\b(?:po\s+(?:zakończeniu|zrealizowaniu|realizacji|wykonaniu|ukończeniu)?\s*"
    rf"(?:zadania|zadaniu|działania|działaniu|etapu|punktu|pkt\.?|zad\.|dz\.)"
    r"|(?:after|following|upon)\s+(?:the\s+)?(?:completion\s+of\s+|end\s+of\s+)?(?:task|action"
    r"|activity|measure)"
    r"|після\s+(?:завершення\s+)?(?:завдання|заходу))\s*(?:nr\.?\s*|no\.?\s*|№\s*)?(?=[\w§.]*\d"
    rf"|[A-Z]\b){TASK_CODE}",
    re.I,
)
UNKNOWN_TIME = re.compile(
    r"(?<!\w)(?:(?:termin\s+)?do\s+(?:ustalenia|uzgodnienia|określenia|potwierdzenia)"
    r"|(?:termin\s+)?nieustalony|nie\s+ustalono"
    r"|tbd|tbc|t\.b\.d\.|to\s+be\s+(?:determined|decided|confirmed|agreed)|b\.\s?d\.?|bd\b"
    r"|brak\s+danych|nieznan[ey]|unknown"
    r"|уточнюється|буде\s+визначено)(?!\w)",
    re.I,
)
RHYTHMS = (
    (MONTHLY, r"do\s+\d{1,2}\.?\s+(?:dnia\s+)?każdego\s+miesiąca|(?:raz|1\s?x|1\s+raz)\s+(?:w"
              r"|na)\s+miesiąc\w*"
              r"|co\s+miesiąc|każdego\s+miesiąca|w\s+każdym\s+miesiącu|comiesięczn\w+|miesięcznie"
              r"|monthly|every\s+month"
              r"|щомісяця|щомісячно"),
    (QUARTERLY, r"(?:raz|1\s?x|1\s+raz)\s+(?:w|na)\s+kwarta\w+|co\s+kwartał|każdego\s+kwartału"
                r"|w\s+każdym\s+kwartale"
                r"|cokwartaln\w+|kwartalnie|quarterly|every\s+quarter|щокварталу|щоквартально"),
    (YEARLY, r"(?:raz|1\s?x|1\s+raz)\s+(?:w|do|na)\s+roku?|co\s+roku?|corocznie|coroczn[aey]\w*"
             r"|rokrocznie|rocznie"
             r"|każdego\s+roku|w\s+każdym\s+roku|co\s+12\s+miesięcy|yearly|annually|annual"
             r"|every\s+year|each\s+year"
             r"|once\s+a\s+year|щороку|щорічно"),
    (CONTINUOUS, r"na\s+bieżąco|bieżąco|(?:w\s+sposób|w\s+trybie|proces|zadanie|działanie|działania"
                 r"|praca)\s+ciągł\w+"
                 r"|ciągł[aey]\w*|ciągle|stale|na\s+stałe|zadanie\s+stałe|działanie\s+stałe"
                 r"|nieprzerwanie|systematycznie"
                 r"|bezterminowo|(?:przez\s+)?(?:cały|całym)\s+(?:okres\w*"
                 r"|czas\w*)(?:\s+(?:realizacji|obowiązywania|trwania"
                 r"|wdrażania))?(?:\s+(?:programu|polityki|planu|projektu|strategii))?"
                 r"|(?:przez\s+)?cały\s+rok(?!\s*\d)"
                 r"|w\s+ciągu\s+(?:całego\s+)?roku(?!\s*\d)|okres\s+realizacji(?:\s+(?:programu"
                 r"|polityki|planu))?"
                 r"|on-?going|continuous(?:ly)?|permanent(?:ly)?"
                 r"|throughout(?:\s+the)?(?:\s+(?:period|year|plan))?|постійно"
                 r"|на\s+постійній\s+основі|упродовж\s+року|протягом\s+року"),
)  # fmt: skip
RHYTHM_PATTERNS = tuple(
    (name, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)) for name, words in RHYTHMS
)
THIS_YEAR = re.compile(
    r"(?<!\w)(?:b\.?\s?r\.|br\.?(?!\w)|(?:bieżącego|tego|w\s+tym|bieżącym)\s+roku?|this\s+year)",
    re.I,
)

DAY_OF = r"(?:dnia\s+|dniem\s+|the\s+)?"
FROM = re.compile(
    r"(?:począwszy\s+|poczynając\s+)?(?<!\w)(?:od|from|since|starting(?:\s+from)?|beginning|start"
    r"|początek|rozpoczęcie|від|з)\s*:?\s+"
    rf"{DAY_OF}(?:początku\s+|beginning\s+of\s+)?$",
    re.I,
)
END = r"(?:(?:końca|koniec|końcem|the\s+end\s+of|end\s+of|end|кінця)\s+)"
UNTIL = re.compile(
    r"(?:(?:najpóźniej|termin:?|nie\s+później\s+niż|at\s+the\s+latest"
    r"|no\s+later\s+than)\s+)?(?<!\w)"
    rf"(?:(?:do|by|until|till|due|deadline:?|до|z)\s+{DAY_OF}{END}?|najpóźniej\s+|(?:na\s+)?{END}"
    r"|zakończenie\s*:?\s+)"
    rf"(?:roku\s+|year\s+|of\s+)?$",
    re.I,
)
ON = re.compile(r"(?<!\w)(?:w\s+dniach|w\s+dniu|dnia|on)\s+$", re.I)
IN = re.compile(
    r"(?<!\w)(?:w\s+okresie|w\s+latach|w\s+ciągu|w\s+terminie|w|we|lata|rok|na|in|during|у|в"
    r"|termin:?|between|z)\s+$",
    re.I,
)
TO = re.compile(
    rf"\s*(?:[-–—]|(?:do|to|until|till|by|through|до|and(?=$))\s+{DAY_OF}{END}?|[-–—]\s*do\s+)\s*",
    re.I,
)
AND = re.compile(
    r"\s*(?:[,;/+&\n]|[,;]?\s*(?:i|oraz|and|lub|or|та|й)\s)?\s*(?:w|we|do|by|in)?\s*", re.I
)


def parse_spans(
    text: str, default_year: int | None = None, value: date | None = None
) -> ParsedSpans:
    """What a cell says of time. `value` is the date in a cell that holds one; `default_year`
    completes "do 30.06.".

    A time without a year is left unread, with a doubt, where there is no default.
    """
    if value is not None:
        words = text.strip()
        return ParsedSpans([DateSpan(None, value, DAY)], read=(words,) if words else ())
    if len(text) > MAX_TEXT_LENGTH:
        return ParsedSpans(doubts=[TOO_LONG], left=text)
    scan, spans = Scanner(text), ParsedSpans()
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
        dash = following and TO.fullmatch(scan.text, moment.behind, following.at)
        last = following if dash and following else moment
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
            if (
                following
                and last is moment
                and AND.fullmatch(scan.text, moment.behind, following.at)
            ):
                scan.take(moment.behind, following.at)
        at += 2 if last is following else 1


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
        due = None if single and not _is_span_of_years(first) else due
    elif not _take_before(scan, ON, first.at):
        _take_before(scan, IN, first.at)
        starts = None if single and begins[0] == begins[1] else starts
    return DateSpan(starts, due, precision)


def _is_span_of_years(moment: DateMention) -> bool:
    return moment.years > 0


def _take_before(scan: Scanner, pattern: re.Pattern[str], at: int) -> bool:
    """Takes the words right before a place, if they are there."""
    match = pattern.search(scan.text, max(0, at - 60), at)
    if not match or any(scan.taken[match.start() : match.end()]):
        return False
    scan.take(match.start(), match.end())
    return True
