"""A database of every release, full of rows, becomes one of today: nothing is lost, and its pages
open.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
RELEASES = sorted((ROOT / "tests/releases").glob("*.sqlite3.xz"))

LOOK = """
import json
from django.apps import apps
from django.test import Client
from splot.policy.models import Activity, Area, PolicyVersion
counts = {m._meta.db_table: m._base_manager.count() for m in apps.get_models()}
places = ["poznan/", "poznan/policy/2023-2024/", "poznan/policy/2023-2024/text/", "poznan/policy/2023-2024/table/",
          "poznan/policy/2023-2024/activities/4-1-2/", "poznan/policy/2023-2024/reports/2023/", "lublin/"]
client = Client(HTTP_HOST="127.0.0.1")
pages = {place: client.get(f"/pl/{place}").status_code for place in places}
version = PolicyVersion.objects.order_by("pk").first()
refs = {node.ref for node, __ in version.document("pl")[0].walk()}
rows = [row for model in (Activity, Area) for row in model.objects.filter(policy=version.policy)]
named = {row.ref for row in rows}
print(json.dumps({"counts": counts, "pages": pages, "read": version.was_read, "unnamed": sorted(named - refs)}))
"""


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.removesuffix(".sqlite3.xz"))
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The database of a release, unpacked."""
    path = tmp_path / "splot.sqlite3"
    path.write_bytes(lzma.decompress(request.param.read_bytes()))
    return path


def manage(*words: str, **environment: str) -> str:
    """Run a management command in a process of its own, on a database of its own."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def rows_in(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names
        }


def judge(before: dict[str, int], output: str) -> None:
    found = json.loads(output.splitlines()[-1])
    now, own = found["counts"], ("django_", "auth_")
    kept = {
        name: number for name, number in before.items() if name in now and not name.startswith(own)
    }
    assert now["core_auditentry"] >= kept.pop("core_auditentry")  # the upgrade says what it did
    assert {name: now[name] for name in kept} == kept
    # how each row stands is known
    assert now["implementation_taskstate"] >= now["implementation_task"]
    assert set(found["pages"].values()) == {200}, found["pages"]
    assert found["read"] is True
    assert found["unnamed"] == []


def test_a_release_becomes_a_database_of_today(release: Path) -> None:
    before = rows_in(release)
    assert before["policy_activity"] > 20
    place = {
        "DATABASE_URL": f"sqlite:///{release}",
        "SPLOT_DATA": str(release.parent),
        "SPLOT_DEMONSTRATION": "1",
    }
    manage("migrate", "--verbosity", "0", **place)
    judge(before, manage("shell", "-c", LOOK, **place))
    assert "entries can be found" in manage("rebuild_search", **place)
    assert "changes are listed" in manage("rebuild_changes", **place)
    found = manage("shell", "-c", SEARCH, **place).splitlines()[-1]
    assert found == "[200, 200, True, True]"


SEARCH = """
from django.test import Client
client = Client(HTTP_HOST="127.0.0.1")
answers = [client.get(f"/pl/poznan/{page}") for page in ("search/?q=szkoła", "changes/")]
print([each.status_code for each in answers] + [mark in each.content.decode()
      for mark, each in zip(("found__title", "entry__what"), answers, strict=True)])
"""


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL database that nobody else uses."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("the tests run on SQLite; `make test` runs them on PostgreSQL too")
    import psycopg

    address, name = os.environ["DATABASE_URL"], f"upgrade_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield urlsplit(address)._replace(path=f"/{name}").geturl()
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_release_becomes_a_database_of_today_on_postgresql(
    release: Path, postgresql: str, tmp_path: Path
) -> None:
    before = rows_in(release)
    place = {
        "DATABASE_URL": postgresql,
        "SPLOT_DATA": str(tmp_path / "data"),
        "SPLOT_DEMONSTRATION": "1",
    }
    steps = f"[run('migrate', *each, verbosity=0) for each in {migrations_of(release)}]"
    back = f"from django.core.management import call_command as run; {steps}"
    manage("shell", "-c", back, **place)
    carry_over(release, postgresql)
    manage("migrate", "--verbosity", "0", **place)
    judge(before, manage("shell", "-c", LOOK, **place))


def migrations_of(path: Path) -> list[tuple[str, str]]:
    """Every app with the last migration that a release knew."""
    with sqlite3.connect(path) as database:
        return list(database.execute("SELECT app, MAX(name) FROM django_migrations GROUP BY app"))


def carry_over(path: Path, address: str) -> None:
    """Copy every row from SQLite into the same tables of PostgreSQL."""
    import psycopg

    with sqlite3.connect(path) as source, psycopg.connect(address) as target:
        target.execute("SET session_replication_role = replica")  # rows come in any order
        for name in rows_in(path):
            if name.startswith(("sqlite_", "django_migrations", "django_content_type", "auth_")):
                continue
            kinds = dict(
                target.execute(
                    "SELECT column_name, data_type FROM information_schema.columns WHERE "
                    "table_name = %s",
                    [name],
                ).fetchall()
            )
            cursor = source.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            casts = ", ".join(
                f"%s::{'boolean' if kinds[c] == 'boolean' else kinds[c]}" for c in columns
            )
            names = ", ".join(f'"{column}"' for column in columns)
            yes_or_no = [kinds[column] == "boolean" for column in columns]
            for row in cursor:
                pairs = zip(yes_or_no, row, strict=True)
                values = [
                    bool(value) if flag and value is not None else value for flag, value in pairs
                ]
                target.execute(f'INSERT INTO "{name}" ({names}) VALUES ({casts})', values)
            if "id" in columns and kinds["id"] in ("integer", "bigint"):
                newest = f'(SELECT COALESCE(MAX(id), 1) FROM "{name}")'
                target.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {newest})")
