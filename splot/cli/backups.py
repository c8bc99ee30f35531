"""`splot backup`, `splot restore` and `splot backup-key`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .refusals import CommandRefused, Commands


def add_commands(commands: Commands) -> None:
    """Declare `backup`, `restore` and `backup-key`."""
    backup = commands.add_parser("backup", help="write the whole installation to one file")
    where = backup.add_mutually_exclusive_group(required=True)
    where.add_argument("file", nargs="?", type=Path, help="a new file; nothing is overwritten")
    where.add_argument(
        "--daily",
        action="store_true",
        help="today's backup in the folder of SPLOT_BACKUPS, if it is not there yet",
    )
    backup.set_defaults(run=_backup)

    restore = commands.add_parser(
        "restore", help="put a backup in the place of this installation; stop splot serve first"
    )
    restore.add_argument("file", type=Path)
    restore.add_argument(
        "--key-file", type=Path, help="file with the secret key of an encrypted backup"
    )
    restore.add_argument(
        "--check", action="store_true", help="only say whether the backup is whole"
    )
    restore.set_defaults(run=_restore)

    key = commands.add_parser(
        "backup-key", help="make a pair of keys for encrypted backups; prints the public one"
    )
    key.add_argument("file", type=Path, help="a new file for the secret key")
    key.set_defaults(run=_make_key)


@contextmanager
def _explain_refusals() -> Iterator[None]:
    from splot.serving.backups.refusals import BackupRefused

    try:
        yield
    except BackupRefused as error:
        raise CommandRefused(str(error)) from error


def _backup(arguments: argparse.Namespace) -> None:
    from django.conf import settings

    from splot.serving.backups.daily import make_daily_backup
    from splot.serving.backups.make import make_backup

    with _explain_refusals():
        if not arguments.daily:
            manifest = make_backup(arguments.file, settings.BACKUP_KEY)
            print(f"Wrote {arguments.file}: {_count(len(manifest.tables), manifest.rows)}.")
            return
        if settings.BACKUPS_DIR is None:
            raise CommandRefused("name a folder for daily backups in SPLOT_BACKUPS first")
        os.nice(10)  # visitors come first
        path = make_daily_backup(settings.BACKUPS_DIR)
        print(f"Wrote {path}." if path else "Today's backup is there already.")


def _count(tables: int, rows: int) -> str:
    return f"{tables} tables with {rows} rows"


def _restore(arguments: argparse.Namespace) -> None:
    from django.conf import settings

    from splot.serving.backups.restore import check_backup, restore_backup
    from splot.serving.database_lock import DatabaseLock
    from splot.serving.supervisor import lock_installation

    key = _read_key(arguments.key_file)
    with _explain_refusals():
        if arguments.check:
            manifest = check_backup(arguments.file, key)
            count = _count(len(manifest.tables), manifest.rows)
            print(f"{arguments.file} is whole: {count}, made {manifest.made_at}.")
            return
        lock = lock_installation(settings.DATA_DIR)
        if lock is None:
            raise CommandRefused("splot serve runs with these data; stop it first")
        database_lock = DatabaseLock()
        if not database_lock.hold_at_start():
            raise CommandRefused("another machine runs splot serve with this database; stop it")
        with lock:
            manifest, aside = restore_backup(arguments.file, key)
        database_lock.release()
    print(
        f"Restored {_count(len(manifest.tables), manifest.rows)}, as of {manifest.made_at}. "
        f"What was here before is kept in {aside}; delete it once all is well."
    )


def _read_key(file: Path | None) -> str:
    """The secret key in a file as age-keygen writes it: a line that is no remark."""
    if file is None:
        return ""
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(f"the key file cannot be read: {error}") from error
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "no key")


def _make_key(arguments: argparse.Namespace) -> None:
    from splot.serving.backups.age import generate_secret_key, public_key_of
    from splot.serving.backups.archive import open_private

    secret = generate_secret_key()
    public = public_key_of(secret)
    try:
        with open_private(arguments.file) as file:
            file.write(f"# public key: {public}\n{secret}\n".encode())
    except OSError as error:
        raise CommandRefused(f"{arguments.file} cannot be written: {error.strerror}") from error
    print(public)
