"""Who may make workbooks for institutions and take them back."""

from splot.people.rules import Permission, Placed, Visitor, has_permission


def can_exchange_workbooks(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.ASK_FOR_REPORTS, resource)
