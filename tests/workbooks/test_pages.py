"""The pages of sheets for institutions: all made at once, taken back, refused, and for whom."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from splot.core.actions import Refused
from splot.documents.intake.archives import IncomingFile, UnreadableFile
from splot.people.models import Municipality, User
from splot.workbooks.actions.uploads import merge_uploaded_file, start_upload
from splot.workbooks.actions.workbooks import merge_workbook
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook, UploadedFile
from splot.workbooks.queries import NEWEST_UPLOADS
from splot.workbooks.write import workbooks_zip
from tests import factories
from tests.workbooks.factories import NEWS, City, filled, last, read, states, work

pytestmark = pytest.mark.django_db
SHEETS = "/en/poznan/policy/2023-2024/sheets/"


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
    assert last(city.third).narrative.source_wording == conflict.cells[at]["theirs"]


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
    merge_uploaded_file(by=coordinator, file=upload.files.first(), parsed=read(data[0], "0.xlsx"))
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
    merge_uploaded_file(by=None, file=file, parsed=read(data))
    with pytest.raises(Refused):
        merge_uploaded_file(
            by=None, file=file, parsed=UnreadableFile("a.xlsx", "The file is empty.")
        )
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
