"""Names of months and of parts of a year, and the numerals that count them."""

from __future__ import annotations

MONTH, QUARTER, HALF_YEAR = "month", "quarter", "half_year"

PERIODS: dict[str, dict[str, tuple[str, ...]]] = {
    MONTH: {
        "pl": ("miesiąc(e)?",),
        "en": ("month(s)?",),
        "uk": ("місяць",),
        "de": ("monat(e)?",),
        "cs": ("měsíc(e)?",),
        "es": ("mes", "meses"),
    },
    QUARTER: {
        "pl": ("kwartał*", "kwartal*", "kwart", "kw"),
        "en": ("quarter(s)?", "q"),
        "uk": ("квартал(у)?", "кв"),
        "de": ("quartal*",),
        "cs": ("čtvrtlet*", "ctvrtlet*"),
        "es": ("trimestre(s)?", "trim"),
    },
    HALF_YEAR: {
        "pl": ("półrocz*", "polrocz*", "pólrocz*", "połow*", "polow*", "poł", "pol"),
        "en": ("half",),
        "uk": ("півріччя",),
        "de": ("halbjahr*",),
        "cs": ("pololet*",),
        "es": ("semestre(s)?", "mitad"),
    },
}  # fmt: skip
# by language, from January on, each in its forms; those of the second table are cut short
MONTH_NAMES: dict[str, tuple[str, ...]] = {
    "pl": (
        "styczeń stycznia styczniu styczniem", "luty lutego lutym", "marzec marca marcu marcem",
        "kwiecień kwietnia kwietniu kwietniem", "maj maja maju majem",
        "czerwiec czerwca czerwcu czerwcem", "lipiec lipca lipcu lipcem",
        "sierpień sierpnia sierpniu sierpniem", "wrzesień września wrześniu wrześniem",
        "październik października październiku październikiem",
        "listopad listopada listopadzie listopadem", "grudzień grudnia grudniu grudniem",
    ),
    "en": (
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ),
    "uk": (
        "січень січня січні", "лютий лютого лютому", "березень березня березні",
        "квітень квітня квітні", "травень травня травні", "червень червня червні",
        "липень липня липні", "серпень серпня серпні", "вересень вересня вересні",
        "жовтень жовтня жовтні", "листопад листопада листопаді", "грудень грудня грудні",
    ),
    "de": (
        "januar jänner", "februar", "märz maerz", "april", "mai", "juni", "juli", "august",
        "september", "oktober", "november", "dezember",
    ),
    "cs": (
        "leden ledna lednu", "únor února únoru", "březen března březnu", "duben dubna dubnu",
        "květen května květnu", "červen června červnu", "červenec července červenci",
        "srpen srpna srpnu", "září", "říjen října říjnu", "listopad listopadu",
        "prosinec prosince prosinci",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
        "septiembre setiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip
SHORT_MONTH_NAMES: dict[str, tuple[str, ...]] = {
    "pl": ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź paz", "lis", "gru"),
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep sept", "oct", "nov",
           "dec"),
    "uk": ("січ", "лют", "бер", "квіт", "трав", "черв", "лип", "серп", "вер", "жовт", "лист",
           "груд"),
    "de": ("jän", "feb", "mär mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov",
           "dez"),
}  # fmt: skip
ROMAN_NUMERALS = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12,
}  # fmt: skip
# how the words for first to fourth begin
ORDINAL_WORDS: dict[str, dict[str, int]] = {
    "pl": {"pierwsz": 1, "drug": 2, "trzeci": 3, "czwart": 4},
    "en": {"first": 1, "second": 2, "third": 3, "fourth": 4,
           "1st": 1, "2nd": 2, "3rd": 3, "4th": 4},
    "uk": {"перш": 1, "друг": 2, "трет": 3, "четверт": 4},
    "de": {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4},
    "cs": {"prvn": 1, "druh": 2, "třet": 3, "čtvrt": 4},
    "es": {"primer": 1, "segund": 2, "tercer": 3, "cuart": 4, "1er": 1, "2do": 2, "3er": 3,
           "4to": 4, "1º": 1, "2º": 2, "3º": 3, "4º": 4},
}  # fmt: skip
