"""The background worker, as `splot serve` starts it. It holds a lock as long as it lives, by which
everybody else knows that it does.
"""

from django.conf import settings
from django.core.management import call_command

from splot.core.locks import WORKER_LOCK, hold_lock


def work_until_stopped() -> None:
    """Do the jobs of the queue, once no other worker of this installation is left."""
    lock = hold_lock(settings.DATA_DIR / WORKER_LOCK, wait=True)
    call_command("db_worker", "--no-startup-delay", "--no-reload")
    if lock is not None:  # held until here
        lock.close()
