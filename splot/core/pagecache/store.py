"""Values in memory up to a number of bytes; what nobody asked for longest goes first."""

import sys
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")

MAX_ENTRY_SHARE = 8  # one entry may take an eighth of the store


def memory_size(strings: Iterable[str | bytes]) -> int:
    """Bytes of memory of these strings and what holds them (checked against the interpreter by a
    test).
    """
    return sum(sys.getsizeof(string) + 40 for string in strings) + 300


class LRUStore(Generic[Kept]):
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._entries: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        """The value, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: Kept, size: int) -> None:
        """Keep the value, unless it is too large for the store; `size` is in bytes, with its
        key.
        """
        with self._lock:
            self._drop(key)
            if size > self.limit // MAX_ENTRY_SHARE:
                return
            self._entries[key] = value, size
            self.bytes += size
            while self.bytes > self.limit:
                self.bytes -= self._entries.popitem(last=False)[1][1]

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: Hashable) -> None:
        if entry := self._entries.pop(key, None):
            self.bytes -= entry[1]
