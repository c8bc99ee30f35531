"""Who may read the table, change it, and say how a task goes."""

from splot.people.rules import Role, Visitor, is_coordinator, roles
from splot.policy.models import Policy
from splot.policy.rules import can_read_part

from .models import Task

can_read_task = can_read_part
can_edit_table = is_coordinator


def can_edit_task(user: Visitor, task: Task) -> bool:
    return is_coordinator(user, task)


def can_report(user: Visitor, task: Task) -> bool:
    """The person in charge of the task, and the coordinator, who may enter what came by telephone."""
    held = roles(user, task.municipality)
    return Role.COORDINATOR in held or (Role.LEADER in held and task.leader_id == user.pk)


def can_report_here(user: Visitor, policy: Policy) -> bool:
    """Whoever may be in charge of tasks opens the page of their own; it holds no others."""
    return bool(roles(user, policy.municipality) & {Role.COORDINATOR, Role.LEADER})
