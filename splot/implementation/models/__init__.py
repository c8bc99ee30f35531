"""The table's rows and what is said of them. The text and the table have separate lives."""

from .history import TaskState
from .money import BudgetLine
from .plans import ImplementationPlan, SensitiveGroup
from .resources import TaskResource
from .schedule import Milestone, PartnerRole, Window
from .status_updates import StatusUpdate, format_reach
from .targets import Target
from .tasks import Task, TaskQuerySet

__all__ = [
    "BudgetLine",
    "ImplementationPlan",
    "Milestone",
    "PartnerRole",
    "SensitiveGroup",
    "StatusUpdate",
    "Target",
    "Task",
    "TaskQuerySet",
    "TaskResource",
    "TaskState",
    "Window",
    "format_reach",
]
