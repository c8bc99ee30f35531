"""Progress of background jobs on a row: whether one runs, how far it is, and why it stopped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

STALLED_AFTER = timedelta(minutes=15)  # without a sign of life


@dataclass(frozen=True)
class JobProgress:
    """`done` of `total` things are done, 0 of 0 where nobody counts. `why` it stopped or does not
    begin, or "".
    """

    is_working: bool = False
    why: str = ""
    done: int = 0
    total: int = 0


def job_progress(
    task: "Task[..., Any]",
    *,
    done: int = 0,
    total: int = 0,
    alive: datetime | None = None,
    broken: str = "",
    **about: int,
) -> JobProgress:
    """The progress of the last job of a background task with these arguments; one query.

    `alive` is its last heartbeat; `broken` is the sentence for a job that has stopped without a
    result. A task gives {"why": what stood in its way, "" for nothing}.
    """
    asked = {f"args_kwargs__kwargs__{name}": value for name, value in about.items()}
    job = (
        DBTaskResult.objects.filter(task_path=task.module_path, **asked)
        .order_by("-enqueued_at")
        .first()
    )
    if job is None:
        return JobProgress(done=done, total=total)
    last = max(filter(None, [job.enqueued_at, job.started_at, alive]))
    is_late = last < timezone.now() - STALLED_AFTER
    if job.status == "READY":  # it will still be done, however late
        words = _(
            "It waits for its turn. If this lasts, ask the operator whether the background "
            "worker is running."
        )
        return JobProgress(True, words if is_late else "", done, total)
    if job.status == "RUNNING" and not is_late:
        return JobProgress(True, "", done, total)
    return JobProgress(
        False, broken if job.return_value is None else job.return_value["why"], done, total
    )
