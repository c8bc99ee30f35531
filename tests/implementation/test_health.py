"""The health of the table: each defect is found in the row that has it and in no other, and leads
to its mend.
"""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from lxml import html

from splot.core.languages import Text
from splot.implementation.actions.tasks import archive_task
from splot.implementation.health import FINDING_KINDS, count_by_institution, table_findings
from splot.implementation.lines import MoneyLine, TargetLine, WindowLine
from splot.implementation.models import Task
from splot.indicators.actions import add_indicator, add_observation
from splot.people.models import Municipality, User
from splot.policy.actions.passages import drop_part
from splot.policy.actions.policies import adopt_amendment, start_amendment
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_states import changed
from tests.implementation.test_table import full_task

pytestmark = pytest.mark.django_db
HEALTH = "/en/poznan/policy/2023-2024/table/health/"
TODAY = date(2023, 6, 1)


def sound_task(policy: Policy, leader: User, **values) -> Task:
    """A row that nothing is missing from; it is due in November 2023."""
    task = full_task(policy, leader=leader, **values)
    for target in task.targets.all():
        add_observation(by=None, indicator=target.indicator, period="2022", value=80)
    return task


def codes(policy: Policy, today: date = TODAY) -> dict[int, set[str]]:
    """{number of the task: what is found of it}, as the sentences tell."""
    found: dict[int, set[str]] = {}
    for finding in table_findings(policy, today):
        (task,) = [
            task
            for task in policy.tasks.all()
            if f"{task.number}. {task.title}" in finding.sentence
        ]
        found.setdefault(task.number, set()).add(finding.kind.code)
    return found


def with_target(policy: Policy, baseline: int | None, period: str) -> list[TargetLine]:
    """A target for a new indicator, which has a value when a period is given."""
    indicator = add_indicator(
        by=None, municipality=policy.municipality, name=text("Godziny"), unit=text("h")
    )
    if period:
        add_observation(by=None, indicator=indicator, period=period, value=0)
    return [TargetLine(indicator, 100, "2024", baseline, "2022" if baseline is not None else "")]


DEFECTS = {
    "no_leader": lambda policy: {"leader": None},
    "no_lead": lambda policy: {"lead": None},
    "past": lambda policy: {"due": date(2023, 5, 31)},
    "no_date": lambda policy: {"starts": None, "due": None},
    "outside": lambda policy: {"due": date(2032, 5, 31)},
    "no_audience": lambda policy: {"audience": Text()},
    "no_groups": lambda policy: {"groups": []},
    "no_resources": lambda policy: {"resources": []},
    "sought": lambda policy: {
        "budget": [MoneyLine("own", 2023, planned=1), MoneyLine("sought", 2024, planned=5)]
    },
    "old_money": lambda policy: {"budget": [MoneyLine("own", 2022, planned=5, committed=5)]},
    "no_target": lambda policy: {"targets": []},
    "no_baseline": lambda policy: {"targets": with_target(policy, None, "2023")},
    "no_values": lambda policy: {"targets": with_target(policy, 0, "")},
    "no_activity": lambda policy: {"activities": [], "area": None},
    "unread": lambda policy: {"unread": {"when": "w wakacje"}},
}


@pytest.mark.parametrize("code", DEFECTS)
def test_a_row_with_one_defect_has_that_one_finding(
    policy: Policy, leader: User, code: str
) -> None:
    task = sound_task(policy, leader)
    sound_task(policy, leader)
    assert codes(policy) == {}
    changed(task, **DEFECTS[code](policy))
    assert codes(policy) == {1: {code}}


@pytest.mark.parametrize(
    "values",
    [
        {"due": TODAY},  # the day is not over
        {"starts": None, "due": None, "timing": Task.Timing.YEARLY},
        {"starts": None, "due": None, "timing": Task.Timing.CONTINUOUS},
        {"windows": [WindowLine(date(2023, 9, 1), None)]},
        {"budget": [MoneyLine("own", 2022, planned=5, paid=0)]},
        {"budget": [MoneyLine("own", 2023, planned=5), MoneyLine("own", None, planned=5)]},
        {"budget": [MoneyLine("own", 2023, planned=5)], "resources": []},
        {"due": date(2024, 12, 31)},
        {"monitoring": Text(), "partners": []},
    ],
)
def test_what_is_no_defect_is_not_found(policy: Policy, leader: User, values: dict) -> None:
    changed(sound_task(policy, leader), **values)
    assert codes(policy) == {}


@pytest.mark.parametrize(
    ("status", "past"), [("late", True), ("on_time", True), ("done", False), ("abandoned", False)]
)
def test_only_what_is_over_is_not_past(
    policy: Policy, leader: User, status: str, past: bool
) -> None:
    task = changed(sound_task(policy, leader), due=date(2023, 5, 31))
    factories.update(task, status, "2023", reason=text("Brak środków"))
    assert codes(policy) == ({1: {"past"}} if past else {})


def test_somebody_who_has_gone(policy: Policy, other_town: Municipality, leader: User) -> None:
    sound_task(policy, leader)
    sound_task(policy, factories.user(other_town, "leader"))
    closed = factories.user(policy.municipality, "leader")
    sound_task(policy, closed)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert codes(policy) == {2: {"gone"}, 3: {"gone"}}


@pytest.mark.parametrize(
    ("hers", "others", "found"), [(8, 0, True), (4, 5, True), (4, 6, False), (7, 0, False)]
)
def test_one_person_for_nearly_everything(
    policy: Policy, hers: int, others: int, found: bool, leader: User
) -> None:
    for __ in range(hers):
        sound_task(policy, leader)
    for __ in range(others):
        sound_task(policy, factories.user(policy.municipality, "leader"))
    with override("en"):
        sentences = [finding.sentence for finding in table_findings(policy, TODAY)]
    assert sentences == ([f"leader poznan: {hers} of {hers + others} tasks"] if found else [])


def test_tasks_that_wait_for_one_another(policy: Policy, leader: User) -> None:
    first, second, third, fourth = (sound_task(policy, leader) for __ in range(4))
    for task, after in ((first, second), (second, third), (fourth, first)):
        changed(task, depends_on=[after])
    assert codes(policy) == {}
    changed(third, depends_on=[first])
    # the fourth waits, but not for itself
    assert codes(policy) == {1: {"circle"}, 2: {"circle"}, 3: {"circle"}}


def test_an_activity_that_was_repealed(policy: Policy, leader: User) -> None:
    first, second = policy.activities.filter(slug__in=["3-1-1", "3-1-2"])
    changed(sound_task(policy, leader), activities=[first, second])
    changed(sound_task(policy, leader), activities=[second])
    amendment = start_amendment(by=None, policy=policy)
    passage = amendment.activities.get(slug="3-1-1")
    drop_part(by=None, part=passage, version=passage.version)
    assert codes(policy) == {}  # not yet: the council has not adopted it
    amendment.refresh_from_db()
    adopt_amendment(
        by=None, amendment=amendment, version=amendment.version, number="2/2023", body="Rada"
    )
    assert codes(policy) == {1: {"repealed"}}


def test_the_heaviest_comes_first_and_a_row_off_the_table_not_at_all(
    policy: Policy, leader: User, coordinator: User
) -> None:
    factories.task(policy, unread={"when": "w wakacje"})
    archive_task(by=coordinator, task=factories.task(policy), version=1, archived=True)
    found = [finding.kind.code for finding in table_findings(policy, TODAY)]
    assert found == [code for code in FINDING_KINDS if code in found]
    assert found[0] == "no_leader"
    assert set(codes(policy)) == {1}


@pytest.mark.slow
def test_every_kind_leads_to_a_page_that_opens(
    policy: Policy, leader: User, coordinator: User, signed_in
) -> None:
    for spoil in DEFECTS.values():
        changed(sound_task(policy, leader), **spoil(policy))
    gone = sound_task(policy, factories.user(policy.municipality, "leader"))
    User.objects.filter(pk=gone.leader_id).update(is_active=False)
    changed(gone, depends_on=[gone])
    found = table_findings(policy, TODAY)
    assert {finding.kind.code for finding in found} == set(FINDING_KINDS) - {"repealed"}
    client = signed_in(coordinator)
    for finding in found:
        address, __, anchor = finding.url.partition("#")
        answer = client.get(address)
        assert answer.status_code == 200, finding
        assert not anchor or f'id="{anchor}"' in answer.content.decode()


def test_findings_are_counted_for_each_institution(
    policy: Policy, leader: User, coordinator: User, signed_in
) -> None:
    schools = sound_task(policy, leader).lead
    culture = factories.organisation(policy.municipality, "Wydział Kultury")
    for values in (
        {"lead": schools, "groups": []},
        {"lead": schools, "audience": Text(), "groups": []},
        {"lead": culture, "targets": []},
        {"lead": None},
    ):
        changed(sound_task(policy, leader), **values)
    found = [
        (str(each.name or ""), each.number)
        for each in count_by_institution(policy, table_findings(policy, TODAY))
    ]
    assert found[0] == ("Wydział Oświaty", 3)  # the most comes first
    assert dict(found[1:]) == {"Wydział Kultury": 1, "": 1}
    page = html.fromstring(signed_in(coordinator).get(HEALTH).content.decode())
    names = {
        row.xpath("./div")[0].text_content().strip() for row in page.xpath("//main//aside//li")
    }
    assert names == {"Wydział Oświaty", "Wydział Kultury", "No institution named"}


def test_the_page_says_what_why_and_how_many(policy: Policy, coordinator: User, signed_in) -> None:
    client = signed_in(coordinator)
    assert "Nothing to complain about" in client.get(HEALTH).content.decode()
    factories.task(policy, title=text("<b>Kurs</b>"))
    answer = client.get(HEALTH)
    page = html.fromstring(answer.content.decode())
    (section,) = page.xpath("//section[@id='no_leader']")
    assert section.xpath("./h2")[0].text_content() == "Nobody in charge (1)"
    assert [link.text_content() for link in section.xpath(".//li/a")] == ["1. <b>Kurs</b>"]
    assert len(page.xpath("//main//ul[@class='bullets']/li")) == answer.context["total"]
    assert "things to look at" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("monitor", 200), ("editor", 200), ("reader", 404), ("leader", 404)]
)
def test_health_is_the_teams(
    policy: Policy, town: Municipality, signed_in, role: str, status: int
) -> None:
    assert signed_in(factories.user(town, role)).get(HEALTH).status_code == status
    assert "/sign-in/" in Client().get(HEALTH)["Location"]


@pytest.mark.slow
def test_the_number_of_queries_is_that_of_one_row(
    policy: Policy, leader: User, coordinator: User, signed_in
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HEALTH).status_code == 200
        return len(captured)

    client = signed_in(coordinator)
    task = sound_task(
        policy, leader, windows=[WindowLine(date(2023, 2, 1), None)], unread={"when": "w wakacje"}
    )
    one = queries()
    for number in range(59):
        lead = factories.organisation(policy.municipality, f"Jednostka {number}")
        row = factories.task(
            policy,
            lead=lead,
            leader=leader,
            depends_on=[task],
            budget=[MoneyLine("sought", planned=1)],
        )
        changed(
            row, targets=with_target(policy, None, ""), windows=[WindowLine(date(2023, 2, 1), None)]
        )
    assert queries() == one <= 25


@pytest.mark.parametrize("today", [date(2024, 6, 1), date(2026, 6, 1)])
def test_what_is_done_stays_done_when_the_year_ends(
    policy: Policy, leader: User, today: date
) -> None:
    factories.update(sound_task(policy, leader), "done", "2023")
    assert codes(policy, today) == {}


@pytest.mark.parametrize("role", ["monitor", "editor"])
def test_links_open_for_everybody_who_sees_the_page(policy: Policy, signed_in, role: str) -> None:
    changed(factories.task(policy), timing="dates", due=date(2023, 5, 1))
    client = signed_in(factories.user(policy.municipality, role))
    page = html.fromstring(client.get(HEALTH).content.decode())
    links = set(page.xpath("//main//ul[@class='bullets']//a/@href"))
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_what_was_not_understood_names_its_column_in_words(policy: Policy, leader: User) -> None:
    changed(sound_task(policy, leader), unread={"after": "po kursie", "Uwagi": "pilne"})
    sentences = [finding.sentence for finding in table_findings(policy, TODAY)]
    assert [sentence.partition(": ")[2] for sentence in sentences] == [
        "Uwagi: pilne",
        "After tasks: po kursie",
    ]


def test_many_findings_come_in_pages_and_by_institution(
    policy: Policy, coordinator: User, signed_in
) -> None:
    lead = factories.organisation(policy.municipality)
    for __ in range(70):
        factories.task(policy, lead=lead)
    factories.task(policy, title=text("Bez wydziału"))
    client = signed_in(coordinator)

    def listed(query: str) -> list[str]:
        page = html.fromstring(client.get(f"{HEALTH}{query}").content.decode())
        return page.xpath("//section[@id='no_leader']//li/a/text()")

    assert len(listed("")) == 12
    assert len(listed("?kind=no_leader")) == 60
    assert len(listed("?kind=no_leader&page=2")) == 11
    assert listed("?institution=none") == ["71. Bez wydziału"]
    assert len(listed(f"?kind=no_leader&institution={lead.pk}&page=2")) == 10
    for odd in ("?kind=x", "?institution=x", "?institution=%00", "?kind=no_leader&page=x"):
        assert client.get(f"{HEALTH}{odd}").status_code == 200
