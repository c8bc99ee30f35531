"""The rows of the table on a line of time: bars, milestones and today."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from splot.implementation.lines import MilestoneLine, WindowLine
from splot.implementation.models import Task
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_states import changed
from tests.implementation.views import TABLE, TIMELINE, dated, line_of

pytestmark = pytest.mark.django_db


def share(day: date) -> int:
    """How many thousandths of 2023 are over when a day begins."""
    return round((day - date(2023, 1, 1)).days * 1000 / 365)


class TestTimeline:
    @pytest.mark.parametrize(
        ("starts", "due", "bar"),
        [
            (date(2023, 1, 1), date(2023, 12, 31), (0, 1000)),
            (
                date(2023, 2, 1),
                date(2023, 11, 30),
                (share(date(2023, 2, 1)), share(date(2023, 12, 1))),
            ),
            (None, date(2023, 6, 30), (0, share(date(2023, 7, 1)))),
            (date(2023, 10, 1), None, (share(date(2023, 10, 1)), 1000)),
            (date(2022, 5, 1), date(2023, 1, 31), (0, share(date(2023, 2, 1)))),
            (date(2023, 12, 1), date(2025, 1, 31), (share(date(2023, 12, 1)), 1000)),
            (date(2020, 1, 1), date(2030, 1, 1), (0, 1000)),
        ],
    )
    def test_bars_begin_and_end_where_the_task_does(self, policy: Policy, starts, due, bar) -> None:
        dated(policy, starts, due)
        (row,) = line_of(policy).rows
        assert [(each.start, each.start + each.width) for each in row.bars] == [bar]

    def test_each_stretch_of_time_is_a_bar(self, policy: Policy) -> None:
        spring, autumn = (
            WindowLine(date(2023, 3, 1), date(2023, 4, 30)),
            WindowLine(date(2023, 9, 1), None),
        )
        later = WindowLine(date(2024, 3, 1), date(2024, 4, 30))
        factories.task(policy, timing=Task.Timing.DATES, windows=[spring, autumn, later])
        bars = [(bar.start, bar.start + bar.width) for bar in line_of(policy).rows[0].bars]
        assert sorted(bars) == [
            (share(date(2023, 3, 1)), share(date(2023, 5, 1))),
            (share(date(2023, 9, 1)), 1000),
        ]
        page = Client().get(f"{TIMELINE}?year=2023")
        assert len(html.fromstring(page.content).xpath("//*[@class='timeline__bars']//rect")) == 2

    @pytest.mark.parametrize("timing", [Task.Timing.YEARLY, Task.Timing.CONTINUOUS])
    def test_what_goes_on_all_year_fills_it(self, policy: Policy, timing: str) -> None:
        factories.task(policy, timing=timing)
        (row,) = line_of(policy).rows
        assert [(bar.start, bar.width) for bar in row.bars] == [(0, 1000)]

    @pytest.mark.parametrize("timing", [Task.Timing.DATES, Task.Timing.AFTER])
    def test_a_task_without_dates_has_no_bar(self, policy: Policy, timing: str) -> None:
        factories.task(policy, timing=timing, depends_on=[factories.task(policy)])
        row = line_of(policy).rows[1]
        assert (row.bars, row.after) == ([], [1])
        page = Client().get(f"{TIMELINE}?year=2023").content.decode()
        assert "after tasks 1" in page
        assert len(html.fromstring(page).xpath("//*[@class='timeline__bars']//rect")) == 1

    def test_a_late_task_of_last_year_keeps_its_date(self, policy: Policy) -> None:
        factories.update(dated(policy, None, date(2023, 11, 30)), "late", "2023")
        (row,) = line_of(policy, 2024).rows
        assert row.bars == []
        page = html.fromstring(Client().get(f"{TIMELINE}?year=2024").content)
        words = page.xpath("//main//tbody")[0].text_content()
        assert "until Nov 30, 2023" in words
        assert "no dates" not in words

    def test_milestones_stand_where_they_were_reached_or_are_due(self, policy: Policy) -> None:
        milestones = [
            MilestoneLine(text("Nabór"), date(2022, 12, 1), date(2023, 2, 1)),
            MilestoneLine(text("Egzamin"), date(2023, 6, 1)),
            MilestoneLine(text("Kiedyś")),
            MilestoneLine(text("Po roku"), date(2024, 1, 1)),
            MilestoneLine(text("Za późno"), date(2023, 12, 1), date(2024, 2, 1)),
        ]
        factories.task(policy, milestones=milestones)
        with override("pl"):
            found = sorted(line_of(policy).rows[0].milestones)
        assert found == [
            (share(date(2023, 2, 1)), "Nabór (1 lut 2023)", True),
            (share(date(2023, 6, 1)), "Egzamin (1 cze 2023)", False),
        ]

    def test_today_is_marked_only_in_its_year(self, policy: Policy) -> None:
        factories.task(policy)
        assert line_of(policy, 2023, date(2023, 7, 2)).today == share(date(2023, 7, 2)) == 499
        assert line_of(policy, 2023, date(2023, 1, 1)).today == 0
        assert line_of(policy, 2024, date(2023, 7, 2)).today is None
        assert line_of(policy, 2023, date(2024, 1, 1)).today is None

    def test_the_page_marks_today(self, town: Municipality) -> None:
        year = timezone.localdate().year
        factories.task(factories.policy(town, term=(year, year + 1)))
        address = f"/en/poznan/policy/{year}-{year + 1}/table/timeline/"
        assert "timeline__today" in Client().get(address).content.decode()
        assert "timeline__today" not in Client().get(f"{address}?year={year + 1}").content.decode()

    def test_a_leap_year_is_as_long_as_it_is(self, policy: Policy) -> None:
        dated(policy, date(2024, 10, 1), date(2024, 10, 1))
        (bar,) = line_of(policy, 2024).rows[0].bars
        assert bar.start == round(274 * 1000 / 366)

    @given(starts=st.dates(date(2021, 1, 1), date(2025, 1, 1)), days=st.integers(0, 900))
    @settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        deadline=None,
        max_examples=30,
    )
    def test_any_span_is_on_the_line_just_when_it_touches_the_year(
        self, policy: Policy, starts: date, days: int
    ) -> None:
        due = date.fromordinal(starts.toordinal() + days)
        task = Task.objects.first() or factories.task(policy)
        changed(task, timing=Task.Timing.DATES, starts=starts, due=due)
        rows = line_of(policy).rows
        touches = starts <= date(2023, 12, 31) and due >= date(2023, 1, 1)
        assert bool(rows and rows[0].bars) == touches
        for bar in rows[0].bars if rows else ():
            assert 0 <= bar.start < 1000
            assert 0 < bar.width <= 1000
            assert bar.start == (0 if starts.year < 2023 else share(starts))

    def test_of_a_draft_is_the_teams(self, town: Municipality, signed_in, coordinator) -> None:
        factories.task(factories.policy(town, status="draft"), title=text("Tajne zadanie"))
        assert Client().get(TIMELINE).status_code == Client().get(TABLE).status_code == 404
        assert "Tajne zadanie" in signed_in(coordinator).get(TIMELINE).content.decode()
