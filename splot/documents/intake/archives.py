"""Files that are sent together: those of archives one by one."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.actions import Refused
from splot.language.normalisation import normalise_text

from ..encodings import UnknownEncoding, decode_bytes
from .limits import MAX_BYTES, MAX_FILES, MAX_UNPACKED

UTF8_NAME = 0x800  # the flag of a name in UTF-8


@dataclass(frozen=True)
class IncomingFile:
    """A file as it was sent."""

    name: str
    content: bytes

    def to_json(self) -> list[str]:
        """What tells it from another one."""
        return [self.name, hashlib.sha256(self.content).hexdigest()]


@dataclass(frozen=True)
class UnreadableFile:
    """A file that could not be read, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class _Archive:
    """An archive that could be opened; nothing of it is unpacked yet."""

    name: str
    archive: zipfile.ZipFile
    parts: list[zipfile.ZipInfo]
    names: list[str]  # of the parts

    @property
    def size(self) -> int:
        """Bytes that unpacking can give at most: no part gives more than it says."""
        return sum(min(part.file_size, MAX_BYTES + 1) for part in self.parts)

    def unpack_files(self) -> list[IncomingFile]:
        files: list[IncomingFile] = []
        for part, name in zip(self.parts, self.names, strict=True):
            files.append(IncomingFile(_base_name(name), _unpack_member(self.archive, part)))
        return files


def unpack_archives(files: Iterable[IncomingFile]) -> list[IncomingFile | UnreadableFile]:
    """The files in their order, those of archives one by one; an UnreadableFile in place of an
    archive that is bad or too big.

    Of all archives together no more than MAX_UNPACKED bytes are unpacked. Raises Refused for more
    than MAX_FILES.
    """
    opened = list(map(_open_archive, files))
    _check_number(opened)
    unpacked: list[IncomingFile | UnreadableFile] = []
    left = MAX_UNPACKED
    for file in opened:
        if not isinstance(file, _Archive):
            unpacked.append(file)
            continue
        unpacked += _archive_members(file) if file.size <= left else [_bad_archive(file.name)]
        left -= min(file.size, left)
    return unpacked


def _check_number(opened: Iterable[IncomingFile | UnreadableFile | _Archive]) -> None:
    number = 0
    for file in opened:
        number += len(file.parts) if isinstance(file, _Archive) else 1
    if number > MAX_FILES:
        words = ngettext(
            "This is %(number)s file; at most %(most)s are taken at once. Nothing was kept.",
            "These are %(number)s files; at most %(most)s are taken at once. Nothing was kept.",
            number,
        )
        raise Refused(words % {"number": number, "most": MAX_FILES})


def _open_archive(file: IncomingFile) -> IncomingFile | UnreadableFile | _Archive:
    if not file.name.lower().endswith(".zip"):
        return file
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.content))
    except Exception:  # zipfile raises many kinds on hostile bytes
        return _bad_archive(file.name)
    parts: list[zipfile.ZipInfo] = []
    for part in archive.infolist():
        if not part.is_dir() and not _is_metadata(part.filename):
            parts.append(part)
    return _Archive(file.name, archive, parts, decode_names(parts))


def decode_names(parts: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of parts as they were given. Windows writes them in the code page of its country
    without saying so, and they were read as code page 437; all of an archive are in one.
    """
    unmarked: dict[int, str] = {}
    for at, part in enumerate(parts):
        if not part.flag_bits & UTF8_NAME and not part.orig_filename.isascii():
            unmarked[at] = part.filename
    try:
        text = decode_bytes("\n".join(unmarked.values()).encode("cp437")).text
    except (UnknownEncoding, UnicodeError):
        return [part.filename for part in parts]
    decoded = dict(zip(unmarked, text.split("\n"), strict=False))
    names: list[str] = []
    for at, part in enumerate(parts):
        names.append(normalise_text(decoded.get(at, part.filename)))
    return names


def _archive_members(archive: _Archive) -> list[IncomingFile] | list[UnreadableFile]:
    try:
        return archive.unpack_files()
    except Exception:  # as above
        return [_bad_archive(archive.name)]


def _bad_archive(name: str) -> UnreadableFile:
    return UnreadableFile(
        name, _("The archive cannot be opened, or holds too much. Send the files themselves.")
    )


def _base_name(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _is_metadata(name: str) -> bool:
    """What a Mac and a mail program put beside the files."""
    base = PurePosixPath(name).name
    return (
        name.startswith("__MACOSX/")
        or base.startswith((".", "~$"))
        or base in ("Thumbs.db", "desktop.ini")
    )


def _unpack_member(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        # one more than is read: the reader then says that it is too much
        return stream.read(MAX_BYTES + 1)
