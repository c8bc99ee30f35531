"""A file into the tables that are in it, in a process of its own. What that process hands over is
what the database keeps of a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.core.values import Json
from splot.documents.intake.sandbox import run_sandboxed
from splot.documents.spreadsheets import Workbook, read_sheets
from splot.documents.spreadsheets.tables import SheetTable

from .joined_tables import tables_to_join
from .source_table import find_source_tables

MANIFEST_ROWS = 20  # of a sheet, among which a manifest stands
MANIFEST_KEYS = {"key", "municipality", "policy", "plan", "period"}


@dataclass(frozen=True)
class ParsedFile:
    """The tables of a file that have rows of data, and sentences on the file.

    `joined` are the places of tables that can be taken as one. `issuer` is the municipality that
    made the file for an institution, None for any other file.
    """

    tables: list[SheetTable]
    notes: list[str] = field(default_factory=list)
    issuer: str | None = None
    joined: list[list[int]] = field(default_factory=list)

    def to_json(self) -> Json:
        tables = list(map(SheetTable.to_json, self.tables))
        return {
            "tables": tables,
            "notes": self.notes,
            "issuer": self.issuer,
            "joined": self.joined,
        }

    @classmethod
    def from_json(cls, parsed: Json) -> ParsedFile:
        """The inverse of `to_json`."""
        tables = list(map(SheetTable.from_json, parsed["tables"]))
        return cls(tables, parsed["notes"], parsed["issuer"], parsed["joined"])


def parse_file(data: bytes, name: str) -> ParsedFile:
    """The tables in these bytes. Raises UnreadableDocument."""
    book = read_sheets(data, name)
    tables = find_source_tables(book)
    issuer = issuing_municipality(book)
    joined = [] if book.are_alternatives else tables_to_join(tables)
    return ParsedFile(tables, book.notes, issuer, joined)


def parse_file_sandboxed(data: bytes, name: str) -> ParsedFile:
    """As `parse_file`, in a process of its own with bounded time and memory."""
    advice = _("Divide it into parts or save it anew as .xlsx, and try again.")
    return ParsedFile.from_json(run_sandboxed(f"{__name__}:parse_file", data, name, advice))


def issuing_municipality(book: Workbook) -> str | None:
    """The municipality that a workbook made for an institution belongs to; None for any other
    file.
    """
    for sheet in book.sheets:
        manifest: dict[str, str] = {}
        for row in sheet.rows[:MANIFEST_ROWS]:
            if len(row) > 1:
                manifest[row[0].text.strip()] = row[1].text.strip()
        if manifest.keys() >= MANIFEST_KEYS:
            return manifest["municipality"]
    return None
