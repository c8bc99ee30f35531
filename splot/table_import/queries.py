"""Reads about imports: one by its address, what is remembered, whether the table moved on, what
came of it since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import get_language

from splot.core.models import Revision
from splot.core.values import Json, Values
from splot.core.versioned_json import check_json_version
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.models import StatusUpdate, Task, TaskState
from splot.people.models import Municipality
from splot.people.queries import within
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.spreadsheet_columns.schema import ColumnMeaning

from .joined_tables import join_tables
from .models import StoredPlan, StoredTable, TableImport
from .plan import LEAVE, TAKE, ImportPlan, PlannedRow, merge_choices, plan_import, task_rows
from .plan_json import deserialise_shown, deserialise_written
from .source_table import with_task_rows

Choices = dict[str, str]
PARTS, JOINED_VERSION = "parts", 1


def imports_of(policy: Policy) -> QuerySet[TableImport]:
    """The tables that were read for a policy, the newest first, without what stood in them."""
    rows = TableImport.objects.filter(plan__policy=policy)
    return rows.select_related("read_by").defer("notes", "columns", "choices", "applied")


def table_import_of(municipality: Municipality, term: str, number: int) -> TableImport:
    """An import by its number, or 404."""
    policy = policy_of(municipality, term)
    rows = TableImport.objects.filter(plan__policy=policy).select_related("plan", "read_by")
    return within(policy, rows, pk=number)


def changed_fields(
    table_import: TableImport,
    *,
    chosen: int | None = None,
    columns: Sequence[ColumnMeaning] | None = None,
    rows: Choices | None = None,
    names: Choices | None = None,
) -> Values:
    """The fields of an import as a person's choices change them; what is not given stays.

    Another table forgets the choices made for the one before.
    """
    values: Values = {}
    if chosen is not None and chosen != table_import.chosen:
        values = {"chosen": chosen, "columns": [], "choices": {}}
    if columns is not None:
        values["columns"] = [meaning.to_json() for meaning in columns]
    if rows is not None or names is not None:
        values["choices"] = merge_choices(table_import.choices, rows or {}, names or {})
    return values | _changed_counts(table_import, values)


def _changed_counts(table_import: TableImport, values: Values) -> Values:
    """How many rows and columns the chosen table has, where another one is chosen or its rows are
    sorted anew.
    """
    tasks = task_rows(values.get("choices", table_import.choices))
    chosen: int | None = values.get("chosen", table_import.chosen)
    is_as_before = "chosen" not in values and tasks == task_rows(table_import.choices)
    if chosen is None or is_as_before:
        return {}
    stored = tables_of(table_import).get(place=chosen)
    return {
        "row_count": stored.row_count + len(tasks.intersection(stored.other_rows)),
        "column_count": len(stored.headings),
    }


def tables_of(table_import: TableImport) -> QuerySet[StoredTable]:
    """The tables of a file without what stands in them."""
    return table_import.tables.defer("content")


def chosen_table(table_import: TableImport) -> SheetTable:
    """The table that was chosen of the file's tables, its rows as a person sorted them."""
    assert table_import.chosen is not None
    content = table_import.tables.get(place=table_import.chosen).content
    if parts := content.get(PARTS):
        check_json_version(content, JOINED_VERSION, "A table of several")
        rows = table_import.tables.filter(place__in=parts).order_by("place")
        table = join_tables([SheetTable.from_json(row.content) for row in rows])
    else:
        table = SheetTable.from_json(content)
    return with_task_rows(table, task_rows(table_import.choices))


def joined_content(parts: Sequence[int]) -> Json:
    """What is kept of a table that is several of a file's, by their places."""
    return {"version": JOINED_VERSION, PARTS: list(parts)}


def headings_of(table_import: TableImport) -> list[str]:
    """What stands above the columns of the chosen table."""
    assert table_import.chosen is not None
    headings: list[str] = tables_of(table_import).get(place=table_import.chosen).headings
    return headings


def table_fingerprint(policy: Policy) -> str:
    """What tells whether any row of the table was added or changed since somebody looked at it."""
    figures = Task.objects.filter(policy=policy).aggregate(
        rows=Count("pk"), last=Max("pk"), versions=Sum("version")
    )
    return "-".join(str(figures[name] or 0) for name in ("rows", "last", "versions"))


def revision_of_import(table_import: TableImport) -> int:
    """It is another one as soon as anything of the municipality has changed."""
    numbers = Revision.objects.filter(scope=table_import.municipality.slug)
    return numbers.values_list("number", flat=True).first() or 0


@dataclass(frozen=True)
class PreparedImport:
    """What a file would do, worked out before the writing begins; right as long as the `revision`
    is the same.
    """

    plan: ImportPlan
    revision: int


def prepare_import(
    table_import: TableImport, tell: Callable[[int], None] | None = None
) -> PreparedImport:
    """Work out all rows while others can still write."""
    revision = revision_of_import(table_import)
    return PreparedImport(plan_import(table_import, chosen_table(table_import), tell), revision)


def stored_plans_of(table_import: TableImport) -> QuerySet[StoredPlan]:
    """The plan that is kept of an import and right today, in the language of today; or none."""
    return StoredPlan.objects.filter(
        table_import=table_import,
        revision=revision_of_import(table_import),
        language=get_language() or settings.LANGUAGE_CODE,
    )


def shown_plan(table_import: TableImport) -> ImportPlan:
    """The plan to look at: the kept one, or worked out anew where something has changed since.

    The rows of a kept plan have no tasks and no values.
    """
    return _kept_plan(table_import) or prepare_import(table_import).plan


def _kept_plan(table_import: TableImport) -> ImportPlan | None:
    stored = stored_plans_of(table_import).values_list("shown", flat=True).first()
    return None if stored is None else deserialise_shown(stored)


def decided_rows(table_import: TableImport, rows: Choices) -> Choices:
    """Of the rows of a page as they are ticked, those that a person decided on. A row that stands
    as it was proposed follows its state, also when the choice of a name makes it sure. Where the
    table has changed since, what was proposed is not known, and all of them count.
    """
    before: Choices = table_import.choices.get("rows", {})
    decided = dict(rows)
    plan = _kept_plan(table_import)
    for row in plan.rows if plan else ():
        key = str(row.row)
        usual = TAKE if row.is_taken({}) else LEAVE
        if key not in before and decided.get(key) == usual:
            del decided[key]
    return decided


def planned_rows(table_import: TableImport) -> list[PlannedRow]:
    """The rows to write: of the kept plan, or worked out anew where something has changed since."""
    stored = stored_plans_of(table_import).values_list("written", flat=True).first()
    if stored is None:
        return prepare_import(table_import).plan.rows
    return deserialise_written(stored, table_import.plan)


def prepare_change(
    table_import: TableImport,
    *,
    columns: Sequence[ColumnMeaning] | None = None,
    rows: Choices | None = None,
    names: Choices | None = None,
) -> PreparedImport | None:
    """The plan as it will be with these choices, before they are saved; None where the kept plan
    stays right.
    """
    values = changed_fields(table_import, columns=columns, rows=rows, names=names)
    if not changes_plan(table_import, values) and stored_plans_of(table_import).exists():
        return None
    changed = copy(table_import)
    for name, value in values.items():
        setattr(changed, name, value)
    return prepare_import(changed)


def changes_plan(table_import: TableImport, values: Values) -> bool:
    """Whether changed fields of an import make another plan of it: which rows are taken does
    not.
    """
    if "chosen" in values or values.get("columns", table_import.columns) != table_import.columns:
        return True
    choices = values.get("choices", table_import.choices)
    if task_rows(choices) != task_rows(table_import.choices):
        return True
    choices_by_name = choices.get("names", {})
    stored = StoredPlan.objects.filter(table_import=table_import).values_list("names", flat=True)
    for names in stored:
        if any(choices_by_name.get(name, becomes) != becomes for name, becomes in names.items()):
            return True
    return False


def rows_changed_since(table_import: TableImport) -> list[Json]:
    """The rows that the import wrote and that somebody changed, or reported on, after it."""
    states = TaskState.objects.filter(task__plan__policy=table_import.plan.policy).order_by()
    last = dict(states.values_list("task").annotate(last=Max("pk")))
    updates = StatusUpdate.objects.filter(
        task__policy=table_import.plan.policy, created_at__gt=table_import.applied_at
    )
    reported = set(updates.values_list("task", flat=True))
    moved = [entry for entry in table_import.applied if last.get(entry["task"]) != entry["now"]]
    keys: set[int] = set()
    for entry in moved:
        keys.update(filter(None, (last.get(entry["task"]), entry["now"])))
    states_by_key = {}
    for state in TaskState.objects.filter(pk__in=keys):
        states_by_key[state.pk] = (state.data, state.is_archived)
    # a later file that was undone leaves a new state which says the same
    changed: set[int] = set()
    for entry in moved:
        newest = states_by_key.get(last.get(entry["task"], 0))
        if newest != states_by_key.get(entry["now"]):
            changed.add(entry["task"])
    touched = []
    for entry in table_import.applied:
        is_reported_on = entry["was"] is None and entry["task"] in reported
        if is_reported_on or entry["task"] in changed:
            touched.append(entry)
    return touched
