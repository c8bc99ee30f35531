"""Backups under load, each of them restored: benchmarks/backups.py [--rounds 50] [--writers 4]

Writers add rows as fast as they can, each through an action, and note each one once it is
acknowledged. Meanwhile `splot backup` and `splot restore` run round after round. A restored
installation has to hold every row that was acknowledged before its backup began, no writer's row
without the one before it, and for each row its line in the trail.

With --folder the figures of each round are kept there, and a second run goes on where the first one
ended. On PostgreSQL where DATABASE_URL names a server on which databases may be made.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"load-(\d+)-(\d+)")
ROUNDS = "rounds.jsonl"
Rows = set[tuple[int, int]]  # writer, number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        for line in run_rounds(folder, arguments.rounds, arguments.writers):
            print(json.dumps(line), flush=True)
    print("Each backup held every write that was acknowledged before it.")


def run_rounds(folder: Path, rounds: int, writers: int) -> Iterator[dict[str, float]]:
    """Make and restore backups until there have been so many; gives the figures of each round.
    Raises AssertionError for one that lacks a write.
    """
    folder.mkdir(exist_ok=True)
    done = folder / ROUNDS
    done.touch()
    if len(done.read_text().splitlines()) >= rounds:
        return
    with databases(folder, done.stat().st_size == 0) as (busy, restored):
        if not done.stat().st_size:
            town = ["open-municipality", "rzeczna", "--name", "Rzeczna", "--teryt", "9999011"]
            run_splot(busy, *town)
        with writing(folder, busy, writers):
            for number in range(len(done.read_text().splitlines()), rounds):
                line = {"round": number, **try_backup(folder, busy, restored)}
                with done.open("a") as file:
                    file.write(json.dumps(line) + "\n")
                yield line


def try_backup(folder: Path, busy: dict[str, str], restored: dict[str, str]) -> dict[str, float]:
    """Make a backup while others write, restore it elsewhere, and compare."""
    backup = folder / "round.backup"
    backup.unlink(missing_ok=True)
    before, started = acknowledged_rows(folder), time.monotonic()
    run_splot(busy, "backup", str(backup))
    taken, after = time.monotonic() - started, acknowledged_rows(folder)
    run_splot(restored, "restore", str(backup))
    rows, trail = restored_rows(restored)
    check_rows(before, rows, trail)
    return {"seconds": round(taken, 2), "rows": len(rows), "meanwhile": len(after - before)}


def check_rows(acknowledged: Rows, restored: Rows, trail: int) -> None:
    """Is nothing lost and nothing torn? Raises AssertionError."""
    assert acknowledged <= restored, f"lost: {sorted(acknowledged - restored)[:5]}"
    gaps = [row for row in restored if row[1] and (row[0], row[1] - 1) not in restored]
    assert not gaps, f"without the row before it: {sorted(gaps)[:5]}"
    assert trail == len(restored), "the trail tells of other rows"


@contextmanager
def writing(folder: Path, busy: dict[str, str], writers: int) -> Iterator[None]:
    """Writers at work until the end, each in a process of its own."""
    processes = []
    for writer in range(writers):
        command = [sys.executable, "-m", "benchmarks.write_rows", str(writer)]
        command.append(str(folder / f"writer-{writer}.log"))
        processes.append(subprocess.Popen(command, cwd=ROOT, env=busy))
    try:
        while len({writer for writer, __ in acknowledged_rows(folder)}) < writers:
            assert all(process.poll() is None for process in processes), "a writer ended"
            time.sleep(0.1)
        yield
        assert all(process.poll() is None for process in processes), "a writer ended"
    finally:
        for process in processes:
            process.kill()
            process.wait()


def acknowledged_rows(folder: Path) -> Rows:
    rows: Rows = set()
    for log in folder.glob("writer-*.log"):
        rows.update(parse_rows(log.read_text()))
    return rows


def parse_rows(text: str) -> Rows:
    return {(int(writer), int(number)) for writer, number in ROW.findall(text)}


def restored_rows(environment: dict[str, str]) -> tuple[Rows, int]:
    """The rows of the restored installation, and how many the trail tells of."""
    rows = "SELECT CAST(name AS text) FROM implementation_sensitivegroup"
    trail = "SELECT count(*) FROM core_auditentry WHERE verb = 'group.added'"
    if url := environment.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(url) as server:
            names, ((lines,),) = server.execute(rows).fetchall(), server.execute(trail).fetchall()
    else:
        database = Path(environment["SPLOT_DATA"]) / "splot.sqlite3"
        with closing(sqlite3.connect(database)) as connection:
            names = connection.execute(rows).fetchall()
            ((lines,),) = connection.execute(trail).fetchall()
    return parse_rows(" ".join(name for (name,) in names)), lines


@contextmanager
def databases(folder: Path, is_new: bool) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The environments of the busy installation and of the one that backups are restored to."""
    server = os.environ.get("DATABASE_URL", "")
    inherited = {key: os.environ[key] for key in os.environ if not key.startswith("SPLOT_")}
    inherited["PYTHONPATH"] = os.pathsep.join([str(ROOT), inherited.get("PYTHONPATH", "")])
    environments = []
    for name in ("busy", "restored"):
        environment = {**inherited, "SPLOT_DATA": str(folder / name)}
        if server.startswith("postgres"):
            environment["DATABASE_URL"] = _postgres_database(server, f"load_{name}", is_new)
        environments.append(environment)
    busy, restored = environments
    yield busy, restored


def _postgres_database(server: str, name: str, is_new: bool) -> str:
    import psycopg

    if is_new:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def run_splot(environment: dict[str, str], *words: str) -> str:
    """Run a command of Splot. Raises AssertionError with what it said where it is refused."""
    command = [sys.executable, "-m", "splot.cli", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


if __name__ == "__main__":
    main()
