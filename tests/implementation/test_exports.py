"""The table as files: what stands in them, what cannot stand in them, how they look in a
spreadsheet program.
"""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.spreadsheets import read_sheets
from splot.documents.spreadsheets.formulas import escape_formula, unescape_formula
from splot.implementation.exports.csv import csv_value
from splot.implementation.exports.xlsx import (
    add_style,
    escape_cell_text,
    new_workbook,
    styled_cell,
    workbook_bytes,
)
from splot.implementation.lines import MoneyLine
from splot.language.normalisation import normalise_text
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.documents import paper
from tests.documents.paper import is_accessible
from tests.factories import text
from tests.implementation.test_table import full_task

TABLE = "/en/poznan/policy/2023-2024/table"
ALL = "columns=activities,audience,lead,partners,when,priority,planned,committed,paid,targets"
TRIGGERS = ("=1+1", "+48 61", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1")


def get(form: str, query: str = "year=2023", language: str = "en") -> Any:
    return Client().get(f"{TABLE.replace('/en/', f'/{language}/')}.{form}?{query}")


def book(query: str = "year=2023") -> Any:
    return openpyxl.load_workbook(io.BytesIO(get("xlsx", query).content)).active


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.django_db
def test_dates_amounts_and_numbers_are_typed(policy: Policy) -> None:
    money = MoneyLine("own", 2023, planned=Decimal("12000.50"), paid=Decimal(0))
    full_task(
        policy,
        budget=[money, MoneyLine("eu", 2024, currency="EUR", planned=Decimal(700))],
        priority=2,
    )
    sheet = book(f"year=2023&{ALL}")
    head = [cell.value for cell in sheet[3]]
    cells = dict(zip(head, sheet[5], strict=True))
    assert cells["First day"].value.date() == date(2023, 2, 1)
    assert cells["Last day"].is_date
    assert cells["Money planned, PLN, 2023"].value == 12000.5
    assert cells["Money planned, PLN, 2023"].number_format == '#,##0.00\\ "PLN"'
    assert cells["Money planned, EUR, 2024"].number_format == '#,##0.00\\ "EUR"'
    assert cells["Money paid, PLN, 2023"].value == 0
    assert cells["Money committed, PLN"].value is None  # nobody gave one: that is not zero
    assert (cells["No."].value, cells["Order of priority"].value) == (1, 2)
    assert cells["Task"].value == "Kurs języka polskiego"


@pytest.mark.django_db
def test_the_sheet_is_ready_to_read_and_to_print(policy: Policy) -> None:
    full_task(policy)
    factories.task(policy, "3-2-1", title=text("Poradnia"))
    sheet = book()
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C4", "$3:$3")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref == "A3:M7"
    assert [sheet.cell(row, 1).value for row in range(4, 8)] == ["1. Edukacja", 1, "2. Praca", 2]
    assert [sheet.row_dimensions[row].outlineLevel for row in range(4, 8)] == [0, 1, 0, 1]
    assert sheet["B5"].alignment.wrap_text


@pytest.mark.django_db
def test_a_file_names_no_author_and_is_the_same_each_time(policy: Policy) -> None:
    full_task(policy)
    for form in ("xlsx", "docx", "pdf", "csv"):
        assert get(form).content == get(form).content, form
    with zipfile.ZipFile(io.BytesIO(get("xlsx").content)) as package:
        core = package.read("docProps/core.xml").decode()
    assert "creator" not in core and "openpyxl" not in core and "modified" not in core


@pytest.mark.django_db
@pytest.mark.parametrize("words", TRIGGERS)
def test_words_never_become_a_formula(policy: Policy, words: str) -> None:
    factories.task(policy, title=text(f"{words} zadanie"), audience=text(words))
    for row in book().iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "inlineStr", "n", "d"), cell.value
            assert cell.data_type in ("n", "d") or cell.number_format == "@" or cell.row < 3
    for row in rows_of(get("csv"))[1:]:
        assert not [
            cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        ]


INVISIBLE = [
    *("\ufeff", "\u200b", "\u2060", "\u00ad", "\u061c", "\u202e", "\u2066", "\U000e0001"),
    *("\x00", "\x0b", "\x1f", "\x85", " ", "\u00a0", "\u2003", "\u3000", "\u2028", "\u2029"),
    *("\u0301", "\ufe0f", "\u034f", "\u3164", "\u115f", "\uffa0", "\u2800", "\ufeff\u200b \t"),
]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "﹦", "﹢"])
@pytest.mark.parametrize("invisible", INVISIBLE, ids=ascii)
def test_no_sign_that_nobody_sees_hides_a_formula(invisible: str, sign: str) -> None:
    words = f"{invisible}{sign}1+1"
    assert csv_value(words, ",") == f"'{words}"
    assert unescape_formula(f"'{words}") == words
    assert csv_value(f"{invisible}zadanie {sign}", ",").lstrip("'") == f"{invisible}zadanie {sign}"


def test_control_without_the_guard_a_formula_would_stand_there() -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "=1+1"
    assert made.active["A1"].data_type == "f"
    assert escape_formula("=1+1") == "'=1+1"


@settings(deadline=None)  # a workbook takes as long as the machine lets it
@given(st.text(max_size=200))
def test_any_words_come_back_as_they_were(words: str) -> None:
    made = new_workbook("t", "pl")
    look = add_style(made, "Words", number_format="@")
    made.create_sheet("A").append([styled_cell(made.active, f"x{words}", look)])
    (sheet,) = read_sheets(workbook_bytes(made), "a.xlsx").sheets
    assert sheet.rows[0][0].text == normalise_text(f"x{words}")


def test_a_cell_never_holds_more_than_excel_can() -> None:
    assert len(escape_cell_text("ż" * 40_000)) == 32_000
    assert escape_cell_text("ż" * 40_000).endswith("…")


@pytest.mark.django_db
def test_csv_opens_in_a_polish_spreadsheet(policy: Policy) -> None:
    full_task(policy, budget=[MoneyLine("own", 2023, planned=Decimal("12000.50"))])
    answer = get("csv", "year=2023&columns=when,planned", "pl")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    row = rows_of(answer)[1]
    assert row[-1] == "12000,5"
    assert "2023-02-01" in row
    assert row[0] == "1. Edukacja"


@pytest.mark.django_db
def test_files_show_what_the_page_shows(policy: Policy) -> None:
    full_task(policy)
    factories.task(policy, "3-2-1", title=text("Poradnia"))
    query = "year=2023&area=2"
    assert [row[2] for row in rows_of(get("csv", query))[1:]] == ["Poradnia"]
    assert book(query)["B5"].value == "Poradnia"
    words = squeezed(docx.Document(io.BytesIO(get("docx", query).content)))
    assert "Poradnia" in words and "Kurs" not in words
    assert "only the tasks that fit the chosen filters" in book(query)["A2"].value
    assert "only the tasks" not in book()["A2"].value


def squeezed(document: Any) -> str:
    return " ".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )


@pytest.mark.django_db
def test_pdf_and_word_have_the_nine_columns_across_the_page(policy: Policy) -> None:
    full_task(policy)
    pdf = get("pdf").content
    assert is_accessible(pdf, "en")
    document = docx.Document(io.BytesIO(get("docx").content))
    assert len(document.tables[0].columns) == 9
    assert document.sections[-1].page_width > document.sections[-1].page_height
    for word in ("Fundacja Nauki", "Uczestnicy kursów", "Listy obecności"):
        assert word in squeezed(document)
        assert paper.squeezed(word) in paper.printed(pdf)


@pytest.mark.django_db
def test_an_empty_view_says_so(policy: Policy) -> None:
    for form in ("xlsx", "csv", "docx", "pdf"):
        assert get(form, "year=2023&words=nic").status_code == 200
    assert len(rows_of(get("csv", "year=2023&words=nic"))) == 1


@pytest.mark.django_db
def test_unknown_columns_forms_and_filters_do_no_harm(policy: Policy) -> None:
    full_task(policy)
    assert get("csv", "columns=nothing,=cmd&by=nobody&year=x&area=%00").status_code == 200
    assert get("exe").status_code == 404


@pytest.mark.django_db
def test_a_draft_stays_with_its_team(town: Municipality) -> None:
    factories.task(factories.policy(town, status="draft"), title=text("Tajne"))
    for form in ("xlsx", "csv", "docx", "pdf"):
        assert get(form).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_more_rows_take_no_more_queries(policy: Policy, form: str) -> None:
    full_task(policy)
    with CaptureQueriesContext(connection) as one:
        get(form, f"year=2023&{ALL}")
    for __ in range(20):
        full_task(policy)
    with CaptureQueriesContext(connection) as many:
        get(form, f"year=2023&{ALL}")
    assert len(many) == len(one)
