"""Cells with one of a few words: the municipality's role, the decision on money, what comes next,
the order.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from splot.documents.spreadsheets import Cell
from splot.implementation.models import Task

from ..context import ImportContext
from ..fuzzy import normalise_name
from .parsed_cell import ParsedCell

# Other words than our own, plain; the first that fits is meant.
CHOICE_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "own_role": (
        ("coordinating", r"koordyn|coordinat|координ"),
        ("supporting", r"wspier|wspar|support|підтрим"),
        ("participating", r"uczestnicz|bierze udzial|participat|takes part|учас"),
        ("owner", r"realiz|wykonaw|prowadz|wlasciciel|owner|carries|implement|викон"),
    ),
    "decision": (
        ("no_extra_cost", r"bez dodatkow|bez koszt|no (extra|additional)|w ramach"),
        ("not_now", r"\bnie\b|niepotrzebn|not (needed|now)|odlozon|wstrzyman"),
        ("funded", r"finansowan|przyznan|zabezpieczon|funded|secured|профінанс"),
    ),
    "disposition": (
        ("stop", r"zakonc|zaprzest|rezygn|stop|end\b|припин"),
        ("continue", r"kontynu|continu|keep|продовж"),
        ("start", r"rozpocz|start|begin|new|почат"),
    ),
}
CHOICES_OF_COLUMN: dict[str, type[TextChoices]] = {
    "own_role": Task.OwnRole,
    "decision": Task.Decision,
    "disposition": Task.Disposition,
}
MAX_PRIORITY = 32_767  # what the column of the database holds


@lru_cache(maxsize=32)
def choices_by_label(choices: type[TextChoices]) -> dict[str, str]:
    """{a choice's own name in any language of the interface, plain: choice}."""
    found: dict[str, str] = {}
    for language, __ in settings.LANGUAGES:
        with override(language):
            found |= {normalise_name(str(label)): str(value) for value, label in choices.choices}
    return found


def parse_choice(words: Cell, known: ImportContext, name: str) -> ParsedCell:
    """One of the choices by our own words or by others; words for none of them stay."""
    key = normalise_name(words.text)
    own = choices_by_label(CHOICES_OF_COLUMN[name]).get(key)
    meant = own or next(
        (value for value, pattern in CHOICE_PATTERNS[name] if re.search(pattern, key)), ""
    )
    if not meant:
        return ParsedCell(left=words.text.strip())
    return ParsedCell({name: meant}, left="" if own or len(key.split()) < 4 else words.text.strip())


def parse_priority(words: Cell, known: ImportContext) -> ParsedCell:
    """A number; other words, such as "high", stay."""
    match = re.fullmatch(r"\D{0,12}?(\d{1,5})(?:[.,]0+)?\D{0,3}", words.text.strip())
    if not match or not 0 < int(match[1]) <= MAX_PRIORITY:
        return ParsedCell(left=words.text.strip())
    return ParsedCell({"priority": int(match[1])})
