"""Money as plans state it: "ok. 12 tys. zł", "bez kosztów", "b.d.". Zero, none, unknown and not
given differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from splot.parsing.scanner import MAX_TEXT_LENGTH, TOO_LONG, Scanner

Kind = TypeVar("Kind", str, int)

AMOUNT, NO_COST, WITHIN_BUDGET, UNKNOWN, NONE, UNPARSED = (
    "amount", "no_cost", "within_budget", "unknown", "none", "unread")  # fmt: skip
EXACT, ABOUT, OVER, UP_TO = "exact", "about", "over", "up_to"  # as in splot.core.numbers.Qualifier
AMBIGUOUS_SEPARATOR, SEVERAL_AMOUNTS, YEAR_OR_AMOUNT, LACK_OF_WHAT = (
    "separator",
    "several-amounts",
    "year-or-amount",
    "lack-of-what",
)


@dataclass(slots=True)
class ParsedAmount:
    """An amount, or what is said in its place.

    state: "amount" (0 among them), "no_cost", "within_budget" (of what there is anyway), "unknown"
    (the text says so), "none" (empty, a dash, does not apply), "unread" (there are words, and they
    were not understood). `upper` ends a range. currency: a code, "" where none was said. each: "",
    "year", "quarter", "month", "person", "hour", "piece". year: the one that the amount is said to
    be for. `doubts` are codes of what was assumed.
    """

    amount: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str = EXACT
    currency: str = ""
    state: str = NONE
    each: str = ""
    year: int | None = None
    doubts: list[str] = field(default_factory=list)
    read: tuple[str, ...] = ()
    left: str = ""

    @property
    def sure(self) -> bool:
        """Whether all was understood and nothing assumed."""
        return not self.doubts and not self.left and self.state != UNPARSED


SPACE = "[ \u00a0\u202f]"


def _number_pattern(name: str) -> str:
    """A number with its groups of three, whose separator is the group "by_" + name."""
    return (
        rf"(?P<{name}>(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"
        rf"|\d{{1,3}}(?P<by_{name}>[.,'])\d{{3}}(?:(?P=by_{name})\d{{3}})*"
        rf"(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"
        rf"|\d+(?:[.,]\d+)?)(?![.,]?\d)(?:,-)?)"
    )


CURRENCIES = {
    "PLN": r"zł(?:ot\w+|\.)?|zl|pln|злотих",
    "EUR": r"€|eur(?:o|os)?",
    "USD": r"\$|usd|dolar\w*",
    "GBP": r"£|gbp",
    "UAH": r"₴|грн\.?|uah|гривень",
    "CHF": r"chf",
    "CZK": r"kč|czk",
    "NOK": r"nok",
}
CURRENCY = "|".join(f"(?:{words})" for words in CURRENCIES.values())
MULTIPLIERS = {
    1_000: r"ty[sś]\.?|tysi[ąeę]c\w*|thousand|k|тис\.?",
    1_000_000: r"mln\.?|milion\w*|million|m|млн\.?",
    1_000_000_000: r"mld\.?|miliard\w*|billion|bn|млрд\.?",
}
# "m" and "k" alone may be metres or anything
MULTIPLIER = (
    rf"(?![mk]\b)(?:{'|'.join(MULTIPLIERS.values())})|[mk](?=\s*(?:{CURRENCY})(?!\w))|(?<=\d)k"
)
QUALIFIERS = {
    ABOUT: r"ok\.?|około|ca\.?|circa|szacunkowo|szacowan\w+(?:\s+na)?|w\s+przybliżeniu"
           r"|orientacyjnie|średnio|~|≈|about"
           r"|approx(?:\.|imately)?|around|близько|прибл\.?",
    OVER: r"ponad|powyżej|min\.?|minimum|co\s+najmniej|przynajmniej|nie\s+mniej\s+niż|od|>=?|≥|over"
          r"|more\s+than"
          r"|at\s+least|from|понад|від",
    UP_TO: r"do|max\.?|maks\.?|maksymalnie|nie\s+więcej\s+niż|poniżej|<=?|≤|up\s+to|at\s+most"
           r"|no\s+more\s+than|до",
}  # fmt: skip
QUALIFIER = "|".join(f"(?:{words})" for words in QUALIFIERS.values())
UNITS = {
    "year": r"rocznie|/\s?(?:rok|r\.|year)|na\s+rok|w\s+skali\s+roku|każdego\s+roku|co\s+roku"
            r"|per\s+(?:year|annum)|a\s+year|p\.\s?a\.|annually|yearly|each\s+year|щороку|на\s+рік",
    "quarter": r"kwartalnie|/\s?kwartał|na\s+kwartał|per\s+quarter|quarterly",
    "month": r"miesięcznie|/\s?(?:mies\.?|miesiąc|m-c|month)|na\s+miesiąc|per\s+month|a\s+month"
             r"|monthly|щомісяця",
    "person": r"/\s?(?:os\.|osob[aęy]|person)|(?:na|za|od)\s+osob[ęy]|per\s+person",
    "hour": r"/\s?(?:h|godz\.?|godzinę|hour)|za\s+godzinę|per\s+hour|an\s+hour",
    "piece": r"/\s?(?:szt\.?|piece)|za\s+sztukę|each",
}  # fmt: skip
UNIT = "|".join(f"(?:{words})" for words in UNITS.values())
YEAR = r"20[1-4]\d"

AMOUNT_PATTERN = re.compile(
    rf"(?:(?:(?<!\w)(?:w|in|na)\s+)?(?<!\d)(?P<year>{YEAR})(?:(?:\s*r\.|\s*rok)?\s*[:=\-–—]\s*"
    r"|\s*(?:r\.|roku|rok)\s+))?"
    rf"(?:(?<!\w)(?P<q>{QUALIFIER})\s*)?(?:(?<!\w)(?P<c1>{CURRENCY})\s*)?"
    rf"(?<!\d)(?<!\d[.,]){_number_pattern('n1')}"
    rf"(?:\s*(?P<m1>{MULTIPLIER})(?!\w))?(?:\s*(?P<c2>{CURRENCY})(?!\w))?"
    rf"(?:\s*(?:[-–—]|do\b|to\b)\s*{_number_pattern('n2')})?"
    rf"(?:\s*(?P<m2>{MULTIPLIER})(?!\w))?(?:\s+(?P<more>\d{{1,3}})\s*(?:ty[sś]\.?|thousand)(?!\w))?"
    rf"(?:\s*(?P<c3>{CURRENCY})(?!\w))?(?:\s*(?:brutto|netto|gross"
    rf"|net)\b)?(?:\s*(?P<each>{UNIT})(?!\w))?"
    rf"(?:\s*(?:w|na|in|for)?\s*\(?(?<!\d)(?P<year2>{YEAR})\)?(?:\s*(?:r\.|roku"
    r"|rok))?(?!\s*[:=\-–—\d]|\w))?",
    re.I,
)
STATES = (
    (WITHIN_BUDGET, r"w\s*ramach\s+(?:[^\W\d_]+\s+){0,3}?(?:działalności|budżetu|środków|zadań"
                    r"|obowiązków"
                    r"|zasobów|etatów|planu\s+finansowego|kosztów)(?:\s+(?:własn\w+|bieżąc\w+"
                    r"|statutow\w+|jednost\w+|miasta|urzędu"
                    r"|gminy|realizator\w*|służbow\w+))*|(?:ze\s+)?środk(?:i|ów)\s+(?:własn"
                    r"|bieżąc)\w+|budżet\s+bieżący"
                    r"|koszty?\s+bieżąc\w+|(?:bez|brak)\s+dodatkow\w+\s+(?:kosztów|nakładów"
                    r"|środków)(?:\s+finansow\w+)?"
                    r"|(?:at\s+)?no\s+(?:extra|additional)\s+costs?"
                    r"|within\s+(?:the\s+)?(?:existing|current|own|running)?\s*(?:budgets?"
                    r"|resources|means|activit\w+)"
                    r"|own\s+resources|[ву]\s+межах\s+(?:[^\W\d_]+\s+)?(?:бюджету|діяльності"
                    r"|коштів)"),
    (NO_COST, r"bez\s*koszt\w+|bez\s+nakładów(?:\s+finansowych)?|nie\s+(?:generuje|powoduje"
              r"|ponosi\s+się)\s+kosztów"
              r"|nie\s+wymaga\s+(?:nakładów|środków|kosztów|finansowania)(?:\s+finansow\w+)?"
              r"|brak\s+kosztów|nieodpłatnie"
              r"|bezpłatnie|(?:at\s+)?no\s+costs?|cost-?free|free\s+of\s+charge|без\s+витрат"
              r"|безкоштовно"),
    (UNKNOWN, r"b\.?\s?d\.?|brak\s+danych|do\s+(?:ustalenia|uzgodnienia|oszacowania|określenia)"
              r"|nieznan\w+"
              r"|nie\s+oszacowano|nieoszacowan\w+|trudn[eya]\s+do\s+oszacowania"
              r"|w\s+trakcie\s+szacowania|tbd|tbc|to\s+be\s+(?:determined"
              r"|decided|confirmed|agreed|estimated)|not\s+known|unknown|no\s+data|\?+|невідомо"
              r"|уточнюється|немає\s+даних"),
    (NONE, r"nie\s+dotyczy|n\.?\s?d\.?|n/d|not\s+applicable|n/a|не\s+стосується"),
)  # fmt: skip
STATE_PATTERNS = tuple(
    (state, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)) for state, words in STATES
)


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
    if value is None or isinstance(value, bool):
        return first
    answered = (AMBIGUOUS_SEPARATOR, YEAR_OR_AMOUNT, LACK_OF_WHAT)
    doubts = [doubt for doubt in first.doubts if doubt not in answered]
    return replace(first, amount=Decimal(value), upper=None, state=AMOUNT, doubts=doubts)


def parse_amounts(text: str) -> list[ParsedAmount]:
    """Each amount of a cell in its order, the words around it left with it; one entry where there
    is no amount.
    """
    if len(text) > MAX_TEXT_LENGTH:
        return [ParsedAmount(state=UNPARSED, doubts=[TOO_LONG], left=text)]
    matches = list(filter(_has_currency_or_multiplier, AMOUNT_PATTERN.finditer(text)))
    matches = matches or _match_bare_numbers(text)
    if not matches:
        return [_parse_without_amount(text)]
    amounts: list[ParsedAmount] = []
    start = 0
    for match in matches:
        end = len(text) if match is matches[-1] else match.end()
        amounts.append(_parse_match(text[start:end], match, start))
        start = end
    return amounts


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
    currency = _match_kind(CURRENCIES, match["c1"] or match["c3"] or match["c2"])
    unit = _match_kind(UNITS, match["each"])
    qualifier = _match_kind(QUALIFIERS, match["q"]) or EXACT
    if upper is not None and qualifier == OVER:
        qualifier = EXACT  # "od 10 do 15 tys."
    return ParsedAmount(
        amount=amount,
        upper=upper,
        qualifier=str(qualifier),
        currency=str(currency),
        state=AMOUNT,
        each=str(unit),
        year=int(year) if year else None,
        doubts=doubts,
        read=scan.read(),
        left=scan.left(),
    )


def _match_kind(kinds: Mapping[Kind, str], word: str | None) -> Kind | str:
    """The kind whose pattern a word fits, "" for none."""
    if not word:
        return ""
    for kind, pattern in kinds.items():
        if re.fullmatch(pattern, word, re.I):
            return kind
    return ""


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
    factor = int(_match_kind(MULTIPLIERS, multiplier) or 1)
    value = Decimal(f"{digits or 0}.{fraction or 0}") * factor
    is_whole = value == value.to_integral_value() and value < 10**20
    return value.quantize(Decimal(1)) if is_whole else value


def _may_be_thousands(whole: str, spaced: bool) -> bool:
    """Whether three digits behind this can be thousands: "12" and a separator, not "0" or "1
    200".
    """
    return not spaced and len(whole) <= 3 and not whole.startswith("0")


def _parse_without_amount(text: str) -> ParsedAmount:
    """What is said where there is no amount."""
    scan = Scanner(text)
    if not any(sign.isalnum() or sign == "?" for sign in text):
        dash = text.strip()
        return ParsedAmount(read=(dash,) if dash else ())
    for state, pattern in STATE_PATTERNS:
        if scan.take_first(pattern):
            return ParsedAmount(state=state, read=scan.read(), left=scan.left())
    if text.strip(" .").casefold() in ("brak", "none", "немає"):
        return ParsedAmount(doubts=[LACK_OF_WHAT], read=(text.strip(),))
    return ParsedAmount(state=UNPARSED, left=text.strip())
