"""Digests: who is asked about a task, the person in charge, else the leading institution, else the
coordinators; one mail for each mailbox. Reads alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.dates import format_day
from splot.core.mail import messages_of
from splot.implementation.models import Task
from splot.people.models import Membership
from splot.policy.models import Policy

from .recipients import (
    COORDINATOR,
    Recipient,
    reason_not_to_write,
    recipient_of,
    reporter_keys,
)
from .requests import ReportRequest, needs_report, reportable_tasks, requests_by_task

REMINDER_INTERVAL = timedelta(days=7)
MORNING = time(7)  # when reminders go out by themselves
MAX_REMINDERS = 6  # about one period; after that a telephone call does more


@dataclass(frozen=True)
class DigestItem:
    """A task with what is asked about it, and why those before this recipient were passed over."""

    task: Task
    requests: list[ReportRequest]
    passed_over: tuple[str, ...] = ()


@dataclass
class DigestPart:
    """What one recipient is asked."""

    recipient: Recipient
    items: list[DigestItem]


@dataclass
class Digest:
    """All that is asked in one mailbox, for each of those whose it is. `on_hold` says why it is not
    sent now, "" if it is; `key` is the mail's own.
    """

    parts: list[DigestPart]
    key: str = ""
    on_hold: str = ""

    @property
    def recipient(self) -> Recipient:
        """The first of them, in whose language all are written to."""
        return self.parts[0].recipient

    @property
    def names(self) -> str:
        return ", ".join(str(part.recipient.owner) for part in self.parts)

    @property
    def items(self) -> list[DigestItem]:
        return list(chain.from_iterable(part.items for part in self.parts))

    @property
    def period(self) -> str:
        """The code of the latest period that it asks about."""
        latest = ""
        for item in self.items:
            latest = max(latest, *(request.period for request in item.requests))
        return latest


@dataclass(frozen=True)
class ReminderRun:
    """What would be sent now, and the items that nobody can be asked about by mail."""

    digests: list[Digest]
    unreachable: list[DigestItem]

    @property
    def to_send(self) -> list[Digest]:
        return [digest for digest in self.digests if not digest.on_hold]


def plan_reminder_run(policy: Policy, today: date) -> ReminderRun:
    """Everybody who is asked about a policy's tasks today, the most urgent items first."""
    tasks = list(reportable_tasks([policy]))
    requests_of = requests_by_task(tasks, today)
    coordinators = _coordinators_of(policy)
    reporters = reporter_keys(policy.municipality)
    parts: dict[str, DigestPart] = {}
    unreachable = []
    for task in tasks:
        if task.pk not in requests_of:
            continue
        if needs_report(requests_of[task.pk]):
            recipients, passed_over = _choose_recipients(task, reporters, coordinators)
        else:
            recipients, passed_over = coordinators, [_("The coordinator enters values.")]
        item = DigestItem(task, requests_of[task.pk], tuple(passed_over))
        for recipient in recipients:
            parts.setdefault(recipient.key, DigestPart(recipient, [])).items.append(item)
        if not recipients:
            unreachable.append(item)
    digests: dict[tuple[bool, str], Digest] = {}
    for part in parts.values():
        digests.setdefault(part.recipient.mailbox, Digest([])).parts.append(part)
    _set_keys(policy, list(digests.values()))
    return ReminderRun(list(digests.values()), unreachable)


def _choose_recipients(
    task: Task, reporters: set[int], coordinators: list[Recipient]
) -> tuple[list[Recipient], list[str]]:
    """Who is asked about a task, and in words what kept those who come first from being asked."""
    in_turn = (
        (task.leader, _("Nobody is in charge of it.")),
        (task.lead, _("No institution leads it.")),
    )
    passed_over: list[str] = []
    for owner, reason_without in in_turn:
        reason = reason_not_to_write(owner, reporters) if owner else reason_without
        if owner and not reason:
            return [recipient_of(owner)], passed_over
        passed_over.append(reason)
    if not coordinators:
        passed_over.append(_("No coordinator wants mail."))
    return coordinators, passed_over


def _coordinators_of(policy: Policy) -> list[Recipient]:
    members = Membership.objects.filter(
        municipality=policy.municipality,
        role=Membership.Role.COORDINATOR,
        user__is_active=True,
        user__wants_mail=True,
    )
    return [
        Recipient(COORDINATOR, user=member.user)
        for member in members.select_related("user").order_by("pk")
    ]


def _set_keys(policy: Policy, digests: list[Digest]) -> None:
    """Each mail's own key, and why it is held back. The key counts the mails about a period:
    two workers who decide at the same moment give the same key, and the outbox takes it once.
    """
    start = ReminderKey.start(policy.pk)
    sent = messages_of(policy.municipality.slug).filter(key__startswith=start)
    earlier = [(ReminderKey.parse(each.key), each) for each in sent.only("key", "made_at", "to")]
    for digest in digests:
        keys = {part.recipient.key for part in digest.parts}
        recipient, last, about_period = digest.recipient, None, []
        for key, message in earlier:
            mailbox = key.recipient.startswith(COORDINATOR), message.to.casefold()
            if mailbox == recipient.mailbox or key.recipient in keys:
                last = max(last or message.made_at, message.made_at)
                about_period += [key] if key.period == digest.period else []
        taken = [key.number for key in about_period if key.recipient == recipient.key]
        number = max([len(about_period), *taken]) + 1
        digest.key = str(ReminderKey(policy.pk, recipient.key, digest.period, number))
        digest.on_hold = _reason_on_hold(last, len(about_period))


@dataclass(frozen=True)
class ReminderKey:
    """The idempotency key of a reminder: about which policy and period, to whom (the key of its
    first recipient), and how many there were to them by then.
    """

    policy: int
    recipient: str
    period: str
    number: int

    @staticmethod
    def start(policy: int) -> str:
        """What the keys of a policy begin with."""
        return f"reminder:{policy}:"

    def __str__(self) -> str:
        return f"{self.start(self.policy)}{self.recipient}:{self.period}:{self.number}"

    @classmethod
    def parse(cls, key: str) -> "ReminderKey":
        __, policy, recipient, period, number = key.split(":")
        return cls(int(policy), recipient, period, int(number))


def _reason_on_hold(last: datetime | None, number: int) -> str:
    if last is not None and timezone.now() - last < REMINDER_INTERVAL:
        when = {"date": format_day(timezone.localdate(last))}
        return (
            _("The last letter is of %(date)s; the next goes seven days later at the earliest.")
            % when
        )
    if number >= MAX_REMINDERS:
        return _("%(number)s letters about this period went out. Better call.") % {"number": number}
    return ""


def next_morning(now: datetime) -> datetime:
    """The next MORNING after a moment, in its own time zone, also across a change of the clock."""
    day = now.date() if now.time() < MORNING else now.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=now.tzinfo)
