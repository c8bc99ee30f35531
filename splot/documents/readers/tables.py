"""Tables as nodes of the tree: a table holds rows, they hold cells, a cell its number and words."""

from __future__ import annotations

from collections.abc import Iterable

from splot.documents.readers.lines import SourceLine
from splot.documents.readers.numbering import PATH, Label, parse_labels
from splot.documents.tree import Node

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
    """A cell: "1.1 A good school" has the number 1.1. A number alone is its words."""
    for label in parse_labels(words):
        if label.rest[:1].isupper() and _opens_cell(label):
            return Node("cell", label.num, text=words[len(label.num) :].strip())
    return Node("cell", text=words)


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
    plain = node.kind == "cell" and not (node.children or node.heading or node.closing)
    return plain and (parsed.num, parsed.text) == (node.num, node.text)


def cell_words(cell: Node) -> str:
    """Number and words of a cell as they stand in it."""
    return f"{cell.num} {cell.text}".strip()


def row_words(row: Node) -> list[str]:
    """The words of each cell of a row."""
    return [cell_words(cell) for cell in row.children]


def _opens_cell(label: Label) -> bool:
    return label.style.values == PATH or label.style.name in NUMBERED


def _width_of(row: list[str]) -> int:
    """How many cells there are up to the last that holds a word."""
    return max((at for at, words in enumerate(row, 1) if words), default=0)
