"""Number formats of spreadsheets, taken apart.

Source: ECMA-376 part 1, section 18.8.31 (number formats).
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS

LANGUAGES = {0x15: "pl", 0x09: "en", 0x22: "uk", 0x19: "ru", 0x07: "de", 0x23: "be"}
SHORT_DATE = "dd.mm.yyyy"
# formats whose look the reader's computer decides, by their number in the file
SYSTEM_FORMATS = {
    14: SHORT_DATE,
    15: "d mmm yyyy",
    16: "d mmm",
    17: "mmm yyyy",
    22: f"{SHORT_DATE} hh:mm",
    30: SHORT_DATE,
}
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>AM/PM|A/P)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)"
    r"|(?P<general>General|Standard|Ogólny)|(?P<digit>[0#?])|(?P<exponent>[Ee][+-])|(?P<other>.)",
    re.S,
)
SIGNS = ".,%/@"  # that do something to a number; others are shown as they are
CONDITION = re.compile(r"(?P<sign><=|>=|<>|[<>=])\s*(?P<bound>[+-]?\d{1,30}(?:\.\d{1,30})?)\s*")
COMPARISONS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
MAX_FORMAT_LENGTH = 255  # signs; Excel keeps no longer format


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One section of a number format, taken apart: (kind, text) pairs, the language that it names,
    and the condition (sign, bound) under which it counts.
    """

    tokens: tuple[tuple[str, str], ...]
    language: str = "pl"
    is_date: bool = False
    condition: tuple[str, Decimal] | None = None

    def is_for(self, value: Decimal) -> bool:
        """Whether a number meets the condition of this section, which has one."""
        assert self.condition
        sign, bound = self.condition
        return bool(COMPARISONS[sign](value, bound))

    @property
    def is_for_negatives(self) -> bool:
        """Whether the condition lets no number above zero in: the section shows the sign itself."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        return sign in ("<", "<=", "=") and bound <= 0

    def has(self, kind: str, text: str = "") -> bool:
        if text:
            return (kind, text) in self.tokens
        return any(token_kind == kind for token_kind, _text in self.tokens)


def builtin_format(number: int) -> str:
    """The format that a file means by a number below 164."""
    return SYSTEM_FORMATS.get(number) or BUILTIN_FORMATS.get(number, "General")


@lru_cache(maxsize=1000)
def parse_number_format(code: str) -> tuple[NumberFormat, ...]:
    """The sections of a format: for positive, negative and zero numbers, and for text."""
    sections: list[NumberFormat] = []
    tokens: list[tuple[str, str]] = []
    language = "pl"
    for match in TOKEN.finditer(code[:MAX_FORMAT_LENGTH] + ";"):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "other" and text == ";":
            sections.append(_build_section(tokens, language))
            tokens, language = [], "pl"
        elif kind == "bracket":
            sign, named = _parse_bracket(text)
            language = named or language
            tokens += sign
        elif kind in ("quoted", "escaped"):
            tokens.append(("literal", text))
        elif kind == "space":
            tokens.append(("literal", " "))
        elif kind != "fill":
            is_sign = kind == "other" and text in SIGNS
            tokens.append(("sign" if is_sign else "literal" if kind == "other" else kind, text))
    return tuple(sections)


def _parse_bracket(text: str) -> tuple[list[tuple[str, str]], str]:
    """Tokens of [$zł-415], [h], [>=1000] and the like, with the language named; colours say
    nothing here.
    """
    if text.startswith("$"):
        sign, _dash, code = text[1:].partition("-")
        number = int(code[-4:], 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", code) else 0
        language = LANGUAGES.get(number & 0x3FF) or code[:2].lower() if code else ""
        tokens = [("literal", sign)] if sign else []
        return tokens, language if language in LANGUAGES.values() else ""
    if text and not text.lower().strip(text[0].lower()) and text[0].lower() in "hms":
        return [("elapsed", text.lower())], ""
    return ([("condition", text)] if CONDITION.fullmatch(text) else []), ""


def _build_section(tokens: list[tuple[str, str]], language: str) -> NumberFormat:
    is_date = any(kind in ("date", "elapsed") for kind, _text in tokens)
    condition = None
    for kind, text in tokens:
        if kind == "condition" and (match := CONDITION.fullmatch(text)):
            condition = match["sign"], Decimal(match["bound"])
    shown = tuple(token for token in tokens if token[0] != "condition")
    return NumberFormat(shown, language, is_date, condition)


def is_temporal_format(code: str) -> bool:
    """Whether a format shows numbers as days or hours."""
    return parse_number_format(code)[0].is_date


def is_date_format(code: str) -> bool:
    """Whether numbers in this format are shown as days: hours alone make no day, and a month or a
    year says no more than itself.
    """
    first = parse_number_format(code)[0]
    return any(kind == "date" and text in ("d", "dd", "D", "DD") for kind, text in first.tokens)


def is_month_format(code: str) -> bool:
    """Whether numbers in this format are shown as a month or a year alone."""
    first = parse_number_format(code)[0]
    parts = [text for kind, text in first.tokens if kind in ("date", "elapsed")]
    return first.is_date and not first.has("elapsed") and all(text[0] in "yYmM" for text in parts)
