"""The table's own files, read back untouched, change nothing: in every format and language, and
after a spreadsheet program saved them once.
"""

import csv
import io
import re
from datetime import date
from html import escape
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils.translation import override

from splot.demonstration import load_demonstration
from splot.documents.spreadsheets.formulas import FORMULA_TRIGGERS
from splot.implementation.columns import COLUMNS
from splot.implementation.models import Task
from splot.implementation.queries import tasks_of
from splot.policy.models import Policy
from splot.table_import.dry_run import describe_import, table_for
from tests import factories
from tests.documents.spreadsheets import make_ods, saved
from tests.factories import text

pytestmark = pytest.mark.django_db
EVERY_COLUMN = ",".join(column.code for column in COLUMNS if column.code != "title")


def exported(policy: Policy, form: str, language: str, year: int, columns: str = "") -> bytes:
    path = f"/{language}/{policy.municipality.slug}/policy/{policy.term}/table.{form}"
    answer = Client().get(path, {"year": year, "columns": columns})
    assert answer.status_code == 200
    return answer.content


def faults_of(data: bytes, name: str, policy: Policy, language: str, tasks: int) -> list[Any]:
    """What reading a file back would change, doubt, leave over or lose."""
    with override(language):
        described = describe_import(data, name, table_for(policy))
    faults: list[Any] = list(filter(None, [described["refused"]]))
    seen = 0
    for table in described["tables"]:
        faults += [column for column in table["columns"] if not column["meaning"]]
        for row in table["rows"]:
            seen += row["state"] == "same"
            if row["state"] not in ("same", "group") or row["doubts"] or row["kept_words"]:
                faults.append(row)
    return faults if seen == tasks else [*faults, f"{seen} of {tasks} rows"]


def as_ods(data: bytes) -> bytes:
    """An Excel workbook as LibreOffice saves it in its own format."""
    rows = []
    for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True):
        cells = "".join(map(_ods_cell, row))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return make_ods(f'<table:table table:name="Tabela">{"".join(rows)}</table:table>')


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        day = f"{value:%Y-%m-%d}"
        kind, shown = f'date" office:date-value="{day}', day
    elif isinstance(value, (int, float)):
        kind, shown = f'float" office:value="{value}', str(value).replace(".", ",")
    else:
        kind, shown = "string", value
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f'<table:table-cell office:value-type="{kind}">{paragraphs}</table:table-cell>'


def as_saved_by_polish_excel(data: bytes) -> bytes:
    """Separated values after Excel opened them and saved them as CSV: days in the order of the
    country, Windows-1250, "?" for each sign that it lacks.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";")
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"):
        writer.writerow(map(_in_polish_order, row))
    return buffer.getvalue().encode("cp1250", "replace")


def _in_polish_order(cell: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return f"{date.fromisoformat(cell):%d.%m.%Y}"
    return cell


@pytest.mark.slow
def test_every_row_of_the_demonstration_comes_back_the_same() -> None:
    faults: dict[tuple[str, str, str], list[Any]] = {}
    for municipality in load_demonstration():
        for policy in filter(is_in_force, municipality.policies.all()):
            year = policy.years[0]
            tasks = tasks_of(policy, year).count()
            assert tasks > 5
            for name, data, language in files_of(policy, year):
                found = faults_of(data, name, policy, language, tasks)
                faults[municipality.slug, language, name] = found
    assert len(faults) == 2 * (3 * 3 + 6)
    assert {key: rows[:2] for key, rows in faults.items() if rows} == {}


def is_in_force(policy: Policy) -> bool:
    return policy.status == Policy.Status.IN_FORCE


def files_of(policy: Policy, year: int) -> Any:
    """(name, bytes, language) of each file that the table gives, as it is and saved once."""
    for form in ("csv", "xlsx", "docx"):
        for language in ("pl", "en", "uk"):
            yield f"whole.{form}", exported(policy, form, language, year, EVERY_COLUMN), language
        yield f"usual.{form}", exported(policy, form, "pl", year), "pl"
    workbook = exported(policy, "xlsx", "pl", year, EVERY_COLUMN)
    yield "saved.ods", as_ods(workbook), "pl"
    yield "saved.xlsx", saved(openpyxl.load_workbook(io.BytesIO(workbook))), "pl"
    values = exported(policy, "csv", "pl", year, EVERY_COLUMN)
    yield "saved.csv", as_saved_by_polish_excel(values), "pl"


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx"])
def test_words_that_look_like_something_else_come_back_the_same(policy: Policy, form: str) -> None:
    for number, trigger in enumerate(FORMULA_TRIGGERS):
        title = text(f"{trigger}Kurs numer {'abcdefghijk'[number]}".strip())
        factories.task(policy, title=title, audience=text(f"'{trigger}1+1; „to”, | i owo"))
    factories.task(policy, title=text("1. Punkt spotkań"), audience=text("nie podano wieku"))
    factories.task(
        policy, title=text("2024 rok w mieście"), audience=text("sep=;\n\n0012, 1e5, 1/2")
    )
    data = exported(policy, form, "pl", 2023, EVERY_COLUMN)
    assert (
        faults_of(data, f"a.{form}", policy, "pl", Task.objects.filter(policy=policy).count()) == []
    )


def test_signs_that_windows_lacks_are_no_change(policy: Policy) -> None:
    words = text("Olga Đorđević ≥ 2 годин")
    factories.task(policy, title=text("Kurs"), audience=words)
    data = as_saved_by_polish_excel(exported(policy, "csv", "pl", 2023, EVERY_COLUMN))
    assert b"? 2 ?????" in data
    assert faults_of(data, "a.csv", policy, "pl", 1) == []
    assert faults_of(data.replace(b"? 2 ?????", b"? 3 ?????"), "a.csv", policy, "pl", 1)


def test_a_task_that_a_document_prints_with_its_number_may_be_reworded(policy: Policy) -> None:
    factories.task(policy, title=text("Kurs języka polskiego dla dorosłych"))
    rows = "Zadanie;Dla kogo\n1. Kurs języka polskiego dla dorosłych osób;nie podano\n"
    described = describe_import(rows.encode(), "a.csv", table_for(policy))
    (row,) = described["tables"][0]["rows"]
    assert (row["state"], row["ticked"]) == ("changed", True)
    assert row["title"] == "Kurs języka polskiego dla dorosłych osób"


@pytest.mark.parametrize(("heading", "state"), [("Nr;", "same"), ("", "doubtful")])
def test_the_table_knows_the_status_of_its_own_tasks(
    policy: Policy, heading: str, state: str
) -> None:
    task = factories.task(policy, title=text("Kurs"))
    number = f"{task.number};" if heading else ""
    rows = f"{heading}Zadanie;Status\n{number}Kurs;odstąpiono od realizacji\n"
    (table,) = describe_import(rows.encode(), "a.csv", table_for(policy))["tables"]
    assert [row["state"] for row in table["rows"]] == [state]
