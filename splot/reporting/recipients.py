"""Who is written to about tasks, as what, and why somebody is not. Reads alone."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from splot.core.mail import is_email_address
from splot.people.models import Municipality, Organisation, User
from splot.people.queries import people_in_charge

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


def recipient_of(owner: User | Organisation) -> Recipient:
    if isinstance(owner, User):
        return Recipient(IN_CHARGE, user=owner)
    return Recipient(INSTITUTION, organisation=owner)


def reporter_keys(municipality: Municipality) -> set[int]:
    """The keys of everybody who may report here on tasks of their own."""
    return set(people_in_charge(municipality).values_list("pk", flat=True))


def reason_not_to_report(owner: User | Organisation, reporters: Collection[int]) -> str:
    """Why nothing that is theirs to report opens to somebody, in words; "" where it does."""
    if isinstance(owner, User) and owner.pk not in reporters:
        return _("%(name)s has no account here any more.") % {"name": owner}
    return ""


def reason_not_to_write(owner: User | Organisation, reporters: Collection[int]) -> str:
    """Why somebody is not written to about their tasks, in words; "" where they are."""
    if reason := reason_not_to_report(owner, reporters):
        return reason
    if not owner.wants_mail:
        return _("%(name)s wants no mail.") % {"name": owner}
    if not is_email_address(owner.email):
        return _("%(name)s has no e-mail address.") % {"name": owner}
    return ""
