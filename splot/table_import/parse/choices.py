"""Cells with one of a few words: the municipality's role, the decision on money, what comes next,
the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import TextChoices

from splot.core.bounds import MAX_PRIORITY
from splot.documents.spreadsheets import Cell
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name

from ..context import ImportContext
from .parsed_cell import ParsedCell

# words beside a choice that do not change it: who it is that coordinates, supports, pays
CHOICE_FILLER = re.compile(
    r"miasto|gmina|urzad|samorzad|jako|rola|zadani[ae]|dzialani[ae]|projekt|tak|w|z|na|i"
    r"|koszt\w{0,2}|naklad\w{0,2}|srodki|srodkow|budzet|budzetu|budzecie|dodatkowych"
    r"|biezace(?:j|go)|dzialalnosci|teraz|potrzebn[ea]|potrzeby"
    r"|the|city|council|municipality|as|of|role|task|it|action|and|costs?|funds|budget|now|needed"
    r"|current|місто|громада|завдання"
)
PRIORITY = re.compile(
    r"(?:(?:priorytet|priority|nr|no\.?|p|пріоритет)\s*[.:]?\s*)?(\d{1,5})(?:[.,]0+)?\s*[.)]?", re.I
)


def parse_choice(
    cell: Cell,
    name: str,
    choices: type[TextChoices],
    patterns: Iterable[tuple[str, str]] = (),
) -> ParsedCell:
    """One of the choices by our own words or by others (the first pattern that fits is meant);
    other words are left over.
    """
    key = normalise_name(cell.text)
    own = choices_by_label(choices).get(key)
    if own:
        return ParsedCell({name: own})
    for choice, pattern in patterns:
        match = re.search(rf"\w*(?:{pattern})\w*", key)
        if match:
            rest = f"{key[: match.start()]} {key[match.end() :]}".split()
            return ParsedCell({name: choice}, left=_words_of(cell.text, rest))
    return ParsedCell(left=cell.text.strip())


def _words_of(text: str, normalised: Iterable[str]) -> str:
    """The words of a text that are among normalised ones, without fillers, as they are written."""
    wanted = {word for word in normalised if not CHOICE_FILLER.fullmatch(word)}
    return " ".join(word for word in re.findall(r"\w+", text) if normalise_name(word) in wanted)


def parse_priority(cell: Cell, context: ImportContext) -> ParsedCell:
    """A number; other words, such as "high", stay."""
    match = PRIORITY.fullmatch(cell.text.strip())
    if not match or not 0 < int(match[1]) <= MAX_PRIORITY:
        return ParsedCell(left=cell.text.strip())
    return ParsedCell({"priority": int(match[1])})
