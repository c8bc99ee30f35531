"""Digests: one mail each to the person in charge, else the leading institution, else the
coordinators. Reads alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

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
            INSTITUTION: _(
                "You get this letter because your institution leads tasks of the policy."
            ),
            COORDINATOR: _("You get this letter because you coordinate the policy."),
        }[self.role]


@dataclass(frozen=True)
class DigestItem:
    """A task with what is asked about it, and why those before this recipient were passed over."""

    task: Task
    requests: list[ReportRequest]
    passed_over: tuple[str, ...] = ()


@dataclass
class Digest:
    """All that one recipient is asked. `on_hold` says why it is not sent now, "" if it is; `key` is
    the mail's own.
    """

    recipient: Recipient
    items: list[DigestItem]
    key: str = ""
    on_hold: str = ""

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
    digests: dict[str, Digest] = {}
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
            digests.setdefault(recipient.key, Digest(recipient, [])).items.append(item)
        if not recipients:
            unreachable.append(item)
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
    earlier: dict[str, list[Message]] = defaultdict(list)
    messages = messages_of(policy.municipality.slug).filter(key__startswith=start)
    for message in messages.only("key", "made_at"):
        earlier[message.key.split(":")[2]].append(message)
    for digest in digests:
        letters = earlier[digest.recipient.key]
        about_period = [letter for letter in letters if letter.key.split(":")[3] == digest.period]
        number = len(about_period)
        digest.key = f"{start}{digest.recipient.key}:{digest.period}:{number + 1}"
        last = max((letter.made_at for letter in letters), default=None)
        digest.on_hold = _reason_on_hold(last, number)


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
