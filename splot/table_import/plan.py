"""A whole file beside the table: each row new, changed, the same or doubtful, and what has to be
decided or known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

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
    diff_task,
    drop_unchanged_cells,
    emptied_columns,
    merge_unparsed,
    preview_task,
)
from .context import ImportContext, UnmatchedName, load_context
from .match import RowMatch, file_findings, match_rows
from .models import TableImport
from .money_of_rows import MoneyKey, money_of
from .parse.parsed_row import ParsedRow
from .parse_table import parse_table
from .source_table import OtherRow, other_rows
from .task_values import TaskValues, task_values
from .totals import StatedSum, money_of_rows, stated_sums, without_totals
from .unknown_areas import doubt_unknown_areas

NEW, CHANGED, SAME, DOUBTFUL = "new", "changed", "same", "doubtful"
STATE_LABELS = {
    NEW: pgettext_lazy("row", "new"),
    CHANGED: pgettext_lazy("row", "changed"),
    SAME: pgettext_lazy("row", "the same"),
    DOUBTFUL: pgettext_lazy("row", "doubtful"),
}
TAKE, LEAVE, TAKE_AS_TASK = "take", "leave", "task"  # of a row; TASK: of one that seemed to be none
BATCH_SIZE = 500  # tasks fetched together


@dataclass
class PlannedRow:
    """What is to be written for one row. `values` are for `add_task`, or for `change_task` of
    `task`.

    `depends_on_rows` are rows of the file on whose tasks this one depends: {row: how the file names
    it}. `changes` are (column's name, old, new).
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
    depends_on_rows: dict[int, str] = field(default_factory=dict)
    can_be_taken: bool = True
    number: int | None = None  # of the task in the table
    name: str = ""  # by which a person finds the row
    code: str = ""  # the file's own
    area: str = ""  # in which the file has the row
    money: list[tuple[MoneyKey, Decimal]] = field(default_factory=list)  # that the file names

    def is_taken(self, choices: dict[str, str]) -> bool:
        """By a person's word; without one, what is new or changed without a doubt."""
        usual = TAKE if self.state in (NEW, CHANGED) else LEAVE
        chosen = choices.get(str(self.row), usual)
        return self.can_be_taken and (usual if chosen == TAKE_AS_TASK else chosen) == TAKE


@dataclass
class ImportPlan:
    """The rows of a file, what the file as a whole shows (`findings`), the rows that are no tasks
    (`others`).

    `unmatched_names` are names that are on no list yet, by their plain form; `sums` are those that
    the file states itself.
    """

    rows: list[PlannedRow]
    findings: list[str]
    others: list[OtherRow]
    unmatched_names: dict[str, UnmatchedName]
    sums: list[StatedSum] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counts = dict.fromkeys(STATE_LABELS, 0)
        for row in self.rows:
            counts[row.state] += 1
        return counts


def task_rows(choices: Json) -> set[int]:
    """The rows that seemed to be no tasks and are, by a person's word."""
    rows = set(map(int, choices.get("tasks", ())))
    for row, choice in choices.get("rows", {}).items():
        if choice == TAKE_AS_TASK:  # kept so before rows had a choice beside it
            rows.add(int(row))
    return rows


def merge_choices(before: Json, rows: Mapping[str, str], names: Mapping[str, str]) -> Json:
    """The choices with later ones. That a row is a task stays, whether it is then taken or left."""
    tasks = task_rows(before) | task_rows({"rows": rows})
    chosen: dict[str, str] = {}
    for row, choice in (*before.get("rows", {}).items(), *rows.items()):
        if choice != TAKE_AS_TASK:
            chosen[row] = choice
    return {
        "rows": chosen,
        "tasks": sorted(tasks),
        "names": {**before.get("names", {}), **names},
    }


def column_meanings(table_import: TableImport) -> list[ColumnMeaning]:
    """What each column is by a person's word, by place; none before somebody said so."""
    return list(map(table_schema().parse_json, table_import.columns))


def plan_import(
    table_import: TableImport, table: SheetTable, tell: Callable[[int], None] | None = None
) -> ImportPlan:
    """Everything that a table of the file would do to ours as it is now. `tell` hears how many rows
    are read.
    """
    meanings = column_meanings(table_import)
    context = load_context(table_import.plan, table_import.choices.get("names", {}))
    codes = [meaning.code for meaning in without_totals(meanings)]
    parsed_rows = parse_table(table, meanings, context, tell)
    sums = stated_sums(table, meanings, money_of_rows(parsed_rows), context)
    matches = match_rows(parsed_rows, context)
    findings = [*file_findings(parsed_rows), *doubt_unknown_areas(parsed_rows, context)]
    rows = list(_plan_rows(parsed_rows, matches, codes, context))
    _note_unticked_before(rows)
    others = list(other_rows(table))
    for stated in sums:
        if not stated.is_right:
            findings.append(
                _("Row %(row)s: %(doubt)s.") % {"row": stated.name, "doubt": stated.doubt()}
            )
    for other in others:
        other.doubts += [
            sum_.doubt() for sum_ in sums if sum_.row == other.number and not sum_.is_right
        ]
    return ImportPlan(rows, findings, others, context.unmatched_names, sums)


def _note_unticked_before(rows: Sequence[PlannedRow]) -> None:
    """Says of a row that it waits for one which is not proposed to be taken."""
    left = {row.row: row.name for row in rows if not row.is_taken({})}
    for row in rows:
        for number in row.depends_on_rows.keys() & left.keys():
            sentence = _("row %(row)s, which it comes after, is not ticked: the words stay")
            row.notes.append(sentence % {"row": left[number]})


def _plan_rows(
    parsed_rows: list[ParsedRow],
    matches: list[RowMatch],
    codes: list[str],
    context: ImportContext,
) -> Iterator[PlannedRow]:
    """What each row does. The rows are taken off the lists as they are planned: a long file has
    many, and their memory is needed.
    """
    while parsed_rows:
        here = list(zip(parsed_rows[:BATCH_SIZE], matches[:BATCH_SIZE], strict=True))
        del parsed_rows[:BATCH_SIZE], matches[:BATCH_SIZE]
        keys: set[int] = set()
        for __, match in here:
            keys.update(context.tasks[number].pk for number in match.depends_on)
            if match.task:
                keys.add(match.task.pk)
        rows = Task.objects.filter(pk__in=keys).select_related("plan")
        tasks = {task.pk: task for task in with_cells(rows, list(COLUMN_BY_CODE))} if keys else {}
        for task in tasks.values():
            share_parents(task, context.municipality, context.plan.policy)
        for parsed_row, match in here:
            yield _plan_row(parsed_row, match, tasks, codes, context)


def _plan_row(
    parsed_row: ParsedRow,
    match: RowMatch,
    tasks: dict[int, Task],
    codes: list[str],
    context: ImportContext,
) -> PlannedRow:
    task = tasks[match.task.pk] if match.task else None
    if task is not None:
        drop_unchanged_cells(parsed_row, task)
    values = task_values(parsed_row, task)
    depends_on = [tasks[context.tasks[number].pk] for number in match.depends_on]
    if match.depends_on or match.depends_on_rows:
        values["depends_on"] = depends_on
    changes: list[CellDifference] = []
    if task is not None:
        changes = diff_task(parsed_row, task, values)
        if match.depends_on_rows:
            values["depends_on"] = depends_on
        names = [column_label(code) for code in emptied_columns(parsed_row, task, codes)]
        if names:
            parsed_row.notes.append(
                _("empty in the file, stays as it is: %(columns)s") % {"columns": ", ".join(names)}
            )
    unread = merge_unparsed(parsed_row, task, [code for code, __, ___ in changes])
    if unread != (task.unread if task is not None else {}):
        values["unread"] = unread
    doubts = parsed_row.all_doubts()
    return PlannedRow(
        row=parsed_row.row.number,
        state=_row_state(task, values, doubts),
        title=parsed_row.title or (str(task.title) if task else ""),
        task=task,
        values=values,
        changes=_format_changes(changes, task, values),
        doubts=doubts,
        notes=parsed_row.all_notes(),
        unread=_label_unread(parsed_row),
        depends_on_rows=match.depends_on_rows,
        can_be_taken=bool(parsed_row.title or task),
        number=task.number if task else None,
        name=parsed_row.row.name,
        code=parsed_row.code,
        area=_area_of(parsed_row),
        money=money_of(parsed_row, values, is_new=task is None),
    )


def _area_of(parsed_row: ParsedRow) -> str:
    """The area that the file names for a row, else that of its first activity."""
    areas = [*parsed_row.areas, *(activity.area for activity in parsed_row.activities)]
    return str(areas[0].name) if areas else ""


def _label_unread(parsed_row: ParsedRow) -> list[tuple[str, str]]:
    """(column or heading, words) of all that was not understood; a code is kept in silence."""
    labelled: list[tuple[str, str]] = []
    for name, text in parsed_row.unread.items():
        if name != CODE:
            labelled.append((column_label(name) or name, text))
    return labelled


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
    lines: list[tuple[str, list[str], list[str]]] = []
    for code, old, new in changes:
        lines.append((column_label(code), [*map(str, old)], [*map(str, new)]))
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
