"""Locks that the kernel lets go of when their holder ends, however it ends."""

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import IO

WORKER_LOCK = "worker.lock"  # in the data: held by the background worker as long as it lives


def hold_lock(path: Path, wait: bool = False) -> IO[bytes] | None:
    """Hold the lock of this file until what is returned is closed, or this process ends. None where
    another process holds it; with `wait` its end is waited for.
    """
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def is_locked(path: Path) -> bool:
    """Does a process hold the lock of this file?"""
    with suppress(FileNotFoundError), path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
