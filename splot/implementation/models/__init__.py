"""The table's rows and what is said of them. The text and the table have separate lives."""

from .exchange import ColumnMemory, ReturnedSheet, SentSheet, SheetUpload, TableReading, UploadedSheet
from .history import TaskState
from .links import Attachment, PersonalLink, ProgressDraft
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
    reach_in_words,
)

__all__ = [
    "NOT_REPORTED",
    "STATUS_LABELS",
    "UNFINISHED",
    "Attachment",
    "BudgetLine",
    "ColumnMemory",
    "ImplementationPlan",
    "Milestone",
    "PartnerRole",
    "PersonalLink",
    "ProgressDraft",
    "ReturnedSheet",
    "SensitiveGroup",
    "SentSheet",
    "SheetUpload",
    "Status",
    "StatusUpdate",
    "TableReading",
    "Target",
    "Task",
    "TaskQuerySet",
    "TaskResource",
    "TaskState",
    "UploadedSheet",
    "Window",
    "reach_in_words",
]
