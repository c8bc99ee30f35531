"""Who may report on a task."""

from splot.implementation.models import Task
from splot.people.rules import Role, Visitor, roles_of
from splot.policy.models import Policy


def can_report(user: Visitor, task: Task) -> bool:
    """The person in charge of the task, and the coordinator, who may enter what came by
    telephone.
    """
    held = roles_of(user, task.municipality)
    return Role.COORDINATOR in held or (Role.LEADER in held and task.leader_id == user.pk)


def can_report_here(user: Visitor, policy: Policy) -> bool:
    """Whoever may be in charge of tasks opens the page of their own; it holds no others."""
    return bool(roles_of(user, policy.municipality) & {Role.COORDINATOR, Role.LEADER})
