"""PDF files without what a reader's program would run: scripts, actions that start something or
send something, files within the file.

A file that has none of it stays as it is, byte for byte, so that a signature in it stays valid. Of
any other only what its pages need is written anew. Run in a process of its own (`run_sandboxed`).
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from dataclasses import dataclass

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from .refusals import unreadable_document

# What runs or starts something; /URI and /GoTo only lead somewhere, when somebody presses them.
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"}
ACTIVE_ACTIONS |= {"/Rendition", "/RichMediaExecute", "/Movie", "/Sound", "/GoTo3DView"}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/AF"}
ACTIVE_KEYS |= {"/RichMediaContent"}
ACTIVE_ANNOTATIONS = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment"}
# As they stand in the bytes, for what a program finds there and the reader here does not. Shorter
# names would stand by chance in a picture.
WRITTEN_NAMES = re.compile(
    rb"/(?:JavaScript|XFA|EmbeddedFiles?|RichMedia\w*|Launch|SubmitForm|ImportData|GoToE"
    rb"|GoToR|Rendition|FileAttachment)\b"
)
ESCAPED_CHARACTER = re.compile(rb"#([0-9A-Fa-f]{2})")
MAX_DEPTH = 200


@dataclass(frozen=True)
class CleanPdf:
    """A PDF that runs nothing; `content` is None where the file was so already."""

    content: bytes | None

    def to_json(self) -> dict[str, str | None]:
        encoded = None if self.content is None else b64encode(self.content).decode()
        return {"content": encoded}


def remove_scripts(data: bytes, name: str) -> CleanPdf:
    """The PDF without what runs. Raises UnreadableDocument for one that cannot be looked
    through.
    """
    advice = _("Save it anew as PDF and try again.")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise unreadable_document(name, _("it is locked with a password."), advice)
        writer = PdfWriter(clone_from=reader)
        removed = sum(_remove_active(each) for each in writer._objects if each is not None)
        if not removed and not reader.is_encrypted and not _names_active(data):
            return CleanPdf(None)
        output = io.BytesIO()
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        writer.write(output)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = _("it cannot be looked through for scripts.")
        raise unreadable_document(name, reason, advice) from error
    return CleanPdf(output.getvalue())


def _names_active(data: bytes) -> bool:
    plain = ESCAPED_CHARACTER.sub(lambda match: bytes([int(match[1], 16)]), data)
    return bool(WRITTEN_NAMES.search(plain))


def _remove_active(value: PdfObject, depth: int = 0) -> int:
    """Take what is active out of an object and all that stands in it; how much that was. Objects
    that it only refers to are looked at by themselves.
    """
    if depth > MAX_DEPTH:
        raise ValueError("objects within objects without end")
    if isinstance(value, ArrayObject):
        return sum(_remove_active(each, depth + 1) for each in value)
    if not isinstance(value, DictionaryObject):
        return 0
    kind, annotation = _read_name(value, "/S"), _read_name(value, "/Subtype")
    if kind in ACTIVE_ACTIONS or annotation in ACTIVE_ANNOTATIONS:
        keys = set(value) - {"/Type", "/Rect", "/P"}
    else:
        keys = ACTIVE_KEYS & set(value)
    for key in keys:
        del value[key]
    return len(keys) + sum(_remove_active(each, depth + 1) for each in value.values())


def _read_name(value: DictionaryObject, key: str) -> str:
    """The name under a key, also where it is only referred to."""
    entry: PdfObject | None = value.get(key)
    return "" if entry is None else str(entry.get_object())
