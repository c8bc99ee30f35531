"""Sniffs the format of a spreadsheet, opens its package within limits, and refuses the rest with a
sentence for people.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _
from lxml import etree

from splot.documents.intake import files
from splot.documents.intake.files import (
    ARCHIVE_SIGNATURES,
    IMAGE_SIGNATURES,
    OLE_SIGNATURE,
    UnreadableDocument,
    display_name,
)

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_PARTS = 10_000
EXTENSIONS = {
    "": None,
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".txt": "delimited",
    ".docx": "docx",
    ".docm": "docx",
}
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def unreadable_spreadsheet(name: str, what: str, advice: str = "") -> UnreadableDocument:
    """The refusal of this file: its name, what is wrong, that nothing was kept, what to do."""
    return files.unreadable_document(
        name, what, advice or _("Save it as .xlsx, .ods or .csv, and try again.")
    )


def damaged_spreadsheet(name: str) -> UnreadableDocument:
    """The refusal of a file of a kind that is read, with something wrong inside."""
    return unreadable_spreadsheet(name, _("it is damaged and cannot be opened."))


def empty_spreadsheet(name: str) -> UnreadableDocument:
    """The refusal of a file with nothing in its cells."""
    return unreadable_spreadsheet(
        name, _("there is no table in it."), _("Choose a file with a table in it, and try again.")
    )


def clean_text(text: str) -> str:
    """Text of a cell: line ends as "\\n", without the control characters that no database keeps."""
    return CONTROL_CHARACTERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def identify_spreadsheet(data: bytes, name: str) -> str:
    """ "xlsx", "ods", "docx" or "delimited"; raises UnreadableDocument for other content or a
    false extension.
    """
    if not data.strip():
        raise empty_spreadsheet(name)
    if len(data) > MAX_BYTES:
        size = {"size": -(-len(data) // (1024 * 1024)), "most": MAX_BYTES // (1024 * 1024)}
        raise unreadable_spreadsheet(
            name,
            _("it has %(size)d MB; the most is %(most)d MB.") % size,
            _("Take the pictures out or divide it into parts, and try again."),
        )
    kind, what, advice = _sniff_content(data)
    if not kind:
        raise unreadable_spreadsheet(name, what, advice)
    _check_extension(name, kind)
    return kind


def _check_extension(name: str, kind: str) -> None:
    described = {
        "xlsx": _("an Excel workbook"),
        "ods": _("an OpenDocument spreadsheet"),
        "docx": _("a Word document"),
        "delimited": _("plain text"),
    }
    extension = PurePath(name.lower().replace("\\", "/")).suffix
    if extension not in EXTENSIONS:
        ending = {"ending": display_name(extension)}
        raise unreadable_spreadsheet(
            name, _("files ending in “%(ending)s” are not read as tables.") % ending
        )
    if EXTENSIONS[extension] not in (None, kind):
        raise unreadable_spreadsheet(
            name,
            _("its name ends in “%(ending)s”, yet it is %(kind)s.")
            % {"ending": extension, "kind": described[kind]},
            _("Make sure that it is the file you meant, give it its true ending, and try again."),
        )


def _sniff_content(data: bytes) -> tuple[str, str, str]:
    """What the bytes are: a kind that is read, or "" with a sentence on what they are instead and
    some advice.
    """
    if data.startswith(b"PK\x03\x04"):
        return _sniff_package(data)
    if data.startswith(OLE_SIGNATURE):
        return "", *_sniff_old_office(data)
    if b"%PDF-" in data[:1024]:
        return "", _("it is a PDF document."), _("Ask for the spreadsheet that it was made from.")
    if (
        data.startswith(IMAGE_SIGNATURES)
        or data[8:12] == b"WEBP"
        or data[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1")
    ):
        return "", _("it is a picture."), _("Ask for the spreadsheet that it was made from.")
    if data.startswith(ARCHIVE_SIGNATURES):
        return "", _("it is an archive. Take the spreadsheet out of it first."), ""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return "", _("it is in the RTF format."), ""
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<svg", b"<table", b"<meta")):
        return (
            "",
            _("it is a web page or an XML file."),
            _("Open it in a spreadsheet program and save it as .xlsx."),
        )
    return "delimited", "", ""


def _sniff_old_office(data: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in data or _has_filepass(data):
        return _password_refusal()
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return _("it is in the old .xls format."), _(
            "Open it in a spreadsheet program and save it as .xlsx."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return _("it is in the old .doc format."), _("Save it as .docx, and try again.")
    return _("it is in an old Office format."), ""


def _has_filepass(data: bytes) -> bool:
    """Whether an .xls stream begins with the records BOF and FILEPASS. Source: [MS-XLS] 2.4.117."""
    records = rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00"
    return re.search(records, data, re.S) is not None


def _password_refusal() -> tuple[str, str]:
    what = _("it is protected with a password.")
    return what, _("Open it, remove the password, save it, and try again.")


def _sniff_package(data: bytes) -> tuple[str, str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
                return "", _("unpacked, it is larger than a spreadsheet can be."), ""
            names = set(package.namelist())
            if _is_encrypted(package, names):
                return "", *_password_refusal()
            mimetype = package.read("mimetype")[:200] if "mimetype" in names else b""
    except Exception:  # zipfile raises many kinds on hostile bytes
        return "", _("it is damaged and cannot be opened."), ""
    return _kind_of_package(names, mimetype.decode("ascii", "replace"))


def _kind_of_package(parts: set[str], mimetype: str) -> tuple[str, str, str]:
    if "opendocument.spreadsheet" in mimetype:
        return "ods", "", ""
    if "word/document.xml" in parts:
        return "docx", "", ""
    if "xl/workbook.bin" in parts:
        return (
            "",
            _("it is in the binary .xlsb format."),
            _("Open it in Excel and save it as .xlsx."),
        )
    if any(part.startswith("xl/") for part in parts):
        return "xlsx", "", ""
    if "opendocument" in mimetype:
        return "", _("it is an OpenDocument file, but not a spreadsheet."), ""
    if "Index/Document.iwa" in parts:
        return "", _("it is in the format of Numbers."), _("Export it as .xlsx, and try again.")
    return "", _("it is an archive. Take the spreadsheet out of it first."), ""


def _is_encrypted(package: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether a part is encrypted, or the manifest of an OpenDocument package tells of it."""
    if any(package.getinfo(name).flag_bits & 1 for name in names):
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in package.read(manifest)


class OfficePackage:
    """The parts of a zipped office file. A part with a document type is refused: entities have no
    place in one.
    """

    def __init__(self, data: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.package.namelist())

    def read(self, part: str) -> io.BytesIO:
        """The bytes of a part. Raises ValueError for one with a document type."""
        data = self.package.read(part)
        if b"<!DOCTYPE" in data[:4096].replace(b"\x00", b""):
            raise ValueError("a part with a document type")
        return io.BytesIO(data)

    def tree(self, part: str) -> etree._Element | None:
        """The root of a part, None without it."""
        if part not in self.names:
            return None
        parser = etree.XMLParser(**SAFE_PARSER_OPTIONS)
        return etree.parse(self.read(part), parser).getroot()


SAFE_PARSER_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": False,
}
