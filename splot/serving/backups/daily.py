"""A backup of each day, as many as the operator wants to keep."""

from __future__ import annotations

import logging
import subprocess
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from splot.core.daily_backups import daily_backup_path, list_daily_backups

from ..processes import start_process
from .make import make_backup

logger = logging.getLogger(__name__)

RETRY_SECONDS = 3600  # after a backup that failed


def make_daily_backup(folder: Path) -> Path | None:
    """Make today's backup in this folder and delete the oldest beyond those that are kept; None
    where it is there already. Raises BackupRefused, and then deletes nothing.
    """
    today = timezone.localdate()
    path = daily_backup_path(folder, today)
    if path.exists():
        return None
    make_backup(path, settings.BACKUP_KEY)
    for __, old in list_daily_backups(folder, today)[settings.BACKUPS_KEPT :]:
        old.unlink()
    for part in folder.glob("splot-*.backup.part"):  # of one that was killed
        part.unlink()
    return path


class DailyBackup:
    """Makes the backup of each day in a process of its own, once the day has begun."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._next_try = 0.0

    def make_if_due(self) -> None:
        """Start it if there is none of today. Called again and again."""
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return
            self.process = None
            if status:
                logger.error("Today's backup was not made; the next try is in an hour")
                self._next_try = time.monotonic() + RETRY_SECONDS
        if settings.BACKUPS_DIR is None or time.monotonic() < self._next_try:
            return
        if not daily_backup_path(settings.BACKUPS_DIR, timezone.localdate()).exists():
            self.process = start_process(["-m", "splot.cli", "backup", "--daily"])
