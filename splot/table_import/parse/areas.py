"""The area of the policy that a cell or a heading of a spreadsheet names."""

import re

from splot.documents.spreadsheets import Cell
from splot.policy.models import Area

from ..context import ImportContext
from .parsed_cell import ParsedCell

NUMBERED_AREA = re.compile(
    r"^(?P<word>obszar|area|напрям|сфера)?\s*(?P<number>\d{1,2})\s*[.):–-]*\s*(?P<name>.*)$",
    re.I | re.S,
)


def parse_area(cell: Cell, context: ImportContext) -> ParsedCell:
    """The area of the policy that a cell names; other words stay."""
    area = area_named_in(cell.text, context)
    return ParsedCell({"area": area}) if area is not None else ParsedCell(left=cell.text.strip())


def area_named_in(text: str, context: ImportContext) -> Area | None:
    """The area that these words name: by its name, also with a number before it, or by "Area 3"."""
    area, __ = context.areas.find(text)
    match = NUMBERED_AREA.match(text.strip())
    if area is None and match:
        area, __ = context.areas.find(match["name"])
        is_number = not match["name"] and (match["word"] or text.strip(" .").isdecimal())
        return context.area_numbers.get(match["number"]) if area is None and is_number else area
    return area
