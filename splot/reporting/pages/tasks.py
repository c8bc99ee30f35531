"""A task: what is done, by whom, until when, for whom, and the latest word on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.core.values import Words
from splot.implementation.cells import CellLines
from splot.implementation.columns import COLUMNS, column_label
from splot.implementation.models import Task
from splot.implementation.queries import table_year, task_of
from splot.implementation.rules import can_edit_task, can_read_task
from splot.implementation.statuses import NOT_REPORTED, STATUS_LABELS, STATUS_LOOKS
from splot.people.door import page
from splot.reporting.queries import status_history_of
from splot.reporting.rules import can_report

# What the page says elsewhere than among the facts that few tasks have.
SHOWN_ELSEWHERE = ("activities", "area", "leader")


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
        "silence": {
            "look": STATUS_LOOKS[NOT_REPORTED],
            "label": STATUS_LABELS[NOT_REPORTED],
        },
        "updates": updates,
        "overdue": task.is_overdue_after(updates[0] if updates else None, today),
        "activities": task.activities.select_related("area"),
        "targets": task.targets.select_related("indicator"),
        "further": _further_facts(task),
        "unread": [
            (code, column_label(code) or code, text) for code, text in sorted(task.unread.items())
        ],
        "can_edit": can_edit_task(request.user, task),
        "can_report": can_report(request.user, task),
    }
    return render(request, "reporting/task.html", context)


def _further_facts(task: Task) -> list[tuple[Words, CellLines]]:
    """(label, lines) of what the model's table does not ask for; nothing where it is not said."""
    facts = [
        (column.label, column.cell(task))
        for column in COLUMNS
        if not column.is_model and column.code not in SHOWN_ELSEWHERE
    ]
    return [(label, lines) for label, lines in facts if lines]
