"""Cards: each task a list of its own, the headings in a column and what they head beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from splot.documents.spreadsheets.headings import (
    HEADING_STEMS,
    TASK_HEADING,
    is_heading,
    own_columns,
    own_text,
)
from splot.documents.spreadsheets.model import EMPTY, Cell, Sheet
from splot.documents.spreadsheets.row_kinds import DATA
from splot.documents.spreadsheets.tables import SheetTable, TableRow

MIN_LABELS, MAX_LABELS = 3, 40  # of a card
MAX_LABEL_LENGTH = 60  # signs
KNOWN_SHARE = 0.6  # of the labels of a card that often head a column
NUMBER_BEHIND = re.compile(r"\s+(?:nr\.?\s*)?\d+\.?$", re.I)  # of "Task 1" in place of "Task"
MAX_CARDS_ABREAST = 12  # columns of values beside one column of labels


@dataclass
class Card:
    """What stands beside each label, and what stands above the card."""

    row: int  # its first one, from 1
    cells: dict[str, Cell] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)

    def add(self, label: str, cell: Cell) -> None:
        """A value beside a label; below the one before it where the label comes again."""
        before = self.cells.get(label)
        if before and cell:
            text = f"{before.text}\n{cell.text}"
            cell = replace(before, text=text, value=text)
        self.cells[label] = cell or before or cell

    def add_line(self, cell: Cell) -> None:
        """A further line below the last value."""
        self.add(list(self.cells)[-1], cell)


def find_cards(sheet: Sheet) -> SheetTable | None:
    """The cards of a sheet as a table, a row for each; None for a sheet that is none of cards."""
    lines = [(at, _columns_behind_number(row)) for at, row in enumerate(sheet.rows)]
    filled = [(at, own) for at, own in lines if own]
    if not filled or max(len(own) for __, own in filled) > MAX_CARDS_ABREAST:
        return None
    cards = _stacked_cards(sheet, filled) or _cards_abreast(sheet, filled)
    return _table_of(cards) if cards else None


def _columns_behind_number(row: list[Cell]) -> list[int]:
    """The places of a row's own cells, without a running number before a label."""
    own = own_columns(row)
    is_numbered = len(own) in (3, 5) and row[own[0]].one_line.rstrip(".)").isdecimal()
    return own[1:] if is_numbered else own


def _stacked_cards(sheet: Sheet, filled: Sequence[tuple[int, list[int]]]) -> list[Card]:
    """Cards one below another: a label and its value in each row, or two of each."""
    cards: list[Card] = []
    titles: list[str] = []
    labels = {_label_of(sheet.rows[at][own[0]]) for at, own in filled if len(own) > 1}
    values = {own[1] for __, own in filled if len(own) > 1}
    for at, own in filled:
        row = sheet.rows[at]
        if len(own) == 1 and own[0] in values and cards and not titles:
            cards[-1].add_line(row[own[0]])
            continue
        if len(own) == 1 and _label_of(row[own[0]]) not in labels:
            titles.append(own_text(row))
            continue
        if len(own) not in (1, 2, 4) or not all(_is_label(row[place]) for place in own[::2]):
            return []
        for place in own[::2]:
            label = _label_of(row[place])
            value = row[own[own.index(place) + 1]] if len(own) > 1 else EMPTY
            if not cards or label in cards[-1].cells or titles:
                cards.append(Card(at + 1, titles=titles))
                titles = []
            cards[-1].add(label, value)
    if cards:
        cards[-1].titles = [*cards[-1].titles, *titles]
    return cards if _are_cards(cards) else []


def _cards_abreast(sheet: Sheet, filled: Sequence[tuple[int, list[int]]]) -> list[Card]:
    """Cards beside one another: the labels in the first column, a task in each other one."""
    wide = [(at, own) for at, own in filled if len(own) > 1]
    if len(wide) < MIN_LABELS:
        return []
    first = min(own[0] for __, own in wide)
    width = max(own[-1] for __, own in wide)
    titles = [own_text(sheet.rows[at]) for at, own in filled if at < wide[0][0]]
    heads: list[Cell] = []
    if wide[0][1][0] != first:  # "Card 1", "Card 2" above the columns, without a label
        heads = sheet.rows[wide[0][0]]
        wide = wide[1:]
    cards: list[Card] = []
    for at in range(first + 1, width + 1):
        own_title = [heads[at].one_line] if heads and heads[at] else []
        cards.append(Card(at, titles=[*titles, *own_title]))
    for at, own in wide:
        row = sheet.rows[at]
        if own[0] != first or not _is_label(row[first]):
            return []
        for card in cards:
            card.add(_label_of(row[first]), row[card.row])
    head, *rest = (sheet.rows[at] for at, __ in wide)
    is_header = sum(bool(HEADING_STEMS.match(cell.one_line)) for cell in head[first + 1 :])
    if is_header or not TASK_HEADING.match(head[first].one_line):
        return []
    cards = [card for card in cards if any(card.cells.values())]
    return cards if len(cards) > 1 and len(rest) + 1 >= MIN_LABELS and _are_known(cards) else []


def _is_label(cell: Cell) -> bool:
    return is_heading(cell) and len(cell.one_line) <= MAX_LABEL_LENGTH


def _label_of(cell: Cell) -> str:
    label = cell.one_line.rstrip(" :–-")
    return NUMBER_BEHIND.sub("", label) if TASK_HEADING.match(label) else label


def _are_cards(cards: Sequence[Card]) -> bool:
    """Whether the labels of several cards come back in each, or those of one are all known."""
    if not cards or not _are_known(cards):
        return False
    counts = Counter(label for card in cards for label in card.cells)
    if len(cards) == 1:
        (card,) = cards
        heads = [_is_known(cell.one_line) for cell in card.cells.values() if cell]
        return len(counts) > MIN_LABELS and not any(heads[:1])
    repeated = sum(count > len(cards) / 2 for count in counts.values())
    return repeated >= MIN_LABELS and repeated >= len(counts) / 2


def _are_known(cards: Sequence[Card]) -> bool:
    """Whether most labels begin with a word that often heads a column, each with another one: names
    of tasks may begin alike.
    """
    labels = dict.fromkeys(label for card in cards for label in card.cells)
    if not MIN_LABELS <= len(labels) <= MAX_LABELS or not any(map(TASK_HEADING.match, labels)):
        return False
    stems = {match[0].casefold() for match in map(HEADING_STEMS.match, labels) if match}
    return len(stems) >= max(MIN_LABELS, KNOWN_SHARE * len(labels))


def _is_known(label: str) -> bool:
    return HEADING_STEMS.match(label) is not None


def _table_of(cards: Iterable[Card]) -> SheetTable:
    """A column for each label, in the order in which they come."""
    header = list(dict.fromkeys(label for card in cards for label in card.cells))
    rows: list[TableRow] = []
    for card in cards:
        cells = [card.cells.get(label, EMPTY) for label in header]
        rows.append(TableRow(card.row, DATA, cells, card.titles))
    return SheetTable([], header, rows, list(range(1, len(header) + 1)))
