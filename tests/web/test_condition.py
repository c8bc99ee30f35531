"""What does not work is told apart, to machines and to the operator."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from splot.cli import main
from splot.core.condition import EXAMINATIONS, EXPLANATIONS, Finding
from splot.core.condition.database import integrity_check, look_at_pages
from splot.core.daily_backups import daily_backup_path
from splot.core.jobs import LATE_AFTER, STUCK_AFTER
from splot.core.locks import WORKER_LOCK, hold_lock
from splot.people.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder of data of an installation whose worker runs."""
    settings.DATA_DIR, settings.BACKUPS_DIR = tmp_path, None
    lock = hold_lock(tmp_path / WORKER_LOCK)
    assert lock is not None
    integrity_check.forget()
    yield tmp_path
    lock.close()
    integrity_check.forget()


def health(query: str = "") -> tuple[int, dict[str, str]]:
    answer = Client().get(f"/health/{query}")
    return answer.status_code, answer.json()


WELL = {"status": "ok", "database": "ok", "disk": "ok", "worker": "ok", "backup": "off"}


def test_all_is_well(data: Path) -> None:
    assert health() == (200, WELL)


def test_a_missing_worker_is_noticed(data: Path, settings: Any) -> None:
    settings.DATA_DIR = data / "other"
    settings.DATA_DIR.mkdir()
    assert health() == (503, {**WELL, "status": "fault", "worker": "missing"})
    assert health("?only=database,disk") == (200, {"status": "ok", "database": "ok", "disk": "ok"})
    assert health("?only=nothing")[0] == 503  # nobody is told that all is well by a slip


def job(**values: Any) -> None:
    """A job that waits, or as these values say."""
    row = DBTaskResult.objects.create(args_kwargs={}, task_path="splot.core.mail.deliver_message")
    DBTaskResult.objects.filter(pk=row.pk).update(**values)


def test_a_job_that_never_ends_is_noticed(data: Path) -> None:
    job(status="RUNNING", started_at=timezone.now() - STUCK_AFTER * 0.9)
    assert health()[1]["worker"] == "ok"
    job(status="RUNNING", started_at=timezone.now() - STUCK_AFTER * 1.1)
    assert health() == (503, {**WELL, "status": "fault", "worker": "stuck"})


def test_a_job_that_waits_too_long_is_noticed(data: Path) -> None:
    now, long_ago = timezone.now(), timezone.now() - LATE_AFTER * 1.1
    job(enqueued_at=long_ago, run_after=now + timedelta(hours=1))  # the reminders of tomorrow
    job(enqueued_at=long_ago, run_after=now - timedelta(minutes=1))  # they are due since a moment
    job(enqueued_at=now - LATE_AFTER * 0.9)
    assert health()[1]["worker"] == "ok"
    job(enqueued_at=long_ago)
    assert health() == (503, {**WELL, "status": "fault", "worker": "late"})


def test_a_database_that_does_not_answer_is_noticed(data: Path) -> None:
    def break_reads(*arguments: Any) -> None:
        raise OperationalError("unable to open database file")

    with connection.execute_wrapper(break_reads):
        assert health("?only=database") == (503, {"status": "fault", "database": "unreachable"})


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")
def test_a_damaged_database_is_noticed(data: Path) -> None:
    database = data / "splot.sqlite3"
    with closing(sqlite3.connect(database)) as fresh, fresh:
        fresh.execute("CREATE TABLE note (words text)")
        fresh.executemany("INSERT INTO note VALUES (?)", [(f"words {n}" * 50,) for n in range(900)])
    assert look_at_pages(database)
    with database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096))
    assert not look_at_pages(database)
    assert integrity_check.is_whole(database) is False
    usual = connection.settings_dict["NAME"]
    try:
        connection.settings_dict["NAME"] = str(database)
        assert health("?only=database") == (503, {"status": "fault", "database": "damaged"})
    finally:
        connection.settings_dict["NAME"] = usual
    database.write_bytes(b"no database at all" * 500)
    assert not look_at_pages(database)


def test_who_asks_often_keeps_nobody_busy(data: Path) -> None:
    database = data / "splot.sqlite3"
    sqlite3.connect(database).close()
    assert integrity_check.is_whole(database)
    database.write_bytes(b"damaged" * 1000)
    assert integrity_check.is_whole(database)  # as of a minute ago at most
    integrity_check.forget()
    assert not integrity_check.is_whole(database)


def test_a_full_disk_is_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("splot.core.condition.disk.LEAST_BYTES", 10**18)
    assert health("?only=disk") == (503, {"status": "fault", "disk": "full"})


def test_a_folder_that_is_gone_is_noticed(data: Path, settings: Any) -> None:
    settings.DATA_DIR = data / "unmounted"
    assert health("?only=disk") == (503, {"status": "fault", "disk": "read_only"})


def test_an_old_backup_is_noticed(data: Path, settings: Any) -> None:
    today = timezone.localdate()
    settings.BACKUPS_DIR = data / "backups"
    old = (503, {"status": "fault", "backup": "old"})
    assert health("?only=backup") == old  # the folder is not there
    settings.BACKUPS_DIR.mkdir()
    assert health("?only=backup") == old
    for days in (2, -1):  # the second while the clock was ahead
        daily_backup_path(settings.BACKUPS_DIR, today - timedelta(days=days)).touch()
        assert health("?only=backup") == old
    daily_backup_path(settings.BACKUPS_DIR, today - timedelta(days=1)).touch()
    assert health("?only=backup") == (200, {"status": "ok", "backup": "ok"})


def test_every_state_is_explained_in_every_language() -> None:
    assert {part for part, __ in EXPLANATIONS} == set(EXAMINATIONS)
    english = {key: str(words) for key, words in EXPLANATIONS.items()}
    for language in ("pl", "uk"):
        with translation.override(language):
            assert all(Finding(*key).explanation != english[key] for key in english)


def test_the_operator_reads_what_to_do(
    data: Path, coordinator: User, signed_in: Any, settings: Any
) -> None:
    assert main(["mark-operator", coordinator.email]) == 0
    settings.DATA_DIR = data / "other"
    settings.DATA_DIR.mkdir()
    job(status="FAILED", finished_at=timezone.now(), exception_class_path="smtplib.SMTPException")
    job()
    page = signed_in(coordinator).get("/en/health/").content.decode()
    assert "Start Splot with “splot serve”" in page
    assert "<code>deliver_message</code>: <code>SMTPException</code>" in page
    assert "1, the first since" in page
    assert main(["mark-operator", coordinator.email, "--no-longer"]) == 0
    assert signed_in(User.objects.get(pk=coordinator.pk)).get("/en/health/").status_code == 404


def test_the_page_takes_the_same_queries_for_many_jobs(
    data: Path, town: Any, signed_in: Any
) -> None:
    person = factories.user(town, "reader")
    User.objects.filter(pk=person.pk).update(is_operator=True)
    client = signed_in(person)
    counts = []
    for __ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/health/")
        counts.append(len(captured))
        for __ in range(30):
            job()
            job(status="FAILED", finished_at=timezone.now())
    assert counts[0] == counts[1] <= 12
