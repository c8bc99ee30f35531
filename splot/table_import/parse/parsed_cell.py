"""What one cell says, and sentences for what was assumed and for what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.values import Values
from splot.core.values import Words as Shown
from splot.parsing import Parsed, date_mentions
from splot.parsing.amounts import (
    AMBIGUOUS_SEPARATOR,
    IN_BRACKETS,
    LACK_OF_WHAT,
    MINUS_BEHIND,
    SEVERAL_AMOUNTS,
    SHARES,
    TIMES_ZERO,
    YEAR_OR_AMOUNT,
)
from splot.parsing.parsed import without_fillers
from splot.parsing.scanner import TOO_LONG
from splot.parsing.spans import (
    ENDS_BEFORE_START,
    NO_YEAR,
    SEVERAL_RHYTHMS,
    SEVERAL_TIMES,
    YEAR_ASSUMED,
)

DOUBT_LABELS: dict[str, Shown] = {
    YEAR_ASSUMED: gettext_lazy("the year was assumed"),
    NO_YEAR: gettext_lazy("a time without a year"),
    ENDS_BEFORE_START: gettext_lazy("it ends before it starts"),
    SEVERAL_RHYTHMS: gettext_lazy("it recurs in several ways"),
    SEVERAL_TIMES: gettext_lazy("several times, and nothing says how they belong together"),
    date_mentions.TWO_DIGIT_YEAR: gettext_lazy("a year of two digits"),
    date_mentions.SPAN_OF_YEARS: gettext_lazy("two years with a slash: a span was assumed"),
    date_mentions.DAY_OR_MONTH_FIRST: gettext_lazy(
        "day or month first? The day was assumed to come first"
    ),
    date_mentions.NO_SUCH_DAY: gettext_lazy("there is no such day"),
    date_mentions.NO_SUCH_YEAR: gettext_lazy("the year is no year of a plan"),
    date_mentions.APPROXIMATE: gettext_lazy("a rough time: exact days were assumed"),
    AMBIGUOUS_SEPARATOR: gettext_lazy("a dot or comma before three digits: thousands were assumed"),
    SEVERAL_AMOUNTS: gettext_lazy("several amounts"),
    IN_BRACKETS: gettext_lazy("in brackets: is it less than nothing?"),
    MINUS_BEHIND: gettext_lazy("a minus behind it: is it less than nothing?"),
    TIMES_ZERO: gettext_lazy("multiplied by zero: is it really nothing?"),
    YEAR_OR_AMOUNT: gettext_lazy("a year or an amount?"),
    LACK_OF_WHAT: gettext_lazy("it says that there is none: no cost, or no money?"),
    SHARES: gettext_lazy("shares of the sum that could not be worked out"),
    TOO_LONG: gettext_lazy("too long to be read"),
}
MAX_QUOTED = 80  # characters of a cell in a sentence


@dataclass(slots=True)
class ParsedCell(Parsed):
    """What a cell says: `values` for a task, words that were not understood (`left`), words that
    were and have no place in the table (`kept`), `notes` to know of.

    `values` are fields, relations and lines as `add_task` takes them. A cell that says something in
    vain, such as "to be decided", has no values and keeps its words.
    """

    values: Values = field(default_factory=dict)
    kept: str = ""
    notes: list[str] = field(default_factory=list)

    def doubt(self, *doubts: str) -> None:
        """Codes of `splot.parsing` in words; sentences as they are."""
        self.doubts += [str(DOUBT_LABELS.get(doubt, doubt)) for doubt in doubts]

    def leave(self, *texts: str) -> None:
        """Words that were not understood."""
        self.left = _join_texts(self.left, *texts)

    def keep(self, *texts: str) -> None:
        """Words that were understood, and that no column of the table says."""
        self.kept = _join_texts(self.kept, *texts)

    @property
    def unread(self) -> str:
        """All words that stay beside the cell."""
        if not self.left:
            return self.kept
        left = without_fillers(self.left) if self.values else self.left
        return _join_texts(self.kept, "" if left in self.kept else left)

    def doubt_unexplained(self, *, is_typed: bool) -> None:
        """Say which words were not understood: beside a value, or in its place where the column is
        of times, money or institutions (`is_typed`). Other words are only kept.

        Every cell passes here, so that no parser can forget it.
        """
        words = self.unexplained
        if words and (self.values or is_typed):
            self.doubt(_("not understood: “%(words)s”") % {"words": shorten_quote(words)})


def shorten_quote(words: str) -> str:
    """Words of a file on one line, short enough to be quoted in a sentence."""
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= MAX_QUOTED else f"{one_line[:MAX_QUOTED].rstrip()}…"


def _join_texts(*texts: str) -> str:
    return "; ".join(filter(None, map(str.strip, texts)))


def split_lines(text: str) -> list[str]:
    """The parts of a cell that stand on lines of their own, behind bullets or between
    semicolons.
    """
    parts = []
    for piece in re.split(r"[;\n\r]+|[•·▪●◦■]+", text):
        part = re.sub(r"^\s*(?:[-–—*]|\d{1,2}[.)])\s+", "", piece).strip(" ,\t")
        if part:
            parts.append(part)
    return parts
