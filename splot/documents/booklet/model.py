"""What a booklet is made of. Texts may be in another language than the booklet: a Text, or the
Shown of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from splot.core.languages import LocalisedText, Text

Wording = str | Text | LocalisedText
CellContent = Wording | Sequence[Wording]
MAX_HEADING_LEVEL = 4
MAX_PORTRAIT_COLUMNS = 6  # a table of more columns lies across the page
PORTRAIT_CHARACTERS, LANDSCAPE_CHARACTERS = 100, 155  # of a table's size, in the width of a page
LONG_WORD, CELL_MARGIN, MAX_CELL_CHARACTERS = 14, 4, 90


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is the outermost. Levels 1 and 2 stand in the contents."""

    level: int
    text: Wording


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown as people write it; its headings are printed bold and stand in no contents."""

    markdown: Wording


@dataclass(frozen=True, slots=True)
class Callout:
    """A passage set apart, with a word on what it is ("Vision", "Aim 2")."""

    kicker: Wording
    text: Wording


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: Sequence[Wording]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many as the head has; a cell of several texts shows them below one another.

    `widths` are the columns' shares in any unit; without them they follow from what the columns
    hold.
    """

    caption: Wording
    head: Sequence[Wording]
    rows: Sequence[Sequence[CellContent]]
    widths: Sequence[float] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("each row of a table has as many cells as its head")
        if self.widths and len(self.widths) != len(self.head):
            raise ValueError("a table has one width for each column")

    @property
    def is_wide(self) -> bool:
        """Whether the table lies across the page."""
        return len(self.head) > MAX_PORTRAIT_COLUMNS


@dataclass(frozen=True, slots=True)
class Facts:
    """Short values with their labels."""

    facts: Sequence[tuple[Wording, CellContent]]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Prose | Callout | Items | Table | Facts | PageBreak


@dataclass(frozen=True, slots=True)
class Booklet:
    """A document to be printed or edited. `kicker` says whose it is; `foot` and `draft` stand on
    every page.
    """

    title: Wording
    language: str
    blocks: Sequence[Block]
    subtitle: Wording = ""
    kicker: Wording = ""
    foot: str = ""
    draft: str = ""
    made: date | None = None


def localise_wording(wording: Wording, language: str) -> tuple[str, str]:
    """The words for a reader of `language`, and the language they are in."""
    if isinstance(wording, Text):
        wording = wording.shown(language)
    if isinstance(wording, LocalisedText):
        return wording.text, wording.language
    return wording, language


def cell_texts(cell: CellContent) -> list[Wording]:
    """A cell's texts, one or several."""
    return [cell] if isinstance(cell, str | Text | LocalisedText) else list(cell)


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block in its place: its heading's level (0 for none), and whether it lies across the
    page.
    """

    block: Block
    level: int
    is_wide: bool


def place_blocks(blocks: Sequence[Block]) -> list[PlacedBlock]:
    """The blocks in order. Levels begin with 1, and none skips one; headings lie as the table right
    below them.
    """
    placed: list[PlacedBlock] = []
    level = 0
    for block in blocks:
        wide = isinstance(block, Table) and block.is_wide
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1, MAX_HEADING_LEVEL))
        placed.append(PlacedBlock(block, level if isinstance(block, Heading) else 0, wide))
    for at in range(len(placed) - 2, -1, -1):
        if placed[at].level and placed[at + 1].is_wide:
            placed[at] = replace(placed[at], is_wide=True)
    return placed


def column_shares(table: Table, language: str) -> list[float]:
    """The columns' shares of the width, 1 in sum: room for the longest word, and more where there
    is more to say.
    """
    weights = list(table.widths) or _column_weights(table, language)
    total = sum(weights)
    return [weight / total for weight in weights]


def columns_with_long_words(table: Table, language: str) -> list[bool]:
    """Which columns hold a word that does not fit on a line of theirs, so that words must be
    parted.
    """
    width = LANDSCAPE_CHARACTERS if table.is_wide else PORTRAIT_CHARACTERS
    columns = _column_texts(table, language)
    shares = column_shares(table, language)
    overflowing: list[bool] = []
    for cells, share in zip(columns, shares, strict=True):
        overflowing.append(_longest_word(cells) > share * width - CELL_MARGIN)
    return overflowing


def _column_weights(table: Table, language: str) -> list[float]:
    """Widths in letters of a table's size, as many as a page has room for."""
    floors: list[float] = []
    wishes: list[float] = []  # beyond the floor
    for cells in _column_texts(table, language):
        floor = min(_longest_word(cells), LONG_WORD) + CELL_MARGIN
        average = sum(map(len, cells)) / len(cells)
        floors.append(floor)
        wishes.append(max(min(average, MAX_CELL_CHARACTERS) - floor, 1))
    width = LANDSCAPE_CHARACTERS if table.is_wide else PORTRAIT_CHARACTERS
    spare, total = max(width - sum(floors), 0), sum(wishes)
    return [floor + spare * wish / total for floor, wish in zip(floors, wishes, strict=True)]


def _column_texts(table: Table, language: str) -> list[list[str]]:
    """The words of each column's cells, its head's first."""
    columns: list[list[str]] = []
    for column in zip(table.head, *table.rows, strict=True):
        columns.append([_cell_text(cell, language) for cell in column])
    return columns


def _cell_text(cell: CellContent, language: str) -> str:
    return " ".join(localise_wording(wording, language)[0] for wording in cell_texts(cell))


def _longest_word(cells: Sequence[str]) -> int:
    return max(map(len, " ".join(cells).split()), default=0)
