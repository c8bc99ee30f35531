"""Several institutions in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

SEPARATORS = re.compile(
    r"[;\n\r\v\f\u2028\u2029]+|[•·▪●‣◦■]+|(?:^|(?<=[;\n]))[ \t]*(?:[*–—-]+[ \t]+"
    r"|\(?\d{1,2}[.)][ \t]+(?=\D))"
)
_CONJUNCTIONS = r"(?:i|oraz|a także|and|та|і|й)"
CONNECTORS = re.compile(
    rf"^(?:\s*(?:[,;/&+]|{_CONJUNCTIONS}(?=\s|$)))+\s*|(?:\s*(?:[,;/&+]|(?:^"
    rf"|(?<=\s)){_CONJUNCTIONS}(?=\s*$)))+\s*$",
    re.I,
)
EDGES = re.compile(r"^[\s,;]+|[\s,;]+$")


def split_names(text: str, known_names: Sequence[str] = ()) -> list[str]:
    """The names in a cell, as written and in their order.

    What stands in brackets behind a known name goes with it.

    Divided at semicolons, line breaks and bullets only: "Department of Education, Culture and
    Sport" is one name. Of `known_names` the longest that fits is taken first, and the words between
    them are names of their own.
    """
    names: list[str] = []
    for part in SEPARATORS.split(text):
        if trimmed := EDGES.sub("", part):
            names += filter(None, _split_at_known_names(trimmed, known_names))
    return names


def _split_at_known_names(part: str, known_names: Sequence[str]) -> Iterator[str]:
    longest = sorted({name.strip() for name in known_names if name.strip()}, key=len, reverse=True)
    if not longest:
        yield part
        return
    pattern = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    at = 0
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)(?:\s*\([^()]*\))?", part, re.I):
        yield _strip_connectors(part[at : match.start()])
        yield match[0]
        at = match.end()
    yield _strip_connectors(part[at:]) if at else part


def _strip_connectors(words: str) -> str:
    """Without the commas and conjunctions that joined it to its neighbours."""
    return EDGES.sub("", CONNECTORS.sub("", words))
