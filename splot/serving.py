"""Runs the web server and the background worker side by side; when one ends, so does the other."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from django.conf import settings

WEB_WORKERS = 2
THREADS = 4  # in each web worker
GRACE_SECONDS = 10


def is_taken(host: str, port: int) -> bool:
    """Does somebody listen there already? The web server would share the port without a word."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def serve(host: str, port: int) -> int:
    """Serve until stopped. Returns 0 after a stop that was asked for, else the status of what failed."""
    granian = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    granian += ["--workers", str(WEB_WORKERS), "--blocking-threads", str(THREADS), "--no-ws"]
    granian += ["--log-level", "warning", "config.wsgi:application"]
    worker = ["-m", "django", "db_worker", "--no-startup-delay"]
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    # before anything is started, so that an early stop leaves nothing running
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    processes = [subprocess.Popen([sys.executable, *command], env=environment) for command in (granian, worker)]
    while not asked and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    failed = next((process.returncode for process in processes if process.returncode), 0)
    _end(processes)
    return 0 if asked else failed or 1


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
