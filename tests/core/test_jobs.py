"""Jobs whose worker ended are begun again, but not for ever; one that hangs is noticed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from splot.core.jobs import MAX_ATTEMPTS, STUCK_AFTER, has_stuck_job, requeue_running_jobs
from splot.search.actions import learn_word_forms

pytestmark = pytest.mark.django_db


def running_job(*workers: str) -> DBTaskResult:
    learn_word_forms.enqueue()
    job = DBTaskResult.objects.get(status="READY")
    for worker in workers:
        job.claim(worker)
    return job


def test_what_a_worker_was_at_waits_again() -> None:
    job = running_job("first")
    assert requeue_running_jobs() == 1
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == ("READY", ["first"])
    assert requeue_running_jobs() == 0


def test_a_job_that_ends_every_worker_is_given_up() -> None:
    job = running_job(*(f"worker {number}" for number in range(MAX_ATTEMPTS)))
    assert requeue_running_jobs() == 0
    job.refresh_from_db()
    assert job.status == "FAILED"
    assert job.exception_class_path.endswith("WorkerEnded")


def test_a_job_that_hangs_is_noticed() -> None:
    job = running_job("only")
    assert not has_stuck_job()
    job.started_at = timezone.now() - STUCK_AFTER - timedelta(minutes=1)
    job.save(update_fields=["started_at"])
    assert has_stuck_job()
