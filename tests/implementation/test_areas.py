"""In which area of the policy a task stands: that of its activities, one that was chosen, or none;
and that every page counts it there.
"""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from splot.implementation.actions.tasks import change_task
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.health import table_findings
from splot.implementation.home import first_screen
from splot.implementation.models import Task
from splot.implementation.queries import TableFilter, counts_by_area, filter_tasks
from splot.people.models import User
from splot.policy.models import Activity, Area, Policy
from splot.policy.offers import tell_new_order
from splot.table_import.actions.apply import apply_import
from splot.table_import.actions.choices import change_import
from splot.table_import.plan import TAKE
from splot.table_import.queries import table_fingerprint
from tests import factories
from tests.implementation.areas import tasks_in_areas
from tests.table_import.tables import saved_import

pytestmark = pytest.mark.django_db

POLICY = "/en/poznan/policy/2023-2024/"


def area(policy: Policy, number: int) -> Area:
    return policy.areas.get(number=number)


@pytest.fixture
def tasks(policy: Policy) -> list[Task]:
    return tasks_in_areas(policy)


def areas_of(task: Task) -> tuple[Any, list[str]]:
    row = Task.objects.select_related("area").get(pk=task.pk)
    return row.area and row.area.number, [str(line) for line in COLUMN_BY_CODE["area"].cell(row)]


def test_a_task_stands_in_the_area_of_its_activities_else_in_its_own(tasks: list[Task]) -> None:
    education, work = "Edukacja", "Praca"
    assert [areas_of(task) for task in tasks] == [
        (1, [education]),
        (2, [work]),
        (None, []),
        (1, [education, work]),
    ]


def test_an_activity_decides_and_the_area_stays_when_it_is_gone(
    policy: Policy, tasks: list[Task]
) -> None:
    __, fair, *__ = tasks
    activity = policy.activities.get(slug="3-1-1")
    change_task(by=None, task=fair, version=1, activities=[activity])
    assert areas_of(fair) == (1, ["Edukacja"])
    Activity.objects.filter(pk=activity.pk).update(is_dropped=True)
    tell_new_order(policy)
    assert areas_of(fair) == (1, ["Edukacja"])
    Area.objects.filter(number=1, policy=policy).update(is_dropped=True)
    assert areas_of(fair)[1] == []
    assert counts_by_area(policy, 2023).outside.total == 3


def test_every_page_counts_a_task_in_the_same_area(policy: Policy, tasks: list[Task]) -> None:
    counts = counts_by_area(policy, 2023)
    expected = {1: [1, 4], 2: [2, 4], None: [3]}
    assert {own.number: total.total for own, total in counts.areas} == {1: 2, 2: 2}
    assert (counts.outside.total, counts.together.total) == (1, 4)
    for key, numbers in expected.items():
        asked = "none" if key is None else str(key)
        rows = filter_tasks(policy, TableFilter(2023, area=asked))
        assert sorted(row.number for row in rows) == numbers
        if key:
            page = Client().get(f"{POLICY}areas/{key}/?year=2023").content.decode()
            assert set(map(int, re.findall(r"tasks/(\d+)/", page))) == set(numbers)
    findings = table_findings(policy, timezone.localdate())
    lost = [finding.about for finding in findings if finding.kind.code == "no_activity"]
    assert lost == [tasks[2]]
    (section,) = first_screen(policy.municipality, date(2023, 6, 1))
    assert section.content["counts"] == counts


def test_the_table_stands_in_the_order_of_the_areas(tasks: list[Task]) -> None:
    page = html.fromstring(Client().get(f"{POLICY}table/?year=2023").content.decode())
    headings = [" ".join(row.text_content().split()) for row in page.xpath("//tr[@class='group']")]
    assert headings == ["Outside the areas", "1. Edukacja", "2. Praca"]
    assert page.xpath("//tbody/tr/@id") == ["task-3", "task-1", "task-4", "task-2"]


@pytest.mark.parametrize("page", ["", POLICY.removeprefix("/en/poznan/")])
def test_what_is_in_no_area_has_a_card_that_leads_to_it(
    policy: Policy, tasks: list[Task], page: str
) -> None:
    shown = html.fromstring(Client().get(f"/en/poznan/{page}?year=2023").content.decode())
    cards = "//ul[@class='cards']//a[contains(., 'Outside the areas')]/@href"
    (link,) = shown.xpath(cards)
    assert link == f"{POLICY}table/?area=none&year={2023 if page else 2024}"
    listed = Client().get(link)
    assert [row.task.number for row in listed.context["rows"]] == [3]
    change_task(by=None, task=tasks[2], version=1, area=area(policy, 1))
    assert "Outside the areas" not in Client().get(f"/en/poznan/{page}").content.decode()


def test_the_form_offers_an_area_and_keeps_it(
    policy: Policy, tasks: list[Task], coordinator: User, signed_in: Any
) -> None:
    client = signed_in(coordinator)
    page = f"{POLICY}tasks/3/cells/area/"
    assert client.post(page, {"version": 1, "area": area(policy, 2).pk}).status_code == 302
    assert areas_of(tasks[2]) == (2, ["Praca"])
    refused = client.post(
        f"{POLICY}tasks/1/cells/area/", {"version": 1, "area": area(policy, 2).pk}
    )
    assert refused.status_code == 200
    assert areas_of(tasks[0]) == (1, ["Edukacja"])
    foreign = factories.policy(factories.municipality("lublin")).areas.first()
    again = client.post(page, {"version": 2, "area": foreign.pk})
    assert again.status_code == 200


def test_a_file_gives_a_row_its_area(policy: Policy) -> None:
    rows = [["Obszar", "Zadanie"], ["Praca", "Targi pracy"], ["Zdrowie", "Badania"]]
    table_import = change_import(
        by=None, table_import=saved_import(policy, rows), version=2, rows={"3": TAKE}
    )
    apply_import(by=None, table_import=table_import, version=3, seen=table_fingerprint(policy))
    first, second = Task.objects.order_by("number")
    assert areas_of(first) == (2, ["Praca"])
    assert (areas_of(second), second.unread) == ((None, []), {"Obszar": "Zdrowie"})
