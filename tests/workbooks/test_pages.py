"""Sheets for institutions: what they may fill, what is taken back, what is refused, what two people
wrote at once.
"""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from splot.core.actions import Refused
from splot.implementation.lines import MoneyLine
from splot.implementation.models import StatusUpdate, Task, TaskState
from splot.implementation.states import serialise_task
from splot.people.models import Municipality, User
from splot.policy.models import Policy
from splot.workbooks.actions.uploads import merge_uploaded_file, start_upload
from splot.workbooks.actions.workbooks import issue_workbooks, merge_workbook
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook, UploadedFile
from splot.workbooks.queries import NEWEST_UPLOADS
from splot.workbooks.schema import IncomingFile, UnreadableFile
from splot.workbooks.write import workbook_xlsx, workbooks_zip
from tests import factories
from tests.factories import text
from tests.workbooks.factories import NEWS, City, filled, last, opened, place, read, states, work

pytestmark = pytest.mark.django_db
SHEETS = "/en/poznan/policy/2023-2024/sheets/"


@pytest.fixture
def city(policy: Policy) -> City:
    return City(policy)


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
    assert (said.status, said.narrative.words) == ("done", "Kursy się odbyły")
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
    assert "Szkoła" in line.note.words
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
    assert (said.status, said.reason.words) == ("abandoned", "Brak pieniędzy")


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


def test_one_click_makes_all_and_one_go_takes_them_back(
    city: City, coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    answer = client.post(f"{SHEETS}make/", {"period": "2023"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 3
    assert answer.content == client.post(f"{SHEETS}make/", {"period": "2023"}).content
    sheets = list(IssuedWorkbook.objects.all())
    assert answer.content == workbooks_zip(sorted(sheets, key=lambda sheet: sheet.organisation_id))
    files = [
        SimpleUploadedFile(
            f"{sheet.pk}.xlsx", filled(sheet, {3: {"status": "done", "narrative": str(sheet)}})
        )
        for sheet in sheets
        if "3" in sheet.rows
    ]
    answer = client.post(f"{SHEETS}return/", {"files": files})
    assert ReturnedWorkbook.objects.count() == 0, "nobody waits for the merging"
    page = client.get(answer["Location"]).content.decode()
    assert "0 of 2" in page and "every 4s" in page and "Szkoła" not in page
    assert work() == {"why": ""}
    page = client.get(answer["Location"]).content.decode()
    assert page.count("Szkoła") == 1 and page.count("Biblioteka") == 1 and "every 4s" not in page
    assert answer["Location"] in client.get(f"{SHEETS}return/").content.decode()
    listed = client.get(f"{SHEETS}?period=2023").content.decode()
    assert ">1</td>" in listed
    conflict = next(
        row for row in ReturnedWorkbook.objects.all() if "conflict" in states(row).values()
    )
    address = f"{SHEETS}returns/{conflict.pk}/"
    page = client.get(address).content.decode()
    at = next(at for at, cell in enumerate(conflict.cells) if cell["state"] == "conflict")
    assert f'name="choice-{at}"' in page
    values = {
        f"choice-{at}": "overruled",
        f"seen-{at}": conflict.cells[at]["now"],
        "version": conflict.version,
    }
    client.post(address, values)
    assert last(city.third).narrative.words == conflict.cells[at]["theirs"]


def test_work_that_stopped_half_way_is_told_and_goes_on(
    city: City, coordinator: User, signed_in: Any
) -> None:
    """The power fails after the first of three workbooks: it counts, the others wait, and nothing
    happens twice.
    """
    client = signed_in(coordinator)
    data = [filled(city.sheet(), {number: NEWS}) for number in (1, 2)]
    data.append(filled(city.sheet(city.library), {3: NEWS}))
    files = [IncomingFile(f"{number}.xlsx", each) for number, each in enumerate(data)]
    upload = start_upload(by=coordinator, policy=city.policy, files=files)
    job = DBTaskResult.objects.get()
    job.claim("worker")
    merge_uploaded_file(by=coordinator, file=upload.files.first(), read=read(data[0], "0.xlsx"))
    address = f"{SHEETS}uploads/{upload.pk}/"
    page = client.get(address).content.decode()
    assert "1 of 3" in page and "every 4s" in page and "0.xlsx" in page and "1.xlsx" not in page
    client.post(address)
    assert DBTaskResult.objects.count() == 1, "a second press starts nothing"
    UploadedFile.objects.exclude(done_at=None).update(done_at=timezone.now() - timedelta(hours=1))
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1), started_at=None)
    page = client.get(address).content.decode()
    assert "1 of 3" in page and "every 4s" not in page and "Go on with the others" in page
    client.post(address)
    assert work() == {"why": ""}
    assert [each.updates.count() for each in (city.first, city.second, city.third)] == [1, 1, 1]
    page = client.get(address).content.decode()
    assert "Go on" not in page and page.count(".xlsx") >= 3
    assert client.post(address).status_code == 302
    assert DBTaskResult.objects.count() == 2


@pytest.mark.slow
def test_the_page_of_an_upload_takes_no_more_queries_for_more_files(
    city: City, coordinator: User, signed_in: Any
) -> None:
    client, counted = signed_in(coordinator), []
    for size in (1, 8):
        files = [
            (f"{number}.xlsx", filled(city.sheet(), {1: {"remark": f"{size} {number}"}}))
            for number in range(size)
        ]
        upload = city.upload(*files)[0].upload
        with CaptureQueriesContext(connection) as captured:
            assert (
                client.get(f"{SHEETS}uploads/{upload.pk}/").content.decode().count("taken over: 1")
                == size
            )
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 12


def test_reports_of_a_sheet_are_kept_in_a_number_of_queries_that_does_not_grow(city: City) -> None:
    library, counted = city.library, []
    for size in (2, 12):
        numbers = [factories.task(city.policy, lead=library).number for __ in range(size)]
        data = filled(city.sheet(library), {number: {**NEWS, "paid": 5} for number in numbers})
        file = read(data)
        with CaptureQueriesContext(connection) as captured:
            merge_workbook(by=None, policy=city.policy, file=file)
        counted.append(len(captured))
    assert counted[1] == counted[0]


def test_too_many_files_are_refused_before_anything_is_kept(
    city: City, coordinator: User, signed_in: Any
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(150):
            archive.writestr(f"{number}.xlsx", b"x")
    files = [SimpleUploadedFile(f"{number}.zip", packed.getvalue()) for number in range(2)]
    answer = signed_in(coordinator).post(f"{SHEETS}return/", {"files": files})
    assert answer.status_code == 200 and "300" in answer.content.decode()
    assert not UploadedFile.objects.exists() and not DBTaskResult.objects.exists()


def test_two_workers_at_one_upload_do_nothing_twice(city: City) -> None:
    data = filled(city.sheet(), {1: NEWS})
    upload = start_upload(by=None, policy=city.policy, files=[IncomingFile("a.xlsx", data)])
    file = upload.files.get()
    merge_uploaded_file(by=None, file=file, read=read(data))
    with pytest.raises(Refused):
        merge_uploaded_file(by=None, file=file, read=UnreadableFile("a.xlsx", "The file is empty."))
    file.refresh_from_db()
    assert file.refusal == "" and file.counts == {"taken": 3} and not file.came_before


def test_a_file_that_fails_for_an_unknown_reason_waits_and_stops_no_other(
    city: City, coordinator: User, signed_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The row of one sheet is damaged in the database; the sheet of another institution is taken
    all the same.
    """
    damaged, good = city.sheet(), city.sheet(city.library)
    files = [("zly.xlsx", filled(damaged, {1: NEWS})), ("dobry.xlsx", filled(good, {3: NEWS}))]
    rows = dict(damaged.rows)
    IssuedWorkbook.objects.filter(pk=damaged.pk).update(rows=rows | {"not a number": {}})
    bad, taken = city.upload(*files)
    assert bad.done_at is None and bad.content and not bad.refusal
    assert (
        taken.counts == {"taken": 3}
        and last(city.third).status == "done"
        and last(city.first) is None
    )
    assert "waits" in caplog.text and "ValueError" in caplog.text
    client, address = signed_in(coordinator), f"{SHEETS}uploads/{bad.upload_id}/"
    page = client.get(address).content.decode()
    assert "1 of 2" in page and "The work stopped before all" in page
    IssuedWorkbook.objects.filter(pk=damaged.pk).update(rows=rows)
    client.post(address)
    work()
    assert last(city.first).status == "done"


def test_uploads_whose_files_wait_are_listed_however_old(
    city: City, coordinator: User, signed_in: Any
) -> None:
    waiting = start_upload(by=None, policy=city.policy, files=[IncomingFile("a.xlsx", b"x")])
    done = [
        start_upload(by=None, policy=city.policy, files=[UnreadableFile("b.zip", "Torn.")])
        for __ in range(NEWEST_UPLOADS + 1)
    ]
    page = signed_in(coordinator).get(f"{SHEETS}return/").content.decode()
    assert f"uploads/{waiting.pk}/" in page and f"uploads/{done[0].pk}/" not in page
    assert (
        page.count("/uploads/") == NEWEST_UPLOADS + 1 and page.count("not all taken back yet") == 1
    )


def test_an_empty_file_does_not_hold_up_the_others(
    city: City, coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    data = filled(city.sheet(), {1: NEWS})
    files = [SimpleUploadedFile("pusty.xlsx", b""), SimpleUploadedFile("dobry.xlsx", data)]
    answer = client.post(f"{SHEETS}return/", {"files": files})
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "The file is empty." in page and "taken over: 3" in page


def test_an_upload_of_another_municipality_is_not_there(
    city: City, other_town: Municipality, coordinator: User, signed_in: Any
) -> None:
    upload = start_upload(
        by=None, policy=factories.policy(other_town), files=[IncomingFile("tajne.xlsx", b"x")]
    )
    address = f"{SHEETS}uploads/{upload.pk}/"
    assert signed_in(coordinator).get(address).status_code == 404
    assert signed_in(coordinator).post(address).status_code == 404
    assert "uploads/" not in signed_in(coordinator).get(f"{SHEETS}return/").content.decode()


def test_the_list_takes_no_more_queries_for_more_institutions(
    city: City, coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    city.back(filled(city.sheet(), {1: NEWS}))
    client.get(f"{SHEETS}?period=2023")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{SHEETS}?period=2023")
    for number in range(10):
        organisation = factories.organisation(city.policy.municipality, f"Jednostka {number}")
        factories.task(city.policy, lead=organisation)
        city.back(filled(city.sheet(organisation), {number + 4: NEWS}))
    with CaptureQueriesContext(connection) as many:
        client.get(f"{SHEETS}?period=2023")
    assert len(many) == len(few)


def test_only_the_coordinator_makes_and_takes(city: City, leader: User, signed_in: Any) -> None:
    sheet = city.sheet()
    for address in (SHEETS, f"{SHEETS}{sheet.pk}.xlsx", f"{SHEETS}return/"):
        assert signed_in(leader).get(address).status_code == 404


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
    assert last(city.first).narrative.words == "Pierwszy wiersz\ndrugi"
    assert city.first.budget.get().paid == Decimal("12.50")
