"""The table as one asks for it: its columns, its groups and its pages."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from splot.implementation.actions.plans import add_group
from splot.implementation.columns import COLUMNS
from splot.implementation.lines import MilestoneLine, MoneyLine, WindowLine
from splot.implementation.models import Task
from splot.implementation.table_view import column_choices
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_states import rich_task
from tests.implementation.views import TABLE, TIMELINE, groups, rows_of

pytestmark = pytest.mark.django_db
COLUMNS_PAGE = f"{TABLE}columns/"
MODEL = [
    "For whom",
    "Municipal institution",
    "Outside institutions",
    "When",
    "Sensitive groups",
    "Resources",
]
MODEL += ["Indicators", "Monitoring and evaluation"]


def head(answer) -> list[str]:
    """The headings of the columns, as they stand on the page."""
    return [
        cell.text_content().strip()
        for cell in html.fromstring(answer.content).xpath("//main//thead/tr/th")
    ]


class TestColumns:
    def test_a_visitor_gets_those_of_the_model(self, policy: Policy) -> None:
        rich_task(policy)
        assert head(Client().get(f"{TABLE}?year=2023")) == ["Task", "Status", *MODEL]

    @pytest.mark.parametrize(
        "query", ["columns=planned,lead,after", "columns=after&columns=planned&columns=lead"]
    )
    def test_are_chosen_in_the_address_and_stand_in_the_tables_order(
        self, policy: Policy, query: str
    ) -> None:
        rich_task(policy)
        page = Client().get(f"{TABLE}?year=2023&{query}")
        assert head(page) == [
            "Task",
            "Status",
            "Municipal institution",
            "After tasks",
            "Money planned",
        ]
        (row,) = rows_of(page, 2)
        assert row["After tasks"] == ["1"]
        assert row["Money planned"] == ["2023: 12,000 PLN", "2024: 500 EUR"]

    @pytest.mark.parametrize(
        "query", ["columns=nonsense", "columns=title", "columns=%00", "columns=,,", "columns="]
    )
    def test_that_do_not_exist_are_passed_over(self, policy: Policy, query: str) -> None:
        factories.task(policy)
        assert head(Client().get(f"{TABLE}?{query}")) == ["Task", "Status", *MODEL]
        assert head(Client().get(f"{TABLE}?{query},lead")) == [
            "Task",
            "Status",
            "Municipal institution",
        ]

    def test_all_of_them_say_something_of_a_full_row(self, policy: Policy) -> None:
        rich_task(policy)
        page = Client().get(f"{TABLE}?year=2023&columns={','.join(column_choices())}")
        (row,) = rows_of(page, 2)
        assert list(row) == [
            "Status",
            *(str(column.label) for column in COLUMNS if column.code != "title"),
        ]
        # what is missing is no line
        assert [label for label, lines in row.items() if not lines] == []
        assert row["Outside institutions"] == [
            "Stowarzyszenie Most (prowadzi kurs)",
            "Fundacja Nauki",
        ]
        assert row["When"] == ["Feb 1, 2023 – Mar 31, 2023", "Sep 1, 2023 – Nov 30, 2023"]
        assert row["Milestones"] == ["Nabór (reached Mar 15, 2023)", "Egzamin (Nov 1, 2023)"]
        # nobody gave the euros: they are no line, and not 0
        assert row["Money paid"] == ["2023: 0 PLN"]

    def test_speak_the_readers_language(self, policy: Policy) -> None:
        rich_task(policy)
        page = Client().get("/uk/poznan/policy/2023-2024/table/?year=2023&columns=risks,milestones")
        assert "Замало вчителів" in page.content.decode()
        assert "Набір" in page.content.decode()

    def test_a_visitors_cookie_changes_nothing(self, policy: Policy) -> None:
        """The page is kept for everybody: what it shows may not depend on who asked first."""
        factories.task(policy)
        client = Client()
        client.cookies["splot_columns"] = "risks"
        assert head(client.get(TABLE)) == ["Task", "Status", *MODEL]

    def test_a_member_chooses_them_once(self, policy: Policy, leader, signed_in) -> None:
        factories.task(policy)
        client = signed_in(leader)
        asked = {
            "columns": ["risks", "lead", "nonsense"],
            "query": "area=1&by=month&page=7&next=//evil.example&year=2023",
        }
        answer = client.post(COLUMNS_PAGE, asked)
        assert answer.status_code == 302
        assert answer["Location"] == f"{TABLE}?year=2023&area=1&by=month&columns=lead%2Crisks"
        cookie = answer.cookies["splot_columns"]
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("lead,risks", True, "Lax")
        assert head(client.get(answer["Location"])) == [
            "Task",
            "Status",
            "Municipal institution",
            "Risks",
        ]
        assert head(client.get(TABLE)) == ["Task", "Status", "Municipal institution", "Risks"]
        # the address comes first
        assert head(client.get(f"{TABLE}?columns=when")) == ["Task", "Status", "When"]

    def test_nothing_ticked_is_the_model_again(self, policy: Policy, leader, signed_in) -> None:
        factories.task(policy)
        client = signed_in(leader)
        client.post(COLUMNS_PAGE, {"columns": "risks"})
        client.post(COLUMNS_PAGE, {"query": "\0" * 5000})
        assert head(client.get(TABLE)) == ["Task", "Status", *MODEL]

    def test_strangers_cannot_send_a_choice(
        self, policy: Policy, other_town: Municipality, signed_in
    ) -> None:
        assert "/sign-in/" in Client().post(COLUMNS_PAGE, {"columns": "risks"})["Location"]
        stranger = signed_in(factories.user(other_town, "coordinator"))
        assert stranger.post(COLUMNS_PAGE, {"columns": "risks"}).status_code == 404
        assert stranger.get(COLUMNS_PAGE).status_code == 405

    def test_the_filters_keep_them(self, policy: Policy) -> None:
        factories.task(policy)
        page = html.fromstring(Client().get(f"{TABLE}?columns=risks,lead").content)
        assert page.xpath("//form[@class='filters']//input[@name='columns']/@value") == [
            "lead,risks"
        ]


class TestGroups:
    @pytest.fixture
    def town_rows(self, policy: Policy) -> None:
        """Six tasks whose order in the table is not that of any other grouping."""
        town = policy.municipality
        schools, culture = (
            factories.organisation(town),
            factories.organisation(town, "Wydział Kultury"),
        )
        blind, families = (
            add_group(by=None, municipality=town, name=text(name))
            for name in ("Niewidomi", "Rodziny")
        )
        somebody = factories.user(town, "leader")
        for number, (lead, person, priority, due, of) in enumerate(
            [
                (schools, somebody, 2, date(2023, 9, 30), [families]),
                (culture, None, 1, date(2023, 5, 31), [families, blind]),
                (None, somebody, None, date(2023, 9, 1), []),
                (schools, None, 1, None, [blind]),
                (culture, somebody, 2, date(2023, 5, 1), []),
                (schools, somebody, 1, date(2024, 9, 30), [blind, families]),
            ]
        ):
            values = {
                "timing": Task.Timing.DATES,
                "lead": lead,
                "leader": person,
                "priority": priority,
            }
            activity = ("3-1-1", "3-2-1")[number % 2]
            factories.task(policy, activity, due=due, groups=of, **values)

    def test_by_area_is_how_it_comes(self, policy: Policy, town_rows: None) -> None:
        first, second = policy.areas.all()
        expected = [(f"1. {first.name}", [1, 3, 5]), (f"2. {second.name}", [2, 4, 6])]
        assert groups(Client().get(f"{TABLE}?year=2023")) == expected
        assert groups(Client().get(f"{TABLE}?year=2023&by=nonsense")) == expected

    @pytest.mark.parametrize(
        ("by", "expected"),
        [
            (
                "organisation",
                {
                    "Wydział Oświaty": [1, 4, 6],
                    "Wydział Kultury": [2, 5],
                    "No institution named": [3],
                },
            ),
            ("leader", {"leader poznan": [1, 3, 5, 6], "Nobody in charge": [2, 4]}),
            (
                "group",
                {"Niewidomi": [2, 4, 6], "Rodziny": [1, 2, 6], "No sensitive group named": [3, 5]},
            ),
            (
                "priority",
                {"Priority 1": [2, 4, 6], "Priority 2": [1, 5], "No order of priority": [3]},
            ),
            (
                "month",
                {
                    "May 2023": [2, 5],
                    "September 2023": [1, 3],
                    "September 2024": [6],
                    "No due date": [4],
                },
            ),
        ],
    )
    def test_each_heading_stands_once_above_its_tasks(
        self, policy: Policy, town_rows: None, by: str, expected: dict[str, list[int]]
    ) -> None:
        found = groups(Client().get(f"{TABLE}?year=2023&by={by}"))
        # what has none of it comes last
        assert [heading for heading, __ in found] == list(expected)
        assert {heading: sorted(numbers) for heading, numbers in found} == expected
        if by != "group":
            assert groups(Client().get(f"{TIMELINE}?year=2023&by={by}")) == found

    def test_a_task_in_two_groups_is_counted_once(self, policy: Policy, town_rows: None) -> None:
        page = Client().get(f"{TABLE}?year=2023&by=group")
        assert page.context["counts"].total == 6
        assert page.context["page"].paginator.count == 8

    def test_a_task_without_an_activity_stands_in_its_area_or_outside(self, policy: Policy) -> None:
        factories.task(policy, activities=[], area=policy.areas.get(number=2))
        factories.task(policy, activities=[])
        outside = ("Outside the areas", [2])
        assert groups(Client().get(TABLE)) == [outside, ("2. Praca", [1])]
        assert groups(Client().get(TIMELINE)) == [outside, ("Praca", [1])]

    def test_pages_go_on_where_the_last_one_ended(self, policy: Policy) -> None:
        for __ in range(61):
            factories.task(policy)
        first, second = (groups(Client().get(f"{TABLE}?page={page}")) for page in (1, 2))
        assert [heading for heading, __ in first] == [heading for heading, __ in second]
        assert first[0][1] + second[0][1] == list(range(1, 62))

    def test_every_row_of_every_group_is_on_some_page(self, policy: Policy) -> None:
        both = [
            add_group(by=None, municipality=policy.municipality, name=text(name))
            for name in ("Niewidomi", "Rodziny")
        ]
        for __ in range(40):
            factories.task(policy, groups=both)
        found: dict[str, list[int]] = {}
        for page in (1, 2):
            for heading, numbers in groups(Client().get(f"{TABLE}?by=group&page={page}")):
                found.setdefault(heading, []).extend(numbers)
        assert found == {"Niewidomi": list(range(1, 41)), "Rodziny": list(range(1, 41))}


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"{TABLE}?year=2023", 12),
        (f"{TABLE}?year=2023&by=group&columns={','.join(column_choices())}", 17),
        (f"{TIMELINE}?year=2023", 12),
    ],
)
def test_the_number_of_queries_is_that_of_one_row(policy: Policy, address: str, most: int) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        return len(captured)

    task = rich_task(policy)
    one = queries()
    for number in range(59):
        values = {
            "partners": task.partners.all(),
            "groups": task.groups.all(),
            "leader": task.leader,
        }
        windows = [WindowLine(date(2023, 1 + number % 12, 1), date(2023, 12, 31))]
        milestones = [MilestoneLine(text("Nabór"), date(2023, 3, 1))]
        budget = [MoneyLine("own", 2023, planned=number)]
        factories.task(
            policy,
            **values,
            windows=windows,
            milestones=milestones,
            budget=budget,
            depends_on=[task],
        )
    assert queries() == one <= most
