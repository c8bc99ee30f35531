"""The words of dates in Polish, English, Ukrainian, German, Czech and Spanish: names of months,
ordinals, and the patterns made of them.
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
|грудень грудня грудні
#januar jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember
#leden ledna lednu|únor února únoru|březen března březnu|duben dubna dubnu|květen května květnu
|červen června červnu|červenec července červenci|srpen srpna srpnu|září|říjen října říjnu
|listopad listopadu|prosinec prosince prosinci
#enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre|noviembre
|diciembre"""
MONTH_ABBR = """sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź paz|lis|gru
#jan|feb|mar|apr|may|jun|jul|aug|sep sept|oct|nov|dec
#січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд
#jän|feb|mär mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez"""
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
    "erst": 1, "zweit": 2, "dritt": 3, "viert": 4,
    "prvn": 1, "druh": 2, "třet": 3, "čtvrt": 4,
    "primer": 1, "segund": 2, "tercer": 3, "cuart": 4,
    "1er": 1, "2do": 2, "3er": 3, "4to": 4, "1º": 1, "2º": 2, "3º": 3, "4º": 4,
}  # fmt: skip


_MARKED, _BARE = "ąćęłńóśźżáčďéěíňřšťúůýäöü", "acelnoszzacdeeinrstuuyaou"
_WITHOUT_MARKS = str.maketrans(_MARKED, _BARE)


def strip_diacritics(word: str) -> str:
    """Without the marks on letters, which people leave out."""
    return unicodedata.normalize("NFC", word.casefold()).translate(_WITHOUT_MARKS)


def _number_months(names: str) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for language in names.split("#"):
        months = language.replace("\n", "").split("|")
        for number, forms in enumerate(months, 1):
            numbers |= dict.fromkeys(map(strip_diacritics, forms.split()), number)
    return numbers


MONTHS, SHORT_MONTHS = _number_months(MONTH_NAMES), _number_months(MONTH_ABBR)
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
_ORDINAL = "|".join(ORDINALS)
QUARTER_NUMBER = rf"(?:IV|III|II|I|[1-4]\.?|(?:{_ORDINAL})\w*)"
HALF_NUMBER = (
    r"(?:II|I|[12]\.?|(?:pierwsz|drug|first|second|1st|2nd|перш|друг|erst|zweit|prvn|druh"
    r"|primer|segund|1er|2do|1º|2º)\w*)"
)
QUARTER_WORD = (
    r"(?:kwarta[łl]\w*|kw\b\.?|quarters?|кварталу?|кв\b\.?|quartal\w*|[čc]tvrtlet\w*|trimestres?)"
)
HALF_WORD = (
    r"(?:p[óo][łl]rocz\w*|po[łl]ow\w*|po[łl]\b\.?|half|півріччя|halbjahr\w*|pololet\w*|semestres?"
    r"|mitad)"
)
