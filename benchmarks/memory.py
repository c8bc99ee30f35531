"""Memory of an installation at rest and after visits: benchmarks/memory.py [--rounds 3]

Serves the demonstration with `splot serve` on a free port of this machine, and prints the share of
each process in the machine's memory (PSS: pages that several processes share are divided among
them), first at rest, then after each public page was asked for so many times by several visitors.
Linux only.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("", "policy/2023-2024/", "policy/2023-2024/areas/1/", "policy/2023-2024/table/")
PAGES += ("policy/2023-2024/tasks/1/", "policy/2023-2024/reports/2023/", "indicators/")
TOWNS, LANGUAGES = ("poznan", "lublin"), ("pl", "en", "uk")
REST_SECONDS = 20  # the worker has done what it finds, the daily run is put where it belongs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "SPLOT_DATA": folder, "PYTHONPATH": python_path()}
        command = [sys.executable, "-m", "splot.cli", "serve", "--demo", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port, server)
            time.sleep(REST_SECONDS)
            show("at rest", server.pid)
            visit(port, rounds)
            time.sleep(REST_SECONDS)
            show("after visits", server.pid)
        finally:
            server.terminate()
            server.wait()


def python_path() -> str:
    return os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/pl/", timeout=60).close()
            return
        except OSError:
            time.sleep(0.5)


def visit(port: int, rounds: int) -> None:
    addresses = []
    for language in LANGUAGES:
        for town in TOWNS:
            addresses += [f"http://127.0.0.1:{port}/{language}/{town}/{page}" for page in PAGES]
    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(ask, addresses * rounds))


def ask(address: str) -> None:
    with suppress(OSError):  # a page that this town has not
        urlopen(address, timeout=120).read()


def show(when: str, supervisor: int) -> None:
    """Print the share of each process, and of all."""
    total = 0
    for process in [supervisor, *descendants(supervisor)]:
        share = share_of(process)
        total += share
        print(f"{when:13} {share / 1024:7.1f} MB  {command_of(process)[:70]}", flush=True)
    print(f"{when:13} {total / 1024:7.1f} MB  all", flush=True)


def descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = []
    for child in map(int, children):
        found += [child, *descendants(child)]
    return found


def share_of(process: int) -> int:
    """Its PSS in kB."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    (line,) = [line for line in rollup.splitlines() if line.startswith("Pss:")]
    return int(line.split()[1])


def command_of(process: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    return b" ".join(words[1:]).decode(errors="replace")


if __name__ == "__main__":
    main()
