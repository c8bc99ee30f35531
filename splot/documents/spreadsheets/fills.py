"""Colours of empty cells: which of them may say something."""

from __future__ import annotations

from dataclasses import replace

from splot.documents.spreadsheets.model import Cell


def drop_plain_fills(rows: list[list[Cell]]) -> None:
    """Take away the colour of a column several empty cells of which all have the same one: that is
    design, and says nothing of a single row. A last row without it, a sum, changes nothing.
    """
    with_words = [cells for cells in rows if any(cells)]
    for column in range(len(rows[0]) if rows else 0):
        empty = [cells[column].fill for cells in with_words if not cells[column]]
        while empty and not empty[0]:
            empty.pop(0)
        if empty and not empty[-1]:
            empty.pop()
        if len(empty) > 1 and len(set(empty)) == 1:
            for cells in rows:
                if cells[column].fill:
                    cells[column] = replace(cells[column], fill="")
