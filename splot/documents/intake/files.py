"""Sniffs the format of a document, and refuses what cannot be read with a sentence for people."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 10_000
EXTENSIONS = {
    "": None,
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".xml": "xml",
}
IMAGE_SIGNATURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x00\x0cjP",
)
ARCHIVE_SIGNATURES = (
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"PK\x05\x06",
    b"PK\x07\x08",
)
AKN_ROOT = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso[\s>]")  # its root element, whatever the prefix
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableDocument(Exception):
    """The file cannot be read. The message is for people: what is wrong, what was kept, what to
    do.
    """


def unreadable_document(name: str, what: str, advice: str = "") -> UnreadableDocument:
    """The refusal of this file: its name, what is wrong, that nothing was kept, what to do."""
    parts = {
        "name": display_name(name),
        "what": what,
        "advice": advice or _("Save it as .docx or as .pdf with text, and try again."),
    }
    return UnreadableDocument(
        _("“%(name)s” cannot be read: %(what)s Nothing was saved. %(advice)s") % parts
    )


def display_name(name: str) -> str:
    """A file's name fit for a message: no folders, no control characters, not endless."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter if letter.isprintable() else "�" for letter in base)
    return printable[:80] or _("file without a name")


def empty_document(name: str) -> UnreadableDocument:
    """The refusal of a file without a word in it."""
    return unreadable_document(
        name, _("there is no text in it."), _("Choose a file with text in it, and try again.")
    )


def identify_document(data: bytes, name: str) -> str:
    """The format by content: "text", "markdown", "docx", "pdf" or "xml".

    Raises UnreadableDocument for any other content, and for an extension that does not tell the
    truth.
    """
    if not data:
        raise empty_document(name)
    if len(data) > MAX_BYTES:
        size = {"size": -(-len(data) // (1024 * 1024)), "most": MAX_BYTES // (1024 * 1024)}
        raise unreadable_document(
            name,
            _("it has %(size)d MB; the most is %(most)d MB.") % size,
            _("Take the pictures out or divide it into parts, and try again."),
        )
    kind, what = _sniff_content(data)
    extension = PurePath(name.lower().replace("\\", "/")).suffix
    if extension in (".csv", ".tsv") and kind == "text":
        kind, what = None, _("it is a spreadsheet, and a document was expected.")
    if kind is None:
        raise unreadable_document(name, what)
    _check_extension(name, extension, kind)
    return "markdown" if extension == ".md" else kind


def _check_extension(name: str, extension: str, kind: str) -> None:
    described = {"text": _("plain text"), "docx": _("a Word document"), "pdf": _("a PDF document"),
                 "xml": _("an Akoma Ntoso document")}  # fmt: skip
    if extension not in EXTENSIONS:
        raise unreadable_document(
            name,
            _("files ending in “%(ending)s” are not documents.")
            % {"ending": display_name(extension)},
        )
    if EXTENSIONS[extension] not in (None, kind):
        raise unreadable_document(
            name,
            _("its name ends in “%(ending)s”, yet it is %(kind)s.")
            % {"ending": extension, "kind": described[kind]},
            _("Make sure that it is the file you meant, give it its true ending, and try again."),
        )


def _sniff_content(data: bytes) -> tuple[str | None, str]:
    """What the bytes are: a kind that is read, or None and a sentence on what they are instead."""
    if b"%PDF-" in data[:1024]:
        return "pdf", ""
    if data.startswith(b"PK\x03\x04"):
        return _sniff_package(data)
    if data.startswith(OLE_SIGNATURE):
        return None, _sniff_old_office(data)
    if (
        data.startswith(IMAGE_SIGNATURES)
        or data[8:12] == b"WEBP"
        or data[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1")
    ):
        return None, _("it is a picture. A scan has to go through text recognition first.")
    if data.startswith(ARCHIVE_SIGNATURES):
        return None, _("it is an archive. Take the document out of it first.")
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return None, _("it is in the RTF format.")
    if head.startswith((b"<!doctype html", b"<html", b"<svg")):
        return None, _("it is a web page or an XML file.")
    plain = data[:4096].replace(b"\0", b"")  # UTF-16 has a zero byte in each letter of the markup
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and AKN_ROOT.search(plain):
        return "xml", ""
    if head.startswith(b"<?xml"):
        return None, _("it is a web page or an XML file.")
    return "text", ""


def _sniff_old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("it is protected by a password. Remove the password first.")
    if "WordDocument".encode("utf-16-le") in data:
        return _("it is in the old .doc format.")
    if "Workbook".encode("utf-16-le") in data:
        return _("it is a spreadsheet, and a document was expected.")
    return _("it is in an old Office format.")


def _sniff_package(data: bytes) -> tuple[str | None, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            declared = package.read("mimetype") if _has_part(parts, "mimetype", 200) else b""
    except Exception:  # zipfile raises many kinds on hostile bytes
        return None, _("it is damaged: it starts like a Word document but cannot be unpacked.")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return None, _("unpacked, it is larger than a document can be.")
    if _has_part(parts, "word/document.xml"):
        return "docx", ""
    mimetype = declared.decode("ascii", "replace")
    folders = {part.filename.partition("/")[0] for part in parts if "/" in part.filename}
    if "xl" in folders or "spreadsheet" in mimetype:
        return None, _("it is a spreadsheet, and a document was expected.")
    if "ppt" in folders or "presentation" in mimetype:
        return None, _("it is a presentation, and a document was expected.")
    if "opendocument.text" in mimetype:
        return None, _("it is in the OpenDocument format.")
    return None, _("it is an archive. Take the document out of it first.")


def _has_part(parts: list[zipfile.ZipInfo], name: str, most: int = MAX_UNPACKED) -> bool:
    return any(part.filename == name and part.file_size <= most for part in parts)
