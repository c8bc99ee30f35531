"""Which backups of days stand in the folder that the operator has named for them."""

import re
from datetime import date
from pathlib import Path

DAILY_NAME = re.compile(r"splot-(\d{4}-\d\d-\d\d)\.backup")


def daily_backup_path(folder: Path, day: date) -> Path:
    return folder / f"splot-{day.isoformat()}.backup"


def list_daily_backups(folder: Path, today: date) -> list[tuple[date, Path]]:
    """The backups of days, the latest first. One of a day that is still to come was made while the
    clock was wrong, and stands last.
    """
    backups: list[tuple[date, Path]] = []
    for path in folder.glob("splot-*.backup"):
        if match := DAILY_NAME.fullmatch(path.name):
            backups.append((date.fromisoformat(match[1]), path))
    backups.sort(key=lambda backup: (backup[0] <= today, backup[0]), reverse=True)
    return backups
