"""The words between dates: rhythms, "from", "until", "after task 3", "to be decided"."""

from __future__ import annotations

import re

from splot.parsing.rhythm_words import (
    EVERY_MONTH,
    EVERY_QUARTER,
    EVERY_YEAR,
    MONTHLY,
    QUARTERLY,
    YEARLY,
)

CONTINUOUS = "continuous"
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
    (MONTHLY, rf"do\s+\d{{1,2}}\.?\s+(?:dnia\s+)?każdego\s+miesiąca|{EVERY_MONTH}"),
    (QUARTERLY, EVERY_QUARTER),
    (YEARLY, EVERY_YEAR),
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
                 r"|(?:fort)?laufend|dauerhaft|daueraufgabe|ständig|kontinuierlich|průběžně|trvale|nepřetržitě"
                 r"|permanente(?:mente)?|continu[oa]|continuamente|de\s+forma\s+continuada"
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
    r"|początek|rozpoczęcie|від|з|ab|seit|vom|von|desde|a\s+partir\s+de|počínaje)\s*:?\s+"
    rf"{DAY_OF}(?:początku\s+|beginning\s+of\s+|anfang\s+|začátku\s+)?$",
    re.I,
)
END = (
    r"(?:(?:końca|koniec|końcem|the\s+end\s+of|end\s+of|end|кінця|кінець|ende"
    r"|konce|konec|finales\s+de|fin\s+de)\s+)"
)
UNTIL = re.compile(
    r"(?:(?:najpóźniej|termin:?|nie\s+później\s+niż|at\s+the\s+latest"
    r"|no\s+later\s+than)\s+)?(?<!\w)"
    r"(?:(?:nie\s+później\s+niż|no(?:t)?\s+later\s+than|spätestens|nejpozději|a\s+más\s+tardar)\s+"
    rf"(?:do\s+|bis\s+|el\s+)?{DAY_OF}|(?:do|by|until|till|due|deadline:?|до|z|bis(?:\s+zum)?|hasta(?:\s+el)?|až\s+do)\s+{DAY_OF}{END}?|najpóźniej\s+|(?:na\s+)?{END}"
    r"|zakończenie\s*:?\s+)"
    rf"(?:roku\s+|year\s+|of\s+)?$",
    re.I,
)
ON = re.compile(r"(?<!\w)(?:w\s+dniach|w\s+dniu|dnia|on)\s+$", re.I)
IN = re.compile(
    r"(?<!\w)(?:w\s+okresie|w\s+latach|w\s+ciągu|w\s+terminie|протягом|упродовж|w|we|lata|rok|na|in|during|у|в"
    r"|termin:?|between|z|im|v|ve|en|de|del|durante)\s+$",
    re.I,
)
TO = re.compile(
    rf"\s*(?:[-–—]|(?:do|to|until|till|by|through|до|bis|hasta|až(?:\s+do)?|and(?=$))\s+{DAY_OF}{END}?|[-–—]\s*do\s+)\s*",
    re.I,
)
AND = re.compile(
    r"\s*(?:[,;/+&\n]|[,;]?\s*(?:i|oraz|and|та|й|und|y|a)\s)?\s*(?:w|we|do|by|in)?\s*", re.I
)
# "de enero a junio": between months of Spanish "a" is "to", of Czech it is "and"
SPANISH_FROM = re.compile(r"(?<!\w)(?:de|desde|del)\s+$", re.I)
SPANISH_TO = re.compile(r"\s+(?:a|al)\s+", re.I)
ONWARDS = re.compile(
    r"\s*(?:onwards?|and\s+(?:later|after)|i\s+(?:później|dalej|następne|kolejne)(?:\s+lata)?|ff\.?"
    r"|und\s+später|a\s+dále|en\s+adelante|і\s+далі|та\s+надалі)(?!\w)",
    re.I,
)
