"""The words in which amounts of money are stated: currencies, thousands, "about", "a year", "at no
cost".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from splot.parsing.rhythm_words import EVERY_MONTH, EVERY_QUARTER, EVERY_YEAR
from splot.parsing.vocabulary import forms_pattern
from splot.parsing.vocabulary.sums import PART

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
        rf"(?!\d)(?:(?!(?P=by_{name}))[.,]\d{{1,2}}(?!\d))?"
        rf"|\d+(?:[.,]\d+)?)(?![.,]?\d)(?:,-)?)"
    )


CURRENCIES = {
    "PLN": r"z[łl](?:ot\w+|\.)?|pln|злот\w+",
    "EUR": r"€|eur(?:o|os)?|євро",
    "USD": r"\$|usd|dolar\w*|dollars?",
    "GBP": r"£|gbp",
    "UAH": r"₴|грн\.?|uah|гривень|гривн\w+|hrywien|hryvnias?",
    "CHF": r"chf|franken",
    "CZK": r"kč|czk|korun\w*",
    "NOK": r"nok",
}
CURRENCY = "|".join(f"(?:{words})" for words in CURRENCIES.values())
MULTIPLIERS = {
    1_000: r"ty[sś]\.?|tysi[aąeę]c\w*|thousands?|k|t|тис(?:яч\w*|\.)?|tis\.?|tisíc\w*|tsd\.?"
           r"|tausend|mil(?!\.)|miles(?:\s+de)?",
    1_000_000: r"mln\.?|milion\w*|millions?|m|млн\.?|мільйон\w*|mio\.?|millionen|milión\w*|millón"
               r"|millones(?:\s+de)?|mil\.",
    1_000_000_000: r"mld\.?|miliard\w*|billions?|bn|млрд\.?|мільярд\w*|mrd\.?|milliarden?",
}  # fmt: skip
# letters alone may be metres or anything; "mil" is a Spanish thousand, "mil." a Czech million
MULTIPLIER = (
    r"(?![mkt]\b)(?!mil\b(?!\.|\s+(?:de\s+)?(?:euro|€)))"
    rf"(?:{'|'.join(MULTIPLIERS.values())})|[mk](?=\s*(?:{CURRENCY})(?!\w))"
    r"|t(?=\s?(?:€|eur))|(?<=\d)k"
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
RHYTHMS = {"year": EVERY_YEAR, "quarter": EVERY_QUARTER, "month": EVERY_MONTH}
RHYTHM = "|".join(f"(?:{words})" for words in RHYTHMS.values())
UNITS = {
    "year": rf"{EVERY_YEAR}|/\s?(?:rok|r\.|year)|na\s+rok(?!\s*20\d\d)|w\s+skali\s+roku"
            r"|per\s+(?:year|annum)|a\s+year|p\.\s?a\.|на\s+рік(?!\s*20\d\d)",
    "quarter": rf"{EVERY_QUARTER}|/\s?kwartał|na\s+kwartał|per\s+quarter",
    "month": rf"{EVERY_MONTH}|/\s?(?:mies\.?|miesiąc|m-c|month)|na\s+miesiąc|per\s+month|a\s+month",
    "person": r"/\s?(?:os\.|osob[aęy]|person)|(?:na|za|od)\s+osob[ęy]|per\s+person",
    "hour": r"/\s?(?:h|godz\.?|godzinę|hour)|za\s+godzinę|per\s+hour|an\s+hour",
    "piece": r"/\s?(?:szt\.?|piece)|za\s+sztukę|each",
}  # fmt: skip
UNIT = "|".join(f"(?:{words})" for words in UNITS.values())
# what is counted in "10 osób x 500 zł", by the unit of the amount that it is a number of
COUNTED = {
    "year": r"lat[a]?|rok[u]?|years?|rok[iy]|роки|років|jahre?|años?",
    "quarter": r"kwartał\w*|quarters?",
    "month": r"mies\.?|miesi[ąęa]c\w*|m-cy|m-c[ey]?|months?|місяц\w+|monate?|meses",
    "person": r"os\.?|os[óo]b\w*|uczestni[kc]\w*|people|persons?|participants?|осіб|людей",
    "hour": r"godz\.?|godzin\w*|h|hours?|годин\w*|stunden",
    "piece": r"szt\.?|sztuk\w*|pieces?|шт\.?|razy|spotka[ńn]\w*|warsztat\w*|kurs[óoy]w?|edycj[ie]"
             r"|grup[y]?|szk[óo]ł\w*|wydarze[ńn]\w*|meetings?|workshops?|courses?",
}  # fmt: skip
COUNT = "|".join(f"(?:{words})" for words in COUNTED.values())
TIMES = r"\s*[x×*]\s*"
SHARE = r"(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s*%\s*(?:z|ze|od|of|з|від|von|de)\s+(?:kwoty\s+)?"
PART_OF_SUM = re.compile(rf"(?<!\w)(?:{forms_pattern(PART)})(?!\w):?", re.I)
# "(60% UE)" behind a sum: how much of it is whose
SHARE_OF_SOURCE = re.compile(
    r"(?<![\w.,])(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s*%\s*(?:z\s+|ze\s+|from\s+|-\s+)?"
    r"(?P<source>[^\W\d](?:[^\d%;,()\n]*[^\W\d])?)"
)
YEAR = r"20[1-4]\d"

AMOUNT_PATTERN = re.compile(
    rf"(?:(?<!\w)(?:(?P<lead>\()\s*)?(?P<every>{RHYTHM})(?!\w)\s*(?(lead)\)\s*)(?:[:,\-–—]\s*)?)?"
    rf"(?:(?:(?<!\w)(?:w|in|na)\s+)?(?<!\d)(?P<year>{YEAR})(?:(?:\s*r\.|\s*rok)?\s*[:=\-–—]\s*"
    r"|\s*(?:r\.|roku|rok)\s+))?"
    rf"(?:(?<!\w)(?P<q>{QUALIFIER})\s*)?"
    rf"(?:(?<![\w.,]){SHARE}|(?:(?<![\w.,])(?P<f1>\d{{1,4}})\s*(?P<u1>{COUNT})?{TIMES})?"
    rf"(?:(?<![\w.,])(?P<f2>\d{{1,4}})\s*(?P<u2>{COUNT})?{TIMES})?)"
    rf"(?:(?<!\w)(?P<c1>{CURRENCY})\s*)?(?P<minus>(?<![\w)])[-−–—])?"
    rf"(?<!\d)(?<!\d[.,]){_number_pattern('n1')}"
    rf"(?:\s*(?P<m1>{MULTIPLIER}|(?(c1)[mk]|(?!)))(?!\w))?(?:\s*(?P<c2>{CURRENCY})(?!\w))?"
    rf"(?:\s*(?:[-–—]|do\b|to\b)\s*{_number_pattern('n2')})?"
    rf"(?:(?(m1)(?(n2)|(?!)))\s*(?P<m2>{MULTIPLIER})(?!\w))?(?:\s+(?P<more>\d{{1,3}})\s*(?:{MULTIPLIERS[1_000]})(?!\w))?"
    rf"(?:\s*(?P<c3>{CURRENCY})(?!\w))?(?:\s*(?:brutto|netto|gross"
    rf"|net)\b)?(?:,?\s*(?:(?P<inner>\()\s*)?(?P<each>{UNIT})(?!\w)"
    r"(?(inner)\s*\)))?"
    rf"(?:{TIMES}(?P<f3>\d{{1,4}})(?!\d)(?:\s*(?P<u3>{COUNT})(?!\w))?)?"
    rf"(?:{TIMES}(?P<f4>\d{{1,4}})(?!\d)(?:\s*(?P<u4>{COUNT})(?!\w))?)?"
    rf"(?:\s*(?:w|na|in|for|на|у|в)?\s*(?:rok[u]?\s+|рік\s+|році\s+)?\(?(?<!\d)(?P<year2>{YEAR})\)?(?:\s*(?:r\.|roku"
    r"|rok))?(?!\s*[:=\-–—\d]|\w))?",
    re.I,
)
CURRENCY_WORD = re.compile(rf"[€$£₴]|(?<![^\W\d_])(?:{CURRENCY})(?!\w)", re.I)
MULTIPLIER_WORD = re.compile(rf"(?<![^\W\d_])(?:{MULTIPLIER})(?!\w)", re.I)
# "w tys. zł", "in Tsd. €" above a table, and no sum such as "120 tys. zł"
UNIT_OF_FIGURES = re.compile(
    rf"(?<!\d)(?<!\d\s)(?<!\w)(?P<times>{MULTIPLIER})\s*(?:de\s+|of\s+|w\s+)?(?:{CURRENCY})(?!\w)"
    rf"|(?<!\w)(?:w|in|v|en|у|в)\s+(?P<alone>{MULTIPLIER})(?!\w)(?=\s*(?:[,;:)\]]|$))",
    re.I,
)
JOINED_UNIT = re.compile(r"(?<!\w)([TkM])(?=(?:EUR|PLN|CZK|USD)(?!\w))")  # "TEUR"
CURRENCY_OF_FIGURES = re.compile(
    rf"(?:(?<!\w)(?:w|in|v|en|у|в)\s+|[(\[]\s*)(?:{MULTIPLIER}\s*)?(?:de\s+)?(?P<currency>{CURRENCY})"
    r"(?!\w)",
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
                    r"|own\s+resources|(?:aus\s+)?(?:eigenen?\s+mitteln?|laufende[mn]?\s+(?:haushalt|mitteln?))"
                    r"|im\s+rahmen\s+(?:des|der)\s+(?:laufenden|bestehenden)\s+\w+"
                    r"|v\s+rámci\s+(?:běžné|stávající)\w*\s+(?:činnosti|rozpočtu)|z\s+vlastních\s+zdrojů"
                    r"|(?:con\s+)?(?:recursos|medios)\s+propios|dentro\s+del\s+presupuesto(?:\s+ordinario)?"
                    r"|[ву]\s+межах\s+(?:[^\W\d_]+\s+)?(?:бюджету|діяльності"
                    r"|коштів)"),
    (NO_COST, r"bez\s*koszt\w+|bez\s+nakładów(?:\s+finansowych)?|nie\s+(?:generuje|powoduje"
              r"|ponosi\s+się)\s+kosztów"
              r"|nie\s+wymaga\s+(?:nakładów|środków|kosztów|finansowania)(?:\s+finansow\w+)?"
              r"|brak\s+kosztów|nieodpłatnie"
              r"|bezpłatnie|(?:at\s+)?no\s+costs?|cost-?free|free\s+of\s+charge|без\s+витрат"
              r"|безкоштовно|не\s+потребує\s+(?:фінансування|коштів|витрат)|фінансування\s+не\s+потребує"
              r"|kostenlos|kostenfrei|kostenneutral|ohne\s+kosten|keine(?:\s+kosten)?"
              r"|bez\s+náklad\w+|bezplatn\w+|sin\s+coste?s?|gratuit[oa]"),
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
    named = CURRENCY_WORD.search(JOINED_UNIT.sub(r"\1 ", text))
    return str(match_kind(CURRENCIES, named[0])) if named else ""


def find_currencies(text: str) -> set[str]:
    """The codes of all currencies that a text names: two for "Koszt (PLN / EUR)"."""
    words = CURRENCY_WORD.findall(JOINED_UNIT.sub(r"\1 ", text))
    return {str(match_kind(CURRENCIES, word)) for word in words}


def find_multiplier(text: str) -> int:
    """What a text says that figures are multiplied with: 1000 for "Koszt (tys. zł)", 1 where it
    says nothing.
    """
    named = MULTIPLIER_WORD.search(JOINED_UNIT.sub(r"\1 ", text))
    return int(match_kind(MULTIPLIERS, named[0]) or 1) if named else 1


def find_unit_of_figures(text: str) -> int:
    """What a title says that all figures below it are multiplied with, 1 where it says nothing."""
    named = UNIT_OF_FIGURES.search(JOINED_UNIT.sub(r"\1 ", text))
    return int(match_kind(MULTIPLIERS, named["times"] or named["alone"]) or 1) if named else 1


def find_currency_of_figures(text: str) -> str:
    """The currency of all figures below a title, "" where it names none: "Plan (in Tsd. €)"."""
    named = CURRENCY_OF_FIGURES.search(JOINED_UNIT.sub(r"\1 ", text))
    return str(match_kind(CURRENCIES, named["currency"])) if named else ""


def match_kind(kinds: Mapping[Kind, str], word: str | None) -> Kind | str:
    """The kind whose pattern a word fits, "" for none."""
    if not word:
        return ""
    for kind, pattern in kinds.items():
        if re.fullmatch(pattern, word, re.I):
            return kind
    return ""
