"""Attachments: the format is sniffed from the content, never taken from the name; pictures are
re-encoded, which drops EXIF.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_FILE_BYTES = 5_000_000  # of one file
MAX_TOTAL_BYTES = 10_000_000  # of one report; a request holds little more
MAX_FILES = 5
MAX_PIXELS = 40_000_000
MAX_IMAGE_SIDE = 2400  # of a picture as it is kept
IMAGE_TYPES = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
}
OOXML_PREFIX = "application/vnd.openxmlformats-officedocument."
OOXML_TYPES = {
    "word/document.xml": ("docx", f"{OOXML_PREFIX}wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{OOXML_PREFIX}spreadsheetml.sheet"),
}
ODT_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
ACCEPT = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.odt"


@dataclass(frozen=True)
class Upload:
    """A file as it is kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()

    def to_json(self) -> list[str]:
        """What tells it from another one."""
        return [self.name, self.digest]


def prepare_upload(file: BinaryIO, name: str, size: int) -> Upload:
    """A file as it will be kept, or ValidationError with a sentence for whoever sent it."""
    if size > MAX_FILE_BYTES:
        raise ValidationError(_("“%(name)s” is larger than 5 MB.") % {"name": name})
    content = file.read(MAX_FILE_BYTES + 1)
    kind = _sniff_type(content)
    if kind is None:
        raise ValidationError(
            _("“%(name)s” is none of these: PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT.")
            % {"name": name}
        )
    ending, media_type = kind
    if media_type.startswith("image/"):
        content = _reencode_image(content, name)
    return Upload(_safe_name(name, ending), media_type, content)


def too_many_files_message() -> str:
    return _("At most 5 files can stand beside one report.")


def _sniff_type(content: bytes) -> tuple[str, str] | None:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf", "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return IMAGE_TYPES["JPEG"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return IMAGE_TYPES["PNG"]
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return IMAGE_TYPES["WEBP"]
    return _sniff_office_type(content) if content.startswith(b"PK\x03\x04") else None


def _sniff_office_type(content: bytes) -> tuple[str, str] | None:
    """Which office document it is, from the list of its parts; nothing is unpacked but the name of
    a type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in parts):
                return None
            declared = parts.get("mimetype")
            if (
                declared
                and declared.file_size == len(ODT_MEDIA_TYPE)
                and archive.read(declared) == ODT_MEDIA_TYPE.encode()
            ):
                return "odt", ODT_MEDIA_TYPE
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None
    kinds = [kind for part, kind in OOXML_TYPES.items() if part in parts]
    return kinds[0] if len(kinds) == 1 and "[Content_Types].xml" in parts else None


def _reencode_image(content: bytes, name: str) -> bytes:
    """The same picture in new bytes: upright, not larger than needed, without place, camera,
    comment or tail.
    """
    refusal = ValidationError(_("“%(name)s” cannot be read as a picture.") % {"name": name})
    try:
        # reads its head alone
        picture: Image.Image = Image.open(io.BytesIO(content), formats=tuple(IMAGE_TYPES))
        if picture.width * picture.height > MAX_PIXELS:
            raise ValidationError(_("“%(name)s” has too many pixels.") % {"name": name})
        kind = picture.format or ""
        picture.draft("RGB", (MAX_IMAGE_SIDE, MAX_IMAGE_SIDE))
        picture = ImageOps.exif_transpose(picture)
        seen_through = kind != "JPEG" and picture.has_transparency_data
        picture = picture.convert("RGBA" if seen_through else "RGB")
        picture.thumbnail((MAX_IMAGE_SIDE, MAX_IMAGE_SIDE))
        clean = Image.new(picture.mode, picture.size)
        clean.paste(picture)
        reencoded = io.BytesIO()
        clean.save(reencoded, kind, **({} if kind == "PNG" else {"quality": 85}))
    except Image.DecompressionBombError as error:
        raise ValidationError(_("“%(name)s” has too many pixels.") % {"name": name}) from error
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
        OverflowError,
    ) as error:
        raise refusal from error
    return reencoded.getvalue()


def _safe_name(name: str, ending: str) -> str:
    """A file name without folders and special characters, its extension that of the format."""
    last = re.split(r"[/\\]", name)[-1]
    stem = re.sub(
        r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\"<>|:*?;]",
        "",
        last,
    )
    return (
        f"{stem.rpartition('.')[0][:120].strip(' .') or stem[:120].strip(' .') or 'file'}.{ending}"
    )
