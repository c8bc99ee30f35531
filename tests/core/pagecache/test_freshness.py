"""A reader never sees a page that is older than the last write."""

import logging
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from splot.core.pagecache import PageCache
from splot.core.pagecache.revisions import SqliteRevisionsReader, revisions_reader


class NeverAsks(SqliteRevisionsReader):
    """Control: freshness switched off."""

    first = None

    def current(self):
        self.first = self.first or super().current()
        return self.first


class AsksTooLate(PageCache):
    """Control: the revision is read after the rendering, as a careless cache would."""

    def _keep(self, visit, *rest):
        return super()._keep(visit._replace(revisions=self._reader.current()), *rest)


def stale_reads(city, write, cache):
    stale = 0
    for turn in range(200):
        city.get("/pl/poznan/", cache=cache)
        write(f"turn {turn}")
        stale += f"note=turn {turn};" not in city.get("/pl/poznan/", cache=cache).text
        city.get("/pl/poznan/", cache=cache)
    return stale


def test_no_read_after_a_write_of_another_process_is_stale(city, writer):
    assert stale_reads(city, writer, city.cache) == 0
    assert city.cache.stats == {"miss": 201, "kept": 201, "hit": 399}


def test_control_without_freshness_every_read_is_stale(city, writer):
    cache = PageCache(city.app, city.settings, reader=NeverAsks(str(city.file)))
    assert stale_reads(city, writer, cache) == 200


def test_no_read_after_a_write_of_the_same_process_is_stale(city):
    assert stale_reads(city, city.write, city.cache) == 0


def test_a_write_elsewhere_leaves_the_page(city):
    city.get("/pl/poznan/")
    city.write("in Lublin", scope="lublin")
    city.get("/pl/poznan/")
    assert city.renderings == 1


def test_a_write_anywhere_renews_a_page_of_all_municipalities(city):
    city.answers["/pl/"] = ("200 OK", [("X-Splot-Cache", "")], None)
    city.get("/pl/")
    city.write("in Lublin", scope="lublin")
    assert "in Lublin" in city.get("/pl/").text


def test_a_page_of_several_municipalities_is_renewed_by_each_of_them(city):
    city.answers["/pl/network/"] = ("200 OK", [("X-Splot-Cache", "network, poznan,lublin")], None)
    for scope in ("poznan", "lublin", "network"):  # two of them have had no revision until now
        city.get("/pl/network/")
        city.write(f"in {scope}", scope=scope)
        assert f"in {scope}" in city.get("/pl/network/").text
    made = city.renderings
    city.write("in Gdynia", scope="gdynia")
    city.get("/pl/network/")
    assert city.renderings == made


def test_a_page_that_comes_and_goes_is_kept_each_time(city):
    found, missing = ("200 OK", city.public, b"here"), ("404 Not Found", city.public, b"not here")
    for turn, answer in enumerate([found, missing, found, missing]):
        city.answers["/pl/poznan/"] = answer
        city.write(f"turn {turn}")
        assert [city.get("/pl/poznan/").status for _ in range(3)] == [int(answer[0][:3])] * 3
    assert city.renderings == 4


def write_while_rendering(city, cache):
    """The page has read the old note when the write commits. What does the next reader see?"""
    city.get("/pl/poznan/", cache=cache)
    city.write("second")
    city.during = lambda: city.write("third")
    assert "second" in city.get("/pl/poznan/", cache=cache).text
    city.during = lambda: None
    return city.get("/pl/poznan/", cache=cache).text


def test_a_page_made_while_a_write_commits_is_not_served_afterwards(city):
    assert "third" in write_while_rendering(city, city.cache)


def test_control_the_revision_read_after_rendering_serves_the_old_page(city):
    assert "second" in write_while_rendering(city, AsksTooLate(city.app, city.settings))


def test_a_restored_file_counts_as_new_even_under_the_same_number(city, tmp_path):
    shutil.copy(city.file, tmp_path / "backup")
    city.write("lost")
    assert "lost" in city.get("/pl/poznan/").text
    for end in ("-wal", "-shm"):
        city.file.with_name(city.file.name + end).unlink(missing_ok=True)
    os.replace(tmp_path / "backup", city.file)
    city.write("after the restore")
    assert "after the restore" in city.get("/pl/poznan/").text


def test_numbers_set_back_in_place_make_everything_stale(city):
    city.write("second")
    city.get("/pl/poznan/")
    with closing(sqlite3.connect(city.file)) as connection, connection:
        connection.execute("UPDATE core_revision SET number = 0")
    city.get("/pl/elsewhere/")
    city.write("second again")
    assert "second again" in city.get("/pl/poznan/").text


def test_a_page_is_for_one_day(city, monkeypatch):
    from splot.core import pagecache

    city.get("/pl/poznan/")

    class Tomorrow(pagecache.date):
        @classmethod
        def today(cls):
            return super().today().replace(year=2090)

    monkeypatch.setattr(pagecache, "date", Tomorrow)
    city.get("/pl/poznan/")
    assert city.renderings == 2


@pytest.mark.parametrize("fault", ["missing", "garbage", "no table"])
def test_without_a_readable_database_pages_come_from_django(city, tmp_path, fault, caplog):
    files = {"missing": None, "garbage": b"no database" * 1000, "no table": b""}
    path = tmp_path / "other.sqlite3"
    if files[fault] is not None:
        path.write_bytes(files[fault])
    cache = PageCache(city.app, city.settings, reader=SqliteRevisionsReader(str(path)))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert "note=first" in city.get("/pl/poznan/", cache=cache).text
    assert cache.stats == {"past": 3}
    assert len(caplog.records) == 1


def test_a_database_that_comes_back_is_used_again(city, tmp_path):
    away = tmp_path / "away"
    city.get("/pl/poznan/")
    cache_file = tmp_path / "link.sqlite3"
    cache = PageCache(city.app, city.settings, reader=SqliteRevisionsReader(str(cache_file)))
    city.get("/pl/poznan/", cache=cache)
    os.symlink(city.file, cache_file)
    for _ in range(2):
        city.get("/pl/poznan/", cache=cache)
    os.rename(cache_file, away)
    city.get("/pl/poznan/", cache=cache)
    assert cache.stats == {"past": 2, "miss": 1, "kept": 1, "hit": 1}


def test_a_locked_database_is_passed_by_and_pages_stay(city):
    with closing(sqlite3.connect(city.file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    city.get("/pl/poznan/")
    with closing(sqlite3.connect(city.file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            city.get("/pl/poznan/")  # from the application, which is asked and cannot read either
    assert "note=first" in city.get("/pl/poznan/").text
    assert city.cache.stats == {"miss": 1, "kept": 1, "past": 1, "hit": 1}


@pytest.mark.parametrize("name", [":memory:", "", "file:memorydb_default?mode=memory&cache=shared"])
def test_a_database_in_memory_has_no_reader(name):
    assert revisions_reader({"ENGINE": "django.db.backends.sqlite3", "NAME": name}) is None


def test_the_reader_never_holds_back_a_checkpoint(city):
    """A read transaction left open would freeze what the reader sees and let the log grow for
    ever.
    """
    city.get("/pl/poznan/")
    city.write("second")
    city.get("/pl/poznan/")
    with closing(sqlite3.connect(city.file)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
