"""Money of a file put beside the money that the table has: only the figures that differ are
replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from splot.core.values import Values
from splot.implementation.columns import MONEY_FIGURES
from splot.implementation.lines import MoneyLine
from splot.implementation.models import BudgetLine

CurrencySums = dict[str, Decimal]


def merge_money(
    ours: list[MoneyLine], theirs: list[MoneyLine], *, says_source: bool
) -> list[MoneyLine]:
    """Our lines with what the file says of them. A figure of a year is replaced where its sum, or
    its source, differs.

    `says_source`: the file itself names the sources; else they stay as they are, and new money has
    none that anybody stated.
    """
    lines = list(ours)
    for figure, year in _figure_years(theirs):
        new = _lines_with_figure(theirs, figure, year)
        old = _lines_with_figure(lines, figure, year)
        new_sources = {line.source for line in new}
        old_sources = {line.source for line in old}
        is_same_source = not says_source or new_sources == old_sources
        if _sums_by_currency(new, figure) == _sums_by_currency(old, figure) and is_same_source:
            continue
        usual = old[0].source if len(old_sources) == 1 else BudgetLine.Source.UNSTATED
        nothing: Values = {figure: None}
        lines = [replace(line, **nothing) if line in old else line for line in lines]
        for line in new:
            lines = _put_figure(lines, replace(line, source=line.source or usual), figure)
    return [line for line in lines if _has_figure(line)]


def _lines_with_figure(lines: list[MoneyLine], figure: str, year: int | None) -> list[MoneyLine]:
    """The lines of a year that have this figure."""
    return [line for line in lines if line.year == year and getattr(line, figure) is not None]


def _has_figure(line: MoneyLine) -> bool:
    return any(getattr(line, figure) is not None for figure in MONEY_FIGURES)


def _figure_years(lines: Iterable[MoneyLine]) -> list[tuple[str, int | None]]:
    """The (figure, year) that lines speak of, each once."""
    figure_years: dict[tuple[str, int | None], None] = {}
    for line in lines:
        for figure in MONEY_FIGURES:
            if getattr(line, figure) is not None:
                figure_years[figure, line.year] = None
    return list(figure_years)


def _sums_by_currency(lines: Iterable[MoneyLine], figure: str) -> CurrencySums:
    sums: CurrencySums = defaultdict(Decimal)
    for line in lines:
        sums[line.currency] += getattr(line, figure)
    return dict(sums)


def _put_figure(lines: list[MoneyLine], line: MoneyLine, figure: str) -> list[MoneyLine]:
    """A figure into the line of the same year, source and currency that has room for it, else into
    one of its own.
    """
    for at, before in enumerate(lines):
        is_place = (before.year, before.source, before.currency) == (
            line.year,
            line.source,
            line.currency,
        )
        if is_place and getattr(before, figure) is None and not before.kind:
            filled = replace(
                before, **{figure: getattr(line, figure)}, note=line.note or before.note
            )
            return [*lines[:at], filled, *lines[at + 1 :]]
    return [*lines, line]


def loses_kinds(before: Iterable[MoneyLine], after: Iterable[MoneyLine]) -> bool:
    """Whether money that was divided by kind becomes one sum."""
    kinds_left = {line.kind for line in after}
    return any(line.kind and line.kind not in kinds_left for line in before)
