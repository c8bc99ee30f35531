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

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # prctl(2), Linux
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


def name_process(name: str) -> None:
    """Let ps and top show this name, of at most 15 characters, for this process."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode())


class Service:
    """A process that is started again whenever it ends: at once, then after ever longer pauses, and
    at once again after it has run for STEADY_SECONDS. `before_start` is called before each start.

    It is a fork of this process, which shares its memory, and calls `run`.
    """

    def __init__(
        self,
        name: str,
        run: Callable[[], None],
        before_start: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.run = run
        self.before_start = before_start
        self.early_ends = 0
        self.process: ForkedProcess | None = None
        self._started_at = self._starts_at = 0.0

    def keep_running(self) -> None:
        """Start the process if it has ended and its pause is over. Called again and again."""
        now = time.monotonic()
        if self.process is not None and (status := self.process.poll()) is not None:
            self._note_end(status, now)
        if self.process is None and now >= self._starts_at:
            self.before_start()
            self.process = fork_process(self.run, self.name)
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


class ForkedProcess:
    """A fork of this process, told of as `subprocess.Popen` tells of its processes."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit status, negative for the signal that ended it; None while it runs."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, seconds: float) -> int:
        """Wait for its end. Raises subprocess.TimeoutExpired."""
        deadline = time.monotonic() + seconds
        while (status := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"process {self.pid}", seconds)
            time.sleep(0.02)
        return status

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


def fork_process(run: Callable[[], None], name: str) -> ForkedProcess:
    """Call `run` in a fork of this process, in a group of its own that can be ended with it. This
    process has no threads, so that none of them can leave a lock behind.
    """
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    if process := os.fork():
        return ForkedProcess(process)
    status = 1
    try:
        os.setsid()
        end_with_parent(parent)
        name_process(name)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        logger.exception("A process of splot serve broke")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def start_process(command: list[str]) -> subprocess.Popen[bytes]:
    """Start Python with these arguments, in a group of its own that can be ended with it."""
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        start_new_session=True,
        preexec_fn=partial(end_with_parent, os.getpid()),
    )


class HasProcess(Protocol):
    """What may have a process at the moment."""

    @property
    def process(self) -> ForkedProcess | subprocess.Popen[bytes] | None: ...


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
