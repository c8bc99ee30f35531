"""Background jobs: how far a row's job is, why it stopped; what a worker was at when it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

STALLED_AFTER = timedelta(minutes=15)  # without a sign of life
STUCK_AFTER = timedelta(hours=1)  # no job of a healthy worker takes so long
LATE_AFTER = timedelta(minutes=30)  # that a job which is due waits for its turn
IDLE_AFTER = timedelta(minutes=5)  # since a worker that has jobs to do began one
MAX_ATTEMPTS = 3  # a job that has ended so many workers is not begun again


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


class WorkerEnded(Exception):
    """A job ended its worker again and again."""


def requeue_running_jobs() -> int:
    """Put back into the queue what a worker was at when it ended; returns how many jobs wait again.

    Called while no worker runs. Every job is safe to repeat; one that has ended MAX_ATTEMPTS
    workers has failed.
    """
    waiting = 0
    for job in DBTaskResult.objects.running():
        if len(job.worker_ids) >= MAX_ATTEMPTS:
            job.set_failed(WorkerEnded(f"{job.task_path} ended {len(job.worker_ids)} workers"))
            continue
        job.status = TaskResultStatus.READY
        job.save(update_fields=["status"])
        waiting += 1
    return waiting


def has_stuck_job() -> bool:
    """Does a job run that nothing can come of any more?"""
    began_long_ago = timezone.now() - STUCK_AFTER
    return DBTaskResult.objects.running().filter(started_at__lt=began_long_ago).exists()


def has_late_job() -> bool:
    """Does a job that is due wait far too long for its turn?"""
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LATE_AFTER)
    return waiting.exclude(run_after__range=(now - LATE_AFTER, now)).exists()


def is_queue_forsaken() -> bool:
    """Does a job wait far too long while none has begun of late? Then the worker hangs."""
    recently = timezone.now() - IDLE_AFTER
    is_working = DBTaskResult.objects.running().exists()
    began = DBTaskResult.objects.filter(started_at__gte=recently)
    return not is_working and has_late_job() and not began.exists()


@dataclass(frozen=True)
class FailedJob:
    """What became of a job that failed: neither its arguments nor its words, which may name
    people.
    """

    name: str
    error: str
    at: datetime | None


@dataclass(frozen=True)
class WaitingJobs:
    """The jobs of one kind that wait for their turn now."""

    name: str
    number: int
    since: datetime


def failed_jobs(limit: int = 20) -> list[FailedJob]:
    """The jobs that failed last, the newest first."""
    jobs = DBTaskResult.objects.failed().order_by("-finished_at")
    found: list[FailedJob] = []
    for path, error, at in jobs.values_list("task_path", "exception_class_path", "finished_at")[
        :limit
    ]:
        found.append(FailedJob(_name_of(path), error.rpartition(".")[2], at))
    return found


def waiting_jobs() -> list[WaitingJobs]:
    """What is due and waits, the longest wait first."""
    kinds = DBTaskResult.objects.ready().order_by().values("task_path")
    kinds = kinds.annotate(number=Count("pk"), since=Min("enqueued_at")).order_by("since")
    return [WaitingJobs(_name_of(row["task_path"]), row["number"], row["since"]) for row in kinds]


def _name_of(task_path: str) -> str:
    return task_path.rpartition(".")[2]
