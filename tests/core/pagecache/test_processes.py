"""Threads share one cache; a forked process starts its own."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

from splot.core.pagecache import PageCache


def test_eight_threads_see_no_page_older_than_the_last_write(city):
    """While one more thread writes. A reader may see a later note than the last it knew of, never
    an earlier.
    """
    committed = 0
    done = threading.Event()

    def read_on(thread):
        late, turn = 0, thread
        while not done.is_set():
            known, turn = committed, turn + 1
            address = f"/pl/poznan/{turn % 5}/?page={turn % 3}&utm={turn}"
            text = city.get(address, accept_encoding="br").text
            late += int(text.removeprefix("note=").partition(".")[0]) < known
        return late, turn - thread

    city.write("0.")
    with ThreadPoolExecutor(8) as readers:
        reading = [readers.submit(read_on, thread) for thread in range(8)]
        while committed < 40:
            city.write(f"{committed + 1}.")
            committed += 1
            done.wait(0.05)
        done.set()
    results = [one.result() for one in reading]
    assert [late for late, _ in results] == [0] * 8
    stats = city.cache.stats
    assert stats["hit"] + stats["miss"] == sum(asked for _, asked in results)
    assert stats["hit"] > 100


def in_a_child(work):
    """Run in a forked process; its success."""
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # a deadlock ends the child, and the test
        try:
            os._exit(0 if work() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_parent_and_child_see_each_others_writes(city):
    city.get("/pl/poznan/")

    def child():
        fresh = city.cache.size == 0 and "note=first" in city.get("/pl/poznan/").text
        city.write("by the child")
        return (
            fresh
            and "by the child" in city.get("/pl/poznan/").text
            and city.cache.stats["miss"] == 2
        )

    assert in_a_child(child)
    assert "by the child" in city.get("/pl/poznan/").text
    city.write("by the parent")
    assert "by the parent" in city.get("/pl/poznan/").text


def test_a_fork_in_the_middle_of_an_answer_blocks_nobody(city):
    """Every lock is held by another thread at the moment of the fork."""
    city.get("/pl/poznan/")
    cache = city.cache
    held, go_on = threading.Event(), threading.Event()

    def hold():
        with cache._reader._lock, cache._counting, cache._pages._lock, cache._endless._lock:
            held.set()
            go_on.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    worked = in_a_child(lambda: "note=first" in city.get("/pl/poznan/").text)
    go_on.set()
    holder.join()
    assert worked


def test_control_without_the_fresh_start_the_child_blocks(city):
    lock = threading.Lock()

    class Held(PageCache):
        def begin(self):
            super().begin()
            self._counting = lock

    cache = Held(city.app, city.settings)
    with lock:
        assert not in_a_child(lambda: signal.alarm(1) and city.get("/pl/poznan/", cache=cache))
