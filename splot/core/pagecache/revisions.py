"""The revision numbers as they are now, asked over a connection of our own.

Both readers have `current()`, which gives the Revisions, or None or an exception when they cannot
be known; `may_wait`, whether it would ask over a network now; and `forget()` for a process that was
forked. Several threads may share a reader.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

import psycopg
from django.db.utils import ConnectionHandler

REVISIONS_QUERY = "SELECT scope, number FROM core_revision"

_eras = count(1)
# Connections of a parent process: the child neither uses nor closes them.
_inherited_connections: list[object] = []


class Revisions(NamedTuple):
    """Numbers by scope. A new era begins when they may have been set back, as by restoring a
    backup.
    """

    era: int
    numbers: dict[str, int]

    def of(self, scopes: Iterable[str]) -> tuple[int, ...]:
        """Another one as soon as any of the scopes has changed."""
        return self.era, *(self.numbers.get(scope, 0) for scope in scopes)

    def followed_by(self, numbers: dict[str, int]) -> "Revisions":
        set_back = any(numbers.get(scope, 0) < number for scope, number in self.numbers.items())
        return Revisions(next(_eras) if set_back else self.era, numbers)


class SqliteRevisionsReader:
    """Asks `PRAGMA data_version`, which moves when another connection commits, and reads on only
    then.
    """

    may_wait = False

    def __init__(self, path: str) -> None:
        self._path = Path(path).absolute()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._version: int | None = None
        self._revisions = Revisions(0, {})
        self.forget()

    def forget(self) -> None:
        if self._connection:
            _inherited_connections.append(self._connection)
        self._lock, self._connection = Lock(), None

    def current(self) -> Revisions:
        with self._lock:
            try:
                return self._look()
            except Exception as error:
                busy = sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED
                if self._connection and getattr(error, "sqlite_errorcode", None) not in busy:
                    self._connection.close()
                    self._connection = None
                raise

    def _look(self) -> Revisions:
        # before opening: a file put in its place meanwhile is noticed next time
        stat = os.stat(self._path)
        connection = self._connection
        if connection is None or self._file != (stat.st_dev, stat.st_ino):
            connection = self._open((stat.st_dev, stat.st_ino))
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        # asked before the rows: a commit in between is noticed next time
        if version != self._version:
            numbers = dict(connection.execute(REVISIONS_QUERY).fetchall())
            self._revisions = self._revisions.followed_by(numbers)
            self._version = version
        return self._revisions

    def _open(self, file: tuple[int, int]) -> sqlite3.Connection:
        if self._connection:
            self._connection.close()
        self._connection = connection = sqlite3.connect(
            f"{self._path.as_uri()}?mode=ro",
            uri=True,
            timeout=0.1,
            isolation_level=None,
            check_same_thread=False,
        )
        self._file, self._version = file, None
        self._revisions = Revisions(next(_eras), {})
        return connection


class PostgresRevisionsReader:
    """Reads the rows at most every `INTERVAL` seconds, so that a page may be that much behind."""

    INTERVAL = 0.25
    PAUSE = 1.0  # seconds before a database that was away is tried again

    def __init__(self, database: Mapping[str, object]) -> None:
        connections = ConnectionHandler({"default": dict(database)})
        parameters = connections["default"].get_connection_params()
        own = {"context", "cursor_factory"}  # how Django wants values converted; ours are plain
        self._parameters = {name: value for name, value in parameters.items() if name not in own}
        self._connection: psycopg.Connection[tuple[str, int]] | None = None
        self.forget()

    def forget(self) -> None:
        if self._connection:
            _inherited_connections.append(self._connection)
        self._lock, self._connection = Lock(), None
        self._revisions: Revisions | None = None
        self._due = 0.0

    @property
    def may_wait(self) -> bool:
        return monotonic() >= self._due or self._lock.locked()

    def current(self) -> Revisions | None:
        if not self._lock.acquire(timeout=self.INTERVAL):
            return None  # another thread waits for a database that does not answer
        try:
            if monotonic() >= self._due:
                self._read()
            return self._revisions
        finally:
            self._lock.release()

    def _read(self) -> None:
        try:
            connection = self._connection or self._open()
            asked = monotonic()
            numbers = dict(connection.execute(REVISIONS_QUERY).fetchall())
        except Exception:
            if self._connection:
                self._connection.close()
            self._connection, self._revisions = None, None
            self._due = monotonic() + self.PAUSE
            raise
        self._revisions = (self._revisions or Revisions(next(_eras), {})).followed_by(numbers)
        self._due = asked + self.INTERVAL

    def _open(self) -> "psycopg.Connection[tuple[str, int]]":
        limits = {"connect_timeout": 2, "tcp_user_timeout": 3000}
        connection = psycopg.connect(**limits | self._parameters, autocommit=True)
        self._connection = connection
        connection.execute("SET statement_timeout = 1000")
        return connection


def revisions_reader(
    database: Mapping[str, object],
) -> SqliteRevisionsReader | PostgresRevisionsReader | None:
    """The reader for an entry of Django's DATABASES; None for a database that other processes
    cannot see.
    """
    engine, name = str(database["ENGINE"]).rpartition(".")[2], str(database["NAME"])
    if engine == "postgresql":
        return PostgresRevisionsReader(database)
    if engine == "sqlite3" and name and not name.startswith((":memory:", "file:")):
        return SqliteRevisionsReader(name)
    return None
