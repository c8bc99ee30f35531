"""No row can break a page of all rows: whatever the database holds, every page, feed, calendar,
file and workbook answers, and has the row.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import html

from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.models import Task
from splot.implementation.pages.exports import EXPORT_FORMATS
from splot.implementation.queries import GROUPINGS, counts_by_area, tasks_of
from splot.implementation.table_view import column_choices
from splot.monitoring.documents import render_html, render_pdf
from splot.monitoring.facts import facts_of
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.documents import paper
from tests.web.any_rows import AnyRow, any_rows, put_into_table, rows_at_every_bound
from tests.world import NAMES, PATTERNS, Town, working_installation

pytestmark = pytest.mark.django_db

EVERY_COLUMN = ",".join(column_choices())
FIRST = "/en/poznan/policy/2023-2024/"


class Place:
    """A municipality with a policy in force and a row for every address, and who looks at it."""

    def __init__(self) -> None:
        self.town = Town("poznan")
        Policy.objects.filter(pk=self.town.policy.pk).update(status=Policy.Status.IN_FORCE)
        self.town.policy.refresh_from_db()
        self.leader = factories.user(self.town.municipality, "leader")
        self.coordinator = factories.user(self.town.municipality, "coordinator")

    def client(self, user: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        return client


@pytest.fixture(scope="module")
def place(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    working = working_installation(tmp_path_factory.mktemp("data"))
    with working, django_db_blocker.unblock(), transaction.atomic():
        yield Place()
        transaction.set_rollback(True)


def faults(place: Place, rows: list[AnyRow]) -> list[str]:
    """What does not answer, or lacks a row, when the table has these rows too."""
    with transaction.atomic():
        marks = put_into_table(place.town, rows, place.leader)
        found = [*missing_answers(place, marks), *missing_rows(place, marks)]
        transaction.set_rollback(True)
    return found


def missing_answers(place: Place, marks: dict[int, str]) -> Iterator[str]:
    """Pages that fail, asked for by who may see them: every address, and those of each row."""
    addresses = [
        place.town.addresses[name]
        for name in NAMES
        if "GET" in PATTERNS[name].callback.door.methods
    ]
    tasks = f"{FIRST}tasks/"
    for number in marks:
        addresses += [f"{tasks}{number}/{page}" for page in ("", "edit/", "report/")]
    codes = [*COLUMN_BY_CODE][:: max(1, len(marks) // 3)]
    for number, code in zip(list(marks) * len(codes), codes, strict=False):
        addresses.append(f"{tasks}{number}/cells/{code}/")
    numbers = [("task", number) for number in marks]
    addresses.append(f"{FIRST}table/assign/?{urlencode([('what', 'area'), *numbers])}")
    addresses.append(f"{FIRST}table/history/?since=2020-01-01&on=2100-01-01")
    addresses.append("/en/poznan/search/?q=Zadanie")
    for client in map(place.client, (place.coordinator, place.leader, None)):
        for address in addresses:
            if (status := client.get(address).status_code) >= 500:
                yield f"{address} answers {status}"


def missing_rows(place: Place, marks: dict[int, str]) -> Iterator[str]:
    """Where a row is not, that should be there."""
    policy, years = place.town.policy, place.town.policy.years
    of_year = {year: {task.number for task in tasks_of(policy, year)} & {*marks} for year in years}
    if lost := set(marks) - set().union(*of_year.values()):
        yield f"no year of the table has {lost}"
    for where, year, shown in shown_by_year(place):
        present = {number for number in of_year[year] if marks[number] in shown}
        if lost := of_year[year] - present:
            yield f"{where} of {year} lacks {sorted(lost)}"
    for year in years:
        counts = counts_by_area(policy, year)
        if counts.together.total != tasks_of(policy, year).count():
            yield f"the counts of {year} lack a row"
    yield from missing_in_calendar(place, marks)
    yield from missing_in_workbook(place, marks)


def shown_by_year(place: Place) -> Iterator[tuple[str, int, str]]:
    """(which page or file, its year, all the words that it shows)."""
    client = place.client(place.coordinator)
    for year in place.town.policy.years:
        for by in GROUPINGS:
            query = {"year": year, "by": by, "columns": EVERY_COLUMN}
            for page in ("table/", "table/timeline/"):
                content = client.get(f"{FIRST}{page}", query).content
                yield f"{page}?by={by}", year, html.fromstring(content.decode()).text_content()
        for form in EXPORT_FORMATS:
            answer = client.get(f"{FIRST}table.{form}", {"year": year, "columns": EVERY_COLUMN})
            yield f"table.{form}", year, READ_FILE[form](answer.content)
        facts = facts_of(place.town.policy, year)
        yield "report as facts", year, str(facts["tasks"])
        yield "report as html", year, render_html(facts, "en", draft=False).decode()
        yield "report as pdf", year, paper.printed(render_pdf(facts, "en", draft=False))


def _words_of_book(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(value) for row in rows for value in row)


def _words_of_csv(content: bytes) -> str:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1, "a row of the file has lost its shape"
    return str(rows)


def _words_of_docx(content: bytes) -> str:
    tables = docx.Document(io.BytesIO(content)).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join([*cells, *body.itertext()])


READ_FILE: dict[str, Callable[[bytes], str]] = {
    "xlsx": _words_of_book,
    "csv": _words_of_csv,
    "docx": _words_of_docx,
    "pdf": paper.printed,
}


def missing_in_calendar(place: Place, marks: dict[int, str]) -> Iterator[str]:
    """A day of a task that the calendar of the table does not have."""
    content = place.client(None).get(f"{FIRST}table.ics").content
    events = [str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT")]
    for task in Task.objects.filter(policy=place.town.policy, number__in=marks).exclude(due=None):
        if not any(marks[task.number] in summary for summary in events):
            yield f"the calendar lacks task {task.number}"


def missing_in_workbook(place: Place, marks: dict[int, str]) -> Iterator[str]:
    """A task of the institution that its workbook does not have."""
    sent = place.client(place.coordinator).post(f"{FIRST}sheets/make/", {"period": "2023"})
    content = b"".join(sent) if sent.streaming else sent.content
    books = zipfile.ZipFile(io.BytesIO(content))
    if any(name.endswith(".xlsx") for name in books.namelist()):
        files = [books.read(name) for name in books.namelist()]
    else:
        files = [content]  # a single institution's workbook comes as it is
    words = "\n".join(map(_words_of_book, files))
    tasks = tasks_of(place.town.policy, 2023).filter(lead=place.town.organisation)
    for number in {task.number for task in tasks} & {*marks}:
        if not re.search(rf"{marks[number]}\b", words):
            yield f"the workbook lacks task {number}"


@pytest.mark.slow
def test_rows_at_every_bound_are_on_every_page(place: Place) -> None:
    assert "\n".join(faults(place, list(rows_at_every_bound()))) == ""


@pytest.mark.slow
@pytest.mark.one_engine
@settings(max_examples=1, suppress_health_check=list(HealthCheck), database=None)
@given(rows=st.lists(any_rows(), min_size=8, max_size=8))  # one example costs hundreds of pages
def test_any_row_is_on_every_page(place: Place, rows: list[AnyRow]) -> None:
    assert faults(place, rows) == []


def test_control_a_row_that_a_page_drops_is_noticed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READ_FILE, "csv", lambda content: "")
    with transaction.atomic():
        marks = put_into_table(place.town, [next(rows_at_every_bound())], place.leader)
        assert "table.csv of 2023 lacks" in next(missing_rows(place, marks))
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.one_engine
def test_one_field_of_any_row_can_be_changed(place: Place) -> None:
    """Gaps, and what an older release let in, keep nobody from changing something else."""
    client, refused = place.client(place.coordinator), []
    with transaction.atomic():
        for number in put_into_table(place.town, list(rows_at_every_bound()), place.leader):
            address, words = f"{FIRST}tasks/{number}/", f"Dla każdego {number}"
            for page, name in (("edit/", "audience"), ("cells/monitoring/", "monitoring")):
                answer = send_again(client, f"{address}{page}", name, words)
                if answer.status_code != 302:
                    refused.append((number, page, errors_of(answer.context)))
            task = Task.objects.get(policy=place.town.policy, number=number)
            if (str(task.audience), str(task.monitoring)) != (words, words):
                refused.append((number, "not as written", {}))
        transaction.set_rollback(True)
    assert "\n".join(map(str, refused)) == ""


def send_again(client: Client, address: str, name: str, words: str) -> Any:
    """The form of a page sent as it stands there, with one field changed."""
    page = html.fromstring(client.get(address).content.decode())
    (form,) = page.xpath("//main//form[.//*[@name='version']]")
    values: dict[str, list[str]] = {}
    for field_name, value in form.form_values():
        values.setdefault(field_name, []).append(value)
    return client.post(address, {**values, name: words})


def errors_of(context: Any) -> dict[str, Any]:
    """What the forms of a page refuse, by their names in it."""
    names = ("form", "windows", "milestones", "resources", "budget", "targets")
    forms = {name: context.get(name) for name in names}
    lines = {name: each.formset for name, each in forms.items() if hasattr(each, "formset")}
    refused = {
        name: each.errors for name, each in {**forms, **lines}.items() if hasattr(each, "errors")
    }
    return {**refused, "conflicts": context["form"].conflicts}
