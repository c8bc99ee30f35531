"""What people wrote as plain data for a document: strings that can be printed, each with its language."""

import re
import unicodedata
from typing import Any

from splot.core.languages import Shown, Text

from .keep_together import bind

SHOWN_CONTROLS = "\n\t\u200c\u200d\u200e\u200f"  # joiners and marks of direction, which scripts need
CODE = re.compile(r"[A-Za-z]{2,3}")


def plain(value: Any, language: str, *, bound: bool = False) -> Any:
    """Texts as strings, or as {text, lang} where they are in another language; signs that no page shows, gone.

    Goes into dicts, lists and tuples; numbers, booleans and None stay. `bound` keeps short words off the ends of lines.
    """
    if isinstance(value, Text):
        value = value.shown(language)
    if isinstance(value, Shown):
        code = short_code(value.language)
        words = plain(value.text, code or language, bound=bound)
        return {"text": words, "lang": code} if code and value.language != language else words
    if isinstance(value, str):
        return bind(printable(value), short_code(language)) if bound else printable(value)
    if isinstance(value, dict):
        return {key: plain(each, language, bound=bound) for key, each in value.items()}
    return [plain(each, language, bound=bound) for each in value] if isinstance(value, list | tuple) else value


def printable(text: str) -> str:
    """Without control characters, lone surrogates and overrides of the direction of reading."""
    if text.isprintable():  # most texts, at once
        return text
    return "".join(sign for sign in text if sign in SHOWN_CONTROLS or unicodedata.category(sign)[0] != "C")


def name_of(text: str) -> str:
    """The text on one line as the name of a document or heading, which may not be empty: "–" where it says nothing."""
    words = " ".join(printable(text).split())
    return words if any(map(str.isalnum, words)) else "–"


def short_code(language: str) -> str:
    """The code of a language as documents name it, without script or country: "sr" of "sr-Latn", "" of no code."""
    code = language.replace("_", "-").partition("-")[0]
    return code.lower() if CODE.fullmatch(code) else ""
