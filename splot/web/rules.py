"""Who may see what belongs to a municipality as a whole."""

from splot.people.rules import Permission, Placed, Visitor, has_permission


def is_operator(user: Visitor, resource: None) -> bool:
    """Runs the installation; that gives no view of any municipality's pages."""
    return user.is_authenticated and user.is_operator


def can_open_settings(user: Visitor, resource: Placed) -> bool:
    """The page leads to the lists; those who keep them need it."""
    return has_permission(user, Permission.KEEP_LISTS, resource)


def can_see_audit_trail(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.SEE_AUDIT_TRAIL, resource)
