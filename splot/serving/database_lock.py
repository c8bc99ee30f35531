"""One `splot serve` for one database, whichever machines may reach it."""

from __future__ import annotations

import time

from django.db import DatabaseError, connections

KEY = 8_319_660_141_503  # of an advisory lock of PostgreSQL: any number that nobody else uses
# the server learns a moment later that the process which held it has ended
SECONDS_TO_LET_GO, STEP = 5.0, 0.1


class DatabaseLock:
    """Keeps other machines from serving the same database of PostgreSQL. On SQLite the database is
    a file of this machine, and the lock of its folder is enough.
    """

    def __init__(self) -> None:
        self._connection = connections["default"].copy()

    def hold(self) -> bool:
        """Is the database ours? False where another machine holds it. Called again and again: what
        was lost with a connection is taken anew; while the database is away it stays ours.
        """
        if self._connection.vendor != "postgresql":
            return True
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
                (is_ours,) = cursor.fetchone()
                return bool(is_ours)
        except DatabaseError:
            self._connection.close()
            return True

    def hold_at_start(self) -> bool:
        """As `hold`, for a process that may have begun right after another one of this machine."""
        ends = time.monotonic() + SECONDS_TO_LET_GO
        while not self.hold():
            if time.monotonic() > ends:
                return False
            time.sleep(STEP)
        return True

    def release(self) -> None:
        self._connection.close()
