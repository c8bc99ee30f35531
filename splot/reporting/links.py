"""Personal links: whose they are, which tasks they open, and who on a policy has one. Reads
alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from splot.core.mail import is_email_address
from splot.core.models import Message
from splot.implementation.models import Task
from splot.people.models import Municipality, Organisation, PersonalLink, User
from splot.people.queries import people_in_charge, share_parents
from splot.policy.models import Policy

from .requests import awaited_reports, reportable_tasks

LINK_MAIL_KEY = "link:"  # begins the key of a mail that brings links
OwnerKey = tuple[int | None, int | None]  # of a person, or of an institution
LinksByOwner = dict[OwnerKey, list[PersonalLink]]


@dataclass(frozen=True)
class LinkOwner:
    """A person or an institution with tasks of a policy, of which some await a report; `links` are
    those that are open, the newest first. Who `has_left` gets none any more.
    """

    user: User | None
    organisation: Organisation | None
    tasks: int
    awaited: int
    links: list[PersonalLink]
    has_left: bool = False
    message: Message | None = None  # the mail that brought the newest of them

    @property
    def key(self) -> str:
        return f"user-{self.user.pk}" if self.user else f"organisation-{self.thing.pk}"

    @property
    def thing(self) -> User | Organisation:
        owner = self.user or self.organisation
        assert owner is not None
        return owner

    @property
    def name(self) -> object:
        return self.thing.name

    @property
    def email(self) -> str:
        return self.thing.email if is_email_address(self.thing.email) else ""

    @property
    def can_be_mailed(self) -> bool:
        return bool(self.email) and self.thing.wants_mail and not self.has_left


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
    people: dict[int, list[Task]] = {}
    institutions: dict[int, list[Task]] = {}
    tasks = list(reportable_tasks([policy]))
    awaited = {task.pk for task, __ in awaited_reports(tasks, timezone.localdate())}
    for task in tasks:
        if task.leader_id:
            people.setdefault(task.leader_id, []).append(task)
        if task.lead_id:
            institutions.setdefault(task.lead_id, []).append(task)
    present = set(people_in_charge(policy.municipality).values_list("pk", flat=True))
    mails = _mails_of(policy, open_links)
    owners = []
    for key, rows in people.items():
        asked, own = _count_awaited(rows, awaited), open_links.get((key, None), [])
        has_left, mail = key not in present, mails.get((key, None))
        owners.append(LinkOwner(rows[0].leader, None, len(rows), asked, own, has_left, mail))
    for key, rows in institutions.items():
        lead = rows[0].lead
        assert lead is not None
        share_parents(lead, policy)
        asked, own = _count_awaited(rows, awaited), open_links.get((None, key), [])
        mail = mails.get((None, key))
        owners.append(LinkOwner(None, lead, len(rows), asked, own, message=mail))
    return sorted(owners, key=lambda owner: (owner.user is None, str(owner.name).lower()))


def _count_awaited(tasks: Iterable[Task], awaited: Collection[int]) -> int:
    return sum(task.pk in awaited for task in tasks)


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
