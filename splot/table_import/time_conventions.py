"""What a file as a whole says of its times: the year above some rows, whether days come first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from splot.documents.spreadsheets.tables import SheetTable
from splot.spreadsheet_columns.schema import ColumnMeaning

from .column_headings import DUE, STARTS

TIME_COLUMNS = ("when", STARTS, DUE)
YEAR = r"(20[1-4]\d)(?!\s*[-–/]\s*\d)"
# "Rok 2024", "Plan na 2024 rok"
YEAR_OF_ROWS = re.compile(
    rf"\W*(?:rok\s+|year\s+|jahr\s+|año\s+|рік\s+)?{YEAR}\s*(?:r\.?|roku?|рік|року)?\W*"
    rf"|.*(?<!\w)(?:na|for|für|para|pro|на)\s+(?:(?:rok|year|the\s+year|das\s+jahr|el\s+año|рік)\s+)?"
    rf"{YEAR}(?!\d).*",
    re.I | re.S,
)
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?![\d/])")


def year_above(texts: Iterable[str]) -> int | None:
    """The year that titles and groups above a row say for it; the nearest, which is the last,
    counts.
    """
    year: int | None = None
    for text in texts:
        year = _year_of(text) or year
    return year


@lru_cache(maxsize=2_000)
def _year_of(text: str) -> int | None:
    match = YEAR_OF_ROWS.fullmatch(text.strip())
    is_single = len(set(re.findall(r"(?<!\d)20\d\d(?!\d)", text))) == 1
    return int(match[1] or match[2]) if match and is_single else None


def day_comes_first(table: SheetTable, meanings: Sequence[ColumnMeaning]) -> bool:
    """Whether dates such as "30/06/2024" show that all dates with slashes begin with the day."""
    first_is_day = second_is_day = False
    places = [at for at, meaning in enumerate(meanings) if meaning.code in TIME_COLUMNS]
    for row in table.data:
        for at in places:
            for first, second in SLASHED.findall(row.cells[at].text):
                first_is_day = first_is_day or int(first) > 12
                second_is_day = second_is_day or int(second) > 12
    return first_is_day and not second_is_day
