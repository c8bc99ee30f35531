"""The money that rows of a file name, by figure, year, source and currency."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from splot.implementation.columns import MONEY_FIGURES
from splot.implementation.lines import MoneyLine
from splot.implementation.models import BudgetLine

from .parse.parsed_row import ParsedRow
from .task_values import TaskValues

MoneyKey = tuple[str, int | None, str, str]  # figure, year, source, currency


def money_of(
    parsed_row: ParsedRow, values: TaskValues, *, is_new: bool
) -> list[tuple[MoneyKey, Decimal]]:
    """What a row says of money: of a new task as it would be written, else as the file has it."""
    lines: list[MoneyLine] = []
    if is_new:
        lines = values.get("budget", [])
    else:
        for code in MONEY_FIGURES:
            parsed = parsed_row.cells.get(code)
            lines += parsed.values.get("budget", ()) if parsed is not None else ()
    return list(_sums_of(lines).items())


def _sums_of(lines: Iterable[MoneyLine]) -> dict[MoneyKey, Decimal]:
    sums: dict[MoneyKey, Decimal] = {}
    for line in lines:
        for figure in MONEY_FIGURES:
            amount = getattr(line, figure)
            if amount is not None:
                source = str(line.source or BudgetLine.Source.UNSTATED)
                key = (figure, line.year, source, line.currency)
                sums[key] = sums.get(key, Decimal(0)) + amount
    return sums
