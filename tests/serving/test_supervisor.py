"""Whatever process is killed, the site comes back by itself and leaves nothing behind."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from benchmarks.memory import share_of
from splot.core.daily_backups import daily_backup_path
from splot.serving.backups.restore import check_backup
from splot.serving.processes import Service, end_services, start_process
from splot.serving.supervisor import lock_installation
from tests.journeys.conftest import environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel is not Linux"),
]


class Site:
    """A real installation without a municipality, served on a port of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.backups = data.parent / "backups"
        self.backups.mkdir(exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/health/"

    def start(self) -> None:
        with (self.data.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "splot.cli", "serve", "--port", str(self.port)],
                env=environment(
                    self.data, SPLOT_BACKUPS=str(self.backups), SPLOT_HUNG_SECONDS="10"
                ),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        wait_until(self.answers)

    def answers(self) -> bool:
        assert self.process.poll() is None, (self.data.parent / "server.log").read_text()[-3000:]
        try:
            urlopen(self.url, timeout=PATIENCE_SECONDS).close()
            return True
        except OSError:
            return False

    def child(self, name: str) -> int | None:
        """The process of this name that the supervisor started, if it runs."""
        started = (each for each in children(self.process.pid) if name_of(each) == name)
        return next(started, None)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def children(process: int) -> list[int]:
    found: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            if int(status.read_text().rpartition(")")[2].split()[1]) == process:
                found.append(int(status.parent.name))
    return found


def descendants(process: int) -> list[int]:
    return [each for child in children(process) for each in (child, *descendants(child))]


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def name_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return ""


def execute(database: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query).fetchall()


def is_alive(process: int) -> bool:
    return bool(command_of(process))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site") / "data")
    running.start()
    yield running
    running.stop()
    shutil.rmtree(running.data)


def test_addresses_in_links_have_the_port_it_listens_on(site: Site) -> None:
    server = site.child("splot-web")
    environ = Path(f"/proc/{server}/environ").read_text().split("\0")
    assert f"SPLOT_URL=http://127.0.0.1:{site.port}" in environ


def test_a_web_server_that_is_killed_comes_back(site: Site) -> None:
    for __ in range(2):
        server = site.child("splot-web")
        assert server is not None
        for worker in children(server):
            os.kill(worker, signal.SIGKILL)
        wait_until(site.answers)
    server = site.child("splot-web")
    assert server is not None
    orphans = children(server)
    os.kill(server, signal.SIGKILL)
    wait_until(lambda: site.child("splot-web") not in (None, server))
    wait_until(site.answers)
    assert not any(map(is_alive, orphans))


def test_a_web_process_that_hangs_is_replaced(site: Site) -> None:
    server = site.child("splot-web")
    assert server is not None
    (hanging, *__) = [each for each in children(server) if is_alive(each)]
    os.kill(hanging, signal.SIGSTOP)
    wait_until(lambda: not is_alive(hanging))
    wait_until(lambda: len(children(server)) >= 2)
    wait_until(site.answers)
    assert site.child("splot-web") == server


def test_a_stop_does_not_wait_for_bodies_that_never_come(site: Site) -> None:
    with ExitStack() as stack:
        for __ in range(8):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            slow.sendall(b"POST /pl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nx")
        time.sleep(1)
        began = time.monotonic()
        site.stop()
        assert time.monotonic() - began < 8
    site.start()


def test_all_processes_together_are_small(site: Site) -> None:
    """Most of their memory is the same memory; see benchmarks/memory.py."""
    processes = [site.process.pid, *descendants(site.process.pid)]
    assert len(processes) == 5
    assert sum(map(share_of, processes)) < 300 * 1024


def test_a_backup_of_the_day_is_made(site: Site) -> None:
    backup = daily_backup_path(site.backups, timezone.localdate())
    wait_until(backup.exists)
    assert check_backup(backup).tables["django_migrations"] > 20


def test_a_job_whose_worker_is_killed_is_done_by_the_next(site: Site) -> None:
    jobs, database = DBTaskResult._meta.db_table, site.data / "splot.sqlite3"
    ((job,),) = execute(database, f"SELECT id FROM {jobs} WHERE status = 'READY' LIMIT 1")
    execute(
        database,
        f"UPDATE {jobs} SET status = 'RUNNING', worker_ids = '[\"gone\"]', "
        f"run_after = '2024-01-01 06:00:00' WHERE id = '{job}'",
    )
    worker = site.child("splot-worker")
    assert worker is not None
    os.kill(worker, signal.SIGKILL)
    status = f"SELECT status FROM {jobs} WHERE id = '{job}'"
    wait_until(lambda: execute(database, status) == [("SUCCESSFUL",)])
    assert site.child("splot-worker") not in (None, worker)


def test_a_killed_supervisor_leaves_nothing_and_stands_in_nobodys_way(site: Site) -> None:
    started = descendants(site.process.pid)
    assert len(started) >= 4
    site.process.kill()
    site.process.wait()
    site.start()
    assert not set(started) & set(descendants(site.process.pid))
    wait_until(lambda: not any(map(is_alive, started)))


def test_a_second_server_of_the_same_data_is_refused(site: Site) -> None:
    command = [sys.executable, "-m", "splot.cli", "serve", "--port", str(site.port + 1)]
    second = subprocess.run(
        command,
        env=environment(site.data),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert second.returncode == 1
    assert f"another splot serve runs with the data in {site.data}" in second.stderr
    assert site.answers()


def test_the_data_are_free_again_once_their_holder_ends(tmp_path: Path) -> None:
    held = lock_installation(tmp_path)
    assert held is not None
    assert lock_installation(tmp_path) is None
    # what it starts meanwhile does not hold them in its place
    child = start_process(["-c", "import time; time.sleep(60)"])
    held.close()
    again = lock_installation(tmp_path)
    child.kill()
    child.wait()
    assert again is not None
    again.close()


def test_a_process_that_ends_at_once_is_started_after_ever_longer_pauses() -> None:
    started: list[float] = []
    service = Service(
        "It", lambda: sys.exit(3), before_start=lambda: started.append(time.monotonic())
    )
    wait_until(lambda: bool(service.keep_running() or len(started) == 3))
    end_services([service], 5)
    assert service.early_ends >= 2
    assert started[2] - started[1] >= 1
