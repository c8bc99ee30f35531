"""The table's rows and what is said of them. The text and the table have separate lives."""

from .history import TaskState
from .money import BudgetLine
from .schedule import Milestone, PartnerRole, Window
from .tasks import (
    NOT_REPORTED,
    STATUS_LABELS,
    UNFINISHED,
    ImplementationPlan,
    SensitiveGroup,
    Status,
    StatusUpdate,
    Target,
    Task,
    TaskQuerySet,
    TaskResource,
    format_reach,
)

__all__ = [
    "NOT_REPORTED",
    "STATUS_LABELS",
    "UNFINISHED",
    "BudgetLine",
    "ImplementationPlan",
    "Milestone",
    "PartnerRole",
    "SensitiveGroup",
    "Status",
    "StatusUpdate",
    "Target",
    "Task",
    "TaskQuerySet",
    "TaskResource",
    "TaskState",
    "Window",
    "format_reach",
]
