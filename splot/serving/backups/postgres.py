"""The database of an installation on PostgreSQL, dumped at one moment, and put back in one
transaction.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from django.db import connection, transaction

from .refusals import BackupRefused

MEMBER = "database.sql"
EMPTY_DATABASE = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I.%I CASCADE', current_schema(), found.tablename);
  END LOOP;
END $$;
"""
CHECK_TABLE = """
DO $$ BEGIN
  IF (SELECT count(*) FROM {table}) <> {rows} THEN
    RAISE EXCEPTION 'table {table} has not the {rows} rows of the backup';
  END IF;
END $$;
"""


def dump_database(settings: Mapping[str, object], target: Path) -> tuple[dict[str, int], list[str]]:
    """Write the database as SQL, as it is at one moment. Gives the rows of each table and the
    migrations ("app.name") of the very same moment. Raises BackupRefused.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            (counts[table],) = cursor.fetchone()
        migrations = []
        if "django_migrations" in counts:
            cursor.execute("SELECT app, name FROM django_migrations")
            migrations = sorted(f"{app}.{name}" for app, name in cursor.fetchall())
        command = ["pg_dump", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        run_client([*command, f"--file={target}"], settings)
    return counts, migrations


def restore_database(settings: Mapping[str, object], script: Path, tables: dict[str, int]) -> None:
    """Replace all tables by those of the script, and count their rows, in one transaction: it
    happens whole or not at all. Raises BackupRefused.
    """
    empty, check = script.with_suffix(".empty.sql"), script.with_suffix(".check.sql")
    empty.write_text(EMPTY_DATABASE)
    checks = ["SET search_path = public;"]  # a dump leaves none
    for table, rows in tables.items():
        checks.append(CHECK_TABLE.format(table=connection.ops.quote_name(table), rows=rows))
    check.write_text("".join(checks))
    connection.close()
    command = ["psql", "--no-psqlrc", "--quiet", "--single-transaction", "-v", "ON_ERROR_STOP=1"]
    for file in (empty, script, check):
        command += ["--file", str(file)]
    run_client(command, settings)


def has_tables() -> bool:
    return bool(connection.introspection.table_names())


def run_client(command: list[str], settings: Mapping[str, object]) -> None:
    """Run a program of PostgreSQL on the installation's database. The password goes by the
    environment, where no list of processes shows it. Raises BackupRefused.
    """
    if shutil.which(command[0]) is None:
        raise BackupRefused(
            f"{command[0]} is not installed; it belongs to the client programs of PostgreSQL "
            "(package postgresql-client), of the server's version or a newer one"
        )
    done = subprocess.run(
        command,
        env={**os.environ, **_client_environment(settings)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[-500:]
        raise BackupRefused(f"{command[0]} failed, and nothing was changed: {said}")


def _client_environment(settings: Mapping[str, object]) -> dict[str, str]:
    given = settings.get("OPTIONS")
    options = given if isinstance(given, dict) else {}
    values = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings.get("USER"),
        "PGPASSWORD": settings.get("PASSWORD"),
        "PGHOST": settings.get("HOST") or options.get("host"),
        "PGPORT": settings.get("PORT"),
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGOPTIONS": options.get("options"),
    }
    return {name: str(value) for name, value in values.items() if value}
