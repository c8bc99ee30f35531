"""Table, exports, task page, desk, health, first screen, reminders, links, calendars, changes,
workbooks and annual report say the same of a task.
"""

import re
from collections.abc import Callable
from csv import DictReader
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from splot.changes.models import FeedEntry
from splot.core.dates import Period
from splot.implementation.desk import policy_gaps
from splot.implementation.health import table_findings
from splot.implementation.home import first_screen
from splot.implementation.models import Task
from splot.implementation.periods import reportable_periods
from splot.implementation.queries import (
    NO_AREA,
    TableFilter,
    counts_by_area,
    counts_of,
    filter_tasks,
    latest_updates_of_year,
    tasks_of,
)
from splot.implementation.statuses import NOT_REPORTED, STATUS_LABELS, Status
from splot.monitoring.actions import start_review
from splot.monitoring.facts import facts_of
from splot.monitoring.queries import annual_report_gaps
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link
from splot.reporting.desk import waiting_for
from splot.reporting.digests import plan_reminder_run
from splot.reporting.queries import status_history_of
from splot.reporting.requests import (
    OVERDUE,
    awaited_reports,
    reportable_tasks,
    requests_by_task,
)
from splot.workbooks.cells import normalise_cell_text
from splot.workbooks.queries import parts_of, tasks_for_workbooks, updates_for_period, workbook_rows
from tests import factories
from tests.factories import text

TODAY = date(2024, 7, 15)
FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
TIMINGS = ("dates", "dates", "dates", "yearly", "continuous")
pytestmark = pytest.mark.django_db

Tasks = list[Task]
SignedIn = Callable[[User], Client]


@pytest.fixture(params=range(5))
def tasks(request: pytest.FixtureRequest, policy: Policy, leader: User) -> Tasks:
    """Tasks of all sorts, each with up to four updates in any order; the seed is the parameter."""
    random, unit = Random(request.param), factories.organisation(policy.municipality)
    periods = reportable_periods(policy, [], TODAY)
    tasks = []
    activities, areas = list(policy.activities.all()), [None, *policy.areas.all()]
    for __ in range(12):
        starts, due = sorted(_random_day(random, LAST) for __ in range(2))
        timing = random.choice(TIMINGS)
        dates = {"starts": starts, "due": due} if timing == "dates" or random.random() < 0.5 else {}
        place = {
            "activities": random.sample(activities, random.choice((0, 0, 1, 1, 2, 3))),
            "area": random.choice(areas),
        }
        task = factories.task(policy, timing=timing, leader=leader, lead=unit, **dates, **place)
        for number in range(random.randrange(5)):
            period = random.choice(periods)
            said_on = max(period.start, _random_day(random, TODAY))
            factories.update(
                task,
                random.choice(list(Status)),
                period.code,
                said_on=said_on,
                narrative=text(f"Słowo {number}"),
                reason=text("Brak chętnych."),
            )
        tasks.append(task)
    return tasks


def _random_day(random: Random, last: date) -> date:
    return FIRST + timedelta(days=random.randrange((last - FIRST).days + 1))


def latest_of(task: Task, is_meant: Callable[[str], bool] = lambda period: True):
    """The latest update for a period that is meant, worked out from the rows one by one."""
    meant = [update for update in task.updates.order_by("pk") if is_meant(update.period)]
    return max(meant, key=lambda update: (Period.parse(update.period).end, update.pk), default=None)


@pytest.mark.parametrize("year", [2023, 2024])
def test_one_status_of_a_year(tasks: Tasks, policy: Policy, year: int) -> None:
    rows = {task.number: task.status for task in tasks_of(policy, year)}
    expected = {}
    for task in tasks:
        update = latest_of(task, lambda period: period.startswith(str(year)))
        if task.number in rows:
            expected[task.number] = update.status if update else NOT_REPORTED
    facts = facts_of(policy, year)
    silent = [number for number, status in rows.items() if status == NOT_REPORTED]
    review = start_review(by=None, policy=policy, year=year)
    latest = latest_updates_of_year(tasks, year)

    assert rows == expected
    assert {row["number"]: row["status"] for row in facts["tasks"]} == rows
    assert facts["counts"]["statuses"] == counts_of(tasks_of(policy, year)).counts
    assert annual_report_gaps(review).silent == len(silent)
    for task in tasks:
        of_year = [update for update in status_history_of(task) if update.year == year]
        on_page = of_year[0] if of_year else None
        assert latest.get(task.pk) == on_page
        if task.number in rows:
            assert rows[task.number] == (on_page.status if on_page else NOT_REPORTED)


@pytest.mark.parametrize("year", [2023, 2024])
def test_one_area_of_a_task(tasks: Tasks, policy: Policy, year: int) -> None:
    of_year = {task.number for task in tasks_of(policy, year)}
    expected: dict[int | None, set[int]] = {1: set(), 2: set(), None: set()}
    for task in tasks:
        chosen = {task.area.number} if task.area else set()
        own = {activity.area.number for activity in task.activities.all()} or chosen
        for number in own or {None}:
            expected[number] |= {task.number} & of_year
    sizes = {number: len(found) for number, found in expected.items()}

    counts, facts = counts_by_area(policy, year), facts_of(policy, year)
    counted = {area.number: each.total for area, each in counts.areas}
    assert {**counted, None: counts.outside.total} == sizes
    assert counts.together.total == facts["counts"]["tasks"] == len(of_year)
    assert facts["counts"]["without_area"] == sizes[None]
    reported = {area["number"]: area["tasks"] for area in facts["areas"]}
    assert {**reported, None: facts["counts"]["without_area"]} == sizes
    for number, numbers in expected.items():
        asked = NO_AREA if number is None else str(number)
        rows = filter_tasks(policy, TableFilter(year, area=asked))
        assert {task.number for task in rows} == numbers
        assert {row["number"] for row in facts["tasks"] if number in (row["areas"] or [None])} == (
            numbers
        )
    assert numbers_on_area_pages(year) == {key: expected[key] for key in (1, 2)}
    silent = {task.number for task in tasks_of(policy, year) if task.status == NOT_REPORTED}
    lacking = {number: found & silent for number, found in expected.items() if found & silent}
    assert numbers_in_gaps(policy, year) == lacking


def numbers_on_area_pages(year: int) -> dict[int, set[int]]:
    """The tasks that each area's own page lists."""
    pages = {}
    for number in (1, 2):
        address = f"/en/poznan/policy/2023-2024/areas/{number}/?year={year}"
        found = re.findall(r"/tasks/(\d+)/", Client().get(address).content.decode())
        pages[number] = set(map(int, found))
    return pages


def numbers_in_gaps(policy: Policy, year: int) -> dict[int | None, set[int]]:
    """The tasks without a report, under the areas where the report's page names them."""
    gaps = annual_report_gaps(start_review(by=None, policy=policy, year=year))
    named = {}
    for area, silent in gaps.areas:
        named[area and area.number] = {task.number for task in silent}
    return named


def test_one_set_of_tasks_is_overdue(tasks: Tasks, policy: Policy, leader: User) -> None:
    rows = Task.objects.with_overdue(TODAY)
    overdue = {task.number for task in rows if task.is_overdue}
    on_pages = {
        task.number
        for task in tasks
        if task.is_overdue_after(status_history_of(task).first(), TODAY)
    }
    past = {
        finding.arguments[-1]
        for finding in table_findings(policy, TODAY)
        if finding.kind.code == "past"
    }
    of_year = {
        task.number for task in tasks_of(policy, 2024).with_overdue(TODAY) if task.is_overdue
    }
    sections = waiting_for(leader, policy.municipality, TODAY)
    groups: dict[str, Tasks] = {}
    for section in sections:
        groups.update(section.content["groups"])

    assert on_pages == past == overdue
    assert {task.number for task in groups.get("overdue", [])} == of_year
    assert of_year == overdue and overdue
    in_table = {task.number for task in filter_tasks(policy, TableFilter(2024))}
    (home,) = first_screen(policy.municipality, TODAY)
    assert overdue <= in_table and home.content["counts"].together.total == len(in_table)
    silent = {task.number for task in tasks if task.number in overdue and not task.updates.exists()}
    digests = plan_reminder_run(policy, TODAY).digests
    assert silent <= {item.task.number for digest in digests for item in digest.items}
    with override("en"):
        lines = [line.sentence for line in policy_gaps(leader, policy, TODAY).lines]
    (sentence,) = [line for line in lines if "past" in line]
    assert sentence.split()[0] == str(len(of_year))


def test_what_is_asked_is_open_everywhere(tasks: Tasks, policy: Policy) -> None:
    requests_of = requests_by_task(reportable_tasks([policy]), TODAY)
    run = plan_reminder_run(policy, TODAY)
    reminded = {item.task.pk for digest in run.digests for item in digest.items}
    overdue = {task.pk for task in Task.objects.with_overdue(TODAY) if task.is_overdue}

    assert reminded == set(requests_of)
    for task in tasks:
        kinds = {request.kind for request in requests_of.get(task.pk, [])}
        if task.is_finished_after(latest_of(task)):
            assert kinds == set()
        if OVERDUE in kinds:
            assert task.pk in overdue
        if task.pk in overdue and not task.updates.filter(said_on__gt=task.due).exists():
            assert OVERDUE in kinds


@pytest.mark.parametrize("period", ["2023", "2023-H1", "2024-H1"])
def test_a_workbook_holds_the_latest_update_for_its_period(
    tasks: Tasks, policy: Policy, period: str
) -> None:
    year = Period.parse(period).year
    rows_of_year = tasks_for_workbooks(policy, year)
    updates = updates_for_period(rows_of_year, period)
    (parts,) = parts_of(policy, year).values()
    rows = workbook_rows(policy, rows_of_year, parts, updates, year)
    assert {int(number) for number in rows} == {task.number for task in rows_of_year.values()}
    for task in rows_of_year.values():
        update = latest_of(task, lambda code: code == period)
        row = rows[str(task.number)]
        assert row["status"] == (update.status if update else "")
        assert row["narrative"] == (normalise_cell_text(str(update.narrative)) if update else "")


@pytest.mark.parametrize("year", [2023, 2024])
def test_one_number_of_tasks_and_one_status_of_each(
    tasks: Tasks, policy: Policy, year: int
) -> None:
    rows = {task.number: task.status for task in tasks_of(policy, year)}
    address = f"/en/poznan/policy/2023-2024/table.csv?year={year}"
    lines = list(
        DictReader(StringIO(Client().get(address).content.decode("utf-8-sig")), delimiter=";")
    )
    exported = {int(line["No."]): line["Status"] for line in lines}
    with override("en"):
        assert exported == {number: str(STATUS_LABELS[status]) for number, status in rows.items()}
    found = filter_tasks(policy, TableFilter(year, words="kurs"))
    assert {task.number for task in found} == rows.keys()
    by_group = filter_tasks(policy, TableFilter(year, by="group"))
    assert {task.number for task in by_group} == rows.keys()
    assert annual_report_gaps(start_review(by=None, policy=policy, year=year)).tasks == len(rows)


def test_what_is_asked_today_is_asked_everywhere(
    tasks: Tasks, policy: Policy, leader: User, coordinator: User, signed_in: SignedIn
) -> None:
    """On the pages themselves, which go by the day of today."""
    today = timezone.localdate()
    awaited = {task.pk for task, __ in awaited_reports(reportable_tasks([policy]), today)}
    own = signed_in(leader).get("/en/poznan/policy/2023-2024/report/").context["cards"]
    __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
    by_link = Client().get(f"/en/poznan/r/{token}/").context["cards"]
    owners = signed_in(coordinator).get("/en/poznan/policy/2023-2024/links/").context["owners"]
    digests = plan_reminder_run(policy, today).digests
    reminded = {item.task.pk for digest in digests for item in digest.items}

    assert {card.task.pk for card in own.cards} == awaited
    assert {card.task.pk for card in by_link.cards} == awaited
    assert [owner.awaited for owner in owners] == [len(awaited)] * 2  # the leader, and the unit
    assert [owner.tasks for owner in owners] == [len(tasks)] * 2
    assert reminded == awaited


def test_calendars_hold_what_has_a_day_and_cancel_what_is_abandoned(
    tasks: Tasks, policy: Policy
) -> None:
    content = Client().get("/en/poznan/policy/2023-2024/table.ics").content
    shown = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        shown[int(str(event["uid"]).split("-")[1])] = str(event.get("status", ""))
    expected = {}
    for task in tasks:
        latest = latest_of(task)
        if task.due:
            is_abandoned = latest is not None and latest.status == Status.ABANDONED
            expected[task.pk] = "CANCELLED" if is_abandoned else ""
    assert shown == expected
    requests_of = requests_by_task(reportable_tasks([policy]), TODAY)
    assert not [key for key, status in shown.items() if status and key in requests_of]


def test_a_change_is_shown_on_the_day_of_its_recording(tasks: Tasks, policy: Policy) -> None:
    entries = {entry.object_id: entry.at for entry in FeedEntry.objects.filter(kind="progress")}
    recorded = {}
    for task in tasks:
        recorded |= {update.pk: update.created_at for update in task.updates.all()}
    assert entries == recorded
