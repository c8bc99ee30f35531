"""From a file into the table on the pages: upload, columns, rows, taking them and undoing it."""

from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from lxml import html

from splot.implementation.actions.tasks import change_task
from splot.implementation.models import Task
from splot.people.models import Municipality, Organisation
from splot.policy.models import Policy
from splot.spreadsheet_columns.models import RememberedColumn
from splot.table_import.actions.background import MAX_ROWS_IN_REQUEST, run_import
from splot.table_import.models import TableImport
from splot.table_import.plan import merge_choices, task_rows
from tests import factories
from tests.documents.spreadsheets import make_xlsx, saved
from tests.factories import text
from tests.table_import.pages import READ, ROWS, form_of, page_of, rows_page, sent, uploaded, words
from tests.table_import.tables import saved_import

pytestmark = pytest.mark.django_db


def titles(policy: Policy) -> list[str]:
    return [str(task.title) for task in Task.objects.filter(policy=policy, is_archived=False)]


def test_from_the_file_to_the_table_and_back(client: Client, policy: Policy) -> None:
    address = rows_page(client)
    page = page_of(client, address)
    assert all(
        count in words(page)
        for count in ("all: 3", "new: 1", "changed: 1", "the same: 0", "doubtful: 1")
    )
    assert "12,000 PLN" in words(page) and "Fundacja Nowa" in words(page)
    assert Task.objects.count() == 1, "looking changes nothing"
    values = form_of(page)
    assert "take-4" not in values and values["take-2"] == ["1"], "what is doubtful is not ticked"
    assert sent(client, f"{address}apply/", values).status_code == 302
    course, point = Task.objects.order_by("number")
    assert (str(course.lead), course.due.isoformat()) == ("Wydział Oświaty", "2024-06-30")
    assert course.audience.source_wording == "Dorośli"
    assert course.resources.get().text.texts["en"] == "teacher", (
        "a column that the file does not have is not touched"
    )
    assert [(line.year, line.planned) for line in course.budget.all()] == [(2024, 12000)]
    assert (str(point.lead), point.lead.kind, point.timing) == (
        "Fundacja Nowa",
        "ngo",
        "continuous",
    )
    page = page_of(client, address)
    assert "1 task was added. 1 task was changed." in words(page)
    assert sent(client, f"{address}undo/", form_of(page)).status_code == 302
    course, point = Task.objects.order_by("number")
    assert (course.lead, course.due, course.timing, course.budget.count()) == (
        None,
        None,
        "yearly",
        0,
    )
    assert course.resources.get().text.texts["en"] == "teacher"
    assert point.is_archived
    assert "was undone" in words(page_of(client, address))


def test_headings_are_remembered_for_the_next_file(client: Client, policy: Policy) -> None:
    columns = uploaded(client, make_xlsx([["Co robimy", "Zażółć"], ["Kurs", "ważne"]]))["Location"]
    values = form_of(page_of(client, columns)) | {"code-0": "title", "code-1": "risks"}
    address = sent(client, columns, values)["Location"]
    sent(client, f"{address}apply/", form_of(page_of(client, address)))
    assert dict(RememberedColumn.objects.values_list("heading", "code")) == {
        "co robimy": "title",
        "zazolc": "risks",
    }
    again = page_of(
        client,
        uploaded(client, make_xlsx([["CO ROBIMY:", "zażółć"], ["Punkt", "pilne"]]))["Location"],
    )
    assert form_of(again)["code-1"] == ["risks"] and "as the last time" in words(again)


def test_money_is_remembered_with_its_year_and_its_source(client: Client) -> None:
    lines = [["Zadanie", "Kwota"], ["Kurs", 100], ["Punkt", 200]]
    columns = uploaded(client, make_xlsx(lines))["Location"]
    values = form_of(page_of(client, columns))
    values |= {"code-1": ["planned"], "year-1": ["2024"], "source-1": ["eu"]}
    address = sent(client, columns, values)["Location"]
    sent(client, f"{address}apply/", form_of(page_of(client, address)))
    row = RememberedColumn.objects.get(heading="kwota")
    assert (row.code, row.options) == (
        "planned",
        {"year": "2024", "source": "eu", "currency": "PLN"},
    )
    again = form_of(page_of(client, uploaded(client, make_xlsx(lines))["Location"]))
    assert (again["code-1"], again["year-1"], again["source-1"]) == (["planned"], ["2024"], ["eu"])


def test_columns_have_to_make_sense(client: Client) -> None:
    address = uploaded(client, make_xlsx(ROWS))["Location"]
    values = form_of(page_of(client, address))
    twice = sent(client, address, values | {"code-2": "title"})
    assert "Two columns are “Task”" in twice.content.decode()
    none = sent(client, address, values | {"code-1": "nonsense"})
    assert "Say which column holds the task" in none.content.decode()
    assert TableImport.objects.get().columns == []


def test_of_several_tables_a_person_chooses(client: Client) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    other = book.create_sheet("Ukryty")
    other.sheet_state = "hidden"
    for row in [["Zadanie", "Kto"], ["Inne", "x"]]:
        other.append(row)
    address = uploaded(client, saved(book))["Location"]
    page = page_of(client, address)
    assert "Which table of the file?" in words(page) and not page.xpath("//select")
    assert client.get(address.removesuffix("columns/")).status_code == 302
    assert sent(client, address, {"version": 1, "chosen": "7"}).status_code == 200
    assert sent(client, address, {"version": 1, "chosen": "1"}).status_code == 302
    page = page_of(client, address)
    assert form_of(page)["code-0"] == [
        "title"
    ] and "The sheet is hidden; it was read too." in words(page)


def test_what_a_person_ticks_is_taken(client: Client, policy: Policy) -> None:
    address = rows_page(client)
    values = form_of(page_of(client, address))
    del values["take-2"]
    values |= {"take-4": ["1"], "name-fundacja nowa": ["employer"], "go": ["1"]}
    assert sent(client, address, values).status_code == 302
    page = page_of(client, address)
    assert "take-4" in form_of(page) and "take-2" not in form_of(page)
    sent(client, f"{address}apply/", form_of(page))
    assert titles(policy) == ["Kurs języka polskiego", "Punkt informacyjny", "Diagnoza"]
    assert Task.objects.get(number=1).lead is None
    assert Organisation.objects.get(kind="employer").name.source_wording == "Fundacja Nowa"


def test_two_people_choose_at_once_and_nothing_is_overwritten(
    client: Client, policy: Policy, signed_in: Any
) -> None:
    address = rows_page(client)
    other = signed_in(factories.user(policy.municipality, "coordinator"))
    mine, theirs = form_of(page_of(client, address)), form_of(page_of(other, address))
    del theirs["take-2"]
    assert sent(other, address, theirs).status_code == 302
    answer = sent(client, address, mine | {"take-4": ["1"]})
    page = html.fromstring(answer.content.decode())
    assert answer.status_code == 200 and "Somebody else changed these choices meanwhile" in words(
        page
    )
    assert {"take-2", "take-4"} <= form_of(page).keys() and "saved by somebody else: left" in words(
        page
    )
    columns = f"{address}columns/"
    mine = form_of(page_of(client, columns))
    theirs = form_of(page_of(other, columns)) | {"code-4": "paid"}
    sent(other, columns, theirs)
    answer = sent(client, columns, mine | {"code-4": "committed"})
    page = html.fromstring(answer.content.decode())
    assert "saved by somebody else: Money paid" in words(page) and form_of(page)["code-4"] == [
        "committed"
    ]


def test_a_table_that_changed_since_it_was_looked_at_is_not_written_over(
    client: Client, policy: Policy
) -> None:
    address = rows_page(client)
    values = form_of(page_of(client, address))
    task = Task.objects.get()
    change_task(by=None, task=task, version=task.version, audience=text("Młodzież"))
    answer = client.post(f"{address}apply/", urlencode(values, doseq=True), follow=True,
                         content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert "Somebody changed the table since you looked" in answer.content.decode()
    assert Task.objects.count() == 1 and Task.objects.get().audience.source_wording == "Młodzież"


def test_a_row_that_seemed_to_head_others_can_be_a_task(client: Client) -> None:
    address = rows_page(client, [["Zadanie", "Ryzyka"], ["Punkt", None], ["Dyżur", "x"]])
    page = page_of(client, address)
    assert form_of(page)["row"] == ["3"] and "Above the row" in words(page)
    sent(client, address, form_of(page) | {"task": ["2"]})
    page = page_of(client, address)
    assert {"take-2", "take-3"} <= form_of(page).keys()
    assert "Above the row" not in words(page)


def test_a_row_that_is_a_task_after_all_stays_one_until_it_is_taken(
    client: Client, policy: Policy
) -> None:
    rows = [["Zadanie", "Ryzyka"], ["Punkt", None], ["Dyżur", "x"], ["Razem", 7], ["Kurs", "y"]]
    address = rows_page(client, rows)
    sent(client, address, form_of(page_of(client, address)) | {"task": ["2", "4"]})
    for __ in range(2):  # saved as it is shown, then with one row unticked
        form = form_of(page_of(client, address))
        assert form["row"] == ["2", "3", "4", "5"] and "take-4" in form
        sent(client, address, form)
    form = form_of(page_of(client, address))
    del form["take-4"]
    sent(client, address, form)
    form = form_of(page_of(client, address))
    assert form["row"] == ["2", "3", "4", "5"] and "take-4" not in form
    before = Task.objects.count()
    sent(client, f"{address}apply/", form)
    titles = [task.title.source_wording for task in Task.objects.order_by("pk")[before:]]
    assert titles == ["Punkt", "Dyżur", "Kurs"]


def test_choices_kept_in_an_earlier_release_are_understood() -> None:
    kept = {"rows": {"2": "task", "3": "leave"}, "names": {"x": ""}}
    assert task_rows(kept) == {2}
    assert merge_choices(kept, {"2": "leave", "5": "task"}, {"y": "ngo"}) == {
        "rows": {"3": "leave", "2": "leave"},
        "tasks": [2, 5],
        "names": {"x": "", "y": "ngo"},
    }


def test_a_long_file_is_written_in_the_background(client: Client, policy: Policy) -> None:
    address = rows_page(
        client,
        [["Zadanie", "Ryzyka"], *([f"Zadanie {n}", "x"] for n in range(MAX_ROWS_IN_REQUEST + 5))],
    )
    page = page_of(client, address)
    assert "Page 1 of 2" in words(page) and len(form_of(page)["row"]) == 100
    sent(client, f"{address}apply/", form_of(page))
    assert Task.objects.count() == 1
    page = page_of(client, address)
    assert "The rows are being written" in words(page) and "every" in page.get_element_by_id(
        "work"
    ).get("hx-trigger")
    sent(client, f"{address}apply/", form_of(page) | {"version": ["1"]})
    assert DBTaskResult.objects.count() == 1, "a second press starts nothing"
    assert work() == {"why": ""}
    assert Task.objects.count() == MAX_ROWS_IN_REQUEST + 6
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "155 tasks were added" in piece and "hx-trigger" not in piece
    sent(client, f"{address}undo/", form_of(page_of(client, address)))
    assert work() == {"why": ""}
    assert Task.objects.filter(is_archived=False).count() == 1


def work() -> Any:
    """What the background worker does with the newest job."""
    job = DBTaskResult.objects.order_by("enqueued_at").last()
    job.claim("worker")
    job.set_successful(run_import.call(**job.args_kwargs["kwargs"]))
    return job.return_value


def test_what_stands_in_the_way_of_the_background_is_said(client: Client, policy: Policy) -> None:
    address = rows_page(
        client,
        [["Zadanie", "Ryzyka"], *([f"Zadanie {n}", "x"] for n in range(MAX_ROWS_IN_REQUEST + 5))],
    )
    sent(client, f"{address}apply/", form_of(page_of(client, address)))
    factories.task(policy, title=text("Nowe"))
    assert "Somebody changed the table" in work()["why"]
    page = page_of(client, address)
    assert "Somebody changed the table since you looked" in words(page) and "take-2" in form_of(
        page
    )


def test_a_reading_of_another_municipality_is_not_there(
    client: Client, other_town: Municipality, policy: Policy
) -> None:
    table_import = saved_import(factories.policy(other_town), ROWS)
    for name in ("", "columns/"):
        assert client.get(f"{READ}{table_import.pk}/{name}").status_code == 404
    for name in ("apply/", "undo/"):
        assert client.post(f"{READ}{table_import.pk}/{name}").status_code == 404
    assert "plan.xlsx" not in words(page_of(client, READ))


def test_hostile_answers_are_no_fault(client: Client) -> None:
    address = rows_page(client)
    for values in (
        {
            "version": "x",
            "row": ["9" * 30, "-1", "\0"],
            "name-\0": "=9",
            "go": "9" * 9,
            "state": "<b>",
        },
        {"version": "2", "row": ["2"] * 300, "name-x": "=" + "9" * 40, "go": "0", "state": "new"},
    ):
        for name in ("", "apply/", "columns/"):
            assert sent(client, address + name, values).status_code in (200, 302)
    for query in ("?page=x", "?page=999999", "?state=%00"):
        assert client.get(address + query).status_code == 200
    assert Task.objects.count() in (1, 2, 3)


def test_the_pages_take_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def queries(count: int) -> int:
        address = rows_page(
            client,
            [["Zadanie", "Dla kogo"], *([f"Zadanie {count} {n}", "x"] for n in range(count))],
        )
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{address}?state=new").status_code == 200
        return len(captured)

    assert queries(2) == queries(90) <= 12


def test_a_file_that_nobody_takes_is_put_away_and_taken_up_again(
    client: Client, policy: Policy
) -> None:
    table_import = saved_import(policy, ROWS)
    place = f"{READ}{table_import.pk}/aside/"
    assert "waits for you" in words(page_of(client, READ))
    page = client.post(place, {"version": table_import.version}, follow=True).content.decode()
    assert f"“{table_import.file_name}” is put away." in page and "Take up again" in page
    stale = client.post(place, {"version": table_import.version, "take_up": "1"}, follow=True)
    assert "Somebody else was faster" in stale.content.decode()
    client.post(place, {"version": table_import.version + 1, "take_up": "1"})
    assert "waits for you" in words(page_of(client, READ))
