"""Workbooks of institutions for tests: filled in as people do, or as they should not."""

import hashlib
import io
from decimal import Decimal
from typing import Any

import openpyxl
from django_tasks_db.models import DBTaskResult

from splot.documents.intake.archives import IncomingFile, unpack_archives
from splot.documents.spreadsheets import read_sheets
from splot.implementation.lines import MoneyLine
from splot.implementation.models import StatusUpdate, Task
from splot.policy.models import Policy
from splot.workbooks.actions.uploads import process_upload, start_upload
from splot.workbooks.actions.workbooks import issue_workbooks, merge_workbook
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook, UploadedFile
from splot.workbooks.read import parse_workbook
from splot.workbooks.write import workbook_xlsx
from tests import factories
from tests.factories import text

FIRST_ROW = 5  # of tasks
NEWS = {"status": "zrobione", "narrative": "Kursy się odbyły", "reached": 25}


def opened(sheet: IssuedWorkbook) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_xlsx(sheet)))


def place(book: openpyxl.Workbook, number: int, code: str) -> Any:
    """The cell of a task in a column."""
    table = book.worksheets[0]
    codes = [cell.value for cell in table[1]]
    row = next(row for row in table.iter_rows(min_row=FIRST_ROW) if row[1].value == number)
    return row[codes.index(code)]


def fill(book: openpyxl.Workbook, number: int, **values: Any) -> openpyxl.Workbook:
    for code, value in values.items():
        place(book, number, code).value = value
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def filled(sheet: IssuedWorkbook, rows: dict[int, dict[str, Any]]) -> bytes:
    """The workbook with {task's number: {column: value}} written into it."""
    book = opened(sheet)
    for number, values in rows.items():
        fill(book, number, **values)
    return saved(book)


def read(data: bytes, name: str = "sheet.xlsx") -> Any:
    """One file as the upload reads it, without a process of its own."""
    return parse_workbook(read_sheets(data, name), name, hashlib.sha256(data).hexdigest())


class City:
    """A policy with three institutions: a school and a library that lead, and an NGO that takes
    part.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy, town = policy, policy.municipality
        self.school, self.library = (
            factories.organisation(town, "Szkoła"),
            factories.organisation(town, "Biblioteka"),
        )
        self.ngo = factories.organisation(town, "Fundacja", "ngo")
        money = [MoneyLine("own", 2023, planned=Decimal(1000))]
        self.first = factories.task(policy, lead=self.school, partners=[self.ngo], budget=money)
        self.second = factories.task(policy, lead=self.school, title=text("Świetlica"))
        self.third = factories.task(
            policy, lead=self.library, joint_leads=[self.school], title=text("Klub")
        )

    def sheet(self, organisation: Any = None, period: str = "2023") -> IssuedWorkbook:
        (sheet,) = issue_workbooks(
            by=None, policy=self.policy, period=period, organisations=[organisation or self.school]
        )
        return sheet

    def upload(self, *files: tuple[str, bytes]) -> list[UploadedFile]:
        """Files given in together, those of archives one by one, and what the background makes of
        them.
        """
        given = unpack_archives(IncomingFile(name, data) for name, data in files)
        upload = start_upload(by=None, policy=self.policy, files=given)
        assert work() == {"why": ""}
        return list(upload.files.select_related("returned"))

    def back(self, data: bytes, name: str = "sheet.xlsx") -> ReturnedWorkbook:
        return merge_workbook(by=None, policy=self.policy, file=read(data, name))


def work() -> Any:
    """What the background worker does with the newest job."""
    job = DBTaskResult.objects.order_by("enqueued_at").last()
    job.claim("worker")
    job.set_successful(process_upload.call(**job.args_kwargs["kwargs"]))
    return job.return_value


def states(returned: ReturnedWorkbook) -> dict[tuple[int | None, str], str]:
    return {(cell["task"], cell["column"]): cell["state"] for cell in returned.cells}


def last(task: Task) -> StatusUpdate | None:
    return task.updates.filter(period="2023").order_by("-pk").first()
