"""Who hangs is killed; who works long, or is somebody else's, is not."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from splot.serving.heartbeats import ADDRESS_NAME, Heartbeats
from tests.core.pagecache.serving import ROOT, environment
from tests.serving.test_supervisor import wait_until

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the kernel is not Linux"
)


@pytest.fixture
def hearing(settings: Any) -> Heartbeats:
    settings.HUNG_SECONDS = 4
    return Heartbeats()


@pytest.fixture
def process(hearing: Heartbeats) -> Iterator[subprocess.Popen[bytes]]:
    """A web process that says that it comes forward."""
    names = {
        ADDRESS_NAME: hearing.address,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.serving.hanging"]
    with subprocess.Popen(command, env=environment(**names), start_new_session=True) as started:
        yield started
        started.kill()


def listen(hearing: Heartbeats, group: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        hearing.kill_hung(group)
        time.sleep(0.1)


def test_a_process_whose_threads_hang_is_killed(
    hearing: Heartbeats, process: subprocess.Popen[bytes]
) -> None:
    wait_until(lambda: bool(hearing.kill_hung(process.pid) or process.pid in hearing.heard_at))
    listen(hearing, process.pid, 6)
    assert process.poll() is None  # it came forward all the time
    process.send_signal(signal.SIGUSR1)
    wait_until(lambda: bool(hearing.kill_hung(process.pid) or process.poll() is not None))
    assert process.returncode == -signal.SIGKILL


def test_nobody_else_is_killed_whatever_is_said(hearing: Heartbeats) -> None:
    other = subprocess.Popen(["sleep", "60"], start_new_session=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as anybody:
        for said in (str(other.pid), "1", "99999999999999999999999", "-1", "word"):
            anybody.sendto(said.encode(), f"\0{hearing.address}")
    listen(hearing, os.getpgid(0), 5)
    assert other.poll() is None
    assert hearing.heard_at == {}
    other.kill()
    other.wait()
