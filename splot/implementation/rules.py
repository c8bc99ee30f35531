"""Who may read the table, change it, and say how a task goes."""

from splot.people.rules import Visitor, is_coordinator
from splot.policy.rules import can_read_part

from .models import Task

can_read_task = can_read_part
can_edit_table = is_coordinator


def can_edit_task(user: Visitor, task: Task) -> bool:
    return is_coordinator(user, task)
