"""Memory is bounded, and nobody can push out the pages that others read by asking for nonsense."""

import gc
import tracemalloc

import pytest

from splot.core.pagecache import PageCache
from splot.core.pagecache.store import LRUStore

LIMIT = 2_000_000
BODY = b"".join(b"<li>%d</li>" % number for number in range(700))


def full(city, kind=PageCache):
    city.settings.PAGE_CACHE_BYTES = LIMIT
    for place in range(20):
        city.answers[f"/pl/poznan/{place}/"] = ("200 OK", city.public, BODY)
    cache = kind(city.app, city.settings)
    for place in range(20):
        city.get(f"/pl/poznan/{place}/", cache=cache)
    return cache


def pages_left(city, cache):
    before = cache.stats["hit"]
    for place in range(20):
        city.get(f"/pl/poznan/{place}/", cache=cache)
    return cache.stats["hit"] - before


class OneShelf(PageCache):
    """Control: made-up addresses share the room of the real ones."""

    def _put(self, key, value, size, endless):
        super()._put(key, value, size, False)


def make_noise(city, cache, turn):
    city.answers[f"/pl/guess/{turn}/"] = ("404 Not Found", city.public, BODY)
    city.get(f"/pl/guess/{turn}/", cache=cache)
    city.get(f"/pl/poznan/1/?page={turn}", cache=cache)
    city.get("/pl/poznan/1/", cache=cache, host=f"127.0.0.1:{turn + 1}")
    del city.answers[f"/pl/guess/{turn}/"]


def test_made_up_addresses_push_out_only_each_other(city):
    cache = full(city)
    for turn in range(400):
        make_noise(city, cache, turn)
        assert cache.size <= LIMIT
    assert cache.stats["kept"] > 1000
    assert pages_left(city, cache) == 20


def test_control_on_one_shelf_noise_pushes_out_pages(city):
    cache = full(city, OneShelf)
    for turn in range(400):
        make_noise(city, cache, turn)
    assert pages_left(city, cache) < 20


@pytest.mark.slow
def test_the_bound_holds_for_real_memory(city):
    """What the interpreter has allocated for the cache, not what the cache believes."""
    city.settings.PAGE_CACHE_BYTES = LIMIT
    for body in (b"", BODY):
        tracemalloc.start()
        cache = PageCache(city.app, city.settings)
        before = tracemalloc.get_traced_memory()[0]
        for turn in range(3000):
            city.answers = {f"/pl/poznan/{turn}/": ("200 OK", city.public, body + b"%d" % turn)}
            city.get(f"/pl/poznan/{turn}/", cache=cache)
        gc.collect()
        used = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        assert cache.size > 0.7 * LIMIT
        assert used < 1.05 * cache.size, f"{used} bytes for {cache.size}"


def test_least_recently_asked_goes_first():
    store = LRUStore(800)
    for key in "abcdefgh":
        store.put(key, key, 100)
    store.get("a")
    store.put("i", "i", 100)
    assert [key for key in "abcdefghi" if store.get(key)] == list("acdefghi")
    store.put("a", "larger", 101)  # more than one entry may take: gone, rather than old
    assert store.get("a") is None
    assert store.bytes == 700


def test_no_page_takes_more_than_its_share(city):
    cache = full(city)
    size = cache.size
    city.answers["/pl/poznan/report/"] = ("200 OK", city.public, bytes(LIMIT // 8))
    for _ in range(2):
        assert len(city.get("/pl/poznan/report/", cache=cache).body) == LIMIT // 8
    assert cache.size < size + 1000
    assert pages_left(city, cache) == 20


def test_a_new_page_replaces_the_old_one(city):
    city.get("/pl/poznan/")
    size = city.cache.size
    for turn in range(100, 200):
        city.write(f"n {turn}")
        city.get("/pl/poznan/")
    assert city.cache.size == size


def test_nought_bytes_turn_it_off(city):
    city.settings.PAGE_CACHE_BYTES = 0
    cache = PageCache(city.app, city.settings)
    for _ in range(3):
        city.get("/pl/poznan/", cache=cache)
    assert cache.stats == {"past": 3}
    assert city.renderings == 3
