"""A small city: a real SQLite file, a real WSGI application that reads it, and the page cache in
front.
"""

import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from django.conf import UserSettingsHolder, global_settings

from splot.core.pagecache import PageCache

SCHEMA = """
PRAGMA journal_mode=WAL;
CREATE TABLE core_revision (id INTEGER PRIMARY KEY, scope VARCHAR(100) UNIQUE, number BIGINT);
CREATE TABLE note (text TEXT);
INSERT INTO core_revision (scope, number) VALUES ('', 0), ('poznan', 0);
INSERT INTO note VALUES ('first');
"""
WRITE = """
BEGIN IMMEDIATE;
UPDATE note SET text = '{text}';
INSERT INTO core_revision (scope, number) VALUES ('', 1), ('{scope}', 1)
ON CONFLICT (scope) DO UPDATE SET number = number + 1;
COMMIT;
"""
WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for line in sys.stdin:
    connection.executescript(line.replace("|", "\\n"))
    print("done", flush=True)
"""


class Response:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.body, self.text = int(status[:3]), body, body.decode("utf-8", "replace")
        self.headers = {name.lower(): value for name, value in headers}
        assert len(self.headers) == len(headers), f"a header twice: {headers}"


class City:
    """`answers` says what the application answers at a path: (status, headers, body or None for the
    note).
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "city.sqlite3"
        with closing(sqlite3.connect(self.file)) as connection:
            connection.executescript(SCHEMA)
        self.answers: dict[str, tuple[str, list[tuple[str, str]], bytes | None]] = {}
        self.public: list[tuple[str, str]] = [
            ("X-Splot-Cache", "poznan"),
            ("X-Splot-Query", "page, status"),
        ]
        self.renderings = 0
        self.during = lambda: None  # called between reading the note and answering
        self.settings = UserSettingsHolder(global_settings)
        self.settings.DATABASES = {
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": self.file}
        }
        self.cache = PageCache(self.app, self.settings)

    def app(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answers with the note and with all that it was told of the visitor, so that a leak
        shows.
        """
        self.renderings += 1
        status, headers, body = self.answers.get(
            environ["PATH_INFO"], ("200 OK", self.public, None)
        )
        with closing(sqlite3.connect(self.file)) as connection:
            note = connection.execute("SELECT text FROM note").fetchone()[0]
        self.during()
        told = {
            name: environ[name] for name in sorted(environ) if name.startswith(("HTTP_", "QUERY_"))
        }
        if body is None:
            body = f"note={note}; {told}".encode()
        start_response(status, [("Content-Type", "text/html; charset=utf-8"), *headers])
        return [body]

    def write(self, text: str, scope: str = "poznan") -> None:
        with closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
            connection.executescript(WRITE.format(text=text, scope=scope))

    def get(
        self, path: str, method: str = "GET", cache: PageCache | None = None, **headers: str
    ) -> Response:
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ |= {"wsgi.input": io.BytesIO(), "SCRIPT_NAME": ""}
        setup_testing_defaults(environ)
        started: list[Any] = []

        def start_response(*answer: Any) -> Any:
            started[:] = answer
            return lambda chunk: None

        result = validator(cache or self.cache)(environ, start_response)
        body = b"".join(result)
        result.close()
        response = Response(started[0], started[1], body)
        started[1].clear()  # a server may do with its list of headers what it likes
        return response


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.fixture
def writer(city: City) -> Iterator[Any]:
    """A write by another process; returns when it has committed."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(city.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def write(text: str, scope: str = "poznan") -> None:
            print(
                WRITE.format(text=text, scope=scope).replace("\n", "|"),
                file=process.stdin,
                flush=True,
            )
            assert process.stdout.readline() == "done\n"

        yield write
        process.stdin.close()
