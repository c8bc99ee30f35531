"""Web processes that hang are noticed: each says again and again that its loop and its threads come
forward, and who has been silent for too long is killed. The web server then replaces it.

The words go through a socket of the kernel, not through a file: a full disk silences nobody.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import time
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from .guard import Guard

logger = logging.getLogger(__name__)

ADDRESS_NAME = "SPLOT_HEARTBEATS"  # in the environment of the web server
BEAT_SECONDS = 2


class Heartbeats:
    """Hears the web processes, as the supervisor does."""

    def __init__(self) -> None:
        self.address = f"splot-{os.getpid()}-{secrets.token_hex(8)}"
        self.heard_at: dict[int, float] = {}  # when each process was heard last
        self._socket: socket.socket | None = None
        if sys.platform.startswith("linux"):  # which has addresses that are no files
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self._socket.setblocking(False)
            self._socket.bind(f"\0{self.address}")

    def kill_hung(self, group: int | None) -> None:
        """Kill the processes of this group that were heard once, and then no more for
        HUNG_SECONDS of the settings. Called again and again.
        """
        self._listen()
        now = time.monotonic()
        for process, heard_at in list(self.heard_at.items()):
            if not _is_in_group(process, group):
                del self.heard_at[process]
            elif now - heard_at > settings.HUNG_SECONDS:
                logger.error("A web process hangs (%s); it is replaced", process)
                os.kill(process, signal.SIGKILL)
                del self.heard_at[process]

    def _listen(self) -> None:
        with suppress(BlockingIOError):  # nothing more to hear now
            while self._socket is not None:
                said = self._socket.recv(100)
                if said.isdigit():
                    self.heard_at[int(said)] = time.monotonic()


def _is_in_group(process: int, group: int | None) -> bool:
    """Does the process live, as one of this group? Nobody else is ours to end."""
    try:
        return group is not None and os.getpgid(process) == group
    except (ProcessLookupError, OverflowError):
        return False


def send_heartbeats(guard: Guard) -> None:
    """From now on say again and again that the guard comes forward, if anybody wants to hear it."""
    address = os.environ.get(ADDRESS_NAME)
    if address and sys.platform.startswith("linux"):
        Thread(target=_send_for_ever, args=(guard, address), daemon=True).start()


def _send_for_ever(guard: Guard, address: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        while True:
            guard.wait_for_turn()
            with suppress(OSError):  # nobody hears it any more
                out.sendto(str(os.getpid()).encode(), f"\0{address}")
            time.sleep(BEAT_SECONDS)
