"""A backup: the whole installation at one moment, as one file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from splot.core.locks import hold_lock

from . import postgres, sqlite
from .age import check_public_key, encrypt_file
from .archive import (
    FILES,
    SECRET_KEY,
    Manifest,
    copy_bytes,
    open_private,
    read_manifest,
    write_archive,
)
from .refusals import BackupRefused

LOCK_NAME = "backup.lock"
WORK_FOLDER = "backup.unfinished"


def make_backup(file: Path, public_key: str = "") -> Manifest:
    """Write a backup of this installation to a new file that only its owner can read, encrypted
    where there is a public key. It is checked before it gets its name. Raises BackupRefused.
    """
    if public_key:
        check_public_key(public_key)
    if file.exists():
        raise BackupRefused(f"{file} exists already; a backup overwrites nothing")
    if not file.parent.is_dir():
        raise BackupRefused(f"there is no folder {file.parent}")
    try:
        with work_folder() as folder:
            archive = folder / "backup.zip"
            manifest, members = _collect_members(folder)
            os.close(os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            write_archive(archive, manifest, members)
            read_manifest(archive)
            _publish_archive(archive, file, public_key)
    except OSError as error:
        raise BackupRefused(f"the backup cannot be written: {error}") from error
    return manifest


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder beside the data, theirs in every respect, for one backup or restore at a time; what
    one that was killed left in it is gone.
    """
    if settings.DATA_DIR.stat().st_uid != os.geteuid():
        raise BackupRefused(f"run it as the user who owns {settings.DATA_DIR}")
    lock = hold_lock(settings.DATA_DIR / LOCK_NAME)
    if lock is None:
        raise BackupRefused("another backup or restore is under way")
    folder = settings.DATA_DIR / WORK_FOLDER
    with lock:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _collect_members(folder: Path) -> tuple[Manifest, dict[str, Path]]:
    # The database first: what it names of files is there already, and newer files do no harm.
    engine, database = connection.vendor, settings.DATABASES["default"]
    if engine == "sqlite":
        member, copy = sqlite.MEMBER, folder / sqlite.MEMBER
        if not Path(database["NAME"]).exists():
            raise BackupRefused(f"there is no database in {database['NAME']}")
        sqlite.copy_database(Path(database["NAME"]), copy)
        tables, migrations = sqlite.count_rows(copy), sqlite.list_migrations(copy)
    else:
        member, copy = postgres.MEMBER, folder / postgres.MEMBER
        tables, migrations = postgres.dump_database(database, copy)
    members = {member: copy}
    for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if path.is_file():
            members[FILES + path.relative_to(settings.MEDIA_ROOT).as_posix()] = path
    if (settings.DATA_DIR / SECRET_KEY).exists():
        members[SECRET_KEY] = settings.DATA_DIR / SECRET_KEY
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(made_at, version("splot"), engine, tables, migrations), members


def _publish_archive(archive: Path, file: Path, public_key: str) -> None:
    """Write the archive as the backup's file, and give it its name once it is on the disk."""
    part = file.with_name(f"{file.name}.part")
    with suppress(FileNotFoundError):  # of one that was killed
        part.unlink()
    try:
        with archive.open("rb") as source, open_private(part) as target:
            if public_key:
                encrypt_file(source, target, public_key)
            else:
                copy_bytes(source, target)
            target.flush()
            os.fsync(target.fileno())
        if not public_key and _digest(part) != _digest(archive):
            raise BackupRefused(f"{file.parent} does not keep what is written to it")
        part.rename(file)
        sync_folder(file.parent)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """See to it that a name in the folder outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
