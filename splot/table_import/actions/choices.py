"""A spreadsheet is kept as it was read, and a person says what becomes of it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from splot.core.actions import action, entry_by_idempotency_key, record
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.models import ImplementationPlan
from splot.people.models import User
from splot.spreadsheet_columns.schema import ColumnMeaning

from ..joined_tables import join_tables
from ..models import StoredTable, TableImport
from ..queries import PreparedImport, changed_fields, changes_plan, joined_content
from ..source_table import other_rows
from .background import import_progress
from .saving import TableImportRefused, keep_plan, update_import


@action
def start_import(
    *,
    by: User | None,
    plan: ImplementationPlan,
    file_name: str,
    tables: Sequence[SheetTable],
    joined: Sequence[Sequence[int]] = (),
    notes: Sequence[str] = (),
    idempotency_key: UUID | None = None,
) -> TableImport:
    """Keep the tables of a file, and before them those that `joined` makes of several by their
    places; where there is only one, or all are one, it is chosen. Nothing of ours is changed.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return TableImport.objects.get(pk=done.object_id)
    shown = [join_tables([tables[at] for at in parts]) for parts in joined]
    shown += tables
    is_one = len(tables) == 1 or (len(joined) == 1 and len(joined[0]) == len(tables))
    only = shown[0] if is_one else None
    table_import = TableImport.objects.create(
        municipality=plan.municipality,
        plan=plan,
        file_name=file_name[:200],
        notes=list(notes),
        chosen=0 if only else None,
        row_count=len(only.data) if only else 0,
        column_count=len(only.header) if only else 0,
        read_by=by,
    )
    stored = [_stored_table(table_import, place, table) for place, table in enumerate(shown)]
    for table, parts in zip(stored, joined, strict=False):
        table.content = joined_content([len(joined) + at for at in parts])
    StoredTable.objects.bulk_create(stored)
    record(by=by, verb="table_import.started", of=table_import, idempotency_key=idempotency_key)
    return table_import


def _stored_table(table_import: TableImport, place: int, table: SheetTable) -> StoredTable:
    return StoredTable(
        municipality=table_import.municipality,
        table_import=table_import,
        place=place,
        sheet=table.sheet,
        title=" ".join(table.title_rows)[:200],
        headings=table.header,
        row_count=len(table.data),
        line_count=len(table.rows),
        other_rows=[row.number for row in other_rows(table)],
        content=table.to_json(),
    )


@action
def change_import(
    *,
    by: User | None,
    table_import: TableImport,
    version: int,
    chosen: int | None = None,
    columns: Sequence[ColumnMeaning] | None = None,
    rows: dict[str, str] | None = None,
    names: dict[str, str] | None = None,
    prepared: PreparedImport | None = None,
) -> TableImport:
    """Say which table, what each column is, which rows are taken, what new names become. What is
    not given stays.

    `prepared` is the plan with these choices, worked out before (`prepare_change`). Another table
    forgets the choices made for the one before. Raises Conflict, and TableImportRefused once
    applied.
    """
    check_is_open(table_import)
    values = changed_fields(table_import, chosen=chosen, columns=columns, rows=rows, names=names)
    is_changed = changes_plan(table_import, values)
    update_import(table_import, version, values)
    keep_plan(table_import, prepared, is_changed=is_changed)
    choices = {"columns": values.get("columns"), "rows": rows, "names": names}
    changes = {name: [None, choice] for name, choice in choices.items() if choice}
    record(by=by, verb="table_import.changed", of=table_import, changes=changes)
    return table_import


@action
def archive_import(
    *, by: User | None, table_import: TableImport, version: int, is_archived: bool
) -> TableImport:
    """Archive a file whose rows nobody means to take, or restore it. Raises Conflict, and
    TableImportRefused.
    """
    check_is_open(table_import)
    update_import(table_import, version, {"is_archived": is_archived})
    keep_plan(table_import)
    record(
        by=by,
        verb="table_import.archived" if is_archived else "table_import.restored",
        of=table_import,
    )
    return table_import


def check_is_open(table_import: TableImport) -> None:
    if table_import.applied_at:
        raise TableImportRefused(_("The rows of this file are in the table already."))
    if import_progress(table_import).is_working:
        raise TableImportRefused(_("This file is being worked on already."))
