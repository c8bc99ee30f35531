"""The words of dates in Polish, English, Ukrainian, German, Czech and Spanish: names of months,
ordinals, and the patterns made of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from splot.parsing.vocabulary import forms_pattern
from splot.parsing.vocabulary.periods import (
    HALF_YEAR,
    MONTH_NAMES,
    ORDINAL_WORDS,
    QUARTER,
    SHORT_MONTH_NAMES,
)

_MARKED, _BARE = "ąćęłńóśźżáčďéěíňřšťúůýäöü", "acelnoszzacdeeinrstuuyaou"
_WITHOUT_MARKS = str.maketrans(_MARKED, _BARE)


def strip_diacritics(word: str) -> str:
    """Without the marks on letters, which people leave out."""
    return unicodedata.normalize("NFC", word.casefold()).translate(_WITHOUT_MARKS)


def _number_months(names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for months in names.values():
        for number, forms in enumerate(months, 1):
            numbers |= dict.fromkeys(map(strip_diacritics, forms.split()), number)
    return numbers


MIN_MONTH_LETTERS = 3
MONTHS, SHORT_MONTHS = _number_months(MONTH_NAMES), _number_months(SHORT_MONTH_NAMES)


def find_month(word: str) -> int:
    """The number of the month whose name a word is, or begins; 0 for any other word."""
    bare = strip_diacritics(word.rstrip("."))
    if number := MONTHS.get(bare) or SHORT_MONTHS.get(bare):
        return number
    begun = {number for name, number in MONTHS.items() if name.startswith(bare)}
    return begun.pop() if len(begun) == 1 and len(bare) >= MIN_MONTH_LETTERS else 0


_LETTER_VARIANTS = {
    bare: f"[{bare}{''.join(_MARKED[at] for at in range(len(_BARE)) if _BARE[at] == bare)}]"
    for bare in set(_BARE)
}


def _names_pattern(names: dict[str, int]) -> str:
    variants = str.maketrans(_LETTER_VARIANTS)
    longest = sorted(names, key=len, reverse=True)
    return "|".join(name.translate(variants) for name in longest)


# short names, "may" and "march" are other words too: they count beside a number only
MONTH_NAME = (
    rf"(?:(?!may\b|march\b)(?:{_names_pattern(MONTHS)})\b|(?:may|march)\b(?=\s*\d)"
    rf"|(?:{_names_pattern(SHORT_MONTHS)})\b\.?(?=\s*\d))"
)
AFTER_DAY = rf"(?:(?:{_names_pattern(MONTHS)})\b|(?:{_names_pattern(SHORT_MONTHS)})\b\.?)"
YYYY = r"(?:19|20)\d\d"
YEAR_WORD = r"(?:\s*(?:roku|rok|року|рік|роки|років|рр\.|r\b\.?|р\b\.?))?(?!\w)"
BEFORE_YEAR = r"(?:roku\s+|roce\s+|of\s+|in\s+|w\s+|de\s+|del\s+|/|,|\.|-|')?"
# a month's name before its day, as in English
ENGLISH_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
DD = r"(?:3[01]|[12]\d|0?[1-9])"
MM = r"(?:1[0-2]|0?[1-9])"
# "i" alone is "and", "v" and "x" alone are other words: a numeral of one letter is a capital one
ROMAN = (
    r"(?:(?-i:XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|(?<!\d\d\d\d )I)"
    r"|xii|xi|ix|viii|vii|vi|iv|iii|ii)"
)
DASH = r"\s?[-–—]\s?"
ORDINALS = {word: number for words in ORDINAL_WORDS.values() for word, number in words.items()}
_ORDINAL = "|".join(ORDINALS)
_FIRST_OR_SECOND = "|".join(word for word, number in ORDINALS.items() if number < 3)
QUARTER_NUMBER = rf"(?:IV|III|II|I|[1-4]\.?|(?:{_ORDINAL})\w*)"
HALF_NUMBER = rf"(?:II|I|[12]\.?|(?:{_FIRST_OR_SECOND})\w*)"
QUARTER_WORD = rf"(?:(?:{forms_pattern(QUARTER)})(?!\w)\.?)"
HALF_WORD = rf"(?:(?:{forms_pattern(HALF_YEAR)})(?!\w)\.?)"
