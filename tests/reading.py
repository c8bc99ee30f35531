"""Reads uploads apart without starting Python anew for each: a process forks for every file.

`ready_to_read` gives a command that is run as the real one is: the file on standard input, the
answer on standard output, the same status, the same limit of memory. What is saved is importing
Django and the readers. Tests of the limits (tests/documents) start the real process.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def ready_to_read(folder: Path) -> Iterator[list[str]]:
    """The command that has one file read, while the process that waits for it runs."""
    place = folder / "reading"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, "-m", "tests.reading", "wait", str(listening.fileno())]
        waiting = subprocess.Popen(
            command,
            cwd=ROOT,
            env=surroundings,
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
        )
    try:
        yield [sys.executable, "-S", "-E", __file__, str(place)]
    finally:
        waiting.kill()
        waiting.wait()


def ask(place: str, *arguments: str) -> int:
    """The command: hands its standard streams over, and ends as the reader ends."""
    with socket.socket(socket.AF_UNIX) as there:
        there.connect(place)
        socket.send_fds(there, [json.dumps(arguments).encode()], [0, 1, 2])
        status = there.recv(1)
    return status[0] if status else 1  # it was killed


def wait(listening: socket.socket) -> None:
    """Reads for everyone who asks, in a process of its own each; ends with the tests."""
    import select

    import django

    django.setup()
    import splot.documents.readers
    import splot.documents.spreadsheets
    import splot.workbooks.read  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        if sys.stdin in select.select([listening, sys.stdin], [], [])[0]:
            return  # nothing is ever written there: the parent is gone
        there, __ = listening.accept()
        if os.fork() == 0:
            listening.close()
            answer(there)
        there.close()


def answer(there: socket.socket) -> None:
    """In the child: what the real process does, with the streams of who asked."""
    from splot.documents.intake.sandbox import main

    status = 1
    try:
        told, streams, __, __ = socket.recv_fds(there, 65_536, 3)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        status = main(*json.loads(told))
        sys.stdout.flush()
        there.send(bytes([status]))
    finally:
        os._exit(status)


if __name__ == "__main__":
    if sys.argv[1] == "wait":
        wait(socket.socket(fileno=int(sys.argv[2])))
    else:
        sys.exit(ask(*sys.argv[1:]))
