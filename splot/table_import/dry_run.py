"""What an import of a file would do, as plain values; nothing is kept and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from splot.core.values import Json
from splot.documents.intake.refusals import UnreadableDocument
from splot.documents.spreadsheets.row_kinds import CONTINUED, DATA, GROUP, HEADER, SUM
from splot.documents.spreadsheets.tables import SheetTable, TableRow
from splot.implementation.cells import related_rows
from splot.implementation.columns import MONEY_FIGURES
from splot.implementation.models import BudgetLine, ImplementationPlan, Task
from splot.implementation.queries import plan_of
from splot.language.normalisation import normalise_spaces
from splot.people.queries import share_parents
from splot.policy.models import Policy
from splot.spreadsheet_columns.forms import SURE
from splot.spreadsheet_columns.queries import remembered_columns
from splot.spreadsheet_columns.recognise import RecognisedColumn, recognise_columns
from splot.spreadsheet_columns.schema import ImportSchema

from .columns import table_schema
from .compare import preview_task
from .context import load_context
from .joined_tables import PART_STEP, join_tables
from .models import TableImport
from .parser import ParsedFile, parse_file_sandboxed
from .plan import DOUBTFUL, ImportPlan, PlannedRow, plan_import
from .source_row import ITEM_STEP

LEFT_OUT = "left_out"
UNSTATED = ("", BudgetLine.Source.UNSTATED)
STATE_OF_KIND = {GROUP: "group", SUM: "sum"}


def table_for(
    policy: Policy, starts: int | None = None, ends: int | None = None
) -> ImplementationPlan:
    """The table of a policy, or one that is not saved: for other years, or where there is none."""
    plan = plan_of(policy)
    if plan is None or starts is not None or ends is not None:
        plan = ImplementationPlan(
            municipality=policy.municipality,
            policy=policy,
            starts=starts or policy.starts,
            ends=max(ends or policy.ends, starts or policy.starts),
        )
    return share_parents(plan, policy, policy.municipality)


def describe_import(data: bytes, name: str, plan: ImplementationPlan) -> Json:
    """Everything that importing a file into a table would do, as its columns are recognised.

    {"file", "refused", "notes", "tables"}: see docs/reference/commands.md.
    """
    described: Json = {"file": name, "refused": None, "notes": [], "tables": []}
    try:
        return described | describe_tables(parse_file_sandboxed(data, name), plan)
    except UnreadableDocument as refusal:
        return described | {"refused": str(refusal)}


def describe_tables(parsed: ParsedFile, plan: ImplementationPlan) -> Json:
    """As `describe_import`, of a file that is parsed already; without its name."""
    described: Json = {"refused": None, "notes": [*parsed.notes], "tables": []}
    if not parsed.tables:
        return described | {"refused": _("There is no table with rows in this file.")}
    for table in _tables_to_take(parsed):
        described["notes"] += [note for note in table.notes if note not in described["notes"]]
        described["tables"].append(_describe_table(table, plan, described["notes"]))
    return described


def _tables_to_take(parsed: ParsedFile) -> Iterator[SheetTable]:
    """Those that are one as one, then the others."""
    taken: set[int] = set()
    for parts in parsed.joined:
        taken.update(parts)
        yield join_tables([parsed.tables[at] for at in parts])
    for at, table in enumerate(parsed.tables):
        if at not in taken:
            yield table


def _describe_table(table: SheetTable, plan: ImplementationPlan, notes: list[str]) -> Json:
    context = load_context(plan)
    schema = table_schema(plan.policy.years, context)
    columns = recognise_columns(table, schema, remembered_columns(plan.municipality, schema))
    described: Json = {
        "name": table.sheet,
        "columns": list(map(_describe_column, columns)),
    }
    codes = {column.meaning.code for column in columns}
    if codes.isdisjoint(schema.one_of):
        notes.append(
            _("“%(table)s”: no column is recognised as the task; its rows are left out.")
            % {"table": table.sheet}
        )
        rows = [_describe_other_row(row, LEFT_OUT) for row in table.rows if row.kind != HEADER]
        return described | {"rows": rows}
    table_import = TableImport(
        municipality=plan.municipality,
        plan=plan,
        columns=[column.meaning.to_json() for column in columns],
    )
    import_plan = plan_import(table_import, table)
    _doubt_contested(import_plan, table, columns, schema)
    notes += import_plan.findings
    return described | {"rows": _describe_rows(table, import_plan)}


def _doubt_contested(
    import_plan: ImportPlan,
    table: SheetTable,
    columns: Sequence[RecognisedColumn],
    schema: ImportSchema,
) -> None:
    """Rows with words in a column that a person would be asked about."""
    contested = {column.number: column.contested for column in columns if column.contested}
    cells = {row.number: row.cells for row in table.rows}
    for row in import_plan.rows:
        for number, code in contested.items():
            if cells[row.row % ITEM_STEP][number]:
                label = schema.field_by_code[code].label
                words = {"heading": normalise_spaces(table.header[number]), "name": label}
                row.doubts.append(
                    _("%(heading)s: it has to be said whether this is “%(name)s”") % words
                )
                row.state = DOUBTFUL


def _describe_column(column: RecognisedColumn) -> Json:
    return {
        "heading": normalise_spaces(column.heading),
        "meaning": column.meaning.code or None,
        "options": dict(column.meaning.options),
        "sure": column.confidence >= SURE,
    }


def _describe_rows(table: SheetTable, import_plan: ImportPlan) -> list[Json]:
    """The rows in the order of the file; those that are no tasks among them."""
    planned: dict[int, list[PlannedRow]] = {}
    for planned_row in import_plan.rows:
        planned.setdefault(planned_row.row % ITEM_STEP, []).append(planned_row)
    others = {other.number: other for other in import_plan.others}
    rows: list[Json] = []
    for row in table.rows:
        if row.number in planned:
            rows += [_describe_planned_row(row, each) for each in planned[row.number]]
        elif row.kind not in (DATA, HEADER, CONTINUED):
            described = _describe_other_row(row, STATE_OF_KIND.get(row.kind, LEFT_OUT))
            rows.append(described | {"doubts": others[row.number].doubts})
    return rows


def _describe_other_row(row: TableRow, state: str) -> Json:
    texts = dict.fromkeys(cell.one_line for cell in row.cells if cell)
    return _empty_row(row, state) | {"title": " · ".join(texts)}


def _empty_row(row: TableRow, state: str) -> Json:
    return {
        "row": row.number % PART_STEP,
        "sheet": row.sheet or None,
        "state": state,
        "ticked": False,
        "title": "",
        "code": None,
        "area": None,
        "lead": None,
        "partners": [],
        "joint_leads": [],
        "starts": None,
        "due": None,
        "timing": None,
        "windows": [],
        "money": [],
        "doubts": [],
        "kept_words": {},
    }


def _describe_planned_row(source: TableRow, row: PlannedRow) -> Json:
    """A task as it would be, and what is to be looked at before."""
    task = preview_task(row.task, row.values)
    windows = _windows_of(task)
    joint_leads = related_rows(task, "joint_leads")
    starts = [first for first, __ in windows]
    ends = [last for __, last in windows]
    return _empty_row(source, row.state) | {
        "ticked": row.is_taken({}),
        "title": row.title,
        "code": row.code or None,
        "area": row.area or None,
        "lead": str(task.lead.name) if task.lead else None,
        "partners": [str(row.name) for row in (*joint_leads, *related_rows(task, "partners"))],
        "joint_leads": [str(row.name) for row in joint_leads],
        "starts": min(filter(None, starts), default=None) if all(starts) else None,
        "due": max(filter(None, ends), default=None) if all(ends) else None,
        "timing": task.timing,
        "windows": windows,
        "money": _money_of(task),
        "doubts": [*row.doubts],
        "kept_words": dict(row.unread),
    }


def _windows_of(task: Task) -> list[list[str | None]]:
    """[first day, last day] of each stretch of time."""
    spans = [(window.starts, window.due) for window in related_rows(task, "windows")]
    if not spans and (task.starts or task.due):
        spans = [(task.starts, task.due)]
    return [[day and day.isoformat() for day in span] for span in spans]


def _money_of(task: Task) -> list[Json]:
    """Each figure of the money on its own."""
    money: list[Json] = []
    for line in related_rows(task, "budget"):
        for figure in MONEY_FIGURES:
            amount = getattr(line, figure)
            if amount is not None:
                money.append(
                    {
                        "year": line.year,
                        "source": None if line.source in UNSTATED else line.source,
                        "figure": figure,
                        "amount": f"{amount:.2f}",
                        "currency": line.currency,
                    }
                )
    return money


def description_lines(described: Json) -> Iterator[str]:
    """What was described, for a person at a terminal."""
    yield from (f"! {note}" for note in described["notes"])
    for table in described["tables"]:
        yield f"{table['name']}: {', '.join(map(_column_line, table['columns']))}"
        for row in table["rows"]:
            mark = "x" if row["ticked"] else " "
            yield f"  [{mark}] {row['row']:>4} {row['state']:9} {row['title'][:80]}"
            yield from (f"             ! {doubt}" for doubt in row["doubts"])


def _column_line(column: Json) -> str:
    unsure = "" if column["sure"] else "?"
    return f"{column['heading']} = {column['meaning'] or '-'}{unsure}"
