"""The table: what it shows, counts and lets through; how many queries it takes."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from splot.core.actions import Conflict
from splot.implementation.actions.plans import add_group, start_plan
from splot.implementation.actions.tasks import archive_task, change_task
from splot.implementation.lines import ResourceLine, TargetLine
from splot.implementation.models import Task
from splot.implementation.queries import (
    TableFilter,
    counts_by_area,
    counts_of,
    filter_tasks,
    tasks_of,
)
from splot.implementation.statuses import NOT_REPORTED
from splot.indicators.actions import add_indicator
from splot.people.models import Municipality
from splot.policy.models import Policy
from splot.search.actions import learn_word_forms
from splot.search.queries import keys_of_rows_with, searched_words
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db
TABLE = "/en/poznan/policy/2023-2024/table/"


def full_task(policy: Policy, **values) -> Task:
    """A task with something in each of the nine columns."""
    town = policy.municipality
    indicator = add_indicator(
        by=None, municipality=town, name=text("Uczestnicy kursów"), unit=text("osoby")
    )
    return factories.task(
        policy,
        audience=text("Dorośli cudzoziemcy"),
        lead=factories.organisation(town),
        partners=[factories.organisation(town, "Fundacja Nauki", "ngo")],
        starts=date(2023, 2, 1),
        due=date(2023, 11, 30),
        timing=Task.Timing.DATES,
        groups=[add_group(by=None, municipality=town, name=text("Osoby z niepełnosprawnościami"))],
        resources=[
            ResourceLine("money", text("30 000 zł")),
            ResourceLine("people", text("lektor")),
        ],
        targets=[TargetLine(indicator, 120, "2023", 80, "2022")],
        monitoring=text("Listy obecności"),
        **values,
    )


def test_the_table_shows_all_nine_columns(policy: Policy) -> None:
    full_task(policy)
    page = Client().get(f"{TABLE}?year=2023").content.decode()
    for words in (
        "Kurs języka polskiego",
        "Dorośli cudzoziemcy",
        "Wydział Oświaty",
        "Fundacja Nauki",
        "Nov 30, 2023",
        "Osoby z niepełnosprawnościami",
        "30 000 zł",
        "Uczestnicy kursów",
        "120",
        "Listy obecności",
        "§ 3 ust. 1 pkt 1",
    ):
        assert words in page, words


def test_an_empty_table_tells_each_reader_what_they_can_do(
    policy: Policy, coordinator, signed_in
) -> None:
    start_plan(by=None, policy=policy, starts=2023, ends=2024)
    assert "The coordinator adds them" in Client().get(TABLE).content.decode()
    page = signed_in(coordinator).get(TABLE).content.decode()
    assert "read the spreadsheet that you have" in page and "The coordinator adds" not in page


def test_the_form_of_the_first_task_offers_to_read_a_spreadsheet(
    policy: Policy, coordinator, signed_in
) -> None:
    client, words = signed_in(coordinator), "stand in a spreadsheet already"
    page = client.post(f"{TABLE}start/", follow=True).content.decode()
    assert words in page and f'href="{TABLE}read/"' in page
    factories.task(policy)
    assert words not in client.get(f"{TABLE}add/").content.decode()


def test_an_empty_cell_is_seen_to_be_empty(policy: Policy) -> None:
    factories.task(policy)
    page = Client().get(TABLE).content.decode()
    assert page.count('class="missing"') >= 6


def test_silence_is_neither_done_nor_undone(policy: Policy) -> None:
    done, silent = factories.task(policy), factories.task(policy)
    factories.update(done, "done", "2023")
    counts = counts_of(tasks_of(policy, 2023))
    assert (
        counts.total,
        counts.reported,
        counts["done"],
        counts[NOT_REPORTED],
        counts["not_started"],
    ) == (
        2,
        1,
        1,
        1,
        0,
    )
    assert [
        task.number for task in filter_tasks(policy, TableFilter(2023, status=NOT_REPORTED))
    ] == [silent.number]


def test_the_word_on_one_year_says_nothing_of_another(policy: Policy) -> None:
    factories.update(factories.task(policy), "done", "2023")
    assert counts_of(tasks_of(policy, 2024))[NOT_REPORTED] == 1


def test_the_latest_period_of_a_year_counts_and_its_latest_correction(policy: Policy) -> None:
    task = factories.task(policy)
    factories.update(task, "late", "2023")
    factories.update(task, "on_time", "2023-H1")  # said later of an earlier period
    assert counts_of(tasks_of(policy, 2023))["late"] == 1
    factories.update(task, "done", "2023")
    assert counts_of(tasks_of(policy, 2023))["done"] == 1


def test_a_task_for_two_areas_counts_in_both_and_once_in_all(policy: Policy) -> None:
    both = policy.activities.filter(slug__in=["3-1-1", "3-2-1"])
    factories.update(factories.task(policy, activities=list(both)), "done", "2023")
    assert counts_of(tasks_of(policy, 2023)).total == 1
    counts = counts_by_area(policy, 2023)
    assert [(area.number, own.total) for area, own in counts.areas] == [(1, 1), (2, 1)]
    assert (counts.outside.total, counts.together.total) == (0, 1)
    assert len(filter_tasks(policy, TableFilter(2023, words="kurs"))) == 1


def test_the_words_of_a_filter_are_found_as_the_search_finds_them(policy: Policy) -> None:
    factories.task(policy, title=text("Zajęcia w szkole nr 12"), risks=text("Brak sal"))
    factories.task(policy, title=text("Przedszkole dla każdego"))
    archived = factories.task(policy, title=text("Szkoła letnia"))
    archive_task(by=None, task=archived, version=archived.version, archived=True)
    other = factories.policy(factories.municipality("lublin"))
    factories.task(other, title=text("Szkoły Lublina"))
    learn_word_forms.func()
    found = {
        words: [task.number for task in filter_tasks(policy, TableFilter(2023, words=words))]
        for words in (
            "szkoły",
            "SZKOLE sali",
            "szkol",
            "zajec",
            "2",
            "przedszkola",
            "!",
            "szkoły 3",
        )
    }
    assert found == {
        "szkoły": [1],
        "SZKOLE sali": [1],
        "szkol": [1],
        "zajec": [1],
        "2": [2],
        "przedszkola": [2],
        "!": [],
        "szkoły 3": [],
    }


def test_a_task_is_in_the_years_that_its_dates_touch(policy: Policy) -> None:
    task = full_task(policy)  # due in November 2023
    factories.update(task, "done", "2023")
    assert tasks_of(policy, 2023).count() == 1
    assert tasks_of(policy, 2024).count() == 0


def test_a_task_that_nobody_reported_on_does_not_vanish_when_its_year_ends(policy: Policy) -> None:
    task = full_task(policy)  # due in November 2023
    assert counts_of(tasks_of(policy, 2024))[NOT_REPORTED] == 1
    factories.update(task, "done", "2023")
    assert task not in tasks_of(policy, 2024)


def test_what_recurs_and_was_done_for_a_part_of_its_time_does_not_vanish(policy: Policy) -> None:
    due = date(2023, 11, 30)
    task = factories.task(policy, timing=Task.Timing.YEARLY, due=due)
    factories.update(task, "done", "2023-H1")
    assert task in tasks_of(policy, 2024)
    factories.update(task, "done", "2023")
    assert task not in tasks_of(policy, 2024)


def test_a_late_task_does_not_vanish_when_its_year_ends(policy: Policy) -> None:
    task = full_task(policy)  # due in November 2023
    factories.update(task, "late", "2023")
    assert counts_of(tasks_of(policy, 2024))[NOT_REPORTED] == 1
    factories.update(task, "done", "2024")
    assert counts_of(tasks_of(policy, 2024))["done"] == 1
    finished = full_task(policy)
    factories.update(finished, "done", "2023")
    assert finished not in tasks_of(policy, 2024)


def test_no_words_are_found_in_no_row(policy: Policy) -> None:
    task = full_task(policy)
    kurs = searched_words("kurs")
    assert list(keys_of_rows_with(Task, policy.scope, kurs)) == [task.pk]
    assert not keys_of_rows_with(Task, policy.scope, searched_words("…"))


def test_filters_narrow_and_nonsense_does_not_break(policy: Policy) -> None:
    task = full_task(policy)
    factories.task(policy, "3-2-1", title=text("Poradnictwo zawodowe"))
    group = task.groups.get()
    client = Client()
    for query, found in (
        ("area=1", 1),
        ("area=2", 1),
        (f"organisation={task.lead_id}", 1),
        (f"group={group.pk}", 1),
        ("gap=resources", 1),
        ("gap=leader", 2),
        ("gap=overdue", 1),
        ("gap=id", 2),
        ("words=PORADNICTWO", 1),
        ("words=kurs+polskiego", 1),
        ("words=J%C4%98ZYKA", 1),
        ("words=nigdzie", 0),
        ("words=%00kurs%00", 1),
        ("area=x&organisation=;drop&status=%00&group=999999999999999999999", 2),
        ("page=99999", 2),
    ):
        answer = client.get(f"{TABLE}?year=2023&{query}")
        assert answer.status_code == 200, query
        assert answer.context["counts"].total == found, query


def test_the_number_of_queries_does_not_grow_with_the_rows(policy: Policy) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert Client().get(f"{TABLE}?year=2023").status_code == 200
        return len(captured)

    full_task(policy)
    one = queries()
    organisations = [
        factories.organisation(policy.municipality, f"Jednostka {n}") for n in range(6)
    ]
    for number in range(29):
        factories.update(
            factories.task(policy, lead=organisations[number % 6], partners=organisations[:3]),
            "done",
        )
    assert queries() == one <= 10


def test_a_late_change_is_shown_beside_the_other_and_loses_nothing(
    policy: Policy, coordinator, signed_in
) -> None:
    task = factories.task(policy)
    lines = {
        "activities": policy.activities.all()[:1],
        "partners": [],
        "groups": [],
        "resources": [],
        "targets": [],
    }
    change_task(by=None, task=task, version=1, title=text("Kurs wieczorowy"), **lines)
    form = form_values(task, title="Kurs weekendowy", version="1")
    client = signed_in(coordinator)
    page = client.post("/en/poznan/policy/2023-2024/tasks/1/edit/", form)
    assert "Kurs wieczorowy" in page.content.decode()
    assert "Kurs weekendowy" in page.content.decode()
    assert Task.objects.get().title.texts["pl"] == "Kurs wieczorowy"
    form["version"] = page.context["form"]["version"].value()
    client.post("/en/poznan/policy/2023-2024/tasks/1/edit/", form)
    assert Task.objects.get().title.texts["pl"] == "Kurs weekendowy"


def form_values(task: Task, **values: str) -> dict:
    blank = {
        f"{kind}-{name}": number
        for kind in ("resources", "targets")
        for name, number in FORMSET.items()
    }
    activity = task.policy.activities.first().pk
    return {
        "activities": [activity],
        "timing": "yearly",
        "title": "Kurs",
        "version": task.version,
        **blank,
        **values,
    }


FORMSET = {"TOTAL_FORMS": "2", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "30"}


def test_the_coordinator_fills_a_row_and_corrects_it(
    policy: Policy, coordinator, signed_in
) -> None:
    factories.task(policy)
    indicator = add_indicator(
        by=None, municipality=policy.municipality, name=text("Kursy"), unit=text("kursy")
    )
    client = signed_in(coordinator)
    values = form_values(Task.objects.get(), title="Kurs dla rodziców")
    values |= {
        "resources-0-kind": "money",
        "resources-0-text": "12 000 zł",
        "version": "",
        "timing": "dates",
    }
    values |= {"targets-0-indicator": indicator.pk, "targets-0-value": "4", "targets-0-by": "2024"}
    page = client.post("/en/poznan/policy/2023-2024/tasks/add/", values)
    assert page.context["form"].errors["due"]  # a dated task needs its date
    client.post("/en/poznan/policy/2023-2024/tasks/add/", {**values, "due": "2024-06-30"})
    task = Task.objects.get(number=2)
    assert (task.resources.get().kind, task.targets.get().value) == ("money", 4)
    line = {
        "resources-0-kind": "no_cost",
        "resources-0-text": "",
        "version": task.version,
        "due": "2024-06-30",
    }
    client.post("/en/poznan/policy/2023-2024/tasks/2/edit/", {**values, **line})
    assert [line.kind for line in task.resources.all()] == ["no_cost"]


def test_rows_of_another_municipality_are_not_taken(
    policy: Policy, other_town: Municipality, coordinator, signed_in
):
    task = factories.task(policy)
    foreign = factories.organisation(other_town, "Obcy wydział")
    page = signed_in(coordinator).post(
        "/en/poznan/policy/2023-2024/tasks/1/edit/",
        form_values(task, lead=str(foreign.pk), partners=str(foreign.pk)),
    )
    assert set(page.context["form"].errors) == {"lead", "partners"}
    assert "Obcy wydział" not in page.content.decode()
    with pytest.raises(ValueError, match="another municipality"):
        factories.task(policy, partners=[foreign])


def test_a_task_off_the_table_is_kept_and_comes_back(policy: Policy, coordinator) -> None:
    task = factories.task(policy)
    factories.update(task, "done")
    archive_task(by=coordinator, task=task, version=1, archived=True)
    assert tasks_of(policy, 2023).count() == 0
    assert Client().get("/en/poznan/policy/2023-2024/tasks/1/").status_code == 200
    with pytest.raises(Conflict):
        archive_task(by=coordinator, task=task, version=1, archived=False)
    archive_task(by=coordinator, task=Task.objects.get(), version=2, archived=False)
    assert tasks_of(policy, 2023).count() == 1
