"""Personal links: whose they are, which tasks they open, and who on a policy has one. Reads
alone.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from splot.core.mail import is_email_address
from splot.implementation.models import Task
from splot.people.models import Municipality, Organisation, PersonalLink, User
from splot.people.queries import share_parents
from splot.policy.models import Policy

from .requests import reportable_tasks


@dataclass(frozen=True)
class LinkOwner:
    """A person or an institution with tasks of a policy; `links` are those that are open, the
    newest first.
    """

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
        return self.thing.email if is_email_address(self.thing.email) else ""


def link_owners(policy: Policy) -> list[LinkOwner]:
    """Everybody who is in charge of a task of the policy, then every institution that leads one."""
    open_links: dict[tuple[int | None, int | None], list[PersonalLink]] = {}
    links = PersonalLink.objects.filter(
        municipality=policy.municipality, purpose=PersonalLink.Purpose.REPORT
    )
    still = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    for link in links.filter(still, withdrawn_at=None):
        share_parents(link, policy)
        open_links.setdefault((link.user_id, link.organisation_id), []).append(link)
    people: dict[int, list[Task]] = {}
    institutions: dict[int, list[Task]] = {}
    for task in reportable_tasks([policy]):
        if task.leader_id:
            people.setdefault(task.leader_id, []).append(task)
        if task.lead_id:
            institutions.setdefault(task.lead_id, []).append(task)
    owners = [
        LinkOwner(rows[0].leader, None, len(rows), open_links.get((key, None), []))
        for key, rows in people.items()
    ]
    for key, rows in institutions.items():
        lead = rows[0].lead
        assert lead is not None
        owners.append(
            LinkOwner(None, share_parents(lead, policy), len(rows), open_links.get((None, key), []))
        )
    return sorted(owners, key=lambda owner: (owner.user is None, str(owner.name).lower()))


def calendar_links_of(user: User, municipality: Municipality) -> list[PersonalLink]:
    """A person's open calendar feeds, the newest first."""
    links = PersonalLink.objects.filter(
        municipality=municipality, user=user, purpose=PersonalLink.Purpose.CALENDAR
    )
    return [link for link in links if link.is_open]
