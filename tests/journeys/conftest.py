"""A real server with the demonstration, and browsers that notice what a visitor would only
suffer.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.journeys.visits import Visits

SPLOT = str(Path(sys.executable).with_name("splot"))
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which needs no screen, without the calls home of an ordinary one."""
    quiet = ("background-networking", "component-update", "sync", "gpu")
    return {
        "executable_path": shutil.which("chromium-headless-shell"),
        "args": ["--no-sandbox", *(f"--disable-{each}" for each in quiet)],
    }


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation with the demonstration, made once for the whole run: the first
    of its processes makes it, the others wait.
    """
    of_the_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_the_run = of_the_run.parent
    data = of_the_run / "demonstration"
    with (of_the_run / "demonstration.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not data.exists():
            part = data.with_suffix(".part")
            # the jobs too, once: each server would do them anew, while people wait for it
            jobs = [sys.executable, "-m", "django", "db_worker", "--no-startup-delay", "--batch"]
            settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
            for command in [SPLOT, "demo"], jobs:
                subprocess.run(
                    command,
                    env=environment(part, **settings),
                    cwd=ROOT,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            part.rename(data)
    return data


@pytest.fixture(scope="session")
def common_server(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Server"]:
    """For stories that read, or that write each in a place of its own."""
    yield from served(demonstration, tmp_path_factory)


@pytest.fixture(scope="module")
def own_server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Server"]:
    """With a fresh copy of the demonstration, for stories that must not meet what others wrote."""
    yield from served(demonstration, tmp_path_factory)


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> "Server":
    """The server of a module: its own if the module says OWN_SERVER = True."""
    own = getattr(request.module, "OWN_SERVER", False)
    return request.getfixturevalue("own_server" if own else "common_server")


def served(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Server"]:
    """Splot as `splot serve` runs it, on a copy of the demonstration."""
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demonstration, data)
    running = Server(data)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def visits(server: "Server", browser: Browser) -> Iterator[Visits]:
    """Opens browsers; at the end nothing may have broken, neither in them nor on the server."""
    before = len(server.said())
    opened = Visits(browser, server.url, server.keys)
    yield opened
    opened.close()
    assert opened.faults == []
    assert "Traceback" not in server.said()[before:], server.said()[before:]


class Server:
    """A running server: its `url`, its `data`, and the `keys` (cookies by account) of who signed in
    already.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.keys: dict[str, Any] = {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / "server.log"
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [SPLOT, "serve", "--port", str(self.port)]
            surroundings = environment(self.data, SPLOT_URL=self.url)
            self.process = subprocess.Popen(
                command, env=surroundings, cwd=ROOT, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Until the first answer. Fails with the log when there is none."""
        for __ in range(PATIENCE_SECONDS * 10):
            if self.process.poll() is not None:
                break
            try:
                urlopen(f"{self.url}/health/", timeout=PATIENCE_SECONDS).close()
                return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        pytest.fail(f"the server did not start:\n{self.said()}")

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)


def environment(data: Path, **more: str) -> dict[str, str]:
    """The shell's environment without its own settings of Splot."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("SPLOT_", "DATABASE_URL"))
    }
    return {**kept, "SPLOT_DATA": str(data), "SPLOT_DEMONSTRATION": "1", **more}
