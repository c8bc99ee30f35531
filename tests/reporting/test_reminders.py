"""Who is asked to report; one letter each, never twice; off means off."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from splot.core.mail import deliver_message
from splot.core.models import Message
from splot.people.actions import change_account, change_organisation
from splot.people.models import Municipality, PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.reminders import (
    schedule_reminders,
    send_all_reminders,
    send_reminders,
)
from splot.reporting.digests import (
    MAX_REMINDERS,
    MORNING,
    ReminderKey,
    next_morning,
    plan_reminder_run,
)
from tests import factories
from tests.core.mail_server import mail_server
from tests.factories import text

DAY = timedelta(days=1)


@pytest.mark.django_db
class TestWhoIsAsked:
    @pytest.fixture
    def institution(self, town: Municipality):
        unit = factories.organisation(town)
        return change_organisation(
            by=None, organisation=unit, version=unit.version, email="unit@poznan.example"
        )

    def of(self, policy: Policy) -> dict[str, list[str]]:
        with override("en"):
            found = plan_reminder_run(policy, timezone.localdate())
            return {
                digest.recipient.email: [
                    words for item in digest.items for words in item.passed_over
                ]
                for digest in found.digests
            } | {"nobody": [words for item in found.unreachable for words in item.passed_over]}

    def test_the_person_then_the_institution_then_the_coordinator_then_nobody(
        self, policy: Policy, leader: User, coordinator: User, institution
    ) -> None:
        factories.task(policy, leader=leader, lead=institution)
        assert self.of(policy) == {leader.email: [], "nobody": []}
        change_account(by=leader, user=leader, wants_mail=False)
        no_mail = f"{leader.name} wants no mail."
        assert self.of(policy) == {"unit@poznan.example": [no_mail], "nobody": []}
        change_organisation(
            by=None, organisation=institution, version=institution.version, wants_mail=False
        )
        neither = [no_mail, "Wydział Oświaty wants no mail."]
        assert self.of(policy) == {coordinator.email: neither, "nobody": []}
        change_account(by=coordinator, user=coordinator, wants_mail=False)
        assert self.of(policy) == {"nobody": [*neither, "No coordinator wants mail."]}

    def test_a_closed_account_is_passed_over(
        self, policy: Policy, leader: User, institution
    ) -> None:
        factories.task(policy, leader=leader, lead=institution)
        User.objects.filter(pk=leader.pk).update(is_active=False)
        assert list(self.of(policy)) == ["unit@poznan.example", "nobody"]

    def test_ten_tasks_are_one_letter(self, policy: Policy, leader: User) -> None:
        for __ in range(10):
            factories.task(policy, leader=leader)
        assert send_reminders(by=None, policy=policy) == 1
        message = Message.objects.get()
        assert (message.to, message.language) == (leader.email, "pl")
        assert message.text.count("•") == 10
        assert message.html.count("<li>") == 10

    def test_a_letter_speaks_the_readers_language_and_its_link_opens(
        self, policy: Policy, leader: User
    ) -> None:
        change_account(by=leader, user=leader, language="en")
        factories.task(policy, leader=leader)
        send_reminders(by=None, policy=policy)
        message = Message.objects.get()
        assert message.subject == "1 task awaits a word from you · Poznan"
        assert "The report for 2024 was awaited until January 31, 2025." in message.text
        assert "because you are in charge of tasks" in message.text
        path = next(word for word in message.text.split() if "/r/" in word).partition("/en/")[2]
        assert "Kurs języka polskiego" in Client().get(f"/en/{path}").content.decode()
        assert f"/en/{path}#mail" in message.html  # how to turn it off

    def test_another_town_is_not_asked(
        self, policy: Policy, other_town: Municipality, leader: User
    ) -> None:
        factories.task(policy, leader=leader)
        factories.user(other_town, "coordinator")
        factories.task(factories.policy(other_town), leader=factories.user(other_town, "leader"))
        assert list(self.of(policy)) == [leader.email, "nobody"]


@pytest.mark.django_db
class TestNeverTwice:
    def test_once_a_week_at_most_and_six_times_a_period(self, policy: Policy, leader: User) -> None:
        factories.task(policy, leader=leader)
        assert send_reminders(by=None, policy=policy) == 1
        assert send_reminders(by=None, policy=policy) == 0
        for number in range(2, MAX_REMINDERS + 3):
            Message.objects.update(made_at=timezone.now() - 7 * DAY)
            assert send_reminders(by=None, policy=policy) == (number <= MAX_REMINDERS)
        assert Message.objects.count() == MAX_REMINDERS == PersonalLink.objects.count()

    def test_what_was_answered_is_not_asked_again(self, policy: Policy, leader: User) -> None:
        task = factories.task(policy, leader=leader)
        send_reminders(by=None, policy=policy)
        Message.objects.update(made_at=timezone.now() - 30 * DAY)
        factories.update(task, period="2024", said_on=timezone.localdate())
        assert send_reminders(by=None, policy=policy) == 0

    def test_a_draft_reminds_nobody(self, town: Municipality, leader: User) -> None:
        policy = factories.policy(town, status="draft")
        factories.task(policy, leader=leader)
        assert send_reminders(by=None, policy=policy) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_in_the_morning_send_one_letter(policy: Policy, leader: User) -> None:
    factories.task(policy, leader=leader)

    def work() -> None:
        send_all_reminders.call()
        for key in Message.objects.values_list("pk", flat=True):
            deliver_message.call(key)
        connections.close_all()

    with mail_server(pause=0.1) as server:
        workers = [threading.Thread(target=work) for __ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert [mail["To"] for mail in server.taken] == [leader.email]
    assert PersonalLink.objects.count() == 1  # and no link that nobody got


@pytest.mark.django_db
class TestMorning:
    def waiting(self) -> list[DBTaskResult]:
        return list(DBTaskResult.objects.filter(task_path=send_all_reminders.module_path))

    def test_one_run_waits_however_often_the_server_starts(self) -> None:
        schedule_reminders()
        schedule_reminders()
        (job,) = self.waiting()
        assert timezone.localtime(job.run_after).time() == MORNING
        assert timedelta(0) < job.run_after - timezone.now() <= DAY

    def test_a_clock_that_was_a_year_ahead_silences_nobody(self) -> None:
        send_all_reminders.using(run_after=timezone.now() + 365 * DAY).enqueue()
        schedule_reminders()
        (job,) = self.waiting()
        assert job.run_after - timezone.now() <= DAY

    def test_a_run_plans_the_next_before_anything_can_go_wrong(
        self, policy: Policy, leader: User
    ) -> None:
        factories.task(policy, leader=leader)
        assert send_all_reminders.call() == 1
        assert len(self.waiting()) == 1
        assert send_all_reminders.call() == 0
        assert len(self.waiting()) == 1

    def test_the_demonstration_sends_nothing_by_itself(self, policy: Policy, leader: User) -> None:
        factories.task(policy, leader=leader)
        Municipality.objects.update(is_demonstration=True)
        assert send_all_reminders.call() == 0

    def test_seven_in_the_morning_stays_seven_across_the_change_of_clocks(self) -> None:
        warsaw = ZoneInfo("Europe/Warsaw")
        before = datetime(2026, 10, 24, 12, tzinfo=warsaw)
        assert next_morning(before) == datetime(2026, 10, 25, 7, tzinfo=warsaw)
        assert next_morning(before).utcoffset() != before.utcoffset()
        early = datetime(2026, 10, 24, 5, tzinfo=warsaw)
        assert next_morning(early) == datetime(2026, 10, 24, 7, tzinfo=warsaw)


PAGE = "/en/poznan/policy/2023-2024/reminders/"


@pytest.mark.django_db
class TestPreview:
    def test_the_preview_is_what_is_sent(
        self, policy: Policy, leader: User, coordinator: User, signed_in
    ) -> None:
        factories.task(policy, leader=leader)
        factories.task(policy, title=text("Bez nikogo"))
        client = signed_in(coordinator)
        mails = client.get(PAGE).context["mails"]
        assert not Message.objects.exists()
        client.post(PAGE)
        sent = {message.to: message for message in Message.objects.all()}
        assert sorted(sent) == sorted([leader.email, coordinator.email])
        for mail in mails:
            message = sent[mail["digest"].recipient.email]
            assert message.subject == mail["subject"]
            secret = [word for word in message.text.split() if "/r/" in word]
            told = [word for word in message.text.split() if "/r/" not in word]
            assert told == [word for word in mail["text"].split() if "/r/" not in word]
            assert bool(secret) == (message.to == leader.email)

    def test_it_says_who_is_passed_over_and_who_gets_nothing(
        self, policy: Policy, coordinator, signed_in
    ) -> None:
        factories.task(policy, title=text("Bez nikogo"))
        change_account(by=coordinator, user=coordinator, wants_mail=False)
        page = signed_in(coordinator).get(PAGE).content.decode()
        for words in (
            "Bez nikogo",
            "Nobody is in charge of it.",
            "No institution leads it.",
            "No coordinator wants",
        ):
            assert words in page

    def test_a_failed_letter_is_shown_with_its_error_and_sent_again(
        self, policy: Policy, leader: User, coordinator: User, signed_in
    ) -> None:
        factories.task(policy, leader=leader)
        client = signed_in(coordinator)
        client.post(PAGE)
        message = Message.objects.get()
        Message.objects.update(status="failed", error="SMTPRecipientsRefused: unknown user")
        assert "unknown user" in client.get(PAGE).content.decode()
        client.post(PAGE, {"message": message.pk})
        message.refresh_from_db()
        assert (message.status, message.error) == ("waiting", "")

    def test_another_towns_outbox_is_out_of_reach(
        self, policy: Policy, leader: User, other_town: Municipality, signed_in
    ) -> None:
        factories.task(policy, leader=leader)
        send_reminders(by=None, policy=policy)
        Message.objects.update(status="failed", error="x")
        factories.policy(other_town)
        client = signed_in(factories.user(other_town, "coordinator"))
        here = PAGE.replace("poznan", "lublin")
        assert leader.email not in client.get(here).content.decode()
        client.post(here, {"message": Message.objects.get().pk})
        assert Message.objects.get().status == "failed"


def test_the_key_of_a_reminder_is_parsed_as_it_was_written() -> None:
    key = ReminderKey(policy=7, recipient="organisation-12", period="2023-H1", number=3)
    assert str(key) == "reminder:7:organisation-12:2023-H1:3"
    assert ReminderKey.parse(str(key)) == key
