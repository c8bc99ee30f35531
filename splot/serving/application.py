"""What each process of the web server runs: the page cache and Django behind the guard. Loaded once
by the supervisor, whose memory the processes share.
"""

import os

from config.wsgi import application as page_cache

from .guard import Guard
from .heartbeats import send_heartbeats
from .processes import end_with_parent


def build_application() -> Guard:
    """The application of a new process, which ends with its server."""
    end_with_parent(os.getppid())
    guard = Guard(page_cache)
    send_heartbeats(guard)
    return guard
