"""Finds the rows that head a table, whatever stands above them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal

from splot.documents.spreadsheets.model import Cell
from splot.parsing.amount_words import CURRENCY_WORD, MULTIPLIER_WORD
from splot.parsing.vocabulary import VOCABULARY, stems_pattern
from splot.parsing.vocabulary.plan_parts import (
    ACTIVITY,
    NAME,
    OPENER,
    PROJECT,
    QUALITY,
    SOLUTION,
    TASK,
)

MAX_HEADING_LENGTH = 200  # signs in the heading of a column
MAX_HEADER_ROWS = 3
MAX_TITLE_ROWS = 200  # rows above a header
LOOK_AHEAD = 40  # rows that tell how wide a table is
# what a heading begins with; what only stands beside a noun heads nothing
HEADING_MEANINGS = [meaning for meaning in VOCABULARY if meaning not in (QUALITY, OPENER)]
HEADING_STEMS = re.compile(rf"({stems_pattern(*HEADING_MEANINGS)})", re.I)
# words that head the column of the tasks, or of what they belong to
TASK_HEADING = re.compile(rf"({stems_pattern(ACTIVITY, TASK, SOLUTION, PROJECT, NAME)})", re.I)
HEADING_SEPARATOR = " / "  # between the headings of two rows
TYPED_SEPARATOR = "\u00a0/ "  # the same signs within the heading of one cell
UNIT_PREPOSITION = re.compile(r"(?<!\w)(?:w|in|v|en|de|у|в)(?!\w)", re.I)
MONTH_NUMBERS = [str(number) for number in range(1, 13)]
YEAR = re.compile(r"(?:19|20)\d\d(?:\s*r\.?)?")


def own_columns(row: list[Cell]) -> list[int]:
    """The places of the cells that say something of their own: covered ones repeat another."""
    return [at for at, cell in enumerate(row) if cell and cell.merged_from is None]


def own_text(row: list[Cell]) -> str:
    """The words of a row on one line, those of a merged cell once."""
    return " ".join(row[at].one_line for at in own_columns(row))


def is_heading(cell: Cell) -> bool:
    """Whether a cell can head a column: words, or a year."""
    text = cell.one_line
    if YEAR.fullmatch(text):
        return True
    has_words = any(map(str.isalpha, text)) or text in ("#", "№", "%")
    is_value = isinstance(cell.value, (Decimal, bool, date))
    return has_words and len(text) <= MAX_HEADING_LENGTH and not is_value


def count_known_headings(row: list[Cell]) -> int:
    """How many cells begin with a word that often heads a column."""
    return sum(1 for at in own_columns(row) if HEADING_STEMS.match(row[at].one_line))


def find_header(rows: list[list[Cell]], start: int) -> tuple[int, int] | None:
    """(first row, behind the last row) of the next header from `start` on; None where no row can be
    one.

    A row of words as wide as most of what follows it. Where one of the next rows has words that
    head columns in plans, such a row is taken before one that has none.
    """
    fitting: list[int] = []
    for at in range(start, min(len(rows), start + MAX_TITLE_ROWS)):
        if len(own_columns(rows[at])) > 1 and _can_be_header(rows, at):
            fitting.append(at)
        if fitting and at - fitting[0] > 10:
            break
    if not fitting:
        return None
    best = next((at for at in fitting if _has_known_headings(rows[at])), fitting[0])
    return best, _behind_header(rows, best)


def _behind_header(rows: list[list[Cell]], first: int) -> int:
    """Where the rows end that divide the headings of a header: "Budget" above "2024", "2025", and
    perhaps "own" and "EU" below each of them.
    """
    behind = first + 1
    while behind - first < MAX_HEADER_ROWS and has_second_row(rows, behind - 1):
        behind += 1
    if behind < len(rows) and _names_units(rows[behind]):
        behind += 1
    return behind


def _names_units(row: list[Cell]) -> bool:
    """Whether the cells of a row below a header say no more than in what figures are counted:
    "[tys. zł]".
    """
    texts = [row[at].one_line for at in own_columns(row)]
    return bool(texts) and all(map(_is_unit, texts))


def _is_unit(text: str) -> bool:
    rest = CURRENCY_WORD.sub(" ", MULTIPLIER_WORD.sub(" ", text))
    return rest != text and not any(map(str.isalnum, UNIT_PREPOSITION.sub(" ", rest)))


def _has_known_headings(row: list[Cell]) -> bool:
    return count_known_headings(row) >= max(2, len(own_columns(row)) / 3)


def starts_table(rows: list[list[Cell]], at: int) -> bool:
    """Whether a row below a gap heads another table: only well-known words tell, rows of tasks are
    words too.
    """
    filled = len(own_columns(rows[at]))
    if filled <= 2 or count_known_headings(rows[at]) <= filled * 0.6:
        return False
    return _can_be_header(rows, at)


def normalise_row(row: list[Cell]) -> list[str]:
    """The words of a row as they are compared with those of another."""
    return [cell.one_line.casefold() for cell in row]


def heads_anew(rows: list[list[Cell]], at: int, header: list[list[str]]) -> bool:
    """Whether a header, whose rows these are by `normalise_row`, is printed again with other
    headings, without a gap above it: another year, another order. One cell at least is the heading
    of its own column, as no value is.
    """
    below = rows[at : at + len(header)]
    if not any(_repeats_heading(row, before) for row, before in zip(below, header, strict=False)):
        return False  # as nearly all rows
    headings: set[str] = set().union(*header)
    changed: list[str] = []
    for before, row in zip(header, below, strict=False):
        texts = normalise_row(row)
        changed += [texts[place] for place in own_columns(row) if texts[place] != before[place]]
    if not (changed and _can_be_header(rows, at)):
        return False
    return all(text in headings or _is_known_heading(text) for text in changed)


def _repeats_heading(row: list[Cell], header: list[str]) -> bool:
    for cell, heading in zip(row, header, strict=True):
        if heading and cell.merged_from is None and cell.one_line.casefold() == heading:
            return True
    return False


def _is_known_heading(text: str) -> bool:
    return bool(HEADING_STEMS.match(text) or YEAR.fullmatch(text))


def _can_be_header(rows: list[list[Cell]], at: int) -> bool:
    cells = [rows[at][place] for place in own_columns(rows[at])]
    if not _are_headings(cells):
        return False
    if all(YEAR.fullmatch(cell.one_line) for cell in cells):
        return False
    widest = max(map(_count_filled, rows[at + 1 : at + LOOK_AHEAD]), default=0)
    places: set[int] = set()
    for row in rows[at : _behind_header(rows, at)]:
        places.update(place for place, cell in enumerate(row) if cell)
    return len(places) >= 0.6 * widest


def _are_headings(cells: list[Cell]) -> bool:
    """Whether all cells can head columns; the twelve months may be numbers."""
    months = [cell.one_line for cell in cells[-12:]]
    if len(cells) >= 12 and months == MONTH_NUMBERS:
        cells = cells[:-12]
    return all(map(is_heading, cells))


def _count_filled(row: list[Cell]) -> int:
    return sum(map(bool, row))


def has_second_row(rows: list[list[Cell]], at: int) -> bool:
    """Whether the next row divides group heads: "Budget" above "2024" and "2025".

    It says something only below a heading that spans columns, by a merged cell or by empty ones to
    its right.
    """
    if at + 1 >= len(rows):
        return False
    upper, lower = rows[at], rows[at + 1]
    places = own_columns(lower)
    if len(places) < 2 or not _are_headings([lower[place] for place in places]):
        return False
    spanned = heading_spans(upper)  # each head in it has several columns
    return all(place in spanned for place in places)


def heading_spans(row: list[Cell]) -> dict[int, int]:
    """{column: column of the heading above it} for headings that reach over more than their own
    column.
    """
    spanned: dict[int, int] = {}
    head = None
    for at, cell in enumerate(row):
        if cell and cell.merged_from is None:
            head = at
        if head is not None and _spans_column(row, head, at):
            spanned[at] = head
    widths = Counter(spanned.values())
    return {at: head for at, head in spanned.items() if widths[head] > 1}


def _spans_column(row: list[Cell], head: int, at: int) -> bool:
    """Whether the heading at `head` spans the column `at`: merged with it, or blank up to there."""
    between = row[head + 1 : at + 1]
    after = row[head + 1].merged_from if head + 1 < len(row) else None
    if after and after[1] == head + 1:
        return all(cell.merged_from == after for cell in between)
    return not any(between)


def header_texts(rows: list[list[Cell]], first: int, behind: int) -> list[str]:
    """The heading of each column, "Budget / 2024" where two rows make it."""
    spans = [heading_spans(rows[at]) for at in range(first, behind - 1)]
    texts: list[str] = []
    for at in range(len(rows[first])):
        parts: list[str] = []
        for depth, row in enumerate(rows[first:behind]):
            head = spans[depth].get(at, at) if depth < len(spans) else at
            origin = row[at].merged_from
            is_of_row = depth == 0 or origin is None or origin[0] == first + depth + 1
            typed = row[head].one_line if is_of_row else ""
            text = typed.replace(HEADING_SEPARATOR, TYPED_SEPARATOR)
            if text and text not in parts[-1:]:
                parts.append(text)
        texts.append(HEADING_SEPARATOR.join(parts))
    return texts
