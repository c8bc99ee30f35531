"""A task: what is done, by whom, until when, for whom, and the latest word on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.columns import COLUMN_BY_CODE, column_label
from splot.implementation.models import Task
from splot.implementation.queries import is_overdue, table_year, task_of
from splot.implementation.rules import can_edit_task, can_read_task
from splot.people.door import page
from splot.reporting.queries import status_history_of
from splot.reporting.rules import can_report

# What few tasks say; the others do not show an empty line for it.
OPTIONAL_COLUMNS = (
    *("joint_leads", "own_role", "after", "milestones", "priority", "sources"),
    *("planned", "committed", "paid", "decision", "risks", "disposition"),
)


@page(can_read_task, find=task_of, public=True)
def task_page(request: HttpRequest, task: Task) -> HttpResponse:
    today = timezone.localdate()
    updates = list(status_history_of(task))
    year = table_year(task.policy, None, today)
    latest = next((update for update in updates if update.year == year), None)
    context = {
        "task": task,
        "policy": task.policy,
        "year": year,
        "latest": latest,
        "updates": updates,
        "overdue": is_overdue(task, updates[0].status if updates else "", today),
        "activities": task.activities.select_related("area"),
        "targets": task.targets.select_related("indicator"),
        "further": [
            (COLUMN_BY_CODE[code].label, cell)
            for code in OPTIONAL_COLUMNS
            if (cell := COLUMN_BY_CODE[code].cell(task))
        ],
        "unread": [
            (code, column_label(code) or code, words) for code, words in sorted(task.unread.items())
        ],
        "can_edit": can_edit_task(request.user, task),
        "can_report": can_report(request.user, task),
    }
    return render(request, "reporting/task.html", context)
