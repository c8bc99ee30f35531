"""Who may: plain functions of a user and a resource, which tells its municipality; the default is
no.
"""

from typing import Protocol

from django.contrib.auth.models import AnonymousUser

from .models import Membership, Municipality, User

Role = Membership.Role
Visitor = User | AnonymousUser


class Placed(Protocol):
    """A resource of one municipality."""

    @property
    def municipality(self) -> Municipality: ...


def roles_of(user: Visitor, municipality: Municipality) -> frozenset[str]:
    """The user's roles in a municipality; read once a request, whatever the number of questions."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = {}
        for municipality_id, role in user.memberships.values_list("municipality_id", "role"):
            user._roles.setdefault(municipality_id, set()).add(role)
    return frozenset(user._roles.get(municipality.pk, ()))


def anyone(user: Visitor, resource: object) -> bool:
    return True


def is_signed_in(user: Visitor, resource: object) -> bool:
    return user.is_authenticated


def is_coordinator(user: Visitor, resource: Placed) -> bool:
    return Role.COORDINATOR in roles_of(user, resource.municipality)


def is_member(user: Visitor, resource: Placed) -> bool:
    """Has any role in the resource's municipality."""
    return bool(roles_of(user, resource.municipality))


def is_staff(user: Visitor, resource: Placed) -> bool:
    """Works on the policy: may see what is not public yet."""
    return bool(
        roles_of(user, resource.municipality) & {Role.COORDINATOR, Role.MONITOR, Role.EDITOR}
    )
