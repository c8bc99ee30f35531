"""What people wrote as plain data for a document: strings that can be printed, each with its
language.
"""

import re
import unicodedata
from typing import Any

from splot.core.languages import LocalisedText, Text

from .keep_together import add_nonbreaking_spaces

# joiners and marks of direction, which scripts need
PRINTABLE_CONTROLS = "\n\t\u200c\u200d\u200e\u200f"
LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}")


def serialise_for_typst(value: Any, language: str, *, bound: bool = False) -> Any:
    """Texts as strings, or as {text, lang} where they are in another language; signs that no page
    shows, gone.

    Goes into dicts, lists and tuples; numbers, booleans and None stay. `bound` keeps short words
    off the ends of lines.
    """
    if isinstance(value, Text):
        value = value.shown(language)
    if isinstance(value, LocalisedText):
        code = base_language_code(value.language)
        words = serialise_for_typst(value.text, code or language, bound=bound)
        return {"text": words, "lang": code} if code and value.language != language else words
    if isinstance(value, str):
        words = remove_unprintable(value)
        return add_nonbreaking_spaces(words, base_language_code(language)) if bound else words
    if isinstance(value, dict):
        data: dict[Any, Any] = {}
        for key, part in value.items():
            data[key] = serialise_for_typst(part, language, bound=bound)
        return data
    if isinstance(value, list | tuple):
        return [serialise_for_typst(part, language, bound=bound) for part in value]
    return value


def remove_unprintable(text: str) -> str:
    """Without control characters, lone surrogates and overrides of the direction of reading."""
    if text.isprintable():  # most texts, at once
        return text
    return "".join(
        sign for sign in text if sign in PRINTABLE_CONTROLS or unicodedata.category(sign)[0] != "C"
    )


def one_line_name(text: str) -> str:
    """The text on one line as the name of a document or heading, which may not be empty: "–" where
    it says nothing.
    """
    words = " ".join(remove_unprintable(text).split())
    return words if any(map(str.isalnum, words)) else "–"


def base_language_code(language: str) -> str:
    """The code of a language as documents name it, without script or country: "sr" of "sr-Latn", ""
    of no code.
    """
    code = language.replace("_", "-").partition("-")[0]
    return code.lower() if LANGUAGE_CODE.fullmatch(code) else ""
