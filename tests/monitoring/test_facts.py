"""The facts of a year: who is counted, who is not, and that frozen facts come back as they were."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from splot.implementation.actions.tasks import archive_task
from splot.monitoring.documents.content import annual_report_content
from splot.monitoring.facts import deserialise_facts, facts_of, serialise_facts
from splot.people.models import User
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from tests import factories
from tests.factories import text

from .year import measured, tasks_of_a_year


def test_every_task_counts_once_and_silence_has_its_own_count(policy: Policy) -> None:
    tasks_of_a_year(policy)
    facts = facts_of(policy, 2023)
    assert facts["counts"] == {
        "activities": 4,
        "activities_with_tasks": 4,
        "tasks": 5,
        "statuses": {
            "done": 1,
            "on_time": 1,
            "late": 1,
            "paused": 0,
            "not_started": 0,
            "abandoned": 0,
            "not_reported": 2,
        },
        "in_several_areas": 1,
        "without_activity": 0,
        "without_area": 0,
        "without_target": 5,
    }


def test_a_task_of_two_areas_stands_in_both(policy: Policy) -> None:
    shared = tasks_of_a_year(policy)[1].number
    education, work = facts_of(policy, 2023)["areas"]
    assert (education["tasks"], work["tasks"]) == (3, 3), "six in the areas, five in all"
    assert shared in education["activities"][0]["tasks"]
    assert shared in work["activities"][0]["tasks"]


def test_over_zero_and_no_number_stay_three_things(policy: Policy) -> None:
    tasks_of_a_year(policy)
    education, work = facts_of(policy, 2023)["areas"]
    assert education["reached"] == [
        {"unit": "persons", "value": 150, "qualifier": "over", "tasks": 2}
    ]
    assert work["reached"] == [
        {"unit": "persons", "value": 30, "qualifier": "exact", "tasks": 1},
        {"unit": "households", "value": 0, "qualifier": "exact", "tasks": 1},
    ]
    assert (education["without_reach"], work["without_reach"]) == (0, 0), (
        "silent tasks are not asked for a number"
    )


def test_what_belongs_to_another_year_or_is_put_away_is_left_out(policy: Policy) -> None:
    over = factories.task(policy, timing="dates", starts=date(2024, 1, 1), due=date(2024, 6, 30))
    gone = factories.task(policy)
    factories.update(gone, "done")
    archive_task(by=None, task=gone, version=gone.version, archived=True)
    assert facts_of(policy, 2023)["counts"]["tasks"] == 0
    assert [task["number"] for task in facts_of(policy, 2024)["tasks"]] == [over.number]


def test_the_latest_word_of_the_year_speaks(policy: Policy) -> None:
    task = factories.task(policy)
    factories.update(task, "late", period="2023-H1", narrative=text("Opóźnienie."))
    factories.update(task, "on_time", period="2023-H2", narrative=text("Nadrobione."))
    factories.update(task, "done", period="2023-H2", narrative=text("Poprawka: skończone."))
    (row,) = facts_of(policy, 2023)["tasks"]
    assert (row["status"], str(row["update"]["narrative"])) == ("done", "Poprawka: skończone.")


def test_the_act_and_its_duty_to_report_are_named(policy: Policy) -> None:
    duty = facts_of(policy, 2023)["policy"]["duty"]
    assert duty["number"] == "§ 6 ust. 2"
    assert "coroczne sprawozdanie" in str(duty["text"])


def test_indicators_stop_at_the_end_of_the_year(policy: Policy) -> None:
    task = factories.task(policy)
    measured(task, **{"2023": 150, "2024": 220})
    (now,) = facts_of(policy, 2023)["indicators"]
    (later,) = facts_of(policy, 2024)["indicators"]
    assert [row["period"] for row in now["observations"]] == ["2022", "2023"]
    assert (now["targets"][0]["verdict"], later["targets"][0]["verdict"]) == (
        "right_way",
        "reached",
    )


def test_frozen_facts_come_back_as_they_were(policy: Policy) -> None:
    measured(tasks_of_a_year(policy)[0], **{"2023": 150})
    facts = facts_of(policy, 2023)
    assert deserialise_facts(json.loads(json.dumps(serialise_facts(facts)))) == facts


def test_percentages_name_their_denominator(policy: Policy) -> None:
    tasks_of_a_year(policy)
    with override("en"):
        paper = annual_report_content(facts_of(policy, 2023), draft=True)
    table = paper["statuses"]
    assert table["finding"] == "1 of 5 tasks are done; 2 of 5 were not reported"
    assert (table["of_all"], table["of_reported"]) == (
        "Share of all 5 tasks",
        "Share of the 3 reported",
    )
    shares = {row["code"]: (row["of_all"], row["of_reported"]) for row in table["rows"]}
    assert shares["done"] == ("20%", "33%")
    assert shares["not_reported"] == ("40%", "–"), "the silent are no part of the reported"


def test_a_year_without_tasks_has_no_percentages(policy: Policy) -> None:
    table = annual_report_content(facts_of(policy, 2023), draft=True)["statuses"]
    assert {row["of_all"] for row in table["rows"]} == {"–"}


@pytest.mark.parametrize("times", [1, 6])
def test_the_number_of_queries_does_not_grow(policy: Policy, leader: User, times: int) -> None:
    for __ in range(times):
        measured(tasks_of_a_year(policy, leader)[0], **{"2023": 150})
    fresh = policy_of(policy.municipality, policy.term)
    with CaptureQueriesContext(connection) as queries:
        facts = facts_of(fresh, 2023)
    assert facts["counts"]["tasks"] == 5 * times
    assert len(queries) == 13
