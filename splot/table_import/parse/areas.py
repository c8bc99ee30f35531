"""Cells about the area of a task."""

from splot.documents.spreadsheets import Cell

from ..area_names import find_area
from ..context import ImportContext
from .parsed_cell import ParsedCell


def parse_area(cell: Cell, context: ImportContext) -> ParsedCell:
    """The area of the policy that a cell names; other words stay."""
    area = find_area(cell.text, context)
    return ParsedCell({"area": area}) if area is not None else ParsedCell(left=cell.text.strip())
