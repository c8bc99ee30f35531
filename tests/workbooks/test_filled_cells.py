"""Sheets for institutions: which cells they may fill, and what each brings into the table."""

import csv
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from splot.implementation.lines import MoneyLine
from splot.implementation.models import StatusUpdate, Task, TaskState
from splot.implementation.states import serialise_task
from splot.workbooks.actions.workbooks import issue_workbooks
from splot.workbooks.models import IssuedWorkbook
from splot.workbooks.write import workbook_xlsx
from tests import factories
from tests.factories import text
from tests.workbooks.factories import NEWS, City, filled, last, opened, place, states

pytestmark = pytest.mark.django_db


def test_a_workbook_opens_only_the_cells_of_those_who_lead(city: City) -> None:
    book = opened(city.sheet(city.ngo))
    assert [
        place(book, 1, code).protection.locked for code in ("title", "status", "paid", "remark")
    ] == [
        True,
        True,
        True,
        False,
    ]
    book = opened(city.sheet())
    for number in (1, 2, 3):
        assert not place(book, number, "narrative").protection.locked
        assert place(book, number, "title").protection.locked
    assert book.worksheets[0].protection.sheet and book.security.lockStructure
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]
    assert {check.type for check in book.worksheets[0].data_validations.dataValidation} == {
        "list",
        "whole",
        "decimal",
    }


def test_a_workbook_is_in_the_municipality_s_language_and_the_same_each_time(city: City) -> None:
    sheet = city.sheet()
    assert workbook_xlsx(sheet) == workbook_xlsx(sheet)
    assert workbook_xlsx(sheet) == workbook_xlsx(IssuedWorkbook.objects.get(pk=sheet.pk))
    assert city.sheet() == sheet  # nothing new to say: the same workbook
    factories.update(city.first, "late")
    assert city.sheet() != sheet


def test_what_is_new_goes_into_the_table(city: City) -> None:
    news = {
        **NEWS,
        "reached_qualifier": "ponad",
        "reached_unit": "gospodarstw domowych",
        "paid": 450.5,
    }
    city.back(filled(city.sheet(), {1: news}))
    said = last(city.first)
    assert (said.status, said.narrative.source_wording) == ("done", "Kursy się odbyły")
    assert (said.reached, said.reached_qualifier, said.reached_unit) == (25, "over", "households")
    (line,) = city.first.budget.all()
    assert (line.planned, line.committed, line.paid) == (1000, None, Decimal("450.50"))
    assert city.first.states.first().data["lines"]["budget"][0]["paid"] == "450.50"
    assert city.first.states.first().data == serialise_task(Task.objects.get(pk=city.first.pk))
    assert last(city.second) is None


def test_money_that_nobody_had_planned_gets_a_line_that_says_where_it_is_from(city: City) -> None:
    city.back(filled(city.sheet(), {2: {"committed": "12 tys. zł"}}))
    (line,) = city.second.budget.all()
    assert (line.source, line.year, line.committed, line.paid) == ("own", 2023, 12000, None)
    assert "Szkoła" in line.note.source_wording
    assert Task.objects.get(pk=city.second.pk).version == city.second.version + 1


def test_money_of_several_sources_is_not_guessed(city: City) -> None:
    task = factories.task(
        city.policy,
        lead=city.school,
        budget=[
            MoneyLine("own", 2023, planned=Decimal(1)),
            MoneyLine("eu", 2023, planned=Decimal(2)),
        ],
    )
    sheet = city.sheet()
    assert place(opened(sheet), task.number, "paid").protection.locked
    returned = city.back(filled(sheet, {task.number: {"paid": 3}}))
    assert states(returned) == {(task.number, "paid"): "refused"}
    assert {line.paid for line in task.budget.all()} == {None}


def test_what_was_paid_in_a_year_never_stands_in_a_line_without_one(city: City) -> None:
    """Two sheets, one a year: the second neither shows nor replaces what the first one brought."""
    task = factories.task(
        city.policy,
        lead=city.library,
        budget=[MoneyLine("eu", None, "staff", "EUR", planned=Decimal(10000))],
    )
    for year, paid in (("2023", 4000), ("2024", 3000)):
        (sheet,) = issue_workbooks(
            by=None, policy=city.policy, period=year, organisations=[city.library]
        )
        assert sheet.rows[str(task.number)]["paid"] == ""
        city.back(filled(sheet, {task.number: {"paid": paid}}))
    found = {
        (line.year, line.source, line.kind, line.currency, line.planned, line.paid)
        for line in task.budget.all()
    }
    assert found == {
        (None, "eu", "staff", "EUR", 10000, None),
        (2023, "eu", "staff", "EUR", None, 4000),
        (2024, "eu", "staff", "EUR", None, 3000),
    }


def test_several_sources_without_a_year_are_not_guessed(city: City) -> None:
    money = [MoneyLine(source, None, planned=Decimal(1)) for source in ("own", "eu")]
    task = factories.task(city.policy, lead=city.school, budget=money)
    assert "paid" not in city.sheet().rows[str(task.number)]


def test_an_untouched_workbook_changes_nothing(city: City) -> None:
    factories.update(city.first, "late", narrative=text("Bez zmian"), reached=5)
    before = StatusUpdate.objects.count(), TaskState.objects.count()
    returned = city.back(workbook_xlsx(city.sheet()))
    assert (returned.cells, returned.notes) == ([], [])
    assert (StatusUpdate.objects.count(), TaskState.objects.count()) == before


def test_the_same_file_twice_happens_once(city: City) -> None:
    data = filled(city.sheet(), {1: NEWS})
    first = city.back(data)
    assert city.back(data) == first
    assert city.first.updates.count() == 1


def test_without_a_status_the_words_are_kept_and_the_reason_is_said(city: City) -> None:
    returned = city.back(
        filled(city.sheet(), {1: {"narrative": "Było"}, 2: {"status": "abandoned"}})
    )
    assert states(returned) == {(1, "narrative"): "refused", (2, "status"): "refused"}
    assert all(cell["why"] for cell in returned.cells)
    assert StatusUpdate.objects.count() == 0


def test_an_abandoned_task_says_why_in_the_obstacles(city: City) -> None:
    city.back(filled(city.sheet(), {1: {"status": "zaniechane", "obstacles": "Brak pieniędzy"}}))
    said = last(city.first)
    assert (said.status, said.reason.source_wording) == ("abandoned", "Brak pieniędzy")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("status", "prawie gotowe"),
        ("reached", "dużo"),
        ("reached", -3),
        ("reached", 2.5),
        ("paid", "nie wiem"),
        ("paid", -1),
        ("narrative", "x" * 5001),
        ("reached_unit", "persons"),
    ],
)
def test_words_that_a_cell_cannot_mean_are_kept_and_not_taken(
    city: City, code: str, words: Any
) -> None:
    returned = city.back(filled(city.sheet(), {1: {code: words}, 2: NEWS}))
    refused = [cell for cell in returned.cells if cell["state"] == "refused"]
    assert [(cell["task"], cell["theirs"]) for cell in refused] == [
        (1, str(words).replace(".", ","))
    ]
    assert last(city.second).status == "done"


def test_a_remark_reaches_the_coordinator_and_not_the_table(city: City) -> None:
    returned = city.back(filled(city.sheet(city.ngo), {1: {"remark": "Proszę o telefon"}}))
    assert states(returned) == {(1, "remark"): "taken"}
    assert last(city.first) is None


def as_csv(data: bytes) -> bytes:
    table = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    lines = (
        ["" if cell is None else str(cell) for cell in row]
        for row in table.iter_rows(values_only=True)
    )
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows(lines)
    return made.getvalue().encode("utf-8-sig")


def test_saved_as_csv_it_comes_back_too(city: City) -> None:
    returned = city.back(as_csv(filled(city.sheet(), {1: NEWS})), "arkusz.csv")
    assert set(states(returned).values()) == {"taken"}
    assert last(city.first).reached == 25


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_spreadsheet_program_keeps_what_is_needed(city: City, tmp_path: Path, form: str) -> None:
    data = filled(city.sheet(), {1: {**NEWS, "narrative": "Pierwszy wiersz\ndrugi", "paid": 12.5}})
    (tmp_path / "sheet.xlsx").write_bytes(data)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        form,
    ]
    subprocess.run(
        [*command, "--outdir", f"{tmp_path}/out", "sheet.xlsx"],
        cwd=tmp_path,
        check=True,
        timeout=120,
    )
    returned = city.back((tmp_path / "out" / f"sheet.{form}").read_bytes(), f"sheet.{form}")
    assert set(states(returned).values()) == {"taken"}
    assert returned.notes == []
    assert last(city.first).narrative.source_wording == "Pierwszy wiersz\ndrugi"
    assert city.first.budget.get().paid == Decimal("12.50")
