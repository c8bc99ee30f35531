"""The supervisor in a process image of its own: python -m splot.serving.run HOST PORT LOCK

`splot serve` prepares the database and becomes this, so that nothing of what it loaded for that
stays in memory. LOCK is the open file by which it holds the data of the installation.
"""

import os
import sys
from typing import NoReturn

import django
from django.conf import settings


def become_supervisor(host: str, port: int, lock: int) -> NoReturn:
    """Go on as the supervisor, in this process."""
    os.set_inheritable(lock, True)
    command = [sys.executable, "-m", "splot.serving.run", host, str(port), str(lock)]
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    os.execve(sys.executable, command, environment)


def main(host: str, port: str, lock: str) -> int:
    django.setup()
    from .database_lock import DatabaseLock
    from .preloading import preload_application
    from .supervisor import serve_until_stopped

    os.set_inheritable(int(lock), False)
    database_lock = DatabaseLock()
    if not database_lock.hold_at_start():
        print("splot: another machine runs splot serve with this database", file=sys.stderr)
        return 1
    preload_application()
    return serve_until_stopped(host, int(port), int(lock), database_lock)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
