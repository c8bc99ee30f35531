"""How likely a text is to be one that people wrote: by the letters that follow each other in a
language, and by signs that stand where no word has them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import chardet

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(r"\w+")
ALPHABETS = tuple(
    map(
        frozenset,
        (
            "ąćęłńóśźż",  # Polish
            "áčďéěíňóřšťúůýžäĺľŕô",  # Czech and Slovak
            "äöüß",  # German
            "áéíóöőúüű",  # Hungarian
            "ăâîșțşţ",  # Romanian
            "àâçéèêëîïôùûœ",  # French
            "áéíñóúü",  # Spanish
            "čćđšž",  # Croatian
            "ąčęėįšųūž",  # Lithuanian
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",  # Ukrainian
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіў",  # Russian and Belarusian
        ),
    )
)
# the word beyond ASCII that a Polish plan may have as its only one, and how much it is worth
KNOWN_WORD, WORTH_OF_KNOWN_WORD = re.compile(r"\bzł\b"), 1.7
ODD_WEIGHT, MAX_ODD = 3.0, 0.95
FOREIGN_LEAD, MIN_CONFIDENCE = 1.5, 0.02
FALLBACK = "cp1252"  # without it among them, the library warns
POWERS, DASHES, POINTS = "²³", "–—", "…•·¿¡"
SIGNS_BESIDE_NUMBERS = "§°€×±½£"


@dataclass(frozen=True, order=True)
class Likelihood:
    """A figure to compare texts by, from 0 on. A text `is_flawless` if all its letters are of one
    language, and every sign stands where one may.
    """

    figure: float
    is_flawless: bool = False


def likelihood_of(text: str, encoding: str) -> Likelihood:
    """How well a text fits a language. The statistics are asked in an encoding that has the text's
    letters, whose capitals count as small ones.
    """
    small = text.lower()
    try:
        data = small.encode(encoding)
    except UnicodeError:
        data = text.encode(encoding, "replace")
    odd, alphabet = _share_of_odd_signs(text), _share_of_alphabet(small)
    figure = _confidence_in(data, encoding) * alphabet**3 * (1 - min(MAX_ODD, ODD_WEIGHT * odd))
    if KNOWN_WORD.search(small):
        figure *= WORTH_OF_KNOWN_WORD
    return Likelihood(figure, odd == 0 and alphabet == 1)


def count_telling_words(text: str) -> int:
    """How many different words have letters beyond ASCII."""
    return len({word for word in WORD.findall(text.lower()) if not word.isascii()})


def is_foreign(data: bytes, likelihood: float, encodings: Collection[str]) -> bool:
    """Whether the bytes are far likelier a text in an encoding that is none of these, of which the
    best has this likelihood.
    """
    known = {codecs.lookup(encoding).name for encoding in encodings}
    confidences = _confidences_in(data, None)
    most = max((confidences[name] for name in confidences.keys() - known), default=0.0)
    most_known = max((confidences[name] for name in confidences.keys() & known), default=0.0)
    return most > FOREIGN_LEAD * max(most_known, likelihood, MIN_CONFIDENCE)


def _confidence_in(data: bytes, encoding: str) -> float:
    name = codecs.lookup(encoding).name
    return _confidences_in(data, (encoding, FALLBACK)).get(name, 0.0)


def _confidences_in(data: bytes, encodings: Collection[str] | None) -> dict[str, float]:
    """How well the bytes fit a language, by the encoding."""
    confidences: dict[str, float] = {}
    for result in chardet.detect_all(data, ignore_threshold=True, include_encodings=encodings):
        if result["encoding"]:
            confidences[codecs.lookup(result["encoding"]).name] = result["confidence"]
    return confidences


def _share_of_alphabet(small: str) -> float:
    """How many of the letters beyond ASCII the language has that fits best; 1 without any."""
    letters = [sign for sign in small if not sign.isascii() and sign.isalpha()]
    if not letters:
        return 1.0
    return max(sum(map(alphabet.__contains__, letters)) for alphabet in ALPHABETS) / len(letters)


def _share_of_odd_signs(text: str) -> float:
    """How many of the signs beyond ASCII stand where none of their kind does, from 0 to 1."""
    count, odd = 0, 0.0
    for match in BEYOND_ASCII.finditer(text):
        before, after = (
            text[max(0, match.start() - 1) : match.start()],
            text[match.end() : match.end() + 1],
        )
        count += 1
        odd += _oddness(match[0], before, after)
    return odd / count if count else 0.0


def _oddness(sign: str, before: str, after: str) -> float:
    """How odd a sign is between its neighbours, from 0 to 1."""
    category = unicodedata.category(sign)
    beside_letters = before.isalpha() + after.isalpha()
    if category in ("Lu", "Ll", "Lo"):
        return _oddness_of_letter(sign, before, after)
    if category == "Zs":  # a space that does not break stands between words
        return 0.5 if after.isalpha() and not before.strip(' ;,\t\n"') else 0.0
    if sign in DASHES:
        return 0.5 * (beside_letters == 1)
    if sign in POWERS:
        return 0.0 if before.isalnum() else 1.0
    if sign in SIGNS_BESIDE_NUMBERS:
        return 1.0 * before.isalpha()
    if sign == "’":
        return 0.2 if beside_letters == 2 else 0.0
    if category in ("Pi", "Pf", "Ps", "Pe"):
        return 1.0 if beside_letters == 2 else 0.3 * (sign in "«»")
    return 0.0 if sign in POINTS else 1.0 * (category[0] in "CSLM" or beside_letters > 0)


def _oddness_of_letter(sign: str, before: str, after: str) -> float:
    """A capital within a word, or a letter of another script than its neighbour's."""
    neighbours = [other for other in (before, after) if other.isalpha()]
    if "\u0400" <= sign <= "\u04ff" and any(map(str.isascii, neighbours)):
        return 1.0
    is_capital_within = sign.isupper() and before.islower()
    return 1.0 * (is_capital_within or (sign.islower() and after.isupper()))
