"""Tables as nodes of the tree: a table holds rows, they hold cells, a cell its number and words. A
list in a cell is cells within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from splot.documents.readers.lines import SourceLine
from splot.documents.readers.number_order import is_successor
from splot.documents.readers.numbering import PATH, Label, parse_labels
from splot.documents.tree import Node

BEFORE_BULLET = re.compile(r"\s+(?=[•▪◦○●■◼]\s)")
NUMBERED = ("1.", "1)", "a)", "I.")  # numbers that open a cell, besides outlines and named levels


def build_table(lines: Iterable[SourceLine]) -> Node:
    """The node of a table out of the lines that are its rows, as wide as the widest of them."""
    return table_of([line.cells for line in lines])


def table_of(rows: list[list[str]]) -> Node:
    """The node of a table out of the words of its cells. Rows and last columns without a word are
    left out.
    """
    rows = [row for row in rows if any(row)]
    width = max((_width_of(row) for row in rows), default=0)
    table = Node("table")
    for row in rows:
        cells = [parse_cell(words) for words in (row + [""] * width)[:width]]
        table.children.append(Node("row", children=cells))
    return table


def parse_cell(words: str) -> Node:
    """A cell: "1.1 A good school" has the number 1.1. A number alone is its words.

    Lines of which two or more bear the marks or numbers of one list are cells within it, after the
    words that open the list.
    """
    lines = BEFORE_BULLET.sub("\n", words).split("\n")
    for at in range(len(lines) - 1):
        if items := _parse_items(lines[at:]):
            return Node("cell", text="\n".join(lines[:at]), children=items)
    for label in parse_labels(words):
        if label.rest[:1].isupper() and _opens_cell(label):
            return Node("cell", label.num, text=words[len(label.num) :].strip())
    return Node("cell", text=words)


def _parse_items(lines: list[str]) -> list[Node]:
    """The items of a list of which each line is one; none where a line is not the next of it."""
    labels: list[Label] = []
    for line in lines:
        opening = next((label for label in parse_labels(line) if _opens_item(label)), None)
        if opening is None:
            return []
        labels.append(opening)
    for before, label in pairwise(labels):
        follows = is_successor(label.style, before.value, label.value)
        if before.style != label.style or not follows:
            return []
    return [Node("cell", label.num, text=label.rest) for label in labels]


def _opens_item(label: Label) -> bool:
    marked = label.style.kind == "indent" or label.style.values == PATH
    return bool(label.rest) and (marked or label.style.name in NUMBERED)


def is_table(node: Node) -> bool:
    """Whether a node is a table with rows and cells as `table_of` makes them, so that nothing is
    lost where it stands as one.
    """
    if node.kind != "table" or not node.children or _has_words(node):
        return False
    for row in node.children:
        if row.kind != "row" or not row.children or _has_words(row):
            return False
        if not all(map(_is_cell, row.children)):
            return False
    return True


def _has_words(node: Node) -> bool:
    return bool(node.num or node.heading or node.text or node.closing)


def _is_cell(node: Node) -> bool:
    parsed = parse_cell(cell_words(node))
    plain = node.kind == "cell" and not (node.heading or node.closing)
    same = list(map(own_words, parsed.children)) == list(map(own_words, node.children))
    leaves = all(item.kind == "cell" and not item.children for item in node.children)
    return plain and leaves and same and (parsed.num, parsed.text) == (node.num, node.text)


def cell_words(cell: Node) -> str:
    """Number and words of a cell as they stand in it, each item of a list on a line."""
    return "\n".join(filter(None, map(own_words, [cell, *cell.children])))


def own_words(cell: Node) -> str:
    """Number and words of a cell without the items of a list in it."""
    return f"{cell.num} {cell.text}".strip()


def row_words(row: Node) -> list[str]:
    """The words of each cell of a row."""
    return [cell_words(cell) for cell in row.children]


def _opens_cell(label: Label) -> bool:
    return label.style.values == PATH or label.style.name in NUMBERED


def _width_of(row: list[str]) -> int:
    """How many cells there are up to the last that holds a word."""
    return max((at for at, words in enumerate(row, 1) if words), default=0)
