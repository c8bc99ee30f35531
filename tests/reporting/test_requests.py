"""What is asked about a task, when it is asked, and what answers it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from splot.implementation.lines import TargetLine
from splot.implementation.models import ImplementationPlan, Task
from splot.implementation.periods import reporting_period_on, reporting_periods
from splot.indicators.actions import add_indicator, add_observation
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.requests import awaited_reports, reportable_tasks, requests_by_task
from tests import factories
from tests.factories import text

SPRING = date(2024, 3, 15)


def reasons(task: Task, today: date) -> list[str]:
    with override("en"):
        return [
            ask.reason
            for ask in requests_by_task([Task.objects.get(pk=task.pk)], today).get(task.pk, [])
        ]


def every(policy: Policy, reporting: str, days: int = 31) -> None:
    ImplementationPlan.objects.filter(policy=policy).update(
        reporting=reporting, days_to_report=days
    )


@pytest.mark.django_db
class TestWhatIsAsked:
    def test_a_period_is_asked_about_when_it_has_ended_and_is_late_when_the_days_are_over(
        self, policy: Policy
    ) -> None:
        task = factories.task(policy)
        assert reasons(task, date(2023, 12, 31)) == []
        assert reasons(task, date(2024, 1, 1)) == [
            "The report for 2023 is awaited until January 31, 2024."
        ]
        assert reasons(task, date(2024, 1, 31)) == [
            "The report for 2023 is awaited until January 31, 2024."
        ]
        assert reasons(task, date(2024, 2, 1)) == [
            "The report for 2023 was awaited until January 31, 2024."
        ]

    def test_the_plan_says_how_often(self, policy: Policy) -> None:
        task = factories.task(policy)
        every(policy, "quarter", 14)
        assert reasons(task, date(2023, 4, 1)) == [
            "The report for quarter 1 of 2023 is awaited until April 14, 2023."
        ]
        every(policy, "half_year", 31)
        assert reasons(task, date(2023, 4, 1)) == []
        assert reasons(task, SPRING) == [
            "The report for second half of 2023 was awaited until January 31, 2024."
        ]
        plan = policy.plans.get()
        assert [period.code for period in reporting_periods(plan)] == [
            "2023-H1",
            "2023-H2",
            "2024-H1",
            "2024-H2",
        ]
        days = {date(2022, 5, 1): "2023-H1", SPRING: "2024-H1", date(2030, 1, 1): "2024-H2"}
        assert {day: reporting_period_on(plan, day) for day in days} == days

    def test_a_word_answers_and_one_from_the_middle_of_the_period_does_not(
        self, policy: Policy
    ) -> None:
        answered, early = factories.task(policy), factories.task(policy)
        factories.update(answered, said_on=date(2023, 12, 20))
        factories.update(early, said_on=date(2023, 5, 20))
        assert reasons(answered, SPRING) == []
        assert len(reasons(early, SPRING)) == 1
        factories.update(early, said_on=date(2024, 1, 15))
        assert reasons(early, SPRING) == []

    def test_due_soon_and_overdue_are_asked_about_until_somebody_speaks(
        self, policy: Policy
    ) -> None:
        task = factories.task(policy, timing=Task.Timing.DATES, due=date(2023, 6, 30))
        assert reasons(task, date(2023, 6, 15)) == []
        assert reasons(task, date(2023, 6, 16)) == ["It is due on June 30, 2023."]
        assert reasons(task, date(2023, 6, 30)) == ["It is due on June 30, 2023."]
        assert reasons(task, date(2023, 7, 1)) == [
            "It was due on June 30, 2023. Nobody has said since how it went."
        ]
        factories.update(task, "late", said_on=date(2023, 7, 2))
        assert reasons(task, date(2023, 7, 3)) == []
        # the year has ended, and the last word is from its middle
        assert len(reasons(task, SPRING)) == 1

    @pytest.mark.parametrize(
        ("status", "timing", "count"), [("done", "dates", 0), ("done", "yearly", 1)]
    )
    def test_what_is_done_once_is_over_and_what_recurs_is_asked_about_again(
        self, policy: Policy, status: str, timing: str, count: int
    ) -> None:
        every(policy, "half_year")
        task = factories.task(
            policy, timing=timing, due=date(2024, 6, 30) if timing == "dates" else None
        )
        factories.update(task, status, period="2023-H1", said_on=date(2023, 7, 1))
        assert len(reasons(task, SPRING)) == count

    def test_an_abandoned_task_is_left_alone(self, policy: Policy) -> None:
        task = factories.task(policy)
        factories.update(
            task,
            "abandoned",
            period="2023-H1",
            reason=text("Brak chętnych."),
            said_on=date(2023, 7, 1),
        )
        assert reasons(task, SPRING) == []

    def test_a_task_is_asked_about_for_the_time_in_which_it_ran(self, policy: Policy) -> None:
        later = factories.task(policy, starts=date(2024, 2, 1))
        over = factories.task(policy, timing=Task.Timing.DATES, due=date(2023, 5, 31))
        every(policy, "half_year")
        assert reasons(later, SPRING) == []
        assert reasons(over, SPRING)[0] == (
            "The report for first half of 2023 was awaited until July 31, 2023."
        )

    def test_a_task_is_not_asked_about_for_the_time_before_it_was_entered(
        self, policy: Policy
    ) -> None:
        entered = {"entered_on": date(2024, 2, 1)}
        factories.task(policy, **entered)
        begun = factories.task(policy, starts=date(2023, 9, 1), **entered)
        due = factories.task(policy, timing=Task.Timing.DATES, due=date(2023, 11, 30), **entered)
        told = factories.task(policy, **entered)
        factories.update(told, period="2023-H1", said_on=date(2023, 7, 1))
        asked = requests_by_task(Task.objects.order_by("number"), SPRING)
        periods = {key: requests[0].period for key, requests in asked.items()}
        assert periods == {begun.pk: "2023", due.pk: "2023", told.pk: "2023"}
        in_time = {"entered_on": date(2023, 12, 31)}
        assert len(reasons(factories.task(policy, **in_time), SPRING)) == 1

    def test_a_value_is_not_asked_for_of_the_time_before_the_task(self, policy: Policy) -> None:
        indicator = add_indicator(
            by=None, municipality=policy.municipality, name=text("Osoby"), unit=text("osoby")
        )
        targets = [TargetLine(indicator, Decimal(50), "2024")]
        new = factories.task(policy, targets=targets, entered_on=date(2024, 2, 1))
        assert reasons(new, SPRING) == []
        assert len(reasons(new, date(2025, 1, 5))) == 2

    def test_a_value_that_is_missing_is_named_until_it_is_there(self, policy: Policy) -> None:
        town = policy.municipality
        indicator = add_indicator(
            by=None, municipality=town, name=text("Uczestnicy"), unit=text("osoby")
        )
        task = factories.task(policy, targets=[TargetLine(indicator, Decimal(50), "2024")])
        factories.update(task, said_on=date(2024, 1, 5))
        assert reasons(task, SPRING) == ["The value of “Uczestnicy” for 2023 is missing."]
        # zero is a value
        add_observation(by=None, indicator=indicator, period="2023", value=Decimal(0))
        assert reasons(task, SPRING) == []

    def test_the_number_of_queries_does_not_grow(
        self, policy: Policy, django_assert_num_queries
    ) -> None:
        for __ in range(12):
            factories.update(factories.task(policy), said_on=date(2023, 2, 2))
        tasks = list(Task.objects.select_related("plan", "policy"))
        with django_assert_num_queries(2):
            assert len(requests_by_task(tasks, SPRING)) == 12

    def test_a_desk_gets_ones_own_tasks_the_late_ones_first(
        self, policy: Policy, leader: User
    ) -> None:
        other = factories.user(policy.municipality, "leader")
        factories.task(policy, leader=other)
        soon = factories.task(
            policy, leader=leader, timing="dates", starts=date(2024, 1, 1), due=date(2024, 3, 20)
        )
        late = factories.task(policy, leader=leader)
        own = reportable_tasks([policy], user=leader)
        assert [task for task, __ in awaited_reports(own, SPRING)] == [late, soon]
