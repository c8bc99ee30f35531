"""What a person in charge says: a new row each time, counted as said, never changed."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from splot.core.models import Unchangeable
from splot.implementation.models import StatusUpdate
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db
REPORT = "/en/poznan/policy/2023-2024/tasks/1/report/"
TASK = "/en/poznan/policy/2023-2024/tasks/1/"


def said(**values: str) -> dict[str, str]:
    return {
        "period": "2023",
        "status": "on_time",
        "narrative": "Kursy trwają.",
        "reached": "7500",
        "reached_qualifier": "over",
        "reached_unit": "persons",
        "idempotency_key": str(uuid4()),
        **values,
    }


def test_the_person_in_charge_reports_in_one_form(policy: Policy, leader, signed_in) -> None:
    factories.task(policy, leader=leader)
    answer = signed_in(leader).post(REPORT, said(), follow=True)
    update = StatusUpdate.objects.get()
    assert (update.status, update.reached, update.reached_qualifier, update.said_by) == (
        "on_time",
        7500,
        "over",
        leader,
    )
    assert "over 7,500 persons" in answer.content.decode()
    assert "over 7,500 persons" in Client().get(TASK).content.decode()


def test_a_short_task_offers_the_periods_in_which_it_ran(town, leader, signed_in) -> None:
    """And the running one, in which it can still be told of; those that were told of, or begun."""
    policy = factories.policy(town, term=(2024, 2026))
    dates = {"starts": date(2024, 2, 1), "due": date(2024, 4, 30)}
    task = factories.task(policy, leader=leader, timing="dates", **dates)
    client, address = signed_in(leader), "/en/poznan/policy/2024-2026/tasks/1/report/"

    def offered() -> list[str]:
        return [period["url"] for period in client.get(address).context["periods"]]

    run = ["?period=2024", "?period=2024-H1"]
    assert offered() == [*run, "?period=2026"]
    factories.update(task, "late", "2025-H1", said_on=date(2025, 7, 1))
    assert offered() == [*run, "?period=2025", "?period=2025-H1", "?period=2026"]
    sent = client.post(address, said(period="2024-H2"), follow=True)  # a link that somebody kept
    assert sent.status_code == 200
    assert task.updates.filter(period="2024-H2").exists()


def test_a_correction_is_a_new_row_and_both_stay(policy: Policy, leader, signed_in) -> None:
    factories.task(policy, leader=leader)
    client = signed_in(leader)
    client.post(REPORT, said())
    form = client.get(f"{REPORT}?period=2023").context["form"]
    assert form["narrative"].value() == "Kursy trwają."  # nobody types it again
    assert form["idempotency_key"].value()  # and a double tap on a correction is still one row
    client.post(REPORT, said(status="done", narrative="Kursy się skończyły."))
    client.post(REPORT, said(period="2024", narrative="Nowy rok."))
    first, second, third = StatusUpdate.objects.order_by("pk")
    assert third.corrects is None  # another period is another report
    assert (second.corrects, first.status) == (first, "on_time")
    page = Client().get(TASK).content.decode()
    assert "Kursy trwają." in page
    assert "Kursy się skończyły." in page


def test_a_correction_keeps_the_translations_of_what_did_not_change(
    policy: Policy, leader, signed_in
) -> None:
    task = factories.task(policy, leader=leader)
    words = {
        "narrative": text("Kursy trwają.", uk="Курси тривають."),
        "obstacles": text("Brak sal.", uk="Немає залів."),
    }
    factories.update(task, by=leader, **words)
    signed_in(leader).post(REPORT, said(narrative="Kursy się skończyły.", obstacles="Brak sal."))
    latest = StatusUpdate.objects.latest("pk")
    assert latest.obstacles.state("uk") == "current"
    assert latest.narrative.state("uk") == "outdated"


def test_a_double_tap_makes_one_row(policy: Policy, leader, signed_in) -> None:
    factories.task(policy, leader=leader)
    client, form = signed_in(leader), said()
    client.post(REPORT, form)
    client.post(REPORT, form)
    assert StatusUpdate.objects.count() == 1
    # back button: nothing is swallowed
    client.post(REPORT, {**form, "narrative": "Po powrocie inne słowa."})
    assert StatusUpdate.objects.count() == 2


def test_an_abandoned_task_needs_its_reason(policy: Policy, leader, signed_in) -> None:
    task = factories.task(policy, leader=leader)
    page = signed_in(leader).post(REPORT, said(status="abandoned"))
    assert page.context["form"].errors["reason"]
    assert page.context["form"]["narrative"].value() == "Kursy trwają."  # kept
    with pytest.raises(ValidationError):
        factories.update(task, "abandoned")
    assert not StatusUpdate.objects.exists()


@pytest.mark.parametrize("period", ["2022", "2025-H1", "1", "2023-H3"])
def test_a_period_outside_the_term_is_refused(
    policy: Policy, leader, signed_in, period: str
) -> None:
    factories.task(policy, leader=leader)
    assert signed_in(leader).post(REPORT, said(period=period)).context["form"].errors["period"]
    assert not StatusUpdate.objects.exists()


def test_zero_reached_and_nothing_said_are_two_things(policy: Policy) -> None:
    task = factories.task(policy)
    nobody = factories.update(task, reached=0, period="2023-H1")
    unsaid = factories.update(task, reached=None)
    assert (nobody.reached_in_words, unsaid.reached_in_words) != ("", "")
    assert unsaid.reached_in_words == ""


def test_what_was_said_is_never_changed(policy: Policy) -> None:
    update = factories.update(factories.task(policy))
    update.status = "done"
    with pytest.raises(Unchangeable):
        update.save()
    with pytest.raises(Unchangeable):
        StatusUpdate.objects.update(status="done")
    with pytest.raises(Unchangeable):
        update.delete()


def test_only_the_person_in_charge_and_the_coordinator_report(
    policy: Policy, leader, signed_in
) -> None:
    town = policy.municipality
    factories.task(policy, leader=leader)
    for role, status in (("leader", 404), ("monitor", 404), ("reader", 404), ("coordinator", 302)):
        assert signed_in(factories.user(town, role)).post(REPORT, said()).status_code == status, (
            role
        )


def test_hostile_words_stay_words(policy: Policy, leader, signed_in) -> None:
    factories.task(policy, leader=leader, title=text("<script>alert(1)</script>"))
    signed_in(leader).post(
        REPORT, said(narrative='"><img src=x onerror=alert(1)>', obstacles="{{ 7*7 }}")
    )
    page = Client().get(TASK).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7*7 }}" in page
