"""Money as plans state it: "ok. 12 tys. zł", "bez kosztów", "b.d.". Zero, none, unknown and not
given differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from splot.parsing.amount_words import (
    AMOUNT,
    AMOUNT_PATTERN,
    COUNTED,
    CURRENCIES,
    EXACT,
    MULTIPLIERS,
    NONE,
    OVER,
    PART_OF_SUM,
    QUALIFIERS,
    RHYTHMS,
    SHARE_OF_SOURCE,
    SPACE,
    STATE_PATTERNS,
    UNITS,
    UNPARSED,
    YEAR,
    match_kind,
)
from splot.parsing.parsed import Parsed
from splot.parsing.scanner import MAX_TEXT_LENGTH, TOO_LONG, Scanner, mask_footnotes

# between the words of an amount and the next one
SEPARATOR = re.compile(r"[,;+\n]|\s(?:i|oraz|and|a|та|й|und|y)\s", re.I)
# how accounts write what is less than nothing
SIGN_OF_ACCOUNTS = re.compile(
    r"(?P<brackets>\([^\n]*\d[^\n]*\))|[^\n]*[^\s.,](?P<minus>[-−–—])"  # unlike "1000,-"
)
AMBIGUOUS_SEPARATOR, SEVERAL_AMOUNTS, YEAR_OR_AMOUNT, LACK_OF_WHAT, SHARES = (
    "separator",
    "several-amounts",
    "year-or-amount",
    "lack-of-what",
    "shares",
)
IN_BRACKETS, MINUS_BEHIND = "in-brackets", "minus-behind"
TIMES_ZERO = "times-zero"  # "0x10": a number of another kind, or really nothing


@dataclass(slots=True)
class ParsedAmount(Parsed):
    """An amount, or what is said in its place.

    state: "amount" (0 among them), "no_cost", "within_budget" (of what there is anyway), "unknown"
    (the text says so), "none" (empty, a dash, does not apply), "unread" (there are words, and they
    were not understood). `upper` ends a range. currency: a code, "" where none was said. each: "",
    "year", "quarter", "month", "person", "hour", "piece". year: the one that the amount is said to
    be for. `is_computed`: the text gives what it is made of ("10 x 500 zł", "60% z 100 000").
    `is_part`: it is said to be within the amounts before it ("w tym 10 tys."). `shares`: (percent,
    words that say whose), of "100 000 zł (60% UE)".
    """

    amount: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str = EXACT
    currency: str = ""
    state: str = NONE
    each: str = ""
    year: int | None = None
    is_computed: bool = False
    is_part: bool = False
    shares: list[tuple[Decimal, str]] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        """Whether all was understood and nothing assumed."""
        return not self.doubts and not self.unexplained and self.state != UNPARSED


def parse_amount(text: str, value: Decimal | int | None = None) -> ParsedAmount:
    """The first amount of a cell, with a doubt where there are several. `value` is the number that
    the cell holds.
    """
    first, *others = parse_amounts(text)
    if others:
        left = [first.left]
        for other in others:
            left += [*other.read, other.left]
        first = replace(
            first,
            doubts=[*first.doubts, SEVERAL_AMOUNTS],
            left=" ".join(filter(None, left)),
        )
    if first.shares:
        first = replace(first, doubts=[*first.doubts, SHARES])
    if value is None or isinstance(value, bool):
        return first
    answered = (AMBIGUOUS_SEPARATOR, YEAR_OR_AMOUNT, LACK_OF_WHAT, IN_BRACKETS, MINUS_BEHIND)
    doubts = [doubt for doubt in first.doubts if doubt not in answered]
    return replace(first, amount=Decimal(value), upper=None, state=AMOUNT, doubts=doubts)


def parse_amounts(text: str) -> list[ParsedAmount]:
    """Each amount of a cell in its order, the words around it left with it; one entry where there
    is no amount.
    """
    if len(text) > MAX_TEXT_LENGTH:
        return [ParsedAmount(state=UNPARSED, doubts=[TOO_LONG], left=text)]
    bare = mask_footnotes(text)
    matches = list(filter(_has_currency_or_multiplier, AMOUNT_PATTERN.finditer(bare)))
    matches = matches or _match_bare_numbers(bare)
    if not matches:
        return [_parse_without_amount(text)]
    amounts: list[ParsedAmount] = []
    edges = [0, *_edges_between(bare, matches), len(text)]
    for match, (start, end) in zip(matches, pairwise(edges), strict=True):
        amounts.append(_parse_match(text[start:end], match, start))
    if sign := SIGN_OF_ACCOUNTS.fullmatch(text.strip()):
        amounts[-1].doubts.append(IN_BRACKETS if sign["brackets"] else MINUS_BEHIND)
    return amounts


def _edges_between(text: str, matches: Sequence[re.Match[str]]) -> Iterator[int]:
    """Where the words of one amount end and those of the next begin. Words stand before the amounts
    ("UE 8 tys., gmina 4 tys."), or behind them where the text begins with an amount and ends with
    words ("8 tys. UE i 4 tys. gmina").
    """
    is_behind = _has_letters(text[matches[-1].end() :]) and not _has_letters(
        text[: matches[0].start()]
    )
    for before, match in pairwise(matches):
        between = text[before.end() : match.start()]
        part = PART_OF_SUM.search(between)
        separators = list(SEPARATOR.finditer(between))
        if not is_behind:
            yield before.end()
        elif part:
            yield before.end() + part.start()
        else:
            yield before.end() + (separators[-1].start() if separators else 0)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _has_currency_or_multiplier(match: re.Match[str]) -> bool:
    """Whether a number has a currency or is counted in thousands; other numbers are people, places,
    years.
    """
    return any(match[name] for name in ("c1", "c2", "c3", "m1", "m2"))


def _match_bare_numbers(text: str) -> list[re.Match[str]]:
    """Numbers that are alone in a cell, which is then one for money."""
    matches = list(AMOUNT_PATTERN.finditer(text))
    scan = Scanner(text)
    for match in matches:
        scan.take(*match.span())
    has_words = any(sign.isalnum() or sign in "%§" for sign in scan.left())
    return [] if has_words else matches


def _parse_match(text: str, match: re.Match[str], start: int) -> ParsedAmount:
    scan = Scanner(text)
    scan.take(match.start() - start, match.end() - start)
    doubts: list[str] = []
    last = match["m2"] or match["m1"] or ""
    first = match["m1"] or (match["m2"] if match["n2"] else "") or last
    before = bool(match["c1"])
    amount = _parse_number(match["n1"], first, before, doubts)
    upper = _parse_number(match["n2"], last, before, doubts) if match["n2"] else None
    if match["more"]:
        amount += 1000 * int(match["more"])
    year = match["year"] or match["year2"]
    if not _has_currency_or_multiplier(match) and re.fullmatch(YEAR, match["n1"]):
        doubts.append(YEAR_OR_AMOUNT)
    currency = match_kind(CURRENCIES, match["c1"] or match["c3"] or match["c2"])
    qualifier = match_kind(QUALIFIERS, match["q"]) or EXACT
    if upper is not None and qualifier == OVER:
        qualifier = EXACT  # "od 10 do 15 tys."
    factor, unit = _parse_factor(match)
    if not factor:
        doubts.append(TIMES_ZERO)
    return ParsedAmount(
        amount=_simplify(amount * factor),
        upper=None if upper is None else _simplify(upper * factor),
        qualifier=str(qualifier),
        currency=str(currency),
        state=AMOUNT,
        each=unit,
        year=int(year) if year else None,
        is_computed=factor not in (1, -1),
        is_part=scan.take_first(PART_OF_SUM) is not None,
        shares=list(_take_shares(scan)),
        doubts=doubts,
        read=scan.read(),
        left=scan.left(),
    )


def _parse_factor(match: re.Match[str]) -> tuple[Decimal, str]:
    """What the printed amount is multiplied with, and the unit that it is still for: "500 zł/os. x
    10 osób" is for no unit any more.
    """
    factor = Decimal(-1 if match["minus"] else 1)
    unit = str(match_kind(UNITS, match["each"]))
    counted_units: set[str] = set()  # units whose number is stated
    for place in "1234":
        if count := match[f"f{place}"]:
            factor *= int(count)
            counted = str(match_kind(COUNTED, match[f"u{place}"]))
            counted_units.add(counted)
            unit = "" if counted in ("", unit) else unit
    every = str(match_kind(RHYTHMS, match["every"]))
    if every and every not in counted_units:
        unit = unit or every
    if match["share"]:
        factor *= Decimal(match["share"].replace(",", ".")) / 100
    return factor, unit


def _take_shares(scan: Scanner) -> Iterator[tuple[Decimal, str]]:
    for match in list(scan.find(SHARE_OF_SOURCE)):
        scan.take(*match.span())
        yield Decimal(match["share"].replace(",", ".")), match["source"]


def _parse_number(
    printed: str, multiplier: str, currency_first: bool, doubts: list[str]
) -> Decimal:
    number = re.sub(rf"{SPACE}|'|,-$", "", printed)
    spaced = number != printed.removesuffix(",-")
    separators = [sign for sign in number if sign in ".,"]
    whole, _sign, fraction = number.rpartition(separators[-1]) if separators else (number, "", "")
    if len(set(separators)) == 1 and len(separators) > 1:
        whole, fraction = whole + fraction, ""  # 1.234.567
    elif (
        len(separators) == 1
        and len(fraction) == 3
        and not multiplier
        and _may_be_thousands(whole, spaced)
    ):
        english = currency_first and separators == [","]
        if not english and AMBIGUOUS_SEPARATOR not in doubts:
            doubts.append(AMBIGUOUS_SEPARATOR)
        whole, fraction = whole + fraction, ""
    digits = re.sub(r"[.,]", "", whole)
    factor = int(match_kind(MULTIPLIERS, multiplier) or 1)
    return _simplify(Decimal(f"{digits or 0}.{fraction or 0}") * factor)


def _simplify(value: Decimal) -> Decimal:
    """Without zeros behind the point where nothing else stands there."""
    is_whole = value == value.to_integral_value() and abs(value) < 10**20
    return value.quantize(Decimal(1)) if is_whole else value


def _may_be_thousands(whole: str, spaced: bool) -> bool:
    """Whether three digits behind this can be thousands: "12" and a separator, not "0" or "1
    200".
    """
    return not spaced and len(whole) <= 3 and not whole.startswith("0")


def _parse_without_amount(text: str) -> ParsedAmount:
    """What is said where there is no amount."""
    scan = Scanner(text)
    if not any(sign.isalnum() or sign in "?#" for sign in text):
        dash = text.strip()
        return ParsedAmount(read=(dash,) if dash else ())
    for state, pattern in STATE_PATTERNS:
        if scan.take_first(pattern):
            return ParsedAmount(state=state, read=scan.read(), left=scan.left())
    if text.strip(" .").casefold() in ("brak", "none", "немає"):
        return ParsedAmount(doubts=[LACK_OF_WHAT], read=(text.strip(),))
    return ParsedAmount(state=UNPARSED, left=text.strip())
