"""Personal links: whose they are, which tasks they open, and who on a policy has one. Reads alone."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from splot.core.outbox import is_address
from splot.people.models import Municipality, Organisation, User
from splot.people.queries import people_in_charge
from splot.policy.models import Policy

from .models import Attachment, PersonalLink, Task
from .queries import task_of
from .reminding import tasks_to_ask


def new_token() -> str:
    """A secret of 256 bits, as it stands in an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_by_token(municipality: Municipality, token: str, purpose: str) -> PersonalLink | None:
    """The municipality's link with this secret, also one that has ended; None when there is none."""
    links = PersonalLink.objects.filter(municipality=municipality, purpose=purpose, token_hash=hash_of(token))
    link = links.select_related("user", "organisation").first()
    if link is not None:
        link.municipality = municipality
        if link.organisation:
            link.organisation.municipality = municipality
    return link


def is_expired(link: PersonalLink) -> bool:
    """Has its time run out? A withdrawn link is not expired: nobody is told to ask for a new one."""
    return link.withdrawn_at is None and link.expires_at is not None and link.expires_at <= timezone.now()


def is_usable(link: PersonalLink) -> bool:
    """Open, and its person may still do here what it is for: who leaves takes no way in along."""
    if not link.is_open or link.user is None:
        return link.is_open
    if link.purpose == PersonalLink.Purpose.REPORT:
        return people_in_charge(link.municipality).filter(pk=link.user.pk).exists()
    return link.user.is_active and link.user.memberships.filter(municipality=link.municipality_id).exists()


@dataclass(frozen=True)
class Owner:
    """A person or an institution with tasks of a policy; `links` are those that are open, the newest first."""

    user: User | None
    organisation: Organisation | None
    tasks: int
    links: list[PersonalLink]

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
        return self.thing.email if is_address(self.thing.email) else ""


def owners_of(policy: Policy) -> list[Owner]:
    """Everybody who is in charge of a task of the policy, then every institution that leads one."""
    open_links: dict[tuple[int | None, int | None], list[PersonalLink]] = {}
    links = PersonalLink.objects.filter(municipality=policy.municipality, purpose=PersonalLink.Purpose.REPORT)
    still = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    for link in links.filter(still, withdrawn_at=None):
        link.municipality = policy.municipality
        open_links.setdefault((link.user_id, link.organisation_id), []).append(link)
    people: dict[int, list[Task]] = {}
    institutions: dict[int, list[Task]] = {}
    for task in tasks_to_ask([policy]):
        if task.leader_id:
            people.setdefault(task.leader_id, []).append(task)
        if task.lead_id:
            institutions.setdefault(task.lead_id, []).append(task)
    owners = [Owner(rows[0].leader, None, len(rows), open_links.get((key, None), [])) for key, rows in people.items()]
    for key, rows in institutions.items():
        lead = rows[0].lead
        assert lead is not None
        lead.municipality = policy.municipality
        owners.append(Owner(None, lead, len(rows), open_links.get((None, key), [])))
    return sorted(owners, key=lambda owner: (owner.user is None, str(owner.name).lower()))


def calendar_links_of(user: User, municipality: Municipality) -> list[PersonalLink]:
    """A person's open calendar feeds, the newest first."""
    links = PersonalLink.objects.filter(municipality=municipality, user=user, purpose=PersonalLink.Purpose.CALENDAR)
    return [link for link in links if link.is_open]


def attachment_of(municipality: Municipality, term: str, number: int, file: int) -> Attachment:
    """A file beside a task, by the task's number and its own, or 404."""
    task = task_of(municipality, term, number)
    attachment = task.attachments.filter(pk=file).first()
    if attachment is None:
        raise Http404
    attachment.policy, attachment.municipality, attachment.task = task.policy, municipality, task
    return attachment
