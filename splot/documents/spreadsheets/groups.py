"""Which groups the rows of a table stand in, by the rows that head them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from splot.documents.spreadsheets.headings import own_columns
from splot.documents.spreadsheets.model import Cell
from splot.documents.spreadsheets.row_kinds import DATA, GROUP, NOTE, NUMBERED_GROUP
from splot.documents.spreadsheets.sums import is_figure
from splot.documents.spreadsheets.tables import TableRow

CODE = re.compile(
    r"(?:(?P<word>[^\W\d_]{2,}(?:\s+[^\W\d_]{4,}[yaeéý])?)\s+)?(?P<code>[IVXLC]+|[^\W\d_]|\d+(?:\.\d+)*)\s*(?:[.):–-]|$|\s)"
)
ROMAN = re.compile(r"[IVXLC]+")


def assign_groups(rows: list[TableRow], titles: Iterable[str] = ()) -> None:
    """Gives each row the groups above it; a text alone that heads nothing is a note. `titles` stand
    above the table: numbered ones ("Area 1") are its first groups.
    """
    stack: list[tuple[tuple, str]] = []
    for title in filter(NUMBERED_GROUP.match, titles):
        stack = [
            *_enclosing_groups(stack, _signature_of(title), GROUP),
            (_signature_of(title), title),
        ]
    before = ""
    heading = set(_group_rows_with_data(rows))
    for row in rows:
        if row.kind == GROUP:
            signature = _group_signature(row)
            if row.number not in heading and signature[0] in ("", "code"):
                row.kind = NOTE
            else:
                above = _enclosing_groups(stack, signature, before)
                stack = [*above, (signature, _heading_of(row.cells))]
        row.group = [text for _signature, text in stack]
        if row.kind in (DATA, GROUP):
            before = row.kind


def _group_rows_with_data(rows: list[TableRow]) -> Iterator[int]:
    """The numbers of the group rows with data somewhere below."""
    last = max((row.number for row in rows if row.kind == DATA), default=0)
    return (row.number for row in rows if row.kind == GROUP and row.number < last)


def _group_signature(row: TableRow) -> tuple:
    """What groups of one level have in common: their word ("Area 1", "Area 2"), the shape of their
    code.
    """
    return _signature_of(row.cells[own_columns(row.cells)[0]].one_line)


def _signature_of(text: str) -> tuple:
    match = CODE.match(text)
    if not match:
        return ("",)
    code = match["code"]
    shape: int | str = "letter"
    if code[0].isdigit():
        shape = code.count(".") + 1
    elif ROMAN.fullmatch(code):
        shape = "roman"
    if match["word"]:
        return (match["word"].casefold(), shape)
    return ("code", shape)


def _enclosing_groups(
    stack: list[tuple[tuple, str]], signature: tuple, before: str
) -> list[tuple[tuple, str]]:
    """What of the groups above remains above a new one."""
    for at, (group, _text) in enumerate(stack):
        if group == signature:
            return stack[:at]
    if before == GROUP or not stack:
        return stack
    depth, last = signature[-1], stack[-1][0][-1]
    deeper = isinstance(depth, int) and isinstance(last, int) and depth > last
    return stack if deeper else stack[:-1]


def _heading_of(cells: list[Cell]) -> str:
    """The words of a row that heads others, without the sums that may stand beside them."""
    own = [cells[at] for at in own_columns(cells)]
    words = [cell.one_line for cell in own[1:] if not is_figure(cell)]
    return " ".join([own[0].one_line, *words])
