"""Does the background worker run, and does it come forward?"""

from django.conf import settings
from django.db import DatabaseError

from splot.core.jobs import has_late_job, has_stuck_job
from splot.core.locks import WORKER_LOCK, is_locked


def examine_worker() -> str:
    if not is_locked(settings.DATA_DIR / WORKER_LOCK):
        return "missing"
    try:
        if has_stuck_job():
            return "stuck"
        return "late" if has_late_job() else "ok"
    except DatabaseError:  # the database says so itself
        return "ok"
