"""Is there a backup that is young enough?"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from splot.core.daily_backups import list_daily_backups


def examine_backups() -> str:
    if settings.BACKUPS_DIR is None:
        return "off"
    today = timezone.localdate()
    backups = list_daily_backups(settings.BACKUPS_DIR, today)
    newest = backups[0][0] if backups else None
    if newest is None or not today - timedelta(days=1) <= newest <= today:
        return "old"
    return "ok"
