"""What the readers of every format hand over: lines of text, and a log of what was cleaned up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from splot.documents.readers.numbering import is_number
from splot.documents.tree import CleanupEntry

ROW, QUOTED, NOTE, FOOTNOTE, LITERAL, CELLS = (
    "row", "quoted", "note", "footnote", "own", "cells"
)  # fmt: skip
ESCAPE_MARK = "\u2060"  # word joiner, invisible; see `split_escaped_lines`
_ESCAPED = re.compile(
    rf"(?:(?P<number>\S(?:.{{0,60}}\S)?)\s+|\s*)(?P<marks>{ESCAPE_MARK}+)(?P<words>.*)", re.S
)


@dataclass(slots=True)
class SourceLine:
    """One printed line or word-processor paragraph, and what its format knows about it.

    number counts from 1, within the page where there are pages. label is a number that the word
    processor shows without its being typed; depth the depth of that list. heading is 1-9 for a
    paragraph in a heading style. role: ROW stands alone (an entry of a table of contents),
    QUOTED opens nothing, NOTE is a note kept apart from the text, FOOTNOTE one that stands below
    the text on its page, LITERAL is escaped text: it opens nothing and stands alone. CELLS is a
    row of a table, whose words stand in `cells`; opens_table: of a new table. wrapped: the line
    before was full, so this one goes on with the same paragraph. starts: it begins a paragraph, as
    far as the format tells. heads: it is marked as a heading or a title. heads_list: it heads the
    items of a list, or the table, after it. closes: it is marked as the common closing words of a
    list so many provisions above the open one.
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
    starts: bool = False
    heads: bool = False
    heads_list: bool = False
    closes: int | None = None
    cells: list[str] = field(default_factory=list)
    opens_table: bool = False

    @property
    def parted(self) -> bool:
        """Whether something shows that no words of the line before go on here."""
        return self.blank_before or self.starts

    @property
    def place(self) -> str:
        """Where the line stands, for people."""
        if self.page:
            return _("page %(page)d, line %(line)d") % {"page": self.page, "line": self.number}
        return _("line %(line)d") % {"line": self.number}


def split_escaped_lines(lines: Iterable[SourceLine]) -> Iterator[SourceLine]:
    """The lines, those with an ESCAPE_MARK split at it. Splot writes it only where a text could be
    taken for something else.

    At the start of a line and before a tab: the cells of a row of a table follow, apart by tabs. At
    the start of a line or after a space: what stands before is a number, what follows are words,
    whatever they look like. Two or more marks there: they close a list. At the end of a line: it is
    a heading or a title.
    """
    for line in lines:
        if ESCAPE_MARK not in line.text:
            yield line
            continue
        text = line.text.strip()
        line.heads = text.endswith(ESCAPE_MARK) and not text.removesuffix(ESCAPE_MARK).endswith(
            (ESCAPE_MARK, " ", "\t")
        )
        line.text = text.removesuffix(ESCAPE_MARK) if line.heads else text
        marked = _ESCAPED.match(line.text)
        number, label = marked["number"] if marked else "", line.label
        if marked is None or (number and (label or not is_number(number))):
            yield line
            continue
        if number or label:
            yield replace(line, text="", label=label or number, heads=False)
            line = replace(line, label="", heading=0, blank_before=False)
        if marked["words"].startswith("\t") and not line.closes:
            line.role, line.cells = CELLS, marked["words"][1:].split("\t")
            yield line
            continue
        line.text, line.role = marked["words"].strip(), LITERAL
        line.closes = len(marked["marks"]) - 2 if len(marked["marks"]) > 1 else None
        if line.text:
            yield line


@dataclass(slots=True)
class CleanupLog:
    """Collects what was cleaned: one entry per kind of leftover, or per text where words were
    removed.
    """

    entries: dict[tuple[str, str], CleanupEntry] = field(default_factory=dict)

    def mended(self, what: str, line: SourceLine, sample: str, count: int = 1) -> None:
        """Leftovers that carried no word; the first sample stands for all."""
        self._add((what, ""), what, line, sample[:120], count)

    def changed(self, what: str, line: SourceLine, text: str) -> None:
        """Text that was removed or rewritten, kept in full so that every word can be accounted
        for.
        """
        self._add((what, text), what, line, text, 1)

    def _add(
        self, key: tuple[str, str], what: str, line: SourceLine, text: str, count: int
    ) -> None:
        if key in self.entries:
            self.entries[key].count += count
        else:
            self.entries[key] = CleanupEntry(what, line.place, text, count)

    def cleaned(self) -> list[CleanupEntry]:
        """Everything, in the order in which it was first met."""
        return list(self.entries.values())
