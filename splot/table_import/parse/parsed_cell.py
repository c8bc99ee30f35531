"""What one cell says, and sentences for what was assumed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from splot.core.values import Values
from splot.core.values import Words as Shown
from splot.parsing import dates
from splot.parsing.amounts import AMBIGUOUS_SEPARATOR, LACK_OF_WHAT, SEVERAL_AMOUNTS, YEAR_OR_AMOUNT
from splot.parsing.scanner import TOO_LONG
from splot.parsing.spans import ENDS_BEFORE_START, NO_YEAR, SEVERAL_RHYTHMS, YEAR_ASSUMED

DOUBT_LABELS: dict[str, Shown] = {
    YEAR_ASSUMED: gettext_lazy("the year was assumed"),
    NO_YEAR: gettext_lazy("a time without a year"),
    ENDS_BEFORE_START: gettext_lazy("it ends before it starts"),
    SEVERAL_RHYTHMS: gettext_lazy("it recurs in several ways"),
    dates.TWO_DIGIT_YEAR: gettext_lazy("a year of two digits"),
    dates.SPAN_OF_YEARS: gettext_lazy("two years with a slash: a span was assumed"),
    dates.DAY_OR_MONTH_FIRST: gettext_lazy("day or month first? The day was assumed to come first"),
    dates.NO_SUCH_DAY: gettext_lazy("there is no such day"),
    AMBIGUOUS_SEPARATOR: gettext_lazy("a dot or comma before three digits: thousands were assumed"),
    SEVERAL_AMOUNTS: gettext_lazy("several amounts"),
    YEAR_OR_AMOUNT: gettext_lazy("a year or an amount?"),
    LACK_OF_WHAT: gettext_lazy("it says that there is none: no cost, or no money?"),
    TOO_LONG: gettext_lazy("too long to be read"),
}


@dataclass
class ParsedCell:
    """What a cell says: `values` for a task, `left` in words, `doubts` to look at first, `notes` to
    know of.

    `values` are fields, relations and lines as `add_task` takes them. A cell that says something in
    vain, such as "to be decided", has no values and keeps its words.
    """

    values: Values = field(default_factory=dict)
    left: str = ""
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def doubt(self, *doubts: str) -> None:
        """Codes of `splot.parsing` in words; sentences as they are."""
        self.doubts += [str(DOUBT_LABELS.get(doubt, doubt)) for doubt in doubts]

    def keep(self, *texts: str) -> None:
        """Words that were not understood."""
        self.left = "; ".join(filter(None, (self.left, *map(str.strip, texts))))


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
