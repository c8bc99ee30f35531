"""Personal links: whose they are, which tasks they open, and who on a policy has one. Reads
alone.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from splot.core.mail import is_email_address
from splot.core.models import Message
from splot.implementation.models import Task
from splot.people.models import Municipality, Organisation, PersonalLink, User
from splot.people.queries import share_parents
from splot.policy.models import Policy

from .recipients import (
    Recipient,
    reason_not_to_report,
    reason_not_to_write,
    recipient_of,
    reporter_keys,
)
from .requests import awaited_reports, reportable_tasks

LINK_MAIL_KEY = "link:"  # begins the key of a mail that brings links
OwnerKey = tuple[int | None, int | None]  # of a person, or of an institution
LinksByOwner = dict[OwnerKey, list[PersonalLink]]


@dataclass(frozen=True)
class LinkOwner:
    """A person or an institution with tasks of a policy, of which some await a report; `links` are
    those that are open, the newest first. Who `has_left` gets none any more; `unmailed` says why
    they are not written to, "" if they are.
    """

    recipient: Recipient
    tasks: int
    awaited: int
    links: list[PersonalLink]
    has_left: bool
    unmailed: str
    message: Message | None = None  # the mail that brought the newest of them

    @property
    def is_person(self) -> bool:
        return self.recipient.user is not None

    @property
    def key(self) -> str:
        return self.recipient.key

    @property
    def name(self) -> object:
        return self.recipient.owner.name

    @property
    def email(self) -> str:
        return self.recipient.email if is_email_address(self.recipient.email) else ""

    @property
    def wants_mail(self) -> bool:
        return self.recipient.owner.wants_mail


def link_owners(policy: Policy) -> list[LinkOwner]:
    """Everybody who is in charge of a task of the policy, then every institution that leads one."""
    open_links: LinksByOwner = {}
    links = PersonalLink.objects.filter(
        municipality=policy.municipality, purpose=PersonalLink.Purpose.REPORT
    )
    still = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    for link in links.filter(still, withdrawn_at=None):
        share_parents(link, policy)
        open_links.setdefault((link.user_id, link.organisation_id), []).append(link)
    tasks_of: dict[User | Organisation, list[Task]] = {}
    tasks = list(reportable_tasks([policy]))
    awaited = {task.pk for task, __ in awaited_reports(tasks, timezone.localdate())}
    for task in tasks:
        if task.leader:
            tasks_of.setdefault(task.leader, []).append(task)
        if task.lead:
            tasks_of.setdefault(task.lead, []).append(task)
    reporters = reporter_keys(policy.municipality)
    mails = _mails_of(policy, open_links)
    owners = []
    for owner, own in tasks_of.items():
        is_person = isinstance(owner, User)
        key = (owner.pk, None) if is_person else (None, owner.pk)
        link_owner = LinkOwner(
            recipient_of(owner if is_person else share_parents(owner, policy)),
            tasks=len(own),
            awaited=sum(task.pk in awaited for task in own),
            links=open_links.get(key, []),
            has_left=bool(reason_not_to_report(owner, reporters)),
            unmailed=reason_not_to_write(owner, reporters),
            message=mails.get(key),
        )
        owners.append(link_owner)
    return sorted(owners, key=lambda owner: (not owner.is_person, str(owner.name).lower()))


def _mails_of(policy: Policy, open_links: LinksByOwner) -> dict[OwnerKey, Message]:
    """The mail that brought the newest open link of each owner, if it went by mail: the first one
    to its address since it was made, as one mail brings all links of a mailbox.
    """
    newest = {owner: links[0] for owner, links in open_links.items() if links[0].email}
    if not newest:
        return {}
    since = min(link.made_at for link in newest.values())
    sent = Message.objects.filter(
        scope=policy.municipality.scope, key__startswith=LINK_MAIL_KEY, made_at__gte=since
    )
    mails = list(sent.defer("text", "html").order_by("pk"))
    found = {}
    for owner, link in newest.items():
        for mail in mails:
            if mail.to.lower() == link.email.lower() and mail.made_at >= link.made_at:
                found[owner] = mail
                break
    return found


def calendar_links_of(user: User, municipality: Municipality) -> list[PersonalLink]:
    """A person's open calendar feeds, the newest first."""
    links = PersonalLink.objects.filter(
        municipality=municipality, user=user, purpose=PersonalLink.Purpose.CALENDAR
    )
    return [link for link in links if link.is_open]
