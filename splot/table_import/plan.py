"""A whole file beside the table: each row new, changed, the same or doubtful, and what has to be
decided or known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from splot.core.values import Json
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import COLUMN_BY_CODE, column_label
from splot.implementation.models import Task
from splot.implementation.queries import with_cells
from splot.people.queries import share_parents
from splot.spreadsheet_columns.schema import ColumnMeaning

from .column_headings import CODE
from .columns import table_schema
from .compare import (
    CellDifference,
    TaskValues,
    diff_task,
    drop_unchanged_cells,
    emptied_columns,
    merge_unparsed,
    preview_task,
    task_values,
)
from .context import ImportContext, UnmatchedName, load_context
from .match import RowMatch, file_findings, match_rows
from .models import TableImport
from .parse.rows import ParsedRow, keep_as_text, parse_row
from .source_table import other_rows, source_rows

NEW, CHANGED, SAME, DOUBTFUL = "new", "changed", "same", "doubtful"
STATE_LABELS = {
    NEW: pgettext_lazy("row", "new"),
    CHANGED: pgettext_lazy("row", "changed"),
    SAME: pgettext_lazy("row", "the same"),
    DOUBTFUL: pgettext_lazy("row", "doubtful"),
}
TAKE, LEAVE, TAKE_AS_TASK = "take", "leave", "task"  # of a row; TASK: of one that seemed to be none
BATCH_SIZE = 500  # tasks fetched together
PROGRESS_STEP = 100


@dataclass
class PlannedRow:
    """What is to be written for one row. `values` are for `add_task`, or for `change_task` of
    `task`.

    `waits_for_rows` are rows of the file whose tasks this one comes after. `changes` are (column's
    name, old, new).
    """

    row: int
    state: str
    title: str
    task: Task | None
    values: TaskValues
    changes: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    waits_for_rows: list[int] = field(default_factory=list)
    can_be_taken: bool = True
    number: int | None = None  # of the task in the table

    def is_taken(self, choices: dict[str, str]) -> bool:
        """By a person's word; without one, what is new or changed without a doubt."""
        usual = TAKE if self.state in (NEW, CHANGED) else LEAVE
        chosen = choices.get(str(self.row), usual)
        return self.can_be_taken and (usual if chosen == TAKE_AS_TASK else chosen) == TAKE


@dataclass
class ImportPlan:
    """The rows of a file, what the file as a whole shows (`findings`), the rows that are no tasks
    (`others`).

    `strangers` are names that are on no list yet, by their plain form.
    """

    proposals: list[PlannedRow]
    findings: list[str]
    others: list[tuple[int, str, str]]
    strangers: dict[str, UnmatchedName]

    @property
    def counts(self) -> dict[str, int]:
        counts = dict.fromkeys(STATE_LABELS, 0)
        for proposal in self.proposals:
            counts[proposal.state] += 1
        return counts


def task_rows(choices: Json) -> set[int]:
    """The rows that seemed to be no tasks and are, by a person's word."""
    return {int(row) for row, choice in choices.get("rows", {}).items() if choice == TAKE_AS_TASK}


def column_meanings(reading: TableImport) -> list[ColumnMeaning]:
    """What each column is by a person's word, by place; none before somebody said so."""
    return list(map(table_schema().parse_json, reading.columns))


def plan_import(
    reading: TableImport, table: SheetTable, tell: Callable[[int], None] | None = None
) -> ImportPlan:
    """Everything that a table of the file would do to ours as it is now. `tell` hears how many rows
    are read.
    """
    meanings = column_meanings(reading)
    known = load_context(reading.plan, reading.choices.get("names", {}))
    codes = [meaning.code for meaning in meanings]
    title = codes.index("title") if "title" in codes else None
    drafts = []
    for row in source_rows(table, title):
        drafts.append(parse_row(row, meanings, known))
        if tell is not None and len(drafts) % PROGRESS_STEP == 0:
            tell(len(drafts))
    for draft in drafts:
        keep_as_text(draft, meanings)
    matches = match_rows(drafts, known)
    proposals = list(_plan_rows(drafts, matches, codes, known))
    return ImportPlan(proposals, file_findings(drafts), list(other_rows(table)), known.strangers)


def _plan_rows(
    drafts: Sequence[ParsedRow], matches: Sequence[RowMatch], codes: list[str], known: ImportContext
) -> Iterator[PlannedRow]:
    for start in range(0, len(drafts), BATCH_SIZE):
        here = list(zip(drafts, matches, strict=True))[start : start + BATCH_SIZE]
        keys = {match.task.pk for __, match in here if match.task}
        keys |= {known.tasks[number].pk for __, match in here for number in match.waits_for}
        rows = Task.objects.filter(pk__in=keys).select_related("plan")
        tasks = {task.pk: task for task in with_cells(rows, list(COLUMN_BY_CODE))} if keys else {}
        for task in tasks.values():
            share_parents(task, known.municipality, known.plan.policy)
        for draft, match in here:
            yield _plan_row(draft, match, tasks, codes, known)


def _plan_row(
    draft: ParsedRow,
    match: RowMatch,
    tasks: dict[int, Task],
    codes: list[str],
    known: ImportContext,
) -> PlannedRow:
    task = tasks[match.task.pk] if match.task else None
    if task is not None:
        drop_unchanged_cells(draft, task)
    values = task_values(draft, task)
    depends_on = [tasks[known.tasks[number].pk] for number in match.waits_for]
    if match.waits_for or match.waits_for_rows:
        values["depends_on"] = depends_on
    changes: list[CellDifference] = []
    if task is not None:
        changes = diff_task(draft, task, values)
        if match.waits_for_rows:
            values["depends_on"] = depends_on
        names = [column_label(code) for code in emptied_columns(draft, task, codes)]
        if names:
            draft.notes.append(
                _("empty in the file, stays as it is: %(columns)s") % {"columns": ", ".join(names)}
            )
    unread = merge_unparsed(draft, task, [code for code, __, ___ in changes])
    if unread != (task.unread if task is not None else {}):
        values["unread"] = unread
    doubts = draft.all_doubts()
    return PlannedRow(
        row=draft.row.number,
        state=_row_state(task, values, doubts),
        title=draft.title or (str(task.title) if task else ""),
        task=task,
        values=values,
        changes=_format_changes(changes, task, values),
        doubts=doubts,
        notes=draft.all_notes(),
        unread=_label_unread(draft),
        waits_for_rows=match.waits_for_rows,
        can_be_taken=bool(draft.title or task),
        number=task.number if task else None,
    )


def _label_unread(draft: ParsedRow) -> list[tuple[str, str]]:
    """(column or heading, words) of all that was not understood; a code is kept in silence."""
    unread = {name: words for name, words in draft.unread.items() if name != CODE}
    return [(column_label(name) or name, words) for name, words in unread.items()]


def _row_state(task: Task | None, values: TaskValues, doubts: list[str]) -> str:
    if doubts:
        return DOUBTFUL
    if task is None:
        return NEW
    return CHANGED if values else SAME


def _format_changes(
    changes: list[CellDifference],
    task: Task | None,
    values: TaskValues,
) -> list[tuple[str, list[str], list[str]]]:
    """What a person compares: for a new task every cell that it fills, for another the cells that
    change.
    """
    if task is None:
        changes = _filled_cells(preview_task(None, values))
    lines = [(column_label(code), [*map(str, old)], [*map(str, new)]) for code, old, new in changes]
    before = task.unread if task is not None else {}
    for name, words in values.get("unread", {}).items():
        if task is not None and before.get(name) != words:
            label = _("%(column)s, words beside the cell") % {"column": column_label(name) or name}
            lines.append((label, [before[name]] if name in before else [], [words]))
    return lines


def _filled_cells(new_task: Task) -> list[CellDifference]:
    """The cells that a new task fills, but its title."""
    differences: list[CellDifference] = []
    for code, column in COLUMN_BY_CODE.items():
        lines = column.cell(new_task) if code != "title" else []
        if lines:
            differences.append((code, [], lines))
    return differences
