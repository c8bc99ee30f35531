"""Words in separated values that a spreadsheet program would take for a formula."""

import re
from unicodedata import category, normalize

# What makes a spreadsheet program take words for a formula, also in full width.
# Source: OWASP, "CSV Injection".
FORMULA_TRIGGERS = ("=", "+", "-", "@")
CONTROL_TRIGGERS = ("\t", "\r", "\n")
# Signs that nobody sees, and that programs skip: formats and controls, spaces, marks that stand on
# nothing, and letters without a shape (fillers of Hangul, the empty pattern of Braille).
INVISIBLE_CATEGORIES = {"Cf", "Cc", "Cn", "Co", "Zs", "Zl", "Zp", "Mn", "Me"}
SHAPELESS = "\u115f\u1160\u2800\u3164\uffa0"
ESCAPE = "'"
QUOTED_FORMULA = re.compile(r'="((?:[^"]|"")*)"')


def escape_formula(text: str) -> str:
    """The same words with a sign before them that keeps them words."""
    return f"{ESCAPE}{text}" if _is_formula(text.lstrip(ESCAPE)) else text


def unescape_formula(text: str) -> str:
    """The inverse of `escape_formula`, also of ="0012", by which programs keep a code from becoming
    a number.
    """
    if quoted := QUOTED_FORMULA.fullmatch(text):
        return quoted[1].replace('""', '"')
    return text.removeprefix(ESCAPE) if _is_formula(text.lstrip(ESCAPE)) else text


def _is_formula(text: str) -> bool:
    if text.startswith(CONTROL_TRIGGERS):
        return True
    for character in text:
        if category(character) in INVISIBLE_CATEGORIES or character in SHAPELESS:
            continue
        return normalize("NFKC", character).startswith(FORMULA_TRIGGERS)
    return False
