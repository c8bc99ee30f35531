"""Tables of files for the tests about reading them."""

from datetime import date
from decimal import Decimal
from typing import Any

from splot.documents.spreadsheets import read_sheets
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.actions.plans import add_group, start_plan
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    RoleLine,
    TargetLine,
    WindowLine,
)
from splot.implementation.models import ImplementationPlan, Task
from splot.indicators.actions import add_indicator
from splot.policy.models import Policy
from splot.spreadsheet_columns.recognise import recognise_columns
from splot.spreadsheet_columns.schema import ColumnMeaning
from splot.table_import.actions.apply import apply_import
from splot.table_import.actions.choices import change_import, start_import
from splot.table_import.columns import table_schema
from splot.table_import.context import load_context
from splot.table_import.models import TableImport
from splot.table_import.plan import ImportPlan, PlannedRow, plan_import
from splot.table_import.queries import table_fingerprint
from splot.table_import.source_table import find_source_tables
from tests import factories
from tests.documents.spreadsheets import make_xlsx
from tests.factories import text

Lines = list[list[Any]]


def table_of(rows: Lines) -> SheetTable:
    """The first table of a workbook with these rows, written and read."""
    return find_source_tables(read_sheets(make_xlsx(rows), "plan.xlsx"))[0]


def meanings(plan: ImplementationPlan, table: SheetTable) -> list[str]:
    """What each column seems to be, in short: "planned:2024:eu"."""
    schema = table_schema(context=load_context(plan))
    short: list[str] = []
    for column in recognise_columns(table, schema, {}):
        meaning = column.meaning
        parts = (meaning.code, meaning.options.get("year", ""), meaning.options.get("source", ""))
        short.append(":".join(parts).rstrip(":"))
    return short


def meanings_of(codes: list[str]) -> list[ColumnMeaning]:
    """The inverse of `meanings`."""
    parsed: list[ColumnMeaning] = []
    for short in codes:
        code, year, source = [*short.split(":"), "", ""][:3]
        parsed.append(table_schema().parse_meaning(code, {"year": year, "source": source}))
    return parsed


def unsaved_import(
    plan: ImplementationPlan, table: SheetTable, columns: list[str] | None = None, **choices: Any
) -> TableImport:
    """A reading, not saved, with columns as given or as they are recognised."""
    codes = columns or meanings(plan, table)
    return TableImport(
        municipality=plan.municipality,
        plan=plan,
        columns=[meaning.to_json() for meaning in meanings_of(codes)],
        choices=choices,
    )


def looked_at(
    plan: ImplementationPlan, rows: Lines, columns: list[str] | None = None, **choices: Any
) -> ImportPlan:
    return planned(plan, table_of(rows), columns, **choices)


def planned(
    plan: ImplementationPlan, table: SheetTable, columns: list[str] | None = None, **choices: Any
) -> ImportPlan:
    return plan_import(unsaved_import(plan, table, columns, **choices), table)


def one(plan: ImplementationPlan, heading: str, cell: Any, code: str) -> PlannedRow:
    """What a single cell under a heading becomes, beside a task's name."""
    rows = [["Lp.", "Zadanie", heading], [1, "Kurs", cell], [2, "Inne zadanie", None]]
    return looked_at(plan, rows, ["order", "title", code]).rows[0]


def full_task(plan: ImplementationPlan, **values: Any) -> Task:
    """A task with something in every column of the table."""
    town = plan.municipality
    people = add_indicator(
        by=None, municipality=town, name=text("Uczestnicy kursów"), unit=text("osoby")
    )
    partner = factories.organisation(town, "Fundacja Nauki", "ngo")
    leader = factories.user(town, "leader")
    first = factories.task(plan.policy, title=text("Diagnoza"))
    return factories.task(
        plan.policy,
        **{
            "title": text("Kurs języka polskiego", en="Polish course"),
            "audience": text("Dorośli\nMłodzież"),
            "lead": factories.organisation(town),
            "joint_leads": [factories.organisation(town, "Wydział Zdrowia")],
            "partners": [partner],
            "partner_roles": [RoleLine(partner, text("prowadzi zajęcia"))],
            "leader": leader,
            "timing": "dates",
            "windows": [
                WindowLine(date(2023, 1, 1), date(2023, 3, 31)),
                WindowLine(None, date(2024, 6, 30)),
            ],
            "groups": [add_group(by=None, municipality=town, name=text("osoby starsze"))],
            "depends_on": [first],
            "resources": [
                ResourceLine("people", text("lektor")),
                ResourceLine("no_cost", text("")),
            ],
            "targets": [TargetLine(people, Decimal(120), "2023", Decimal(80), "2022")],
            "budget": [
                MoneyLine("own", 2023, "staff", planned=Decimal(100), paid=Decimal(30)),
                MoneyLine("eu", 2023, "", planned=Decimal(50)),
                MoneyLine("own", None, currency="EUR", planned=Decimal(7)),
            ],
            "milestones": [
                MilestoneLine(text("Start"), date(2023, 2, 1)),
                MilestoneLine(text("Koniec")),
            ],
            "own_role": "coordinating",
            "priority": 2,
            "decision": "funded",
            "disposition": "continue",
            "risks": text("Brak chętnych"),
            "invitation": text("Otwarty nabór"),
            "monitoring": text("Listy obecności"),
            **values,
        },
    )


def saved_import(policy: Policy, rows: Lines) -> TableImport:
    """A reading with its columns confirmed, made by the actions alone."""
    plan = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    plan.policy, plan.municipality = policy, policy.municipality
    table = table_of(rows)
    table_import = start_import(by=None, plan=plan, file_name="plan.xlsx", tables=[table])
    columns = meanings_of(meanings(plan, table))
    return change_import(by=None, table_import=table_import, version=1, columns=columns)


def applied(policy: Policy, rows: Lines) -> TableImport:
    return apply_import(
        by=None, table_import=saved_import(policy, rows), version=2, seen=table_fingerprint(policy)
    )
