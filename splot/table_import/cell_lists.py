"""Lists in cells: several tasks in one row, each with its own institution and time in one order."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell

from .source_row import ITEM_STEP, SourceRow

MAX_ITEMS = 50
NUMBERED = re.compile(
    r"(?:(?<=\s)|^)(?:ad\.?\s*(?P<ad>\d{1,2})[.)]?|\(?(?P<number>\d{1,2})[.)])\s+(?=\S)", re.I
)
LETTERED = re.compile(r"(?:(?<=\s)|^)\(?(?P<letter>[a-z])\)\s+(?=\S)")
BULLET = re.compile(r"\s*[-–—•·▪●◦■*]\s+(?=\S)")
HEADED = re.compile(r"(?P<head>[^\n:]{2,80}:)\s*\n\s*(?P<list>.+)", re.S)


def split_lists(row: SourceRow, title: int | None, money: Collection[int]) -> list[SourceRow]:
    """The tasks of a row whose cells list several, in the same order; the row itself where they do
    not, with a doubt where it cannot be told.
    """
    items, is_headed = _listed_tasks(row.cells[title].text) if title is not None else ([], False)
    if title is None or not items:
        return [_doubt_lines(row, title)] if title is not None else [row]
    lists = {at: list_items(cell.text) for at, cell in enumerate(row.cells) if at != title}
    parallel = {at: listed for at, listed in lists.items() if len(listed) == len(items)}
    uneven = [at for at, listed in lists.items() if listed and at not in parallel]
    if len(items) == 1:
        return [_item_row(row, 0, {title: items, **parallel}, ())] if parallel else [row]
    if is_headed and not parallel:
        return [row]
    if not parallel or uneven:
        number = {"number": len(items)}
        row.doubts.append(
            _("the task’s cell lists %(number)d things: several tasks?") % number
            if not uneven
            else _("the lists in its cells are of different lengths: several tasks?")
        )
        return [row]
    common = [at for at in money if at not in parallel and row.cells[at]]
    rows: list[SourceRow] = []
    for item in range(len(items)):
        rows.append(_item_row(row, item, {title: items, **parallel}, common))
    for at in common:
        rows[0].shared_money[at] = [each.name for each in rows]
    return rows


def _doubt_lines(row: SourceRow, title: int) -> SourceRow:
    """A cell of several lines, or of parts between semicolons, beside others of as many may list
    several tasks, too.
    """
    others = [cell.text for at, cell in enumerate(row.cells) if at != title]
    for sign, least in (("\n", 2), (";", 1)):
        count = row.cells[title].text.strip(f" {sign}").count(sign)
        alike = [text for text in others if count and text.strip(f" {sign}").count(sign) == count]
        if len(alike) >= least:
            row.doubts.append(
                _("the task’s cell lists %(number)d things: several tasks?") % {"number": count + 1}
            )
            break
    return row


def list_items(text: str) -> list[str]:
    """The items of a text that is a list from its first sign on: numbered from 1 or lettered from
    a, or each line behind a bullet. Nothing for any other text.
    """
    text = text.strip()
    numbers = [str(number) for number in range(1, MAX_ITEMS + 1)]
    for pattern, counted in ((NUMBERED, numbers), (LETTERED, list("abcdefghijklmnopqrstuvwxyz"))):
        marks = list(pattern.finditer(text))
        if marks and marks[0].start() == 0:
            is_in_order = [mark[mark.lastgroup or 0] for mark in marks] == counted[: len(marks)]
            edges = [*(mark.start() for mark in marks[1:]), len(text)]
            items = [text[mark.end() : end] for mark, end in zip(marks, edges, strict=True)]
            return _clean_items(items) if is_in_order else []
    lines = text.split("\n")
    if len(lines) > 1 and all(map(BULLET.match, lines)):
        return _clean_items([BULLET.sub("", line, count=1) for line in lines])
    return []


def _clean_items(items: list[str]) -> list[str]:
    cleaned = [item.strip().rstrip(";,").strip() for item in items]
    return cleaned if all(cleaned) and len(cleaned) <= MAX_ITEMS else []


def _listed_tasks(text: str) -> tuple[list[str], bool]:
    """The tasks that a cell lists, and whether words stand before the list ("Training:"), which are
    then part of each.
    """
    headed = HEADED.fullmatch(text.strip())
    if headed and (items := list_items(headed["list"])):
        return [f"{headed['head']} {item}" for item in items], True
    return list_items(text), False


def _item_row(
    row: SourceRow, item: int, lists: dict[int, list[str]], common: Collection[int]
) -> SourceRow:
    """The row as it speaks of one item; money that is for all of them stays with the first."""
    cells: list[Cell] = []
    for at, cell in enumerate(row.cells):
        if at in lists:
            text = lists[at][item]
            cells.append(Cell(text, text, heading=cell.heading, comment=cell.comment))
        elif at in common and item:
            cells.append(Cell(heading=cell.heading))
        else:
            cells.append(cell)
    is_only = all(len(listed) == 1 for listed in lists.values())
    made = replace(
        row,
        number=row.number + item * ITEM_STEP,
        cells=cells,
        name=row.name if is_only else f"{row.name} ({item + 1})",
        shared_money={} if item else dict(row.shared_money),
        notes=list(row.notes),
        doubts=list(row.doubts),
        kept=dict(row.kept),
    )
    for at in common if item else ():
        made.kept[row.cells[at].heading] = _("%(words)s: for rows together, see row %(row)s") % {
            "words": row.cells[at].one_line,
            "row": f"{row.name} (1)",
        }
    return made
