"""Attachments: the format is sniffed from the content, never taken from the name; pictures are
re-encoded, which drops EXIF; PDF files lose what a reader's program would run.
"""

import io
import re
from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .limits import MAX_ATTACHMENT_BYTES, MAX_IMAGE_SIDE, MAX_PIXELS
from .refusals import UnreadableDocument
from .sandbox import run_sandboxed
from .sniffing import FileType, SniffedFile, sniff_file

PICTURE_FORMATS = {FileType.JPEG: "JPEG", FileType.PNG: "PNG", FileType.WEBP: "WEBP"}  # Pillow’s
OOXML_PREFIX = "application/vnd.openxmlformats-officedocument."
ODT_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
# what is kept: (extension, media type)
KEPT_TYPES = {
    FileType.PDF: ("pdf", "application/pdf"),
    FileType.JPEG: ("jpg", "image/jpeg"),
    FileType.PNG: ("png", "image/png"),
    FileType.WEBP: ("webp", "image/webp"),
    FileType.DOCX: ("docx", f"{OOXML_PREFIX}wordprocessingml.document"),
    FileType.XLSX: ("xlsx", f"{OOXML_PREFIX}spreadsheetml.sheet"),
    FileType.ODT: ("odt", ODT_MEDIA_TYPE),
}
MAIN_PARTS = {FileType.DOCX: "word/document.xml", FileType.XLSX: "xl/workbook.xml"}
PDF_CLEANER = "splot.documents.intake.pdf_scripts:remove_scripts"
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
    if size > MAX_ATTACHMENT_BYTES:
        raise ValidationError(_("“%(name)s” is larger than 5 MB.") % {"name": name})
    content = file.read(MAX_ATTACHMENT_BYTES + 1)
    sniffed = sniff_file(content)
    if not _is_kept(sniffed, content):
        raise ValidationError(
            _("“%(name)s” is none of these: PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT.")
            % {"name": name}
        )
    ending, media_type = KEPT_TYPES[sniffed.type]
    if sniffed.type in PICTURE_FORMATS:
        content = _reencode_image(content, name)
    elif sniffed.type is FileType.PDF:
        content = _remove_pdf_scripts(content, name)
    return Upload(_safe_name(name, ending), media_type, content)


def too_many_files_message() -> str:
    return _("At most 5 files can stand beside one report.")


def _is_kept(sniffed: SniffedFile, content: bytes) -> bool:
    """Whether a file may be given to others: of one of the types, whole, and without macros."""
    if sniffed.type not in KEPT_TYPES or any(map(_is_macro, sniffed.parts)):
        return False
    if sniffed.type is FileType.PDF:
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if sniffed.type is FileType.ODT:
        return sniffed.media_type == ODT_MEDIA_TYPE
    if sniffed.type in MAIN_PARTS:
        main_parts = sniffed.parts & set(MAIN_PARTS.values())
        is_package = "[Content_Types].xml" in sniffed.parts
        return is_package and main_parts == {MAIN_PARTS[sniffed.type]}
    return True


def _is_macro(part: str) -> bool:
    return part.rpartition("/")[2].lower() == "vbaproject.bin"


def _remove_pdf_scripts(content: bytes, name: str) -> bytes:
    advice = _("Save it anew as PDF and try again.")
    try:
        clean = run_sandboxed(PDF_CLEANER, content, name, advice)["content"]
    except UnreadableDocument as error:
        raise ValidationError(str(error)) from error
    return content if clean is None else b64decode(clean)


def _reencode_image(content: bytes, name: str) -> bytes:
    """The same picture in new bytes: upright, not larger than needed, without place, camera,
    comment or tail.
    """
    refusal = ValidationError(_("“%(name)s” cannot be read as a picture.") % {"name": name})
    try:
        # reads its head alone
        picture: Image.Image = Image.open(
            io.BytesIO(content), formats=tuple(PICTURE_FORMATS.values())
        )
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
