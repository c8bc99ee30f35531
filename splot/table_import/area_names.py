"""Which area or aim of the policy the words above some rows name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from splot.documents.spreadsheets.row_kinds import GROUP_WORD
from splot.language.fuzzy import SIMILAR
from splot.parsing.vocabulary import forms_pattern
from splot.parsing.vocabulary.periods import ROMAN_NUMERALS
from splot.parsing.vocabulary.plan_parts import AREA
from splot.policy.models import Aim, Area

from .context import ImportContext

AREA_WORD = forms_pattern(AREA)
CODE = r"(?-i:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[A-Z](?=[.):]))"
# "Obszar 1: Edukacja", "I. EDUKACJA", "3) Zdrowie", "Priorytet nr 2 – Praca"
CODED = re.compile(
    rf"\W*(?P<word>(?:{GROUP_WORD})\w*(?:\s+[^\W\d_]{{4,}}y)?)?\s*(?:nr\s*)?(?P<code>{CODE})?"
    r"(?![^\W_])\s*[.):–—-]*\s*(?P<name>.*)$",
    re.I | re.S,
)
NAMED_WITHIN = re.compile(rf"(?<!\w)(?:{AREA_WORD})\W+(?P<name>.+)$", re.I | re.S)


def find_area(text: str, context: ImportContext) -> Area | None:
    """The area that words name: by its name, also behind a number, or by "Area 3" alone."""
    if area := find_area_of_title(text, context):
        return area
    match = CODED.match(text.strip())
    if match and match["code"] and not match["name"]:
        is_area = match["word"] and re.match(AREA_WORD, match["word"], re.I)
        if is_area or text.strip(" .").isdecimal():
            return context.area_numbers.get(_number_of(match["code"]))
    return None


def find_area_of_title(text: str, context: ImportContext) -> Area | None:
    """The area whose name words are, also behind a number; one that is only similar is none."""
    for name in _names_in(text):
        area, how = context.areas.find(name)
        if area is not None and how != SIMILAR:
            return area
    return None


def find_aim(text: str, context: ImportContext) -> Aim | None:
    """The aim that words are, also behind a number."""
    for name in _names_in(text):
        aim, how = context.aims.find(name)
        if aim is not None and how != SIMILAR:
            return aim
    return None


def names_areas(heading: str) -> bool:
    """Whether a column holds areas by its heading, and not aims or pillars."""
    return re.match(rf"\W*(?:{AREA_WORD})(?!\w)", heading, re.I) is not None


def _names_in(text: str) -> Iterator[str]:
    """What in a heading can be the name: all of it, what stands behind its number or its word."""
    text = text.strip()
    yield text
    match = CODED.match(text)
    if match and match["name"] and match["name"] != text:
        yield match["name"]
    if within := NAMED_WITHIN.search(text):
        yield within["name"]


def _number_of(code: str) -> str:
    upper = code.upper()
    return str(ROMAN_NUMERALS.get(upper, code))
