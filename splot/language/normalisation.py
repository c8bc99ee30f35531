"""The forms in which words are compared, without what nobody means: capitals, marks, spaces.

How text is kept is `normalise_text` in `splot/core/normalisation.py`, which rooms take from here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from splot.core.normalisation import normalise_text

__all__ = ["normalise_name", "normalise_spaces", "normalise_text"]


@lru_cache(maxsize=50_000)
def normalise_name(text: str) -> str:
    """In small letters without marks and punctuation, one space between words: "Wydz. Oświaty" is
    "wydz oswiaty".
    """
    marked = unicodedata.normalize("NFKD", text).casefold().replace("ł", "l")
    letters = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def normalise_spaces(text: str) -> str:
    """On one line, one space between words."""
    return " ".join(text.split())
