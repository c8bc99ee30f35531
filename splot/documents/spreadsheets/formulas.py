"""Words in separated values that a spreadsheet program would take for a formula."""

# What makes a spreadsheet program take words for a formula, also in full width.
# Source: OWASP, "CSV Injection".
FORMULA_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ESCAPE = "'"


def escape_formula(text: str) -> str:
    """The same words with a sign before them that keeps them words."""
    return f"{ESCAPE}{text}" if _is_formula(text.lstrip(ESCAPE)) else text


def unescape_formula(text: str) -> str:
    """The inverse of `escape_formula`."""
    return text.removeprefix(ESCAPE) if _is_formula(text.lstrip(ESCAPE)) else text


def _is_formula(text: str) -> bool:
    return text.startswith(FORMULA_TRIGGERS)
