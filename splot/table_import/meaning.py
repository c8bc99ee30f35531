"""What a column of a file means: which column of the table it is; of money also whose and of which
year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from splot.core.values import Json
from splot.implementation.columns import COLUMN_BY_CODE, FILE_ONLY, MONEY_FIGURES
from splot.implementation.models import BudgetLine
from splot.language.normalisation import normalise_name

from .headings import AS_TEXT, SOURCE_PATTERNS

YEAR = re.compile(r"(?<!\d)20[1-4]\d(?!\d)")


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column is: a code, and for money whose it is and for which year."""

    code: str
    year: int | None = None
    source: str = ""

    @classmethod
    def parse(cls, code: str, year: str | int | None, source: str) -> ColumnMeaning:
        """Of three fields of a form or of the database; whatever is no meaning is kept as text."""
        if code not in COLUMN_BY_CODE and code not in FILE_ONLY:
            return cls(AS_TEXT)
        if code not in MONEY_FIGURES:
            return cls(code)
        known = source if source in BudgetLine.Source.values else ""
        return cls(code, int(year) if year and YEAR.fullmatch(str(year)) else None, known)

    def to_json(self) -> Json:
        return {"code": self.code, "year": self.year, "source": self.source}

    @property
    def is_money(self) -> bool:
        return self.code in MONEY_FIGURES


def money_source_of(words: str) -> str:
    """Whose money these words name, "" for nobody's."""
    said = normalise_name(words)
    return next((code for code, pattern in SOURCE_PATTERNS if re.search(pattern, said)), "")
