"""Freshness with PostgreSQL: a page is at most a quarter of a second behind, and no fault there
costs a page.

Runs where DATABASE_URL names a PostgreSQL server on which a database may be made.
"""

import os
import time

import dj_database_url
import psycopg
import pytest

from splot.core.pagecache import PageCache
from splot.core.pagecache.revisions import PostgresRevisionsReader

URL = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(
    not URL.startswith(("postgres://", "postgresql://")),
    reason="DATABASE_URL names no PostgreSQL server",
)
PAGE = "/pl/poznan/"
NAME = f"pagecache_{os.getpid()}"


class Counting(PostgresRevisionsReader):
    reads = 0

    def _read(self):
        self.reads += 1
        super()._read()


@pytest.fixture
def database():
    """The entry of DATABASES for a database of our own."""
    entry = dj_database_url.parse(URL)
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {NAME}")
        entry["NAME"] = NAME
        try:
            yield entry
        finally:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.fixture
def sql(database):
    with psycopg.connect(URL, dbname=NAME, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE core_revision (id serial, scope varchar(100) unique, number bigint)"
        )
        connection.execute(
            "INSERT INTO core_revision (scope, number) VALUES ('', 0), ('poznan', 0)"
        )
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES ('0')")
        yield connection


@pytest.fixture
def site(city, database, sql):
    """The small city on PostgreSQL, and its reader."""

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain"), *city.public])
        with psycopg.connect(URL, dbname=NAME) as connection:
            return [connection.execute("SELECT text FROM note").fetchone()[0].encode()]

    reader = Counting(database)
    cache = PageCache(app, city.settings, reader=reader)
    cache.reader = reader
    yield cache
    if reader._connection:
        reader._connection.close()


def write(sql, text):
    with sql.transaction():
        sql.execute("UPDATE note SET text = %s", [text])
        sql.execute("UPDATE core_revision SET number = number + 1 WHERE scope IN ('', 'poznan')")


def test_a_page_is_at_most_a_quarter_of_a_second_behind(city, site, sql):
    city.get(PAGE, cache=site)
    for turn in range(1, 13):
        write(sql, str(turn))
        time.sleep(0.26)
        assert city.get(PAGE, cache=site).text == str(turn)
        assert city.get(PAGE, cache=site).text == str(turn)
    assert site.stats["hit"] >= 12


def test_control_a_reader_that_waits_longer_is_behind(city, site, sql):
    site.reader.INTERVAL = 60
    city.get(PAGE, cache=site)
    write(sql, "1")
    time.sleep(0.26)
    assert city.get(PAGE, cache=site).text == "0"


def test_hits_do_not_ask_the_database(city, site):
    start = time.monotonic()
    while time.monotonic() < start + 1:
        city.get(PAGE, cache=site)
    assert site.stats["hit"] > 100
    assert site.reader.reads <= 5


def test_a_lost_connection_is_made_again(city, site, sql, caplog):
    site.reader.PAUSE = 2  # seconds, in which a busy machine asks three times
    city.get(PAGE, cache=site)
    sql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND "
                "pid <> "
                "pg_backend_pid()", [NAME])  # fmt: skip
    write(sql, "while away")
    time.sleep(0.26)
    for _ in range(3):
        assert city.get(PAGE, cache=site).text == "while away"
    assert site.stats["past"] == 3
    assert len(caplog.records) == 1
    time.sleep(2.05)
    for _ in range(2):
        assert city.get(PAGE, cache=site).text == "while away"
    assert site.stats["hit"] == 1


def test_a_server_that_is_away_is_tried_once_in_its_pause(city, database, caplog):
    reader = Counting(database | {"HOST": "127.0.0.1", "PORT": 1})
    reader.PAUSE = 60  # a busy machine may need more than the real one for fifty visits
    cache = PageCache(city.app, city.settings, reader=reader)
    for _ in range(50):
        assert "note=first" in city.get(PAGE, cache=cache).text
    assert reader.reads == 1
    assert cache.stats == {"past": 50}
    assert len(caplog.records) == 1


def test_numbers_set_back_by_a_restore_make_everything_stale(city, site, sql):
    write(sql, "lost")
    assert city.get(PAGE, cache=site).text == "lost"
    sql.execute("UPDATE core_revision SET number = 0")
    time.sleep(0.26)
    city.get("/pl/elsewhere/", cache=site)
    write(sql, "after the restore")
    time.sleep(0.26)
    assert city.get(PAGE, cache=site).text == "after the restore"


def test_a_forked_child_has_a_connection_of_its_own(city, site, sql):
    city.get(PAGE, cache=site)
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if city.get(PAGE, cache=site).text == "0" and site.stats["miss"] == 1 else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    write(sql, "1")
    time.sleep(0.26)
    for _ in range(2):
        assert city.get(PAGE, cache=site).text == "1"
    assert "past" not in site.stats
