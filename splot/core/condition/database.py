"""Does the database answer, and is it whole?

On SQLite every page is looked at, for a few seconds and once a minute at most, so that nobody who
asks often keeps the server busy. On PostgreSQL a damaged block shows where it is read; the server's
own checksums and logs know more.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Lock

from django.db import DatabaseError, OperationalError, connection

KEPT_SECONDS = 60
PATIENCE_SECONDS = 3  # a large database is looked at in part here, and in whole by each backup
DAMAGED_STATES = ("XX001", "XX002")  # SQLSTATE of a damaged block, of a damaged index


class IntegrityCheck:
    """Whether a database of SQLite is whole, as of a minute ago at most."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[Path, tuple[float, bool]] = {}  # when, and whether it is whole

    def is_whole(self, database: Path) -> bool:
        with self._lock:
            checked_at, is_whole = self._known.get(database, (float("-inf"), True))
            if time.monotonic() - checked_at >= KEPT_SECONDS:
                is_whole = look_at_pages(database)
                self._known[database] = time.monotonic(), is_whole
            return is_whole

    def forget(self) -> None:
        self._known.clear()


integrity_check = IntegrityCheck()


def examine_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            cursor.fetchone()
        if connection.vendor == "sqlite":
            database = Path(str(connection.settings_dict["NAME"]))
            return "ok" if integrity_check.is_whole(database) else "damaged"
        return "ok"
    except DatabaseError as error:
        return _explain_error(error)


def _explain_error(error: DatabaseError) -> str:
    if connection.vendor == "sqlite":
        # malformed, or no database at all; whatever else ails it is an OperationalError
        return "unreachable" if isinstance(error, OperationalError) else "damaged"
    state = getattr(error.__cause__, "sqlstate", None)
    return "damaged" if state in DAMAGED_STATES else "unreachable"


def look_at_pages(database: Path) -> bool:
    """Is no page of the database damaged, as far as the time suffices?"""
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as fresh:
            fresh.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            (found,) = fresh.execute("PRAGMA quick_check(1)").fetchone()
            return bool(found == "ok")
    except sqlite3.OperationalError:  # out of time, or busy
        return True
    except sqlite3.DatabaseError:
        return False
