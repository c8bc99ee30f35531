"""Feeds that calendar programs understand: whole days, stable identities, nothing that is not
public.
"""

from datetime import UTC, date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar, Event

from splot.implementation.actions.tasks import change_task
from splot.implementation.lines import MilestoneLine, WindowLine
from splot.implementation.models import Task, TaskState
from splot.people.models import PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db
PLAN = "/en/poznan/policy/2023-2024/table.ics"


def events(address: str) -> dict[str, Event]:
    """{summary: event} of a feed."""
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {
        str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def dated(policy: Policy, **values: Any) -> Task:
    return factories.task(policy, timing=Task.Timing.DATES, due=date(2024, 6, 30), **values)


def test_a_due_date_is_a_whole_day_with_the_way_to_its_task(policy: Policy) -> None:
    task = dated(policy, lead=factories.organisation(policy.municipality))
    (event,) = events(PLAN).values()
    assert event["summary"] == "Due: Kurs języka polskiego"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 6, 30), date(2024, 7, 1))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["url"].endswith("/en/poznan/policy/2023-2024/tasks/1/")
    assert "Wydział Oświaty" in event["description"]
    assert event["uid"].startswith(f"task-{task.pk}-due@")
    assert event["transp"] == "TRANSPARENT"  # nobody is busy because of it


def test_windows_and_milestones_are_there_and_tasks_without_a_day_are_not(policy: Policy) -> None:
    windows = [
        WindowLine(date(2023, 3, 1), date(2023, 3, 10)),
        WindowLine(None, date(2023, 9, 5)),
        WindowLine(date(2024, 1, 2), None),
    ]
    milestones = [MilestoneLine(text("Umowa"), date(2023, 2, 1)), MilestoneLine(text("Bez daty"))]
    factories.task(policy, windows=windows, milestones=milestones)
    factories.task(policy, title=text("Ciągłe"))
    rows = Calendar.from_ical(Client().get(PLAN).content).walk("VEVENT")
    days = sorted((event["dtstart"].dt, event["dtend"].dt, str(event["summary"])) for event in rows)
    course = "Kurs języka polskiego"
    assert days == [
        (date(2023, 2, 1), date(2023, 2, 2), f"Umowa ({course})"),
        (date(2023, 3, 1), date(2023, 3, 11), course),
        (date(2023, 9, 5), date(2023, 9, 6), course),
        (date(2024, 1, 2), date(2024, 1, 3), course),
    ]


def test_an_event_keeps_its_identity_when_the_task_changes_and_says_that_it_did(
    policy: Policy, coordinator
) -> None:
    task = dated(policy)
    first = Client().get(PLAN).content
    assert Client().get(PLAN).content == first  # the same rows, the same bytes
    (before,) = events(PLAN).values()
    change_task(by=coordinator, task=task, version=task.version, due=date(2024, 9, 30))
    (after,) = events(PLAN).values()
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == date(2024, 9, 30)
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after["dtstamp"].dt == TaskState.objects.latest("pk").at.astimezone(UTC).replace(
        microsecond=0
    )


def test_an_abandoned_task_leaves_the_calendars_as_cancelled(policy: Policy) -> None:
    abandoned, done = dated(policy, title=text("Porzucone")), dated(policy, title=text("Zrobione"))
    (before,) = (events(PLAN)["Due: Porzucone"],)
    factories.update(done, "done", "2024", said_on=date(2024, 7, 1))
    factories.update(abandoned, "abandoned", "2023", reason=text("Brak chętnych."))
    after = events(PLAN)
    cancelled = after["Due: Porzucone"]
    assert (cancelled["status"], cancelled["uid"]) == ("CANCELLED", before["uid"])
    assert cancelled["sequence"] == before["sequence"] + 1
    assert cancelled["dtstamp"].dt >= before["dtstamp"].dt
    assert "status" not in after["Due: Zrobione"]
    factories.update(abandoned, "late", "2024", said_on=date(2024, 7, 1))  # taken up again
    again = events(PLAN)["Due: Porzucone"]
    assert "status" not in again
    assert again["sequence"] > cancelled["sequence"]


def test_a_feed_speaks_the_language_of_its_address(policy: Policy) -> None:
    dated(policy, title=text("Kurs", uk="Курс"))
    assert "Due: Kurs" in events(PLAN)
    (event,) = events(PLAN.replace("/en/", "/uk/")).values()
    assert event["summary"].endswith("Курс")
    assert event["summary"].params["LANGUAGE"] == "uk"


def test_hostile_words_make_no_event_of_their_own(policy: Policy) -> None:
    title = "Kurs\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Zły;,\\ " + "ą" * 200
    dated(policy, title=text(title))
    content = Client().get(PLAN).content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == "Due: " + " ".join(title.split())
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_draft_has_no_calendar_and_an_archived_task_no_day(town, coordinator, signed_in) -> None:
    policy = factories.policy(town, status="draft")
    unit = factories.organisation(town, "Tajny Wydział")
    dated(policy, lead=unit)
    institution = f"/en/poznan/organisations/{unit.pk}/tasks.ics"
    assert Client().get(PLAN).status_code == 404
    assert signed_in(coordinator).get(PLAN).status_code == 200
    assert events(institution) == {}
    assert "Tajny" not in Client().get(institution).content.decode()
    Policy.objects.update(status="in_force")
    assert len(events(PLAN)) == len(events(institution)) == 1
    Task.objects.update(is_archived=True)
    assert events(PLAN) == events(institution) == {}


def test_an_institution_finds_what_it_leads_and_where_it_helps_each_once(
    policy: Policy, other_town
) -> None:
    town = policy.municipality
    unit, partner = factories.organisation(town), factories.organisation(town, "Fundacja", "ngo")
    dated(policy, title=text("Razem"), lead=unit, partners=[partner], joint_leads=[partner])
    dated(policy, title=text("Samo"), lead=unit)
    assert sorted(events(f"/en/poznan/organisations/{unit.pk}/tasks.ics")) == [
        "Due: Razem",
        "Due: Samo",
    ]
    assert sorted(events(f"/en/poznan/organisations/{partner.pk}/tasks.ics")) == ["Due: Razem"]
    assert Client().get(f"/en/lublin/organisations/{unit.pk}/tasks.ics").status_code == 404


def test_ones_own_feed_is_made_once_and_closed(policy: Policy, leader: User, signed_in) -> None:
    dated(policy, leader=leader, title=text("Moje"))
    dated(policy, title=text("Cudze"))
    client = signed_in(leader)
    shown = client.post("/en/poznan/calendar/", {"do": "make"}).context["shown"]
    address = "/en/" + shown.partition("/en/")[2]
    assert list(events(address)) == ["Due: Moje"]
    assert PersonalLink.objects.get().expires_at is None
    client.post("/en/poznan/calendar/", {"do": "withdraw"})
    assert Client().get(address).status_code == 404


def test_the_number_of_queries_does_not_grow(
    policy: Policy, leader, django_assert_max_num_queries
) -> None:
    for __ in range(12):
        dated(policy, leader=leader, windows=[WindowLine(date(2023, 3, 1), date(2024, 6, 30))])
    __, token = make_link(
        by=None, municipality=policy.municipality, owner=leader, purpose="calendar"
    )
    for address in (PLAN, f"/en/poznan/r/{token}/tasks.ics"):
        with django_assert_max_num_queries(8):
            assert Client().get(address).content.count(b"BEGIN:VEVENT") == 24
