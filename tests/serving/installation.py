"""A small installation on SQLite: what backups need of one, made in a moment."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def make_installation(data: Path, settings: Any, notes: int = 3) -> Path:
    """An installation in a folder, to which the settings lead from now on; its database."""
    data.mkdir(exist_ok=True)
    lead_to(data, settings)
    database = data / "splot.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE django_migrations (app text, name text)")
        connection.execute("INSERT INTO django_migrations VALUES ('core', '0001_initial')")
        connection.execute("CREATE TABLE note (words text)")
    add_notes(database, notes)
    (data / "secret_key").write_text(f"of {data.name}")
    (data / "files/acts").mkdir(parents=True)
    (data / "files/acts/act.pdf").write_bytes(b"%PDF of " + data.name.encode())
    return database


def lead_to(data: Path, settings: Any) -> None:
    """From now on this folder is the installation's."""
    settings.DATA_DIR, settings.MEDIA_ROOT = data, data / "files"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "splot.sqlite3"}
    settings.DATABASES["default"] = database


def add_notes(database: Path, number: int) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        notes = [(f"note {place}",) for place in range(number)]
        connection.executemany("INSERT INTO note VALUES (?)", notes)


def count_notes(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ((number,),) = connection.execute("SELECT count(*) FROM note").fetchall()
        return int(number)
