"""Rows that add up others: by the words that name a sum, and by their figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from splot.documents.spreadsheets.headings import own_columns
from splot.documents.spreadsheets.model import Cell
from splot.parsing.amount_words import AMOUNT as AMOUNT_STATE
from splot.parsing.amount_words import CURRENCY, MULTIPLIER, QUALIFIER
from splot.parsing.amounts import parse_amounts
from splot.parsing.vocabulary import forms_pattern, stems_pattern
from splot.parsing.vocabulary.details import COST, SOURCE, TIME
from splot.parsing.vocabulary.plan_parts import AIM, AREA, CHAPTER, PILLAR
from splot.parsing.vocabulary.sums import PART, SUM

SUM_WORD, PART_WORD = forms_pattern(SUM), forms_pattern(PART)
SUM_WORDS = re.compile(rf"(?<!\w)(?:{SUM_WORD})(?!\w)", re.I)
PART_WORDS = re.compile(rf"\W*(?:{PART_WORD})(?!\w)", re.I)
AT_EDGE = re.compile(rf"\W*(?:{SUM_WORD})(?!\w)|.*(?<!\w)(?:{SUM_WORD})\W*$", re.I | re.S)
# "Total cost in 2024: 1 500 zł", in one cell
STATED_SUM = re.compile(
    rf"\W*(?:{SUM_WORD})(?!\w)[^\d]*(?:20\d\d[^\d]*)?\d[\d\s.,]*(?:{MULTIPLIER})?\s*(?:{CURRENCY})\W*",
    re.I,
)
# what a sum is said to be of: "Razem obszar 1", "Suma kosztów"
OF_WHAT = re.compile(
    rf"(?<!\w)(?:{stems_pattern(AREA, PILLAR, AIM, CHAPTER, COST, SOURCE, TIME)})", re.I
)
MAX_NAME_LENGTH = 80  # signs in the name of a sum
QUALIFIED = re.compile(rf"\s*(?:{QUALIFIER})(?!\w)\s*(?=\d)", re.I)  # "ok. 124 000"
AMOUNT = re.compile(rf"[\d\s.,%\-–—]*\d[\d\s.,%]*(?:{CURRENCY}|{MULTIPLIER}|\s|[.,\-–—])*", re.I)


def names_sum(cells: Sequence[Cell]) -> bool:
    """Whether a row's own cells name a sum, or a part of one, and hold nothing else but figures."""
    names = _names_beside_figures(cells)
    if not names or _has_number_before(cells):
        return False
    has_figures = len(cells) > len(names)
    if len(names) == 2:  # "Razem | Edukacja | 300"
        return has_figures and any(map(is_only_sum, names))
    if not has_figures:
        return is_only_sum(names[0]) or bool(STATED_SUM.fullmatch(names[0]))
    return bool(AT_EDGE.match(names[0]) or PART_WORDS.match(names[0]))


def may_be_sum(cells: Sequence[Cell]) -> bool:
    """Whether only the figures of a row can tell that it is a sum: it has a number of its own, the
    word stands within others, or there is no word at all.
    """
    if not any(is_figure(cell) for cell in cells):
        return False
    names = _names_beside_figures(cells)
    return names is not None and (not names or any(map(SUM_WORDS.search, names)))


def _names_beside_figures(cells: Iterable[Cell]) -> list[str] | None:
    """The words of a row that are no figures; None for more of them than a sum has."""
    names: list[str] = []
    for cell in cells:
        if not is_figure(cell):
            names.append(cell.one_line)
            if len(names) > 2 or len(names[-1]) > MAX_NAME_LENGTH:
                return None
    return names


def is_figure(cell: Cell) -> bool:
    return (
        isinstance(cell.value, Decimal)
        or AMOUNT.fullmatch(QUALIFIED.sub("", cell.text.strip(), count=1)) is not None
        or cell.one_line in "-–—x"
    )


def _has_number_before(cells: Sequence[Cell]) -> bool:
    """Whether a number stands before the name: that of a task, which no sum has."""
    for cell in cells:
        if not is_figure(cell):
            return False
        if any(map(str.isdigit, cell.text)):
            return True
    return False


def is_only_sum(text: str) -> bool:
    """Whether a text has no words but those of a sum."""
    return bool(SUM_WORDS.search(text)) and not any(map(str.isalpha, SUM_WORDS.sub("", text)))


def says_only_sum(cells: Sequence[Cell]) -> bool:
    """Whether a row that names a sum has no words but those of a sum, or of a part of one; the name
    of a task can begin with them, "Suma doświadczeń – wystawa".
    """
    names = [cell.one_line for cell in cells if not is_figure(cell)]
    has_figures = len(names) < len(cells)
    return not has_figures or any(is_only_sum(name) or PART_WORDS.match(name) for name in names)


def may_be_task(cells: Sequence[Cell]) -> bool:
    """Whether a row that names a sum may be a task, unless its figures add up others: its words go
    on, and nothing says that they are of a sum.
    """
    is_counted = any(cell.formula for cell in cells)
    says_of_what = any(OF_WHAT.search(cell.one_line) for cell in cells if not is_figure(cell))
    return names_sum(cells) and not (is_counted or says_of_what or says_only_sum(cells))


class RunningSums:
    """The figures of the rows of a table so far, by column: of all of them, and of those below the
    last sum or group.
    """

    def __init__(self) -> None:
        self.all: dict[int, Decimal] = defaultdict(Decimal)
        self.lately: dict[int, Decimal] = defaultdict(Decimal)
        self.rows = self.rows_lately = 0

    def add(self, cells: Sequence[Cell]) -> None:
        """A row of data."""
        self.rows, self.rows_lately = self.rows + 1, self.rows_lately + 1
        for at in own_columns(list(cells)):
            figure = figure_of(cells[at])
            if figure is not None:
                self.all[at] += figure
                self.lately[at] += figure

    def begin_anew(self) -> None:
        """Behind a sum or the heading of a group."""
        self.lately.clear()
        self.rows_lately = 0

    def equal(self, cells: Sequence[Cell], least: int = 2) -> bool:
        """Whether a row holds the sums of at least so many rows above it, and no other figures; a
        running number may stand before them.
        """
        own = own_columns(list(cells))
        figures = {at: figure_of(cells[at]) for at in own}
        held = {at: figure for at, figure in figures.items() if figure}
        for rows, sums in ((self.rows_lately, self.lately), (self.rows, self.all)):
            others = [at for at in held if sums.get(at) != held[at]]
            if rows >= least and len(others) < len(held) and others in ([], own[:1]):
                return True
        return False


def figure_of(cell: Cell) -> Decimal | None:
    """The single figure that a cell holds, None where it holds anything else."""
    if isinstance(cell.value, Decimal):
        return cell.value
    if not AMOUNT.fullmatch(cell.text.strip()):
        return None
    first, *others = parse_amounts(cell.text)
    is_whole = first.state == AMOUNT_STATE and not (others or first.left or first.doubts)
    return first.amount if is_whole else None
