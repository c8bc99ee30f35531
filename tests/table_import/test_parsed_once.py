"""A kept table is parsed once in each request at most, and what is worked out of it is kept for
every process.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from splot.core.versioned_json import UnknownJsonVersion
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.actions.tasks import change_task
from splot.implementation.lines import RoleLine
from splot.implementation.models import ImplementationPlan, Task
from splot.people.models import Organisation, User
from splot.people.queries import share_parents
from splot.policy.models import Policy
from splot.table_import.actions.apply import apply_import
from splot.table_import.actions.choices import archive_import, change_import
from splot.table_import.models import StoredPlan, TableImport
from splot.table_import.plan import ImportPlan, plan_import
from splot.table_import.plan_json import (
    deserialise_shown,
    deserialise_written,
    serialise_shown,
    serialise_written,
)
from splot.table_import.queries import prepare_change, shown_plan, table_fingerprint
from tests import factories
from tests.documents.spreadsheets import make_xlsx
from tests.factories import text
from tests.table_import.pages import ROWS, form_of, sent, uploaded
from tests.table_import.tables import full_task, looked_at, saved_import

pytestmark = pytest.mark.django_db
TABLE = "/en/poznan/policy/2023-2024/table/"
COUNTED = {
    "table": SheetTable.from_json,
    "plan": plan_import,
    "shown": deserialise_shown,
    "written": deserialise_written,
}


@contextmanager
def counted_calls() -> Iterator[Counter[str]]:
    """How often each of COUNTED is called in this thread."""
    names = {getattr(each, "__func__", each).__code__: name for name, each in COUNTED.items()}
    calls: Counter[str] = Counter()

    def look(frame: Any, event: str, __: object) -> None:
        if event == "call" and frame.f_code in names:
            calls[names[frame.f_code]] += 1

    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def parsed_in(request: Callable[[], Any]) -> tuple[Any, dict[str, int]]:
    """The answer to a request, and what was parsed for it; a table is fetched as often."""
    with counted_calls() as calls, CaptureQueriesContext(connection) as captured:
        answer = request()
    fetched = [query for query in captured if '"content"' in query["sql"].split(" FROM ")[0]]
    from_database = [query for query in fetched if query["sql"].startswith("SELECT")]
    assert len(from_database) <= 1
    return answer, dict(calls)


@pytest.fixture
def client(coordinator: User, policy: Policy, signed_in: Any) -> Client:
    factories.task(policy, audience=text("Dorośli"))
    return signed_in(coordinator)


def test_a_table_is_parsed_once_in_each_request_at_most(client: Client, policy: Policy) -> None:
    seen = {}
    answer, seen["upload"] = parsed_in(lambda: uploaded(client, make_xlsx(ROWS)))
    columns = answer["Location"]
    answer, seen["columns"] = parsed_in(lambda: client.get(columns))
    values = form_of(html.fromstring(answer.content.decode()))
    answer, seen["columns sent"] = parsed_in(lambda: sent(client, columns, values))
    rows = answer["Location"]
    answer, seen["rows"] = parsed_in(lambda: client.get(rows))
    __, seen["rows again"] = parsed_in(lambda: client.get(rows))
    values = form_of(html.fromstring(answer.content.decode()))
    __, seen["choices sent"] = parsed_in(lambda: sent(client, rows, values | {"take-4": ["1"]}))
    answer, seen["rows with choices"] = parsed_in(lambda: client.get(rows))
    values = form_of(html.fromstring(answer.content.decode()))
    __, seen["apply"] = parsed_in(lambda: sent(client, f"{rows}apply/", values))
    answer, seen["what was done"] = parsed_in(lambda: client.get(rows))
    assert Task.objects.count() == 3 and "2 tasks were added" in answer.content.decode()
    __, seen["table"] = parsed_in(lambda: client.get(TABLE))
    assert seen == {
        "upload": {"table": 1},
        "columns": {"table": 1},
        "columns sent": {"table": 1, "plan": 1},
        "rows": {"shown": 1},
        "rows again": {"shown": 1},
        "choices sent": {"shown": 1},
        "rows with choices": {"shown": 1},
        "apply": {"written": 1},
        "what was done": {},
        "table": {},
    }


def test_another_person_makes_the_plan_anew_once_for_all_processes(
    client: Client, policy: Policy
) -> None:
    """The page works it out and writes nothing; the next choices keep it again."""
    columns = uploaded(client, make_xlsx(ROWS))["Location"]
    page = html.fromstring(client.get(columns).content.decode())
    rows = sent(client, columns, form_of(page))["Location"]
    task = Task.objects.get()
    change_task(by=None, task=task, version=task.version, audience=text("Młodzież"))
    answer, once = parsed_in(lambda: client.get(rows))
    values = form_of(html.fromstring(answer.content.decode()))
    __, again = parsed_in(lambda: sent(client, rows, values))
    __, kept = parsed_in(lambda: client.get(rows))
    assert (once, again, kept) == (
        {"table": 1, "plan": 1},
        {"table": 1, "plan": 1},
        {"shown": 1},
    )


def test_each_language_has_a_plan_in_its_words(client: Client, policy: Policy) -> None:
    columns = uploaded(client, make_xlsx(ROWS))["Location"]
    page = html.fromstring(client.get(columns).content.decode())
    rows = sent(client, columns, form_of(page))["Location"].replace("/en/", "/pl/")
    answer, first = parsed_in(lambda: client.get(rows))
    values = form_of(html.fromstring(answer.content.decode()))
    sent(client, rows, values)
    __, second = parsed_in(lambda: client.get(rows))
    __, english = parsed_in(lambda: client.get(rows.replace("/pl/", "/en/")))
    assert (first, second, english) == ({"table": 1, "plan": 1}, {"shown": 1}, {"shown": 1})
    assert sorted(StoredPlan.objects.values_list("language", flat=True)) == ["en", "pl"]


def with_plan(policy: Policy, rows: list[list[Any]]) -> TableImport:
    """An import with its plan kept, as its page leaves it."""
    table_import = saved_import(policy, rows)
    share_parents(table_import, policy)
    prepared = prepare_change(table_import)
    return change_import(by=None, table_import=table_import, version=2, rows={}, prepared=prepared)


def take_over(table_import: TableImport) -> dict[str, int]:
    seen = table_fingerprint(table_import.plan.policy)
    with counted_calls() as calls:
        apply_import(by=None, table_import=table_import, version=table_import.version, seen=seen)
    return dict(calls)


LINES = [["Zadanie", "Partnerzy"], ["Kurs", "Fundacja A"], ["Punkt", "Fundacja A; Klub Most"]]


def test_taking_rows_over_uses_the_kept_plan_while_nothing_has_changed(policy: Policy) -> None:
    table_import = with_plan(policy, LINES)
    archive_import(
        by=None, table_import=table_import, version=table_import.version, is_archived=True
    )
    assert take_over(table_import) == {"written": 1}
    names = [[str(row) for row in task.partners.all()] for task in Task.objects.order_by("number")]
    assert names == [["Fundacja A"], ["Fundacja A", "Klub Most"]]
    assert Organisation.objects.count() == 2, "one that two rows name is added once"
    assert not StoredPlan.objects.exists()


def test_a_plan_is_made_anew_where_a_partner_became_known_meanwhile(policy: Policy) -> None:
    table_import = with_plan(policy, LINES)
    factories.organisation(policy.municipality, "Fundacja A", "ngo")
    assert take_over(table_import) == {"plan": 1, "table": 1}
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("choices", "is_right"),
    [
        ({"rows": {"2": "leave"}}, True),
        ({"rows": {"2": "task"}}, False),
        ({"names": {"fundacja a": "ngo"}}, True),
        ({"names": {"somebody else": "employer"}}, True),
        ({"names": {"fundacja a": "employer"}}, False),
    ],
)
def test_choices_without_a_plan_leave_none_that_is_wrong(
    policy: Policy, choices: dict[str, Any], is_right: bool
) -> None:
    table_import = with_plan(policy, LINES)
    change_import(by=None, table_import=table_import, version=table_import.version, **choices)
    with counted_calls() as calls:
        shown_plan(table_import)
    assert calls == ({"shown": 1} if is_right else {"plan": 1, "table": 1})


def test_a_plan_that_was_prepared_before_a_change_is_not_kept(policy: Policy) -> None:
    table_import = saved_import(policy, LINES)
    share_parents(table_import, policy)
    prepared = prepare_change(table_import)
    factories.organisation(policy.municipality, "Fundacja A", "ngo")
    change_import(by=None, table_import=table_import, version=2, rows={}, prepared=prepared)
    assert not StoredPlan.objects.exists()


def test_a_plan_of_a_later_version_is_refused(policy: Policy) -> None:
    table_import = with_plan(policy, LINES)
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE "table_import_storedplan" SET "shown" = '{"version": 2}'""")
    with pytest.raises(UnknownJsonVersion, match=r"StoredPlan\.shown is kept in version 2"):
        shown_plan(table_import)


def full_plan(plan: ImplementationPlan) -> ImportPlan:
    """A new and a changed row with something in every column, a doubt, and a name on no list."""
    task = full_task(plan)
    cells = {"Nr zadania": task.number, "Zadanie": "Kurs języka", "Działania": "§ 3 ust. 2 pkt 1", "Dla kogo": "Inni",
             "Realizator": "Biuro A", "Partnerzy": "Fundacja B; Fundacja Nauki", "Termin": "I kw. 2023; I kw. 2024",
             "Kamienie milowe": "Finał (2024)", "Osoba odpowiedzialna": task.leader.email, "Rola miasta": "wspiera",
             "Priorytet": 9, "Grupy wrażliwe": "kobiety", "Zasoby": "sala", "Budżet 2023": "ok. 99 zł",
             "Źródło finansowania": "budżet państwa", "Decyzja": "nie teraz", "Co dalej": "kontynuacja",
             "Wskaźniki": "Uczestnicy kursów: 300 (2024)", "Monitoring": "Ankiety", "Ryzyka": "Inne",
             "Uwagi": "od Ani", "Po zadaniu": 1}  # fmt: skip
    new = {**cells, "Nr zadania": None, "Zadanie": "Punkt", "Termin": "kiedyś", "Po zadaniu": ""}
    return looked_at(plan, [[*cells], [*cells.values()], [*new.values()]])


def test_a_plan_says_the_same_when_it_is_kept_and_read_back(policy: Policy) -> None:
    plan = saved_import(policy, LINES).plan
    within = TableImport(plan=plan, municipality=policy.municipality)
    share_parents(within, policy)
    made = full_plan(plan)
    shown = deserialise_shown(serialise_shown(made))
    assert [vars(row) | {"changes": changes_of(row)} for row in shown.rows] == [
        vars(row)
        | {"task": None, "values": {}, "depends_on_rows": {}, "changes": changes_of(row)}
        | {"unread": [list(map(str, pair)) for pair in row.unread]}
        for row in made.rows
    ]
    assert (shown.findings, shown.unmatched_names) == (made.findings, made.unmatched_names)
    written = deserialise_written(serialise_written(made), plan)
    assert [by_value(row.values) for row in written] == [by_value(row.values) for row in made.rows]
    assert {name for row in made.rows for name in row.values} >= {
        "lead", "partners", "partner_roles", "groups", "activities", "leader", "windows", "milestones", "targets",
        "budget", "resources", "priority", "unread", "title", "timing", "own_role", "decision", "disposition",
    }  # fmt: skip
    for name in ("row", "state", "task", "depends_on_rows", "can_be_taken"):
        assert [getattr(row, name) for row in written] == [getattr(row, name) for row in made.rows]


def changes_of(row: Any) -> list[list[Any]]:
    return [[str(name), list(old), list(new)] for name, old, new in row.changes]


def by_value(values: dict[str, Any]) -> dict[str, Any]:
    """Values in which rows that are not saved are known by their names."""
    return {name: _by_value(value) for name, value in values.items()}


def _by_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_by_value(each) for each in value]
    if isinstance(value, RoleLine):
        return (_by_value(value.organisation), value.role)
    return value if getattr(value, "pk", 1) else (type(value), value.name, value.municipality_id)
