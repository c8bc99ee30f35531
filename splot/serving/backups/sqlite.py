"""The database of an installation on SQLite, copied whole while it is written to, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from .refusals import BackupRefused

MEMBER = "database.sqlite3"


def copy_database(database: Path, target: Path) -> None:
    """Copy the database at one moment, in one step: with every write that was acknowledged before,
    and none in part. Writers are not held up. Raises BackupRefused for a damaged one.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=30)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal beside it
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"the database cannot be copied: {error}") from error
    check_integrity(target)


def check_integrity(database: Path) -> None:
    """Read every page of the database. Raises BackupRefused for a damaged one."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise BackupRefused(f"the database is damaged: {found}. Restore the last good backup")


def count_rows(database: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        counts = {}
        for (table,) in sorted(tables):
            ((counts[table],),) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return counts


def list_migrations(database: Path) -> list[str]:
    """The migrations that the database has, as "app.name"."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    return sorted(f"{app}.{name}" for app, name in rows)


def replace_database(database: Path, copy: Path) -> None:
    """Put the copy in the place of the database. At each moment one of both stands there whole."""
    with suppress(sqlite3.DatabaseError):  # a damaged one is replaced as it is
        if database.exists():
            with closing(sqlite3.connect(database)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):  # of the old one: they would be taken for the new one's
        with suppress(FileNotFoundError):
            os.unlink(f"{database}{ending}")
    beside = database.with_name(f"{database.name}.new")
    shutil.move(copy, beside)  # on its disk, whichever that is
    os.replace(beside, database)
