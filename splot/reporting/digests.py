"""Digests: who is asked about a task, the person in charge, else the leading institution, else the
coordinators; one mail for each mailbox. Reads alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.dates import format_day
from splot.core.mail import is_email_address, messages_of
from splot.core.models import Message
from splot.implementation.models import Task
from splot.people.models import Membership, Organisation, User
from splot.people.queries import people_in_charge
from splot.policy.models import Policy

from .requests import ReportRequest, needs_report, reportable_tasks, requests_by_task

REMINDER_INTERVAL = timedelta(days=7)
MORNING = time(7)  # when reminders go out by themselves
MAX_REMINDERS = 6  # about one period; after that a telephone call does more

IN_CHARGE, INSTITUTION, COORDINATOR = "in_charge", "institution", "coordinator"


@dataclass(frozen=True)
class Recipient:
    """Who gets a mail: a person or an institution; `role` says as what."""

    role: str
    user: User | None = None
    organisation: Organisation | None = None

    @property
    def key(self) -> str:
        if self.organisation:
            return f"organisation-{self.organisation.pk}"
        return f"{'coordinator' if self.role == COORDINATOR else 'user'}-{self.owner.pk}"

    @property
    def owner(self) -> User | Organisation:
        owner = self.user or self.organisation
        assert owner is not None
        return owner

    @property
    def email(self) -> str:
        return self.owner.email

    @property
    def language(self) -> str:
        owner = self.owner
        return owner.language if isinstance(owner, User) else owner.municipality.language

    @property
    def why(self) -> str:
        """Why this recipient gets mails at all."""
        return {
            IN_CHARGE: _("You get this letter because you are in charge of tasks of the policy."),
            INSTITUTION: _("You get this letter because this institution leads tasks: %(name)s."),
            COORDINATOR: _("You get this letter because you coordinate the policy."),
        }[self.role] % {"name": self.owner}

    @property
    def mailbox(self) -> tuple[bool, str]:
        """What is the same for all who are written to in one mail; what is asked of a coordinator
        comes in another one.
        """
        return self.role == COORDINATOR, self.email.casefold()


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
    present = set(people_in_charge(policy.municipality).values_list("pk", flat=True))
    parts: dict[str, DigestPart] = {}
    unreachable = []
    for task in tasks:
        if task.pk not in requests_of:
            continue
        if needs_report(requests_of[task.pk]):
            recipients, passed_over = _choose_recipients(task, present, coordinators)
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
    task: Task, present: set[int], coordinators: list[Recipient]
) -> tuple[list[Recipient], list[str]]:
    """Who is asked about a task, and in words what kept those who come first from being asked."""
    leader, lead, passed_over = task.leader, task.lead, []
    if leader is None:
        passed_over.append(_("Nobody is in charge of it."))
    elif leader.pk not in present:
        passed_over.append(_("%(name)s has no account here any more.") % {"name": leader})
    elif not leader.wants_mail:
        passed_over.append(_("%(name)s wants no mail.") % {"name": leader})
    else:
        return [Recipient(IN_CHARGE, user=leader)], passed_over
    if lead is None:
        passed_over.append(_("No institution leads it."))
    elif not lead.wants_mail:
        passed_over.append(_("%(name)s wants no mail.") % {"name": lead})
    elif not is_email_address(lead.email):
        passed_over.append(_("%(name)s has no e-mail address.") % {"name": lead})
    else:
        return [Recipient(INSTITUTION, organisation=lead)], passed_over
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
    start = f"reminder:{policy.pk}:"
    sent = messages_of(policy.municipality.slug).filter(key__startswith=start)
    earlier = [_sent_reminder(message) for message in sent.only("key", "made_at", "to")]
    for digest in digests:
        keys = {part.recipient.key for part in digest.parts}
        mailbox, own_key = digest.recipient.mailbox, digest.recipient.key
        letters = [each for each in earlier if each.mailbox == mailbox or each.owner in keys]
        about_period = [letter for letter in letters if letter.period == digest.period]
        taken = [letter.number for letter in about_period if letter.owner == own_key]
        number = max([len(about_period), *taken])
        digest.key = f"{start}{own_key}:{digest.period}:{number + 1}"
        last = max((letter.made_at for letter in letters), default=None)
        digest.on_hold = _reason_on_hold(last, len(about_period))


@dataclass(frozen=True)
class _SentReminder:
    """A letter that went out, as its key tells of it."""

    owner: str  # the key of the first recipient
    period: str
    number: int
    mailbox: tuple[bool, str]
    made_at: datetime


def _sent_reminder(message: Message) -> _SentReminder:
    __, ___, owner, period, number = message.key.split(":")
    mailbox = owner.startswith(COORDINATOR), message.to.casefold()
    return _SentReminder(owner, period, int(number), mailbox, message.made_at)


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


def recipient_of(owner: User | Organisation) -> Recipient:
    if isinstance(owner, User):
        return Recipient(IN_CHARGE, user=owner)
    return Recipient(INSTITUTION, organisation=owner)


def next_morning(now: datetime) -> datetime:
    """The next MORNING after a moment, in its own time zone, also across a change of the clock."""
    day = now.date() if now.time() < MORNING else now.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=now.tzinfo)
