"""Forms over the rows of the table."""

from .line_formset import LineFormSet
from .line_formsets import (
    MilestoneFormSet,
    MoneyFormSet,
    ResourceFormSet,
    TargetFormSet,
    WindowFormSet,
)
from .task import TaskForm

__all__ = [
    "LineFormSet",
    "MilestoneFormSet",
    "MoneyFormSet",
    "ResourceFormSet",
    "TargetFormSet",
    "TaskForm",
    "WindowFormSet",
]
