"""A WSGI application served by granian with two workers, and a browser's way to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def environment(**names: str) -> dict[str, str]:
    """Of a process that imports Splot and the modules beside this one, with other settings than the
    tests'.
    """
    inherited = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    return inherited | {"PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"} | names


class Site:
    def __init__(self, port: int) -> None:
        self.port = port

    def ask(
        self, path: str, method: str = "GET", form: dict[str, str] | None = None, **headers: str
    ) -> HTTPResponse:
        """The answer, its body as `text`. A new connection each time, so that both workers get
        their share.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urlencode(form) if form else None
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer: Any = connection.getresponse()
            answer.text = answer.read().decode("utf-8", "replace")
            return answer
        finally:
            connection.close()


@contextmanager
def served(
    application: str, folder: Path, names: dict[str, str], interface: str = "wsgi"
) -> Iterator[Site]:
    """The site, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = f"granian --interface {interface} --workers 2 --host 127.0.0.1 --port {port}"
    if interface == "wsgi":
        command += " --blocking-threads 4"
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", *command.split(), application],
            env=names,
            stdout=output,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + 120
        while True:
            assert server.poll() is None and time.monotonic() < deadline, log.read_text()[-3000:]
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Site(port)
    finally:
        server.terminate()
        server.wait(60)
