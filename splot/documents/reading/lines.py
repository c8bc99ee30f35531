"""What the readers of every format hand over: lines of text, and a ledger of what was mended."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.documents.tree import Cleaning

ROW, QUOTED, NOTE = "row", "quoted", "note"


@dataclass(slots=True)
class Line:
    """One printed line or word-processor paragraph, and what its format knows about it.

    number counts from 1, within the page where there are pages. label is a number that the word processor
    shows without its being typed; depth the depth of that list. heading is 1-9 for a paragraph in a heading
    style. role: ROW stands alone (of a table, of contents), QUOTED opens nothing, NOTE is a footnote.
    wrapped: the line before was full, so this one goes on with the same paragraph.
    """

    text: str
    number: int
    page: int = 0
    blank_before: bool = False
    label: str = ""
    depth: int = 0
    heading: int = 0
    role: str = ""
    wrapped: bool = False

    @property
    def place(self) -> str:
        """Where the line stands, for people."""
        if self.page:
            return _("page %(page)d, line %(line)d") % {"page": self.page, "line": self.number}
        return _("line %(line)d") % {"line": self.number}


@dataclass(slots=True)
class Ledger:
    """Collects what was cleaned: one entry per kind of debris, or per text where words were removed."""

    entries: dict[tuple[str, str], Cleaning] = field(default_factory=dict)

    def mended(self, what: str, line: Line, sample: str, count: int = 1) -> None:
        """Debris that carried no word; the first sample stands for all."""
        self._add((what, ""), what, line, sample[:120], count)

    def changed(self, what: str, line: Line, text: str) -> None:
        """Text that was removed or rewritten, kept in full so that every word can be accounted for."""
        self._add((what, text), what, line, text, 1)

    def _add(self, key: tuple[str, str], what: str, line: Line, text: str, count: int) -> None:
        if key in self.entries:
            self.entries[key].count += count
        else:
            self.entries[key] = Cleaning(what, line.place, text, count)

    def cleaned(self) -> list[Cleaning]:
        """Everything, in the order in which it was first met."""
        return list(self.entries.values())
