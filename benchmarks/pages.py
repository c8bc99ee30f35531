"""What a page costs from memory and what it costs to make: benchmarks/pages.py [--threads N]
[--rounds N]

Starts granian with two workers on a free port of this machine. A small application renders 60 tasks
with Django's templates; the page cache stands in front of it. Figures are the processor time of the
server's processes, so that the load's own does not count. Microseconds of one machine mean little
elsewhere: compare the ratios of one run.
"""

import argparse
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 8
# What is asked, its headers, and how many times in a round. "{}" is another number each time.
CASES = {
    "nothing: the server alone, same bytes": ("/alone/", "Accept-Encoding: br", 8000),
    "from memory, brotli": ("/pl/poznan/", "Accept-Encoding: br", 8000),
    "from memory, 304": ("/pl/poznan/", "Accept-Encoding: br\r\nIf-None-Match: *", 8000),
    "from memory, noise in the query": ("/pl/poznan/?utm={}&x=1", "Accept-Encoding: br", 8000),
    "from memory, after a write": ("/pl/poznan/", "Accept-Encoding: br", 400),
    "made and kept": ("/pl/poznan/?page={}", "Accept-Encoding: br", 400),
    "made, past the cache": ("/pl/poznan/", "Cookie: sessionid=1", 400),
}
MADE = "made, past the cache"


def application() -> Any:
    """What granian serves: the page cache in front of a rendering, and one address in front of
    both.
    """
    import brotli  # type: ignore[import-untyped]
    import django
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PAGES_DATABASE"]}
    settings.configure(DATABASES={"default": database})
    django.setup()
    from django.template import Context, Engine

    from splot.core.pagecache import PageCache

    template = Engine().from_string(
        "<!doctype html><title>Tasks</title><table>{% for task in tasks %}"
        '<tr class="task {% if task.late %}late{% endif %}"><th scope="row">'
        '<a href="/pl/poznan/tasks/{{ task.number }}/">'
        "{{ task.number }}. {{ task.title|capfirst }}</a></th>"
        "{% for cell in task.cells %}<td>{{ cell }}</td>{% empty %}<td>nothing yet</td>{% endfor %}"
        "</tr>{% endfor %}</table>"
    )
    cells = [
        "newcomers of all ages",
        "Centre of Initiatives",
        "two partners",
        "31.12.2024",
        "women with children",
    ]
    tasks = [
        {
            "number": number,
            "title": f"task no. {number}",
            "late": number % 7 == 0,
            "cells": cells * 2,
        }
        for number in range(1, 61)
    ]

    def render(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = template.render(Context({"tasks": tasks})).encode()
        own = [("X-Splot-Cache", "poznan"), ("X-Splot-Query", "page")]
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), *own])
        return [body]

    cache = PageCache(render)
    same = brotli.compress(template.render(Context({"tasks": tasks})).encode(), quality=5)

    def serve(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] != "/alone/":
            return cache(environ, start_response)
        start_response(
            "200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(same)))]
        )
        return [same]

    return serve


@contextmanager
def server(database: Path, threads: int) -> Iterator[tuple[int, int]]:
    """Port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "benchmarks")])
    command = (
        f"granian --interface wsgi --factory --workers 2 --host 127.0.0.1 --port {port} "
        "--no-access-log"
    )
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            *command.split(),
            "--blocking-threads",
            str(threads),
            "pages:application",
        ],
        env=os.environ | {"PAGES_DATABASE": str(database), "PYTHONPATH": paths},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not listens(port):
            if process.poll() is not None:
                raise SystemExit(
                    f"granian did not start: {process.communicate()[1].decode()[-2000:]}"
                )
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def processor_time(pid: int) -> float:
    """Seconds that a process and its children have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_time(int(child)) for child in children)


def ask(port: int, path: str, headers: str, times: int, before: Callable[[], object]) -> None:
    """One kept connection, one request after the other."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        reader = connection.makefile("rb")
        for _ in range(times):
            target = path.format(before())
            connection.sendall(
                f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n".encode()
            )
            status, length = reader.readline()[9:12], 0
            if status not in (b"200", b"304"):
                raise SystemExit(f"{target} answers {status!r}")
            while (line := reader.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line[15:])
            reader.read(length)


def load(port: int, case: str, writer: sqlite3.Connection, numbers: Iterator[int]) -> float:
    """Seconds it took."""
    path, headers, times = CASES[case]
    writes = case.endswith("after a write")
    connections = 1 if writes else CONNECTIONS
    before = partial(write, writer) if writes else numbers.__next__
    begin = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        asking = [
            pool.submit(ask, port, path, headers, times // connections, before)
            for _ in range(connections)
        ]
    for one in asking:
        one.result()
    return time.perf_counter() - begin


def write(writer: sqlite3.Connection) -> None:
    """A commit that concerns another municipality: the numbers are read anew, the page stays."""
    writer.execute("UPDATE core_revision SET number = number + 1 WHERE scope <> 'poznan'")


def measure(rounds: int, threads: int) -> dict[str, tuple[float, float]]:
    """Case -> microseconds of processor time a request, and requests a second; medians of the
    rounds.
    """
    figures: dict[str, list[tuple[float, float]]] = {case: [] for case in CASES}
    with tempfile.TemporaryDirectory() as folder:
        database, numbers = Path(folder) / "pages.sqlite3", count()
        writer = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        writer.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
        writer.execute("CREATE TABLE core_revision (scope TEXT, number INTEGER)")
        scopes = [("",), ("poznan",), *((f"city-{number}",) for number in range(50))]
        writer.executemany("INSERT INTO core_revision VALUES (?, 0)", scopes)
        with closing(writer), server(database, threads) as (port, pid):
            for turn in range(rounds + 1):
                for case, (_, _, times) in CASES.items():
                    before = processor_time(pid)
                    seconds = load(port, case, writer, numbers)
                    if turn:  # the first round warms up
                        used = (processor_time(pid) - before) / times
                        figures[case].append((used * 1e6, times / seconds))
    return {
        case: tuple(map(statistics.median, zip(*runs, strict=True)))
        for case, runs in figures.items()
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--threads", type=int, default=4, help="of granian, in each worker")
    chosen = options.parse_args()
    figures = measure(chosen.rounds, chosen.threads)
    made = figures[MADE][0]
    print(f"{'':42}{'µs CPU':>9}{'made = 1':>10}{'a second':>10}")
    for case, (cost, rate) in figures.items():
        print(f"{case:42}{cost:9.0f}{cost / made:10.4f}{rate:10.0f}")


if __name__ == "__main__":
    main()
