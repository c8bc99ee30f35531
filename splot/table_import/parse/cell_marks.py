"""What a cell says by other means than its words: a sign for "the same as above", words that are
struck out, a colour, words for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.documents.spreadsheets import Cell
from splot.language.normalisation import normalise_spaces
from splot.spreadsheet_columns.schema import UNMAPPED, ColumnMeaning

from ..column_headings import GROUP, NUMBER, STATUS
from .parsed_row import ParsedRow

DITTO = re.compile(
    r"[\s\-–—]*(?:[\"”„“″〃]{1,2}|''|,,|´´|\|\||//)[\s\-–—]*"
    r"|j\.?\s?w\.?|jak\s+(?:wyżej|powyżej)|tamże|ditto|as\s+above|same\s+as\s+above|ibid\.?|idem"
    r"|ídem|wie\s+oben|s\.\s?o\.|dtto|viz\s+výše|так\s+само|те\s+саме|як\s+вище",
    re.I,
)
# what is said of a task that is no longer one
DROPPED_WORDS = (
    r"(?:zadanie\s+)?(?:wykreślon[eoay]|skreślon[eoay]|usunięt[eoay]|nieaktualn[eay]|anulowan[eoay]|odwołan[eoay])"
    r"|zrezygnowano|rezygnacja|odstąpiono(?:\s+od\s+realizacji)?|wycofan[eoay]"
    r"|deleted|dropped|cancell?ed|withdrawn|abandoned|entfällt|gestrichen|zrušen[oaý]|vypuštěno"
    r"|cancelad[oa]|eliminad[oa]|suprimid[oa]|скасовано|вилучено|виключено"
)
IS_DROPPED = re.compile(rf"\W*(?:{DROPPED_WORDS})\W*", re.I)
ENDS_DROPPED = re.compile(
    rf".*[(\[]\s*(?:{DROPPED_WORDS})\s*[)\]]\W*|(?:{DROPPED_WORDS})\s*[:–-].*", re.I | re.S
)
NOT_PARSED = frozenset((UNMAPPED, STATUS, GROUP))


def cells_to_parse(parsed_row: ParsedRow, meanings: list[ColumnMeaning]) -> list[Cell]:
    """The row's cells as far as their words are to be parsed. What a cell says otherwise is kept or
    becomes a doubt.
    """
    cells = parsed_row.row.cells
    pairs = list(zip(meanings, cells, strict=True))
    is_dropped = any(meaning.code == "title" and is_struck(cell) for meaning, cell in pairs)
    if is_dropped:
        parsed_row.doubts.append(_("the words of the row are struck out: was it dropped?"))
    elif any(_says_dropped(meaning, cell) for meaning, cell in _without_own_status(pairs)):
        parsed_row.doubts.append(_("the row says that the task was dropped"))
    parsed: list[Cell] = []
    for meaning, cell in pairs:
        name = normalise_spaces(cell.heading) or meaning.code
        if cell.struck and not is_dropped:
            parsed_row.keep(_("%(heading)s, struck out") % {"heading": name}, cell.struck)
        if is_struck(cell) and not is_dropped:
            parsed_row.doubts.append(_("%(heading)s: the words are struck out") % {"heading": name})
            cell = replace(cell, text="", value=None)
        elif normalise_spaces(cell.text).casefold() in _words_for_nothing():
            cell = replace(cell, text="", value=None)
        elif cell.fill and not cell:
            parsed_row.doubts.append(
                _("%(heading)s: the cell says something by its colour alone") % {"heading": name}
            )
        elif meaning.code not in NOT_PARSED and DITTO.fullmatch(cell.text.strip()):
            parsed_row.keep(meaning.code, cell.text)
            parsed_row.doubts.append(
                _("%(heading)s: “%(words)s” repeats another row, and was not filled in")
                % {"heading": name, "words": cell.one_line}
            )
            cell = replace(cell, text="", value=None)
        parsed.append(cell)
    return parsed


def _without_own_status(
    pairs: Sequence[tuple[ColumnMeaning, Cell]],
) -> list[tuple[ColumnMeaning, Cell]]:
    """The cells without the status of a row that has its number in the table: it is in a file of
    the table's own, which knows it.
    """
    is_own = any(meaning.code == NUMBER and cell for meaning, cell in pairs)
    return [pair for pair in pairs if not (is_own and pair[0].code == STATUS)]


@cache
def _words_for_nothing() -> frozenset[str]:
    """What stands in an empty cell of our own documents, in every language."""
    words: set[str] = set()
    for language, __ in settings.LANGUAGES:
        with override(language):
            words.add(_("not given").casefold())
    return frozenset(words)


def _says_dropped(meaning: ColumnMeaning, cell: Cell) -> bool:
    if meaning.code in (STATUS, GROUP):  # of our own table, which knows it
        return False
    if meaning.code == "title" and ENDS_DROPPED.fullmatch(cell.text):
        return True
    return bool(IS_DROPPED.fullmatch(cell.text))


def is_struck(cell: Cell) -> bool:
    """Whether all words of a cell are struck out."""
    return bool(cell.struck) and cell.struck == cell.text
