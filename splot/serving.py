"""Runs the web server and the background worker side by side, and leaves neither behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

from django.conf import settings

WEB_WORKERS = 2
THREADS = 4  # in each web worker
GRACE_SECONDS = 10
PAUSE_SECONDS = 5  # before a background worker that ended is started again


def is_port_taken(host: str, port: int) -> bool:
    """Does somebody listen there already? The web server would share the port without a word."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def serve_until_stopped(host: str, port: int) -> int:
    """Serve until stopped. Returns 0 after a stop that was asked for, else the status of the web
    server.

    The web server starts its own workers again when one dies; the background worker is started
    again here, so that a locked database or a lost process never ends the site.
    """
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    # before anything is started, so that an early stop leaves nothing running
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # needs the applications to be loaded
    from splot.reporting.actions.reminders import schedule_reminders

    schedule_reminders()
    web, worker = _start_process(*_web_command(host, port)), _start_process(*_worker_command())
    ended_at = None
    while not asked and web.poll() is None:
        if worker.poll() is not None:
            ended_at = ended_at or time.monotonic()
            if time.monotonic() - ended_at > PAUSE_SECONDS:
                worker, ended_at = _start_process(*_worker_command()), None
        time.sleep(0.2)
    failed = web.poll()
    _end_processes([web, worker])
    return 0 if asked else failed or 1


def _web_command(host: str, port: int) -> list[str]:
    command = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(WEB_WORKERS), "--respawn-failed-workers"]
    command += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    return [*command, "config.wsgi:application"]


def _worker_command() -> list[str]:
    return ["-m", "django", "db_worker", "--no-startup-delay"]


def _start_process(*command: str) -> subprocess.Popen[bytes]:
    """A process in a group of its own, so that what it starts can be ended with it."""
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.Popen([sys.executable, *command], env=environment, start_new_session=True)


def _end_processes(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end; after the grace end each with all that it started."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        _signal_group(process.pid, signal.SIGKILL)


def _signal_group(leader: int, number: int) -> None:
    with suppress(ProcessLookupError):  # everybody has ended already
        os.killpg(leader, number)
