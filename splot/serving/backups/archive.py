"""The file of a backup: a ZIP with the database, the files beside it and a manifest of what is in
them.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any

from .refusals import BackupRefused

MANIFEST = "manifest.json"
FORMAT = 1
FILES = "files/"  # the folder of uploaded files within the archive
SECRET_KEY = "secret_key"
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: rows of each table, and length and SHA-256 of each file in it."""

    made_at: str  # UTC, ISO 8601
    version: str  # of Splot
    engine: str  # "sqlite" or "postgresql"
    tables: dict[str, int]
    migrations: list[str]  # "app.name" of those that the database has
    files: dict[str, dict[str, int | str]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def write_archive(path: Path, manifest: Manifest, members: dict[str, Path]) -> None:
    """Write the members (name in the archive: file) and a manifest that describes them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, source in members.items():
            with source.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
                manifest.files[name] = {"bytes": file.tell(), "sha256": digest}
            archive.write(source, name)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup whose every file is as the manifest says. Raises BackupRefused."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _parse_manifest(archive.read(MANIFEST))
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest.files):
                raise BackupRefused(f"{path.name} is damaged: files are missing in it")
            for name in sorted(names):
                with archive.open(name) as member:
                    _check_member(path, name, member, manifest.files[name])
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise BackupRefused(f"{path.name} is no backup of Splot, or a damaged one") from error
    return manifest


def _parse_manifest(written: bytes) -> Manifest:
    values: dict[str, Any] = json.loads(written)
    if values["format"] != FORMAT:
        raise BackupRefused("this backup was made by a newer Splot; restore it with that version")
    return Manifest(**values)


def _check_member(path: Path, name: str, member: IO[bytes], said: dict[str, int | str]) -> None:
    if file_digest(member, "sha256").hexdigest() != said["sha256"]:  # type: ignore[arg-type]
        raise BackupRefused(f"{path.name} is damaged: {name} is not what was kept")


def unpack_archive(path: Path, folder: Path) -> None:
    """Write what a checked backup holds into a folder, readable by its owner alone. Names that
    lead out of the folder are refused.
    """
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            target = (folder / name).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise BackupRefused(f"{path.name} holds a file that leads elsewhere: {name}")
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with archive.open(name) as member, open_private(target) as file:
                copy_bytes(member, file)


def open_private(path: Path) -> IO[bytes]:
    """A new file for writing that only its owner can read (mode 600)."""
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def copy_bytes(source: IO[bytes], target: IO[bytes]) -> None:
    while part := source.read(CHUNK_BYTES):
        target.write(part)
