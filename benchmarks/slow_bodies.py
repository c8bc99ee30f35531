"""What visitors notice of strangers who send slowly: benchmarks/slow_bodies.py [--strangers 200]

Serves an empty installation with `splot serve` on a free port of this machine, and asks for a page
from memory and for one that is made, first alone, then while strangers hold connections with a form
that comes byte by byte. Prints the median of each and their ratio. Times of one machine mean little
elsewhere: compare the ratios.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"from memory": "/pl/", "made": "/health/"}
VISITS = 300
BEGINNING = b"POST /pl/sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nemail="


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strangers", type=int, default=200)
    strangers = parser.parse_args().strangers
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        port = free_port()
        serve(Path(folder), port, stack)
        alone = {name: median_visit(port, path) for name, path in PAGES.items()}
        send_slowly(strangers, port, stack)
        crowded = {name: median_visit(port, path) for name, path in PAGES.items()}
    for name, before in alone.items():
        ratio = crowded[name] / before
        print(f"{name:12} {before * 1000:7.2f} ms alone, x {ratio:.2f} with {strangers} strangers")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(folder: Path, port: int, stack: ExitStack) -> None:
    """Splot on this port until the stack closes."""
    command = [sys.executable, "-m", "splot.cli", "serve", "--port", str(port)]
    surroundings = {
        **os.environ,
        "SPLOT_DATA": str(folder / "data"),
        "SPLOT_URL": f"http://127.0.0.1:{port}",
    }
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    while True:
        with suppress(OSError):
            visit(port, "/health/")
            return
        time.sleep(0.2)


def visit(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    assert connection.getresponse().read()
    connection.close()


def median_visit(port: int, path: str) -> float:
    """Seconds."""
    taken = []
    for __ in range(VISITS):
        started = time.perf_counter()
        visit(port, path)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def send_slowly(strangers: int, port: int, stack: ExitStack) -> None:
    """Hold so many connections, each with a byte a second; one that is closed begins again."""
    ended = Event()
    stack.callback(ended.set)
    connections = [socket.create_connection(("127.0.0.1", port)) for __ in range(strangers)]
    for connection in connections:
        connection.sendall(BEGINNING)

    def drip() -> None:
        while not ended.wait(1):
            for at, connection in enumerate(connections):
                try:
                    connection.sendall(b"x")
                except OSError:
                    connections[at] = socket.create_connection(("127.0.0.1", port))
                    connections[at].sendall(BEGINNING)

    Thread(target=drip, daemon=True).start()


if __name__ == "__main__":
    main()
