"""What a row of a table is: data, the heading of a group, a sum, a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splot.documents.spreadsheets.headings import TASK_HEADING, own_columns
from splot.documents.spreadsheets.model import Cell
from splot.documents.spreadsheets.sums import is_figure, names_sum
from splot.parsing.vocabulary import stems_pattern
from splot.parsing.vocabulary.columns import LEGEND
from splot.parsing.vocabulary.details import REMARK, SOURCE
from splot.parsing.vocabulary.plan_parts import AIM, AREA, CHAPTER, PILLAR

DATA, GROUP, SUM, NOTE, HEADER = "data", "group", "sum", "note", "header"
CONTINUED = "continued"  # the rest of the row above, which the end of a page has cut
NOTE_WORDS = re.compile(rf"(\*|{stems_pattern(SOURCE, REMARK, LEGEND)})", re.I)
GROUP_WORD = stems_pattern(AREA, PILLAR, AIM, CHAPTER)
GROUP_WORDS = re.compile(rf"({GROUP_WORD})", re.I)
NUMBERED_GROUP = re.compile(
    rf"(?:{GROUP_WORD})\w*(?:\s+\w+)?\s+(?:nr\s*)?"
    r"(?-i:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])(?:[.):\s–-]|$)",
    re.I,
)


def is_from_above(cell: Cell, row: int) -> bool:
    return cell.merged_from is not None and cell.merged_from[0] < row + 1


def numbers_columns(cells: list[Cell]) -> bool:
    """A row such as 1, 2, 3, ... below the headings."""
    filled = [cell.one_line.strip("().") for cell in cells if cell]
    return len(filled) > 2 and filled == list(map(str, range(1, len(filled) + 1)))


def classify_row(cells: list[Cell], at: int, header: Sequence[str]) -> str:
    """The kind of a row by its own cells, which stand below the headings of their columns."""
    filled = [place for place in own_columns(cells) if not is_from_above(cells[place], at)]
    if not filled:
        return DATA
    text = cells[filled[0]].one_line
    others = [cells[place] for place in filled[1:]]
    if names_sum([cells[place] for place in filled]):
        return SUM
    if others and all(map(is_figure, others)) and NUMBERED_GROUP.match(text):
        return GROUP  # with the sum of its rows
    is_code = _is_code(text) and not TASK_HEADING.match(header[filled[0]])
    if len(others) == 1 and is_code and _is_group_heading(cells, filled[1], at, text):
        return GROUP
    if others or not any(map(str.isalpha, text)) or _has_coloured_part(cells):
        return DATA
    if any(cell.is_uncounted for cell in cells):
        return DATA  # a sum that the file does not hold is a sum
    if NOTE_WORDS.match(text):
        return NOTE
    if any(is_from_above(cell, at) and cell for cell in cells):
        return DATA
    heads = filled[0] == 0 or _is_group_heading(cells, filled[0], at, text)
    return GROUP if heads else DATA


def _has_coloured_part(cells: list[Cell]) -> bool:
    """Whether some of the empty cells of a row have a colour, as in a chart of times; all of them
    have it in the heading of a group.
    """
    coloured = [bool(cell.fill) for cell in cells if not cell]
    return any(coloured) and not all(coloured)


def _is_code(text: str) -> bool:
    return (
        len(text) < 12
        and re.fullmatch(r"(?:[IVXLC]+|[^\W\d_]|\d+(?:\.\d+)*)[.):]?", text) is not None
    )


def _is_group_heading(cells: list[Cell], place: int, at: int, code: str) -> bool:
    """Whether a text speaks for the whole row: it spans columns, or its words or its code are those
    of a group.

    A code in digits and a text alone may be a bare task.
    """
    if GROUP_WORDS.match(cells[place].one_line):
        return True
    if re.fullmatch(r"(?:[IVXLC]+|[^\W\d_])[.):]?", code):
        return True
    after = cells[place + 1 :]
    return any(cell.merged_from and cell.merged_from[0] == at + 1 for cell in after)
