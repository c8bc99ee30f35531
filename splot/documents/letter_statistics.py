"""How likely a text is to be one that people wrote: by the letters that follow each other in a
language, and by signs that stand where no word has them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(r"\w+")
DELIMITER = re.compile(r"[\s;,|]+", re.ASCII)
TELLING_WORD = re.compile(r"[^\s;,|]*[^\x00-\x7f\s;,|][^\s;,|]*")  # with signs beyond ASCII
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
            "áâãàçéêíóôõú",  # Portuguese
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
MIN_EVIDENCE, HIGH_BYTES = 8, bytes(range(128, 256))  # signs beyond ASCII that tell so
FALLBACK = "cp1252"  # without it among them, the library warns
POWERS, DASHES, POINTS, OPENING_POINTS = "²³", "–—", "…•·", "¿¡"
SIGNS_BESIDE_NUMBERS, SIGNS_BEFORE_LETTERS = "§°€×±½£", "°€"
METRES = ("m", "M")  # and such as cm
APOSTROPHE_LETTERS = "stdmlrv"  # that follow it in English


@dataclass(frozen=True, order=True)
class Likelihood:
    """A figure to compare texts by, from 0 on. A text `is_flawless` if all its letters are of one
    language, and every sign stands where one may.
    """

    figure: float
    is_flawless: bool = False


def likelihood_of(text: str, encoding: str) -> Likelihood:
    """How well a text fits a language: as a whole, and by its words with signs beyond ASCII, which
    may be those of another language among English ones. The statistics are asked in an encoding
    that has the text's letters; capitals count as small ones.
    """
    small = text.lower()
    telling = " ".join(TELLING_WORD.findall(small)) or small
    confidence = sum(_confidence_in(words, encoding) for words in (small, telling)) / 2
    odd, alphabet = _share_of_odd_signs(text), _share_of_alphabet(small)
    figure = confidence * alphabet**3 * (1 - min(MAX_ODD, ODD_WEIGHT * odd))
    if KNOWN_WORD.search(small):
        figure *= WORTH_OF_KNOWN_WORD
    return Likelihood(figure, odd == 0 and alphabet == 1)


def count_telling_words(text: str) -> int:
    """How many different words have letters beyond ASCII."""
    return len({word for word in WORD.findall(text.lower()) if not word.isascii()})


def count_differing_words(text: str, other: str) -> int:
    """How many different words tell a text from another one of the same bytes."""
    words = zip(DELIMITER.split(text.lower()), DELIMITER.split(other.lower()), strict=False)
    return len({word for word, other_word in words if word != other_word})


def is_foreign(data: bytes, likelihood: float, encodings: Collection[str]) -> bool:
    """Whether the bytes are far likelier a text in an encoding that is none of these, of which the
    best has this likelihood.
    """
    if len(data) - len(data.translate(None, HIGH_BYTES)) < MIN_EVIDENCE:
        return False
    known = {codecs.lookup(encoding).name for encoding in encodings}
    confidences = _confidences_in(data, None)
    most = max((confidences[name] for name in confidences.keys() - known), default=0.0)
    most_known = max((confidences[name] for name in confidences.keys() & known), default=0.0)
    return most > FOREIGN_LEAD * max(most_known, likelihood, MIN_CONFIDENCE)


def _confidence_in(text: str, encoding: str) -> float:
    data = text.encode(encoding, "replace")
    return _confidences_in(data, (encoding, FALLBACK)).get(codecs.lookup(encoding).name, 0.0)


def _confidences_in(data: bytes, encodings: Collection[str] | None) -> dict[str, float]:
    """How well the bytes fit a language, by the encoding."""
    import chardet  # of 27 MB, and most files are in UTF-8

    confidences: dict[str, float] = {}
    for result in chardet.detect_all(data, ignore_threshold=True, include_encodings=encodings):
        if result["encoding"]:
            confidences[codecs.lookup(result["encoding"]).name] = result["confidence"]
    return confidences


def _share_of_alphabet(small: str) -> float:
    """How many of the letters beyond ASCII the language has that fits best, in the text and in each
    word: names may be of another one. 1 without any letter.
    """
    by_word: list[list[str]] = []
    for word in WORD.findall(small):
        if not word.isascii():
            by_word.append([sign for sign in word if not sign.isascii() and sign.isalpha()])
    letters = [letter for word in by_word for letter in word]
    if not letters:
        return 1.0
    in_text, in_words = _count_of_alphabet(letters), sum(map(_count_of_alphabet, by_word))
    return (in_text + in_words) / (2 * len(letters))


def _count_of_alphabet(letters: Sequence[str]) -> int:
    """How many of these letters the language has that has the most of them."""
    return max(sum(map(alphabet.__contains__, letters)) for alphabet in ALPHABETS)


def _share_of_odd_signs(text: str) -> float:
    """How many of the signs beyond ASCII stand where none of their kind does, from 0 to 1.
    Quotation marks and the like in their places tell nothing: many of them outweigh no odd sign.
    """
    count, odd = 0, 0.0
    for match in BEYOND_ASCII.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        after = text[match.end() : match.end() + 1]
        oddness = _oddness(match[0], before, after)
        count += match[0].isalpha() or oddness > 0
        odd += oddness
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
        is_power = before.isdecimal() or before in METRES
        return 0.0 if is_power and not after.isalpha() else 1.0
    if sign in SIGNS_BESIDE_NUMBERS:
        return 1.0 * (before.isalpha() or (after.isalpha() and sign not in SIGNS_BEFORE_LETTERS))
    if sign == "’":
        is_ending = after.lower() in APOSTROPHE_LETTERS or not after.isascii()
        return 0.5 if beside_letters == 2 and not is_ending else 0.0
    if category in ("Pi", "Pf", "Ps", "Pe"):
        return 1.0 if beside_letters == 2 else 0.3 * (sign in "«»")
    if sign in OPENING_POINTS:
        return 1.0 * before.isalpha()
    return 0.0 if sign in POINTS else 1.0 * (category[0] in "CSLM" or beside_letters > 0)


def _oddness_of_letter(sign: str, before: str, after: str) -> float:
    """A capital within a word, or a letter of another script than its neighbour's."""
    neighbours = [other for other in (before, after) if other.isalpha()]
    if "\u0400" <= sign <= "\u04ff" and any(map(str.isascii, neighbours)):
        return 1.0
    is_capital_within = sign.isupper() and (
        before.islower() or (before.isupper() and after.islower())
    )
    return 1.0 * (is_capital_within or (sign.islower() and after.isupper()))
