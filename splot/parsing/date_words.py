"""The words of dates in Polish, English and Ukrainian: names of months, ordinals, and the patterns
made of them.
"""

from __future__ import annotations

import unicodedata

MONTH_NAMES = """styczeń stycznia styczniu styczniem|luty lutego lutym|marzec marca marcu marcem
|kwiecień kwietnia kwietniu kwietniem|maj maja maju majem|czerwiec czerwca czerwcu czerwcem
|lipiec lipca lipcu lipcem
|sierpień sierpnia sierpniu sierpniem|wrzesień września wrześniu wrześniem
|październik października październiku październikiem|listopad listopada listopadzie listopadem
|grudzień grudnia grudniu grudniem
#january|february|march|april|may|june|july|august|september|october|november|december
#січень січня січні|лютий лютого лютому|березень березня березні|квітень квітня квітні
|травень травня травні|червень червня червні|липень липня липні|серпень серпня серпні
|вересень вересня вересні|жовтень жовтня жовтні|листопад листопада листопаді
|грудень грудня грудні"""
MONTH_ABBR = """sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź paz|lis|gru
#jan|feb|mar|apr|may|jun|jul|aug|sep sept|oct|nov|dec
#січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд"""
ROMAN_NUMERALS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
ORDINALS = {
    "pierwsz": 1, "drug": 2, "trzeci": 3, "czwart": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "перш": 1, "друг": 2, "трет": 3, "четверт": 4,
}  # fmt: skip


def strip_diacritics(word: str) -> str:
    """Without the marks on Polish letters, which people leave out."""
    marks = str.maketrans("ąćęłńóśźż", "acelnoszz")
    return unicodedata.normalize("NFC", word.casefold()).translate(marks)


def _number_months(names: str) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for language in names.split("#"):
        months = language.replace("\n", "").split("|")
        for number, forms in enumerate(months, 1):
            numbers |= dict.fromkeys(map(strip_diacritics, forms.split()), number)
    return numbers


MONTHS, SHORT_MONTHS = _number_months(MONTH_NAMES), _number_months(MONTH_ABBR)
_LETTER_VARIANTS = {
    "a": "[aą]",
    "c": "[cć]",
    "e": "[eę]",
    "l": "[lł]",
    "n": "[nń]",
    "o": "[oó]",
    "s": "[sś]",
    "z": "[zźż]",
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
YEAR_WORD = r"(?:\s*(?:roku|rok|року|рік|r\b\.?|р\b\.?))?(?!\w)"
BEFORE_YEAR = r"(?:roku\s+|of\s+|in\s+|w\s+|/|,|\.|-|')?"
DD = r"(?:3[01]|[12]\d|0?[1-9])"
MM = r"(?:1[0-2]|0?[1-9])"
ROMAN = r"(?:XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)"
DASH = r"\s?[-–—]\s?"
_ORDINAL = "|".join(ORDINALS)
QUARTER_NUMBER = rf"(?:IV|III|II|I|[1-4]|(?:{_ORDINAL})\w*)"
HALF_NUMBER = r"(?:II|I|[12]|(?:pierwsz|drug|first|second|1st|2nd|перш|друг)\w*)"
QUARTER_WORD = r"(?:kwarta[łl]\w*|kw\b\.?|quarters?|кварталу?|кв\b\.?)"
HALF_WORD = r"(?:p[óo][łl]rocz\w*|po[łl]ow\w*|po[łl]\b\.?|half|півріччя)"
