"""From a spreadsheet into the table: kept as it was read, taken over whole or not at all, undone as
a whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task as background

from splot.core.actions import Conflict, Refused, action, entry_by_idempotency_key, record
from splot.core.jobs import JobProgress, job_progress
from splot.core.values import Values
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.actions.history import save_states
from splot.implementation.actions.many_tasks import add_tasks, archive_tasks
from splot.implementation.actions.plans import add_group
from splot.implementation.actions.tasks import change_task, lock_table
from splot.implementation.history import last_state_keys
from splot.implementation.models import ImplementationPlan, SensitiveGroup, Task, TaskState
from splot.implementation.restore import restored_values
from splot.people.actions import add_organisation
from splot.people.models import User
from splot.people.queries import tie
from splot.policy.models import Policy

from .columns import ColumnMeaning
from .fuzzy import normalise_name
from .models import RememberedColumn, TableImport
from .plan import ImportPlan, PlannedRow, chosen_table, column_meanings, plan_import
from .queries import revision_of_import, rows_changed_since, table_fingerprint

# rows that are written while a person waits; more are written in the background
MAX_ROWS_IN_REQUEST = 150


class TableImportRefused(Refused):
    """The reading cannot be applied or undone as it is; the message says why."""


@action
def start_import(
    *,
    by: User | None,
    plan: ImplementationPlan,
    file_name: str,
    tables: Sequence[SheetTable],
    notes: Sequence[str] = (),
    idempotency_key: UUID | None = None,
) -> TableImport:
    """Keep the tables of a file; where there is only one it is chosen. Nothing of ours is
    changed.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return TableImport.objects.get(pk=done.object_id)
    kept = {"tables": [table.to_json() for table in tables], "notes": list(notes)}
    reading = TableImport.objects.create(
        municipality=plan.municipality,
        plan=plan,
        file_name=file_name[:200],
        table={**kept, "chosen": 0 if len(tables) == 1 else None},
        read_by=by,
    )
    record(by=by, verb="table.read", of=reading, idempotency_key=idempotency_key)
    return reading


@action
def change_import(
    *,
    by: User | None,
    reading: TableImport,
    version: int,
    chosen: int | None = None,
    columns: Sequence[ColumnMeaning] | None = None,
    rows: dict[str, str] | None = None,
    names: dict[str, str] | None = None,
) -> TableImport:
    """Say which table, what each column is, which rows are taken, what new names become. What is
    not given stays.

    Another table forgets the choices made for the one before. Raises Conflict, and ReadingRefused
    once applied.
    """
    _check_is_open(reading)
    values: Values = {}
    if chosen is not None and chosen != reading.table["chosen"]:
        values = {"table": {**reading.table, "chosen": chosen}, "columns": [], "choices": {}}
    if columns is not None:
        values["columns"] = [meaning.to_json() for meaning in columns]
    if rows is not None or names is not None:
        kept = reading.choices
        values["choices"] = {
            "rows": {**kept.get("rows", {}), **(rows or {})},
            "names": {**kept.get("names", {}), **(names or {})},
        }
    _update_import(reading, version, values)
    said = {"columns": values.get("columns"), "rows": rows, "names": names}
    changes = {name: [None, each] for name, each in said.items() if each}
    record(by=by, verb="reading.changed", of=reading, changes=changes)
    return reading


@action
def archive_import(
    *, by: User | None, reading: TableImport, version: int, away: bool
) -> TableImport:
    """Put a file aside whose rows nobody means to take, or take it up again. Raises Conflict, and
    ReadingRefused.
    """
    _check_is_open(reading)
    _update_import(reading, version, {"is_put_away": away})
    record(by=by, verb="reading.put_away" if away else "reading.taken_up", of=reading)
    return reading


def _check_is_open(reading: TableImport) -> None:
    if reading.applied_at:
        raise TableImportRefused(_("The rows of this file are in the table already."))
    if import_progress(reading).is_working:
        raise TableImportRefused(_("This file is being worked on already."))


def _update_import(reading: TableImport, version: int, values: Values) -> None:
    """Set fields, if the reading still has the version that the writer saw. The trail does not keep
    whole tables.
    """
    rows = TableImport.objects.filter(pk=reading.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        current = TableImport.objects.select_related("plan").get(pk=reading.pk)
        raise Conflict(tie(current, reading.plan.policy))
    reading.version = version + 1
    for name, value in values.items():
        setattr(reading, name, value)


@dataclass(frozen=True)
class PreparedImport:
    """What a file would do, worked out before the writing begins; right as long as the `revision`
    is the same.
    """

    preview: ImportPlan
    revision: int | None


def prepare_import(reading: TableImport) -> PreparedImport:
    """Work out all rows while others can still write, and say now and then how many are done."""

    def tell(rows: int) -> None:
        TableImport.objects.filter(pk=reading.pk).update(prepared=rows)

    revision = revision_of_import(reading)
    return PreparedImport(plan_import(reading, tell), revision)


@action
def apply_import(
    *,
    by: User | None,
    reading: TableImport,
    version: int,
    seen: str,
    prepared: PreparedImport | None = None,
) -> TableImport:
    """Write the chosen rows into the table: all of them, or nothing. `seen` is the table as the
    person saw it.

    Raises Conflict for a reading that moved on, ReadingRefused for a table that did, or when
    nothing is chosen.
    """
    if reading.applied_at:
        raise TableImportRefused(_("The rows of this file are in the table already."))
    lock_table(reading.plan)
    if seen != table_fingerprint(reading.plan.policy):
        raise TableImportRefused(
            _(
                "Somebody changed the table since you looked. Look at the rows again, then take "
                "them."
            )
        )
    is_right = prepared is not None and prepared.revision == revision_of_import(reading)
    made = prepared.preview if prepared and is_right else plan_import(reading)
    proposals = made.proposals
    taken = [each for each in proposals if each.is_taken(reading.choices.get("rows", {}))]
    _check_rows(taken)
    _create_named_rows(by, reading.plan, taken)
    entries = _apply_rows(by, reading.plan, taken)
    _remember_columns(reading)
    _update_import(
        reading, version, {"applied": entries, "applied_at": timezone.now(), "is_put_away": False}
    )
    added = sum(entry["was"] is None for entry in entries)
    told = {"added": [None, added], "changed": [None, len(entries) - added]}
    record(by=by, verb="reading.applied", of=reading, changes=told)
    return reading


def _check_rows(taken: Sequence[PlannedRow]) -> None:
    """Something is chosen, and no task twice."""
    if not taken:
        raise TableImportRefused(_("No row is chosen."))
    rows: dict[int, int] = {}
    for each in taken:
        if each.task is not None and (first := rows.setdefault(each.task.pk, each.row)) != each.row:
            places = {"first": first, "second": each.row, "number": each.task.number}
            sentence = _(
                "Rows %(first)d and %(second)d are both task %(number)d. Take one of them."
            )
            raise TableImportRefused(sentence % places)


def _create_named_rows(
    by: User | None, plan: ImplementationPlan, taken: Iterable[PlannedRow]
) -> None:
    """Institutions and groups that the chosen rows name and nobody has; the rows then point to the
    saved ones.
    """
    seen: set[int] = set()
    for proposal in taken:
        lists = (proposal.values.get(name, ()) for name in ("joint_leads", "partners", "groups"))
        for row in (proposal.values.get("lead"), *chain.from_iterable(lists)):
            if row is None or row.pk or id(row) in seen:
                continue
            seen.add(id(row))
            town, name = plan.municipality, row.name
            if isinstance(row, SensitiveGroup):
                row.pk = add_group(by=by, municipality=town, name=name).pk
            else:
                row.pk = add_organisation(by=by, municipality=town, name=name, kind=row.kind).pk
            row._state.adding = False


def _apply_rows(
    by: User | None,
    plan: ImplementationPlan,
    taken: Sequence[PlannedRow],
) -> list[dict[str, object]]:
    """What was done, as it is kept for undoing: each task's states before (None for a new task) and
    after.
    """
    known = [each.task for each in taken if each.task is not None]
    was = last_state_keys(known)
    # rows from before states were kept
    if unkept := [task for task in known if task.pk not in was]:
        save_states(unkept, None)
        was |= last_state_keys(unkept)
    new = [each for each in taken if each.task is None]
    added = add_tasks(by=by, plan=plan, rows=[each.values for each in new]) if new else []
    tasks = {each.row: task for each, task in zip(new, added, strict=True)}
    for each in taken:
        if each.task is not None:
            tasks[each.row] = change_task(
                by=by, task=each.task, version=each.task.version, **each.values
            )
    _set_dependencies(by, taken, tasks)
    now = last_state_keys(tasks.values())
    return [
        {
            "row": each.row,
            "task": task.pk,
            "number": task.number,
            "title": task.title.words[:200],
            "was": None if each.task is None else was[task.pk],
            "now": now[task.pk],
        }
        for each in taken
        if (task := tasks[each.row])
    ]


def _set_dependencies(by: User | None, taken: Iterable[PlannedRow], tasks: dict[int, Task]) -> None:
    """Which tasks come after others of the same file, once all of them are there."""
    for each in taken:
        rows = [tasks[row] for row in each.waits_for_rows if row in tasks]
        if rows:
            task = tasks[each.row]
            depends_on = [*each.values.get("depends_on", []), *rows]
            change_task(by=by, task=task, version=task.version, depends_on=depends_on)


def _remember_columns(reading: TableImport) -> None:
    """What each heading meant, for the next file."""
    table = chosen_table(reading)
    for heading, meaning in zip(table.header, column_meanings(reading), strict=True):
        if key := normalise_name(heading)[:200]:
            RememberedColumn.objects.update_or_create(
                municipality=reading.municipality, heading=key, defaults=meaning.to_json()
            )


@action
def undo_import(
    *, by: User | None, reading: TableImport, version: int, anyway: bool = False
) -> TableImport:
    """Bring every row back to what it was, and take the added ones off the table.

    Rows that somebody changed since stay as they are: with `anyway` the others are undone, without
    it ReadingRefused. New institutions and groups stay on their lists. Raises Conflict.
    """
    if not reading.applied_at or reading.undone_at:
        raise TableImportRefused(_("There is nothing to undo."))
    keys = [entry["task"] for entry in reading.applied]
    held = (
        Task.objects.select_for_update(of=("self",))
        .select_related("municipality", "policy")
        .order_by("pk")
    )
    # before asking what became of them since
    tasks = {task.pk: task for task in held.filter(pk__in=keys)}
    moved_on = {entry["task"] for entry in rows_changed_since(reading)}
    if moved_on and not anyway:
        numbers = ", ".join(
            str(entry["number"]) for entry in reading.applied if entry["task"] in moved_on
        )
        raise TableImportRefused(
            _("Somebody changed tasks %(numbers)s since. Nothing was undone.")
            % {"numbers": numbers}
        )
    entries = [{**entry, "undone": entry["task"] not in moved_on} for entry in reading.applied]
    wanted = [entry for entry in entries if entry["undone"]]
    states = TaskState.objects.in_bulk([entry["was"] for entry in wanted if entry["was"]])
    added = [tasks[entry["task"]] for entry in wanted if entry["was"] is None]
    if added:
        archive_tasks(by=by, tasks=added)
    for entry in wanted:
        if entry["was"] is not None:
            task = tasks[entry["task"]]
            change_task(
                by=by, task=task, version=task.version, **restored_values(states[entry["was"]].data)
            )
    _update_import(reading, version, {"applied": entries, "undone_at": timezone.now()})
    record(
        by=by,
        verb="reading.undone",
        of=reading,
        changes={"rows": [len(entries), len(entries) - len(wanted)]},
    )
    return reading


def import_progress(reading: TableImport) -> JobProgress:
    """The last work on a reading, with the rows that are worked out; one query."""
    total = (
        0
        if reading.applied_at
        else len(chosen_table(reading).data)
        if reading.table["chosen"] is not None
        else 0
    )
    broken = _("The work stopped without an answer. Nothing was written; you can start it again.")
    done = min(reading.prepared, total)
    return job_progress(run_import, reading=reading.pk, done=done, total=total, broken=broken)


@action
def enqueue_import(*, by: User | None, reading: TableImport, version: int, **asked: Any) -> None:
    """Let the background apply a long reading (`seen`) or undo it (`anyway`). Raises
    ReadingRefused, Conflict.
    """
    if import_progress(reading).is_working:
        raise TableImportRefused(_("This file is being worked on already."))
    if not TableImport.objects.filter(pk=reading.pk, version=version).update(prepared=0):
        raise Conflict(TableImport.objects.get(pk=reading.pk))
    record(by=by, verb="reading.work_started", of=reading)
    person, language = by.pk if by else None, translation.get_language()
    run_import.enqueue(
        reading=reading.pk,
        version=version,
        asked=asked,
        by=person,
        language=language,
    )


@background()
def run_import(
    *,
    reading: int,
    version: int,
    asked: Values,
    by: int | None,
    language: str | None,
) -> dict[str, str]:
    """Apply or undo a reading. Gives {"why": what stood in the way, "" for nothing}; safe to
    repeat.
    """
    row = TableImport.objects.select_related("plan__policy__municipality").get(pk=reading)
    policy: Policy = row.plan.policy
    person = User.objects.filter(pk=by).first() if by else None
    tie(row, policy)
    with translation.override(language):
        try:
            if "seen" in asked:
                apply_import(
                    by=person, reading=row, version=version, prepared=prepare_import(row), **asked
                )
            else:
                undo_import(by=person, reading=row, version=version, **asked)
        except Refused as refusal:
            return {"why": str(refusal)}
        except Conflict:
            return {
                "why": _(
                    "Somebody else changed the choices meanwhile. Look at them, then start again."
                )
            }
    return {"why": ""}
