"""Who may: plain functions of a user and a resource, which tells its municipality; the default is
no.

A rule asks the table of permissions, and the state of the resource where that counts.
"""

from .models import AccountLink
from .permissions import Permission, Placed, Visitor, has_permission

__all__ = [
    "Permission",
    "Placed",
    "Visitor",
    "anyone",
    "can_confirm_email",
    "can_keep_organisations",
    "can_keep_people",
    "can_name_authorities",
    "can_open_desk",
    "can_read_drafts",
    "has_permission",
    "is_signed_in",
]


def anyone(user: Visitor, resource: object) -> bool:
    return True


def is_signed_in(user: Visitor, resource: object) -> bool:
    return user.is_authenticated


def can_confirm_email(user: Visitor, link: AccountLink | None) -> bool:
    """Is it an open link of their own account?"""
    return link is not None and link.user == user


def can_open_desk(user: Visitor, resource: Placed) -> bool:
    """Has any role in the resource's municipality."""
    return has_permission(user, Permission.OPEN_DESK, resource)


def can_read_drafts(user: Visitor, resource: Placed) -> bool:
    """Works on the policy: may see what is not public yet."""
    return has_permission(user, Permission.READ_DRAFTS, resource)


def can_keep_organisations(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.KEEP_LISTS, resource)


def can_name_authorities(user: Visitor, resource: Placed) -> bool:
    """A network has neither an executive nor a council."""
    return not resource.municipality.is_network and can_keep_organisations(user, resource)


def can_keep_people(user: Visitor, resource: Placed) -> bool:
    """May see, invite, change and end the people of the resource's municipality."""
    return has_permission(user, Permission.KEEP_PEOPLE, resource)
