"""Words in separated values that a spreadsheet program would take for a formula."""

import re

# What makes a spreadsheet program take words for a formula, also in full width.
# Source: OWASP, "CSV Injection".
FORMULA_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
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
    return text.startswith(FORMULA_TRIGGERS)
