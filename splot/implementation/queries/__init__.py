"""Reads about the table that join, count or serve several pages."""

from .counts import AreaCounts, StatusCounts, counts_by_area, counts_of
from .filtering import (
    GAPS,
    GROUPINGS,
    NO_AREA,
    TableFilter,
    filter_options,
    filter_tasks,
)
from .plans import group_of, plan_of, table_year, year_choices
from .tasks import (
    latest_updates_of_year,
    table_rows_by_number,
    task_of,
    tasks_of,
    with_cells,
)

__all__ = [
    "GAPS",
    "GROUPINGS",
    "NO_AREA",
    "AreaCounts",
    "StatusCounts",
    "TableFilter",
    "counts_by_area",
    "counts_of",
    "filter_options",
    "filter_tasks",
    "group_of",
    "latest_updates_of_year",
    "plan_of",
    "table_rows_by_number",
    "table_year",
    "task_of",
    "tasks_of",
    "with_cells",
    "year_choices",
]
