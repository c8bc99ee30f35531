"""The words in which amounts of money are stated: currencies, thousands, "about", "a year", "at no
cost".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

Kind = TypeVar("Kind", str, int)

AMOUNT, NO_COST, WITHIN_BUDGET, UNKNOWN, NONE, UNPARSED = (
    "amount", "no_cost", "within_budget", "unknown", "none", "unread")  # fmt: skip
EXACT, ABOUT, OVER, UP_TO = "exact", "about", "over", "up_to"  # as in splot.core.numbers.Qualifier
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
    "PLN": r"z[łl](?:ot\w+|\.)?|pln|злотих",
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
    1_000: r"ty[sś]\.?|tysi[aąeę]c\w*|thousands?|k|тис(?:яч\w*|\.)?",
    1_000_000: r"mln\.?|milion\w*|millions?|m|млн\.?|мільйон\w*",
    1_000_000_000: r"mld\.?|miliard\w*|billions?|bn|млрд\.?|мільярд\w*",
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
    rf"(?:\s*(?P<m2>{MULTIPLIER})(?!\w))?(?:\s+(?P<more>\d{{1,3}})\s*(?:{MULTIPLIERS[1_000]})(?!\w))?"
    rf"(?:\s*(?P<c3>{CURRENCY})(?!\w))?(?:\s*(?:brutto|netto|gross"
    rf"|net)\b)?(?:\s*(?P<each>{UNIT})(?!\w))?"
    rf"(?:\s*(?:w|na|in|for)?\s*\(?(?<!\d)(?P<year2>{YEAR})\)?(?:\s*(?:r\.|roku"
    r"|rok))?(?!\s*[:=\-–—\d]|\w))?",
    re.I,
)
CURRENCY_WORD = re.compile(rf"(?<![^\W\d_])(?:{CURRENCY})(?!\w)", re.I)
MULTIPLIER_WORD = re.compile(rf"(?<![^\W\d_])(?:{MULTIPLIER})(?!\w)", re.I)
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


def find_currency(text: str) -> str:
    """The code of the first currency that a text names, "" where it names none: a heading's "Koszt
    (tys. zł)".
    """
    named = CURRENCY_WORD.search(text)
    return str(match_kind(CURRENCIES, named[0])) if named else ""


def find_multiplier(text: str) -> int:
    """What a text says that figures are multiplied with: 1000 for "Koszt (tys. zł)", 1 where it
    says nothing.
    """
    named = MULTIPLIER_WORD.search(text)
    return int(match_kind(MULTIPLIERS, named[0]) or 1) if named else 1


def match_kind(kinds: Mapping[Kind, str], word: str | None) -> Kind | str:
    """The kind whose pattern a word fits, "" for none."""
    if not word:
        return ""
    for kind, pattern in kinds.items():
        if re.fullmatch(pattern, word, re.I):
            return kind
    return ""
