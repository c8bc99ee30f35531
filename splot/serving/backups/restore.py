"""An installation as it was when a backup was made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import postgres, sqlite
from .age import decrypt_file, is_encrypted
from .archive import FILES, SECRET_KEY, Manifest, open_private, read_manifest, unpack_archive
from .make import sync_folder, work_folder
from .refusals import BackupRefused

UNFINISHED = "restore.unfinished"  # stands in the data while parts of two states are there
ASIDE = "before-restore-"  # and the time: the folder of what was there before


def check_backup(file: Path, secret_key: str = "") -> Manifest:
    """The manifest of a backup whose every byte is as it was written. Raises BackupRefused."""
    with work_folder() as folder, _opened(file, folder, secret_key) as archive:
        return read_manifest(archive)


def restore_backup(file: Path, secret_key: str = "") -> tuple[Manifest, Path]:
    """Replace this installation by the one of the backup; gives its manifest, and the folder where
    what was there before is kept. The caller sees to it that nothing runs here.

    All that can be wrong with the backup is found before anything is replaced. Raises
    BackupRefused.
    """
    try:
        with work_folder() as folder, _opened(file, folder, secret_key) as archive:
            manifest = read_manifest(archive)
            _check_origin(manifest)
            unpacked = folder / "unpacked"
            unpacked.mkdir(mode=0o700)
            unpack_archive(archive, unpacked)
            if manifest.engine == "sqlite":
                _check_copy(unpacked / sqlite.MEMBER, manifest)
            return manifest, _replace_all(manifest, unpacked)
    except OSError as error:
        raise BackupRefused(f"the backup cannot be restored: {error}") from error


@contextmanager
def _opened(file: Path, folder: Path, secret_key: str) -> Iterator[Path]:
    """The archive in a backup, decrypted if it is encrypted."""
    if not file.is_file():
        raise BackupRefused(f"there is no file {file}")
    with file.open("rb") as source:
        if not is_encrypted(source):
            yield file
            return
        if not secret_key:
            raise BackupRefused(f"{file.name} is encrypted; name the file of its key: --key-file")
        archive = folder / "opened.zip"
        with open_private(archive) as target:
            decrypt_file(source, target, secret_key)
    yield archive


def _check_origin(manifest: Manifest) -> None:
    """Can this installation, with this version of Splot, hold the backup?"""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if manifest.engine != connection.vendor:
        raise BackupRefused(
            f"the backup is of an installation on {names[manifest.engine]}, this one is on "
            f"{names[connection.vendor]}; set DATABASE_URL to the former"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest.migrations) - known:
        raise BackupRefused(
            f"the backup was made by a newer Splot ({manifest.version}); update Splot first"
        )


def _check_copy(database: Path, manifest: Manifest) -> None:
    sqlite.check_integrity(database)
    if sqlite.count_rows(database) != manifest.tables:
        raise BackupRefused("the backup's tables have not the rows that its manifest says")


def _replace_all(manifest: Manifest, unpacked: Path) -> Path:
    data, media = settings.DATA_DIR, Path(settings.MEDIA_ROOT)
    aside = data / f"{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    aside.mkdir(mode=0o700)
    _keep_aside(aside)
    marker = data / UNFINISHED
    was_unfinished = marker.exists()
    marker.touch(0o600)
    try:
        _replace_database(manifest, unpacked)
    except BackupRefused:  # nothing is replaced yet
        if not was_unfinished:
            marker.unlink()
        raise
    with suppress(FileNotFoundError):
        media.rename(aside / "files")
    with suppress(FileNotFoundError):
        (unpacked / FILES).rename(media)
    if SECRET_KEY in manifest.files:
        os.replace(unpacked / SECRET_KEY, data / SECRET_KEY)
    sync_folder(data)
    marker.unlink()
    return aside


def _keep_aside(aside: Path) -> None:
    """Keep the present database and key, whatever state they are in; they stay in place, too."""
    database = settings.DATABASES["default"]
    with suppress(FileNotFoundError):
        copy_or_link(settings.DATA_DIR / SECRET_KEY, aside / SECRET_KEY)
    if connection.vendor == "sqlite":
        path = Path(database["NAME"])
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                copy_or_link(Path(f"{path}{ending}"), aside / f"{path.name}{ending}")
    elif postgres.has_tables():
        postgres.dump_database(database, aside / postgres.MEMBER)
    connection.close()


def _replace_database(manifest: Manifest, unpacked: Path) -> None:
    database = settings.DATABASES["default"]
    if manifest.engine == "sqlite":
        sqlite.replace_database(Path(database["NAME"]), unpacked / sqlite.MEMBER)
    else:
        postgres.restore_database(database, unpacked / postgres.MEMBER, manifest.tables)


def copy_or_link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy of it where that cannot be."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk
        shutil.copy2(source, target)
