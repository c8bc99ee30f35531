"""The chosen rows of a spreadsheet are taken into the table, all or none, and undone as a whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import action, record
from splot.core.values import Json
from splot.implementation.actions.many_tasks import add_tasks, archive_tasks
from splot.implementation.actions.plans import add_group
from splot.implementation.actions.tasks import change_task
from splot.implementation.history import last_state_keys, save_states
from splot.implementation.models import ImplementationPlan, SensitiveGroup, Task, TaskState
from splot.implementation.restore import restored_values
from splot.people.actions import add_organisation
from splot.people.models import User
from splot.spreadsheet_columns.actions import remember_columns

from ..columns import table_schema
from ..models import TableImport
from ..plan import PlannedRow, column_meanings
from ..queries import (
    PreparedImport,
    headings_of,
    planned_rows,
    revision_of_import,
    rows_changed_since,
    table_fingerprint,
)
from ..task_values import TaskValues
from .saving import TableImportRefused, update_import


@action
def apply_import(
    *,
    by: User | None,
    table_import: TableImport,
    version: int,
    seen: str,
    prepared: PreparedImport | None = None,
) -> TableImport:
    """Write the chosen rows into the table: all of them, or nothing. `seen` is the table as the
    person saw it.

    Raises Conflict for an import that moved on, TableImportRefused for a table that did, or when
    nothing is chosen.
    """
    if table_import.applied_at:
        raise TableImportRefused(_("The rows of this file are in the table already."))
    table_import.plan.lock_table()
    if seen != table_fingerprint(table_import.plan.policy):
        raise TableImportRefused(
            _(
                "Somebody changed the table since you looked. Look at the rows again, then take "
                "them."
            )
        )
    is_right = prepared is not None and prepared.revision == revision_of_import(table_import)
    rows = prepared.plan.rows if prepared and is_right else planned_rows(table_import)
    taken = [row for row in rows if row.is_taken(table_import.choices.get("rows", {}))]
    _check_rows(taken)
    _create_named_rows(by, table_import.plan, taken)
    entries = _apply_rows(by, table_import.plan, taken)
    columns = zip(headings_of(table_import), column_meanings(table_import), strict=True)
    remember_columns(table_import.municipality, table_schema(), columns)
    table_import.stored_plans.all().delete()
    update_import(
        table_import,
        version,
        {"applied": entries, "applied_at": timezone.now(), "is_archived": False},
    )
    added = sum(entry["was"] is None for entry in entries)
    counts = {"added": [None, added], "changed": [None, len(entries) - added]}
    record(by=by, verb="table_import.applied", of=table_import, changes=counts)
    return table_import


def _check_rows(taken: Sequence[PlannedRow]) -> None:
    """Something is chosen, and no task twice."""
    if not taken:
        raise TableImportRefused(_("No row is chosen."))
    rows: dict[int, str] = {}
    for planned in taken:
        if (
            planned.task is not None
            and (first := rows.setdefault(planned.task.pk, planned.name)) != planned.name
        ):
            places = {"first": first, "second": planned.name, "number": planned.task.number}
            sentence = _(
                "Rows %(first)s and %(second)s are both task %(number)d. Take one of them."
            )
            raise TableImportRefused(sentence % places)


def _create_named_rows(
    by: User | None, plan: ImplementationPlan, taken: Iterable[PlannedRow]
) -> None:
    """Institutions and groups that the chosen rows name and nobody has; the rows then point to the
    saved ones.
    """
    seen: set[int] = set()
    for planned_row in taken:
        lists = (planned_row.values.get(name, ()) for name in ("joint_leads", "partners", "groups"))
        for row in (planned_row.values.get("lead"), *chain.from_iterable(lists)):
            if row is None or row.pk or id(row) in seen:
                continue
            seen.add(id(row))
            municipality, name = plan.municipality, row.name
            if isinstance(row, SensitiveGroup):
                row.pk = add_group(by=by, municipality=municipality, name=name).pk
            else:
                row.pk = add_organisation(
                    by=by, municipality=municipality, name=name, kind=row.kind
                ).pk
            row._state.adding = False


def _apply_rows(
    by: User | None,
    plan: ImplementationPlan,
    taken: Sequence[PlannedRow],
) -> list[dict[str, object]]:
    """What was done, as it is kept for undoing: each task's states before (None for a new task) and
    after.
    """
    existing: list[Task] = []
    new: list[PlannedRow] = []
    taken_rows = {planned.row for planned in taken}
    unmet = {planned.row: _unmet_words(planned, taken_rows) for planned in taken}
    values = {planned.row: _with_unmet_words(planned, unmet[planned.row]) for planned in taken}
    for planned in taken:
        if planned.task is None:
            new.append(planned)
        else:
            existing.append(planned.task)
    was = _ensure_states(existing)
    tasks: dict[int, Task] = {}
    if new:
        added = add_tasks(by=by, plan=plan, rows=[values[planned.row] for planned in new])
        for planned, task in zip(new, added, strict=True):
            tasks[planned.row] = task
    for planned in taken:
        if planned.task is not None:
            tasks[planned.row] = change_task(
                by=by, task=planned.task, version=planned.task.version, **values[planned.row]
            )
    _set_dependencies(by, taken, tasks)
    now = last_state_keys(tasks.values())
    entries: list[dict[str, object]] = []
    for planned in taken:
        task = tasks[planned.row]
        entries.append(
            {
                "row": planned.name,
                "task": task.pk,
                "number": task.number,
                "title": task.title.source_wording[:200],
                "was": None if planned.task is None else was[task.pk],
                "now": now[task.pk],
                "unmet": unmet[planned.row],
            }
        )
    return entries


def _unmet_words(planned: PlannedRow, taken_rows: Collection[int]) -> str:
    """What the file says that a row comes after, as far as that is in rows which are not taken; ""
    for nothing.
    """
    missing = [words for row, words in planned.depends_on_rows.items() if row not in taken_rows]
    return "; ".join(missing)


def _with_unmet_words(planned: PlannedRow, words: str) -> TaskValues:
    """What is written of a row: words on what it comes after and what is not there stay beside its
    task.
    """
    if not words:
        return planned.values
    before = planned.task.unread if planned.task is not None else {}
    unread = planned.values.get("unread", before)
    kept = "; ".join(filter(None, (unread.get("after", ""), words)))
    return {**planned.values, "unread": unread | {"after": kept}}


def _ensure_states(tasks: Sequence[Task]) -> dict[int, int]:
    """The keys of the tasks' last states; rows from before states were kept get one."""
    keys = last_state_keys(tasks)
    without = [task for task in tasks if task.pk not in keys]
    if without:
        save_states(without, None)
        keys |= last_state_keys(without)
    return keys


def _set_dependencies(by: User | None, taken: Iterable[PlannedRow], tasks: dict[int, Task]) -> None:
    """Which tasks come after others of the same file, once all of them are there."""
    for planned in taken:
        rows = [tasks[row] for row in planned.depends_on_rows if row in tasks]
        if rows:
            task = tasks[planned.row]
            depends_on = [*planned.values.get("depends_on", []), *rows]
            change_task(by=by, task=task, version=task.version, depends_on=depends_on)


@action
def undo_import(
    *, by: User | None, table_import: TableImport, version: int, anyway: bool = False
) -> TableImport:
    """Bring every row back to what it was, and take the added ones off the table.

    Rows that somebody changed since stay as they are: with `anyway` the others are undone, without
    it TableImportRefused. New institutions and groups stay on their lists. Raises Conflict.
    """
    if not table_import.applied_at or table_import.undone_at:
        raise TableImportRefused(_("There is nothing to undo."))
    tasks = _lock_tasks(table_import)  # before asking what became of them since
    changed_since = rows_changed_since(table_import)
    if changed_since and not anyway:
        numbers = ", ".join(str(entry["number"]) for entry in changed_since)
        raise TableImportRefused(
            _("Somebody changed tasks %(numbers)s since. Nothing was undone.")
            % {"numbers": numbers}
        )
    entries: list[Json] = []
    undone: list[Json] = []
    for entry in table_import.applied:
        is_undone = entry not in changed_since
        entries.append({**entry, "undone": is_undone})
        if is_undone:
            undone.append(entry)
    _restore_tasks(by, undone, tasks)
    update_import(table_import, version, {"applied": entries, "undone_at": timezone.now()})
    record(
        by=by,
        verb="table_import.undone",
        of=table_import,
        changes={"rows": [len(entries), len(entries) - len(undone)]},
    )
    return table_import


def _lock_tasks(table_import: TableImport) -> dict[int, Task]:
    """The tasks that the import wrote, by their keys."""
    keys = [entry["task"] for entry in table_import.applied]
    tasks = Task.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return {task.pk: task for task in tasks.select_related("municipality", "policy").order_by("pk")}


def _restore_tasks(by: User | None, entries: Sequence[Json], tasks: Mapping[int, Task]) -> None:
    """Added tasks leave the table, changed ones become what they were."""
    added: list[Task] = []
    changed: dict[int, Task] = {}  # {key of the state that it had: task}
    for entry in entries:
        task = tasks[entry["task"]]
        if entry["was"] is None:
            added.append(task)
        else:
            changed[entry["was"]] = task
    if added:
        archive_tasks(by=by, tasks=added)
    states = TaskState.objects.in_bulk(list(changed))
    for key, task in changed.items():
        values = restored_values(states[key].data)
        change_task(by=by, task=task, version=task.version, **values)
