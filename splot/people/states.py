"""How far a person's account is: the states that the list of people shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from splot.core.dates import format_day

from .models import AccountLink, Membership, Municipality, Organisation, User


@dataclass(frozen=True)
class PersonEntry:
    """A person as the list of a municipality shows them; `look` is one of the statuses' looks."""

    municipality: Municipality
    user: User
    roles: tuple[Membership, ...]
    invitation: AccountLink | None  # the last one
    look: str
    state: str

    @property
    def organisation(self) -> Organisation | None:
        """The institution that a role is for, None where there is none."""
        return next((role.organisation for role in self.roles if role.organisation), None)

    @property
    def role_names(self) -> str:
        return ", ".join(dict.fromkeys(str(role.get_role_display()) for role in self.roles))


def build_person_entry(municipality: Municipality, user: User) -> PersonEntry:
    """The entry of a person who was read by `people_of`."""
    roles: tuple[Membership, ...] = tuple(vars(user)["roles_here"])
    invitation: AccountLink | None = next(iter(vars(user)["invitations"]), None)
    look, state = _describe_state(user, invitation)
    return PersonEntry(municipality, user, roles, invitation, look, state)


def _describe_state(user: User, invitation: AccountLink | None) -> tuple[str, str]:
    if user.has_usable_password():
        if user.last_sign_in_on is None:
            return "unknown", _("has not signed in yet")
        day = format_day(user.last_sign_in_on)
        return "check", _("last signed in on %(day)s") % {"day": day}
    if invitation is None:
        return "unknown", _("no account")
    if invitation.is_open:
        return "half", _("invited")
    return "warning", _("the invitation is over")
