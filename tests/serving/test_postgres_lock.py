"""Two machines do not serve one database of PostgreSQL."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from splot.serving.database_lock import DatabaseLock
from tests.core.pagecache.serving import ROOT

URL = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not URL.startswith("postgres"), reason="no PostgreSQL server")


def test_a_database_is_held_by_one(db: None) -> None:
    first, second = DatabaseLock(), DatabaseLock()
    assert first.hold()
    assert first.hold()  # again and again
    assert not second.hold()
    first.release()
    assert second.hold_at_start()
    second.release()


def test_what_was_lost_with_a_connection_is_taken_anew_or_known_to_be_lost(db: None) -> None:
    first, second = DatabaseLock(), DatabaseLock()
    assert first.hold()
    end_others()
    assert first.hold()  # the database was away for a moment
    assert second.hold()  # another machine was quicker
    assert not first.hold()
    second.release()
    wait_until_nobody_holds_it()  # the server learns a moment later that a connection has ended
    assert first.hold()
    first.release()


def end_others() -> None:
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    wait_until_nobody_holds_it()


def wait_until_nobody_holds_it() -> None:
    with psycopg.connect(URL, autocommit=True) as server:
        for __ in range(600):
            if not server.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'").fetchone():
                return
            time.sleep(0.1)
    pytest.fail("the lock is held for ever")


def test_a_second_machine_is_told(db: None, tmp_path: Path) -> None:
    held = DatabaseLock()
    assert held.hold()
    name = connection.settings_dict["NAME"]
    environment = {**os.environ, "SPLOT_DATA": str(tmp_path)}
    environment["DATABASE_URL"] = URL.replace("/splot?", f"/{name}?")
    command = [sys.executable, "-m", "splot.cli", "serve", "--port", "1"]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    held.release()
    assert done.returncode == 1
    assert "another machine runs splot serve with this database" in done.stderr
