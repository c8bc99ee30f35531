"""Forms over the rows of the table."""

from .lines import Lines, MilestoneLines, MoneyLines, ResourceLines, TargetLines, WindowLines
from .task import TaskForm

__all__ = ["Lines", "MilestoneLines", "MoneyLines", "ResourceLines", "TargetLines", "TaskForm", "WindowLines"]
