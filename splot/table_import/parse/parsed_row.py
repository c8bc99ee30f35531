"""What a row of a file says of a task, column by column, with all that was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from splot.implementation.columns import column_label
from splot.policy.models import Activity, Area

from ..source_row import SourceRow
from .parsed_cell import ParsedCell


@dataclass(slots=True)
class ParsedRow:
    """What a row says. `cells` is {code of a column: what it says}; `kept` are other words, by code
    or by heading.

    `after` are the tasks that it waits for, as the file calls them. `number` and `code` are the
    row's own names.
    """

    row: SourceRow
    cells: dict[str, ParsedCell] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # {code: what stands in the file}
    kept: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    number: int | None = None
    code: str = ""
    order: str = ""
    after: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    unknown_areas: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.texts.get("title", "")

    @property
    def activities(self) -> list[Activity]:
        return (
            self.cells["activities"].values.get("activities", [])
            if "activities" in self.cells
            else []
        )

    @property
    def unread(self) -> dict[str, str]:
        """All words that were not understood, by code or by heading."""
        unread = dict(self.kept)
        for code, cell in self.cells.items():
            if cell.unread:
                unread[code] = "\n".join(filter(None, (unread.get(code), cell.unread)))
        return unread

    def all_doubts(self) -> list[str]:
        """The row's own, and those of its cells with the column's name before them."""
        doubts = [*self.doubts]
        for code, cell in self.cells.items():
            doubts += [f"{column_label(code)}: {doubt}" for doubt in cell.doubts]
        return list(dict.fromkeys(doubts))

    def all_notes(self) -> list[str]:
        notes = [*self.notes]
        for code, cell in self.cells.items():
            notes += [f"{column_label(code)}: {note}" for note in cell.notes]
        return notes

    def keep(self, name: str, text: str) -> None:
        """Words that have no place in the table, beside the cell or under their heading."""
        if text.strip() and text.strip() not in self.kept.get(name, "").split("\n"):
            self.kept[name] = "\n".join(filter(None, (self.kept.get(name), text.strip())))
