"""What a row of a file would change in the table: cell by cell, only where the table would show
something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import override

from splot.core.languages import Text
from splot.implementation.cells import CellLines, related_rows
from splot.implementation.columns import COLUMN_BY_CODE, COLUMNS
from splot.implementation.lines import (
    LINE_MODELS,
    RELATIONS,
)
from splot.implementation.models import Task
from splot.language.normalisation import normalise_spaces
from splot.table_import.task_values import TaskValues

from .parse.parsed_row import ParsedRow

CellDifference = tuple[str, CellLines, CellLines]


def drop_unchanged_cells(parsed_row: ParsedRow, task: Task) -> None:
    """Take away the cells with the very words that the table shows, in whichever language, and
    their doubts.
    """
    for code, parsed in list(parsed_row.cells.items()):
        if (parsed.unread or parsed.doubts) and _equals_cell(
            code, task, parsed_row.texts.get(code)
        ):
            del parsed_row.cells[code]


def diff_task(parsed_row: ParsedRow, task: Task, values: TaskValues) -> list[CellDifference]:
    """(column, as it is, as it would be) of every cell that would show something else. `values`
    loses the others.
    """
    proposed, changed = preview_task(task, values), []
    for code in _affected_columns(parsed_row, values):
        old, new = COLUMN_BY_CODE[code].cell(task), COLUMN_BY_CODE[code].cell(proposed)
        if _comparable_lines(old) != _comparable_lines(new) and not _equals_cell(
            code, task, parsed_row.texts.get(code)
        ):
            changed.append((code, old, new))
    changed_names: set[str] = set()
    for code, __, ___ in changed:
        changed_names.update(COLUMN_BY_CODE[code].fields)
    for name in values.keys() - changed_names:
        del values[name]
    return changed


def _affected_columns(parsed_row: ParsedRow, values: TaskValues) -> list[str]:
    """The columns of the table that the values speak of; of money, those that the file has."""
    codes = []
    for column in COLUMNS:
        is_money_of_file = column.fields != ("budget",) or column.code in parsed_row.texts
        if is_money_of_file and values.keys() & set(column.fields):
            codes.append(column.code)
    return codes


def preview_task(task: Task | None, values: TaskValues) -> Task:
    """A task as it would be with these values; not saved and not to be saved."""
    preview = Task()
    if task is not None:
        for field in Task._meta.concrete_fields:
            setattr(preview, field.attname, getattr(task, field.attname))
        preview.lead, preview.leader, preview.area = task.lead, task.leader, task.area
    attached: dict[str, list[Any]] = {}
    for name in (*RELATIONS, *LINE_MODELS):
        attached[name] = list(related_rows(task, name)) if task is not None else []
    for name, value in values.items():
        if name in RELATIONS:
            attached[name] = value
        elif name in LINE_MODELS:
            attached[name] = [LINE_MODELS[name](**vars(line)) for line in value]
        else:
            setattr(preview, name, value)
    preview.attached = attached
    return preview


def _comparable_lines(cell: CellLines) -> list[str]:
    texts: list[str] = []
    for line in cell:
        texts.append(normalise_spaces(line.source_wording if isinstance(line, Text) else str(line)))
    return sorted(texts)


def _equals_cell(code: str, task: Task, text: str | None) -> bool:
    if not text or code not in COLUMN_BY_CODE:
        return False
    lines_of_file = _split_lines([text])
    for language, __ in settings.LANGUAGES:
        with override(language):
            lines = _split_lines(map(str, COLUMN_BY_CODE[code].cell(task)))
        if lines_of_file in (lines, sorted(map(_in_code_page, lines))):
            return True
    return False


def _split_lines(texts: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for text in texts:
        lines += map(normalise_spaces, text.split("\n"))
    return sorted(filter(None, lines))


def _in_code_page(line: str) -> str:
    """A line as a Polish Excel saves it as CSV: "?" for each sign that Windows-1250 lacks."""
    return line.encode("cp1250", "replace").decode("cp1250")


def merge_unparsed(
    parsed_row: ParsedRow, task: Task | None, changed: Iterable[str]
) -> dict[str, str]:
    """The words kept beside a task's cells: the file's, and the task's own where the file says
    nothing new.
    """
    before = dict(task.unread) if task is not None else {}
    for code in changed:
        before.pop(code, None)
    return before | parsed_row.unread


def emptied_columns(parsed_row: ParsedRow, task: Task, codes: Iterable[str]) -> list[str]:
    """The columns that are filled here and empty in the file; they stay as they are."""
    emptied = []
    for code in codes:
        is_empty_in_file = code in COLUMN_BY_CODE and not parsed_row.texts.get(code)
        if is_empty_in_file and COLUMN_BY_CODE[code].cell(task):
            emptied.append(code)
    return emptied
