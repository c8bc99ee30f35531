"""A web process of test_heartbeats.py: it hangs as soon as it is told to."""

import signal
import time

import django

django.setup()

from splot.core.pagecache import PageCache  # noqa: E402  (needs the applications)
from splot.serving.guard import THREADS, Guard  # noqa: E402
from splot.serving.heartbeats import send_heartbeats  # noqa: E402


def hang_on_demand() -> None:
    """Come forward, until SIGUSR1 gives every thread something without end."""
    guard = Guard(PageCache(lambda environ, start: []))

    def hang(number: int, frame: object) -> None:
        for __ in range(THREADS):
            guard.threads.submit(time.sleep, 1000)

    signal.signal(signal.SIGUSR1, hang)
    send_heartbeats(guard)
    while True:
        signal.pause()


if __name__ == "__main__":
    hang_on_demand()
