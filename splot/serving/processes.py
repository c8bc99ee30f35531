"""Processes that do not outlive the one that started them, and are started again when they end."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

from django.conf import settings

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1  # prctl(2), Linux
STEADY_SECONDS = 60  # after which a process counts as running well
PAUSES = (0, 1, 2, 5, 10, 20, 30)  # seconds before a start, by how many in a row ended early


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent ends, however that ends. Where the kernel
    cannot (it is not Linux), a killed parent leaves its children.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel was asked
        os._exit(1)


class Service:
    """A process that is started again whenever it ends: at once, then after ever longer pauses, and
    at once again after it has run for STEADY_SECONDS. `before_start` is called before each start.
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        before_start: Callable[[], None] = lambda: None,
        **environment: str,
    ) -> None:
        self.name = name
        self.command = command
        self.before_start = before_start
        self.environment = environment
        self.early_ends = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = self._starts_at = 0.0

    def keep_running(self) -> None:
        """Start the process if it has ended and its pause is over. Called again and again."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._note_end(self.process.returncode, now)
        if self.process is None and now >= self._starts_at:
            self.before_start()
            self.process = start_process(self.command, **self.environment)
            self._started_at = time.monotonic()

    def _note_end(self, status: int, now: float) -> None:
        is_early = now - self._started_at < STEADY_SECONDS
        self.early_ends = self.early_ends + 1 if is_early else 1
        pause = PAUSES[min(self.early_ends, len(PAUSES)) - 1]
        self._starts_at = now + pause
        if self.process is not None:
            kill_group(self.process.pid)  # what it started and left behind
        self.process = None
        logger.error("%s ended (%s); it starts again in %s s", self.name, status, pause)

    @property
    def is_steady(self) -> bool:
        """Has it run for a while?"""
        lasted = time.monotonic() - self._started_at
        return self.process is not None and lasted >= STEADY_SECONDS

    def kill(self) -> None:
        """End the process and all that it started, at once; keep_running() starts it again."""
        if self.process is not None:
            kill_group(self.process.pid)


def start_process(command: list[str], **more: str) -> subprocess.Popen[bytes]:
    """Start Python with these arguments and `more` in its environment, in a group of its own that
    can be ended with it.
    """
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR), **more}
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        start_new_session=True,
        preexec_fn=partial(end_with_parent, os.getpid()),
    )


class HasProcess(Protocol):
    """What may have a process at the moment."""

    process: subprocess.Popen[bytes] | None


def end_services(services: Sequence[HasProcess], grace_seconds: float) -> None:
    """Ask every process to end; after the grace end each with all that it started."""
    running = [service.process for service in services if service.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + grace_seconds
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        kill_group(process.pid)


def kill_group(leader: int) -> None:
    """Kill a process and all of its group."""
    with suppress(ProcessLookupError):  # everybody has ended already
        os.killpg(leader, signal.SIGKILL)
