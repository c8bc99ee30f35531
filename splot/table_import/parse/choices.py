"""Cells with one of a few words: the municipality's role, the decision on money, what comes next,
the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import TextChoices

from splot.documents.spreadsheets import Cell
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name

from ..context import ImportContext
from .parsed_cell import ParsedCell

MAX_PRIORITY = 32_767  # what the column of the database holds


def parse_choice(
    cell: Cell,
    name: str,
    choices: type[TextChoices],
    patterns: Iterable[tuple[str, str]] = (),
) -> ParsedCell:
    """One of the choices by our own words or by others (the first pattern that fits is meant);
    words for none of them stay.
    """
    key = normalise_name(cell.text)
    own = choices_by_label(choices).get(key)
    meant = own or _choice_by_pattern(key, patterns)
    if not meant:
        return ParsedCell(left=cell.text.strip())
    return ParsedCell({name: meant}, left="" if own or len(key.split()) < 4 else cell.text.strip())


def _choice_by_pattern(normalised: str, patterns: Iterable[tuple[str, str]]) -> str:
    for choice, pattern in patterns:
        if re.search(pattern, normalised):
            return choice
    return ""


def parse_priority(cell: Cell, context: ImportContext) -> ParsedCell:
    """A number; other words, such as "high", stay."""
    match = re.fullmatch(r"\D{0,12}?(\d{1,5})(?:[.,]0+)?\D{0,3}", cell.text.strip())
    if not match or not 0 < int(match[1]) <= MAX_PRIORITY:
        return ParsedCell(left=cell.text.strip())
    return ParsedCell({"priority": int(match[1])})
