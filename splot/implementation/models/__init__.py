"""The table's rows and what is said of them. The text and the table have separate lives."""

from .history import TaskState
from .money import BudgetLine
from .schedule import Milestone, PartnerRole, Window
from .tasks import (
    ImplementationPlan,
    SensitiveGroup,
    StatusUpdate,
    Target,
    Task,
    TaskQuerySet,
    TaskResource,
    format_reach,
)

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
