"""Runs the web server and the background worker side by side, starts again what ends or is stuck,
and leaves neither behind.
"""

import logging
import os
import signal
import socket
import time
from pathlib import Path
from types import FrameType
from typing import IO

from django.db import DatabaseError, connection

from splot.core.jobs import has_stuck_job, is_queue_forsaken, requeue_running_jobs
from splot.core.locks import hold_lock

from .backups.daily import DailyBackup
from .database_lock import DatabaseLock
from .heartbeats import ADDRESS_NAME, Heartbeats
from .processes import Service, end_services
from .web import serve_web
from .worker import work_until_stopped

logger = logging.getLogger(__name__)

LOCK_NAME = "serving.lock"
GRACE_SECONDS = 5
CHECK_SECONDS = 30  # between looks at the queue
MAX_EARLY_ENDS = 10  # in a row of the web server: then the machine's own supervisor has to know
PATIENCE_SECONDS = 3  # for the port of a server that was killed a moment ago


def wait_for_free_port(host: str, port: int) -> bool:
    """Is the port free, at once or in a moment? The web server would share it without a word."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _is_port_taken(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _is_port_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def lock_installation(folder: Path) -> IO[bytes] | None:
    """Hold the data of an installation until the file is closed or this process ends, however it
    ends; None where another process holds them.
    """
    return hold_lock(folder / LOCK_NAME)


def serve_until_stopped(
    host: str, port: int, installation_lock: int, database_lock: DatabaseLock
) -> int:
    """Serve until stopped. Returns 0 after a stop that was asked for, 1 when the web server ended
    ten times in a row soon after its start, or another machine has taken the database meanwhile.
    The locks are this process's alone.
    """
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    # before anything is started, so that an early stop leaves nothing running
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    heartbeats = Heartbeats()

    def run_web() -> None:
        os.close(installation_lock)  # it stays with the supervisor
        os.environ[ADDRESS_NAME] = heartbeats.address
        serve_web(host, port)

    def run_worker() -> None:
        os.close(installation_lock)
        work_until_stopped()

    web = Service("splot-web", run_web)
    worker = Service("splot-worker", run_worker, before_start=_requeue)
    backup = DailyBackup()
    checked_at = time.monotonic() - CHECK_SECONDS
    while not asked and web.early_ends < MAX_EARLY_ENDS:
        if time.monotonic() - checked_at >= CHECK_SECONDS:
            if not database_lock.hold():
                logger.error("Another machine serves this database now; this one ends")
                break
            _check_queue(worker)
            backup.make_if_due()
            checked_at = time.monotonic()
        heartbeats.kill_hung(web.process.pid if web.process else None)
        web.keep_running()
        worker.keep_running()
        time.sleep(0.2)
    end_services([web, worker, backup], GRACE_SECONDS)
    return 0 if asked else 1


def _requeue() -> None:
    """What the worker was at when it ended is taken up by the next one."""
    try:
        requeue_running_jobs()
    except DatabaseError:
        logger.exception("The queue cannot be read; the jobs that were running stay as they are")
    finally:
        connection.close()


def _check_queue(worker: Service) -> None:
    """See to it that the morning's run waits for tomorrow, whatever the clock said before, and that
    no job holds up all others for ever.
    """
    # needs the applications to be loaded
    from splot.reporting.actions.reminders import schedule_reminders

    try:
        schedule_reminders()
        if worker.is_steady and (has_stuck_job() or is_queue_forsaken()):
            logger.error("A job does not come forward; the background worker is started anew")
            worker.kill()
    except DatabaseError:
        logger.exception("The queue cannot be read; the next look is in %d s", CHECK_SECONDS)
    finally:
        connection.close()
