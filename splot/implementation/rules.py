"""Who may read the table, change it, and see what it lacks."""

from splot.people.rules import Permission, Placed, Visitor, has_permission
from splot.policy.rules import can_read_part

from .models import Task

can_read_task = can_read_part


def can_edit_table(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.EDIT_TABLE, resource)


def can_edit_task(user: Visitor, task: Task) -> bool:
    return can_edit_table(user, task)


def can_see_table_health(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.SEE_TABLE_HEALTH, resource)


def can_keep_groups(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.KEEP_LISTS, resource)
