"""What changed, as a page, a feed and on the first screen: only what everybody may see."""

from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from splot.changes.entries import feed_table
from splot.changes.models import FeedEntry
from splot.core.dates import format_day
from splot.implementation.actions.tasks import archive_task
from splot.implementation.models import Task
from splot.indicators.actions import add_indicator, add_observation
from splot.people.models import Municipality, User
from splot.policy.actions.policies import publish_policy
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db
CHANGES, FEED = "/en/poznan/changes/", "/en/poznan/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def page_of(address: str = CHANGES) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def feed_titles() -> list[str]:
    answer = Client().get(FEED)
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    return [entry.findtext(f"{ATOM}title") or "" for entry in entries]


def test_a_report_on_a_task_is_a_change(policy: Policy, town: Municipality) -> None:
    lead = factories.organisation(town, "Biblioteka")
    factories.update(factories.task(policy, title=text("Żeglarstwo"), lead=lead), "late")
    page = page_of()
    assert "Żeglarstwo" in page
    assert "Biblioteka" in page
    assert str(format_day(timezone.localdate())) in page  # when it was told, whatever day it names
    assert "January 15, 2024" not in page
    assert 'href="/en/poznan/policy/2023-2024/tasks/1/"' in page
    assert "Progress of a task: 1 Żeglarstwo" in feed_titles()


def test_a_policy_that_is_made_public_is_a_change(policy: Policy) -> None:
    assert "Policy published" in page_of()
    assert feed_titles() == ["Policy published: Polityka integracji"]


def test_a_value_is_a_change_and_those_of_a_day_stand_together(town: Municipality) -> None:
    indicator = add_indicator(by=None, municipality=town, name=text("Żeglarze"), unit=text("os."))
    for year, value in (("2022", 7), ("2023", 9)):
        add_observation(by=None, indicator=indicator, period=year, value=Decimal(value))
    page = page_of()
    assert page.count("Żeglarze") == 1
    assert "2023: 9 (os.)" in page
    assert "2022: 7 (os.)" in page
    assert feed_titles() == ["Value of an indicator: Żeglarze"] * 2


def test_what_happens_to_a_draft_is_shown_once_it_is_public(
    town: Municipality, coordinator: User
) -> None:
    policy = factories.policy(town, status="draft")
    factories.update(factories.task(policy, title=text("Żeglarstwo")))
    assert "Nothing has changed yet" in page_of()
    assert feed_titles() == []
    assert "Żeglarstwo" not in page_of("/en/poznan/")
    publish_policy(
        by=coordinator, policy=policy, version=Policy.objects.get().version, status="in_force"
    )
    assert "Żeglarstwo" in page_of()
    assert len(feed_titles()) == 2


def test_what_happened_to_an_archived_task_is_not_shown(policy: Policy, coordinator: User) -> None:
    task = factories.task(policy, title=text("Żeglarstwo"))
    factories.update(task)
    assert "Żeglarstwo" in page_of()
    archive_task(by=coordinator, task=task, version=task.version, archived=True)
    assert "Żeglarstwo" not in page_of()


def test_another_municipalitys_changes_are_its_own(policy: Policy, other_town) -> None:
    factories.update(factories.task(factories.policy(other_town), title=text("Żeglarstwo")))
    assert "Żeglarstwo" not in page_of()


def test_a_day_with_a_whole_workbook_leaves_room_on_the_first_screen(policy: Policy) -> None:
    for number in range(9):
        factories.update(factories.task(policy, title=text(f"Żeglarstwo {number}")))
    earlier = factories.update(Task.objects.get(number=1))
    moment = timezone.make_aware(datetime(2024, 1, 9, 12))
    FeedEntry.objects.filter(object_id=earlier.pk, kind="progress").update(at=moment)
    page = page_of("/en/poznan/")
    assert "and 8 more that day" in page
    assert "January 9, 2024" in page
    assert 'href="/en/poznan/changes/"' in page
    assert 'type="application/atom+xml"' in page


def test_pages_are_kept_for_everybody(policy: Policy) -> None:
    for address in (CHANGES, FEED):
        assert Client().get(address)["X-Splot-Cache"] == "poznan"


def test_a_page_takes_as_many_queries_for_one_change_as_for_thirty(policy: Policy) -> None:
    task = factories.task(policy)
    factories.update(task)
    counts = []
    for __ in range(2):
        for address in (CHANGES, FEED):
            with CaptureQueriesContext(connection) as captured:
                page_of(address)
            counts.append(len(captured))
        for number in range(40):
            factories.update(task, said_on=date(2023, 1, 1 + number % 28))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 10
    assert "?page=2" in page_of()


def test_a_table_that_was_never_filled_is_filled_from_the_rows(policy: Policy) -> None:
    factories.update(factories.task(policy))
    indicator = add_indicator(
        by=None, municipality=policy.municipality, name=text("Żeglarze"), unit=text("os.")
    )
    add_observation(by=None, indicator=indicator, period="2023", value=Decimal(9))
    before = set(FeedEntry.objects.values_list("model", "object_id", "kind", "at"))
    FeedEntry.objects.all().delete()
    assert feed_table.is_outdated()
    feed_table.rebuild()
    assert set(FeedEntry.objects.values_list("model", "object_id", "kind", "at")) == before
    assert len(before) == 3
    assert not feed_table.is_outdated()
