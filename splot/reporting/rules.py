"""Who may report on a task, and who asks others to."""

from splot.implementation.models import Task
from splot.people.rules import Permission, Placed, Visitor, has_permission
from splot.policy.models import Policy


def can_report(user: Visitor, task: Task) -> bool:
    """The person in charge of the task, and the coordinator, who may enter what came by
    telephone.
    """
    is_own = task.leader_id is not None and task.leader_id == user.pk
    return has_permission(user, Permission.REPORT_ON_EVERY_TASK, task) or (
        is_own and has_permission(user, Permission.REPORT_ON_OWN_TASKS, task)
    )


def can_report_here(user: Visitor, policy: Policy) -> bool:
    """Whoever may be in charge of tasks opens the page of their own; it holds no others."""
    return has_permission(user, Permission.REPORT_ON_OWN_TASKS, policy)


def can_ask_for_reports(user: Visitor, resource: Placed) -> bool:
    """Gives out links and sends reminders."""
    return has_permission(user, Permission.ASK_FOR_REPORTS, resource)
