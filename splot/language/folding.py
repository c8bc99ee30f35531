"""Words as a search compares them: small letters without diacritics."""

import re
import unicodedata

WORD = re.compile(r"\w+(?:'\w+)*")
# signs that people type for an apostrophe
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))
# letters whose mark is a part of the letter itself
_SPECIAL_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ґ": "г"}


class _FoldingTable(dict[int, str]):
    """For `str.translate`: each character as one small letter without its marks."""

    def __missing__(self, code: int) -> str:
        lowered = chr(code).lower()[:1]
        parts = unicodedata.normalize("NFD", lowered)
        letter = parts[0] if all(map(unicodedata.combining, parts[1:])) else lowered
        self[code] = folded = _SPECIAL_LETTERS.get(letter, letter).translate(APOSTROPHES)
        return folded


_TABLE = _FoldingTable()


def compose(text: str) -> str:
    """The text with each letter and its marks in one character where there is one (NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """A composed text in small letters without diacritics, of the same length: "Łódź" is "lodz"."""
    return text.translate(_TABLE)


def folded_words(text: str) -> list[tuple[str, int, int]]:
    """The words of a composed text, folded, with where each begins and ends.

    An apostrophe within a word is left out, since many do not type it: "сім'я" is "сімя".
    """
    return [
        (match[0].replace("'", "").replace("_", ""), match.start(), match.end())
        for match in WORD.finditer(fold(text))
    ]
