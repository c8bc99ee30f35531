"""Content sniffing: what a file is by its bytes, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Set
from dataclasses import dataclass
from enum import Enum, auto

from .limits import MAX_PARTS, MAX_UNPACKED


class FileType(Enum):
    """What a file is."""

    EMPTY = auto()
    TEXT = auto()  # what is nothing else
    AKOMA_NTOSO = auto()
    WEB_PAGE = auto()  # or any other XML
    WEB_TABLE = auto()  # a web page with a table
    XML_SPREADSHEET = auto()  # of Excel 2003
    RTF = auto()
    PDF = auto()
    JPEG = auto()
    PNG = auto()
    WEBP = auto()
    OTHER_PICTURE = auto()
    DOCX = auto()
    XLSX = auto()
    XLSB = auto()
    PPTX = auto()
    ODT = auto()
    ODS = auto()
    ODP = auto()
    OTHER_OPEN_DOCUMENT = auto()
    IWORK = auto()  # Pages, Numbers or Keynote
    DOC = auto()
    XLS = auto()
    OLD_OFFICE = auto()
    ENCRYPTED = auto()
    ARCHIVE = auto()
    DAMAGED_PACKAGE = auto()
    TOO_LARGE_PACKAGE = auto()


PICTURES = (FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.OTHER_PICTURE)
SPREADSHEETS = (FileType.XLSX, FileType.XLSB, FileType.XLS, FileType.ODS)
PRESENTATIONS = (FileType.PPTX, FileType.ODP)

SIGNATURES = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG", FileType.PNG),
    (b"GIF8", FileType.OTHER_PICTURE),
    (b"II*\x00", FileType.OTHER_PICTURE),
    (b"MM\x00*", FileType.OTHER_PICTURE),
    (b"BM", FileType.OTHER_PICTURE),
    (b"\x00\x00\x00\x0cjP", FileType.OTHER_PICTURE),
    (b"\x1f\x8b", FileType.ARCHIVE),
    (b"7z\xbc\xaf", FileType.ARCHIVE),
    (b"Rar!", FileType.ARCHIVE),
    (b"BZh", FileType.ARCHIVE),
    (b"\xfd7zXZ", FileType.ARCHIVE),
    (b"PK\x05\x06", FileType.ARCHIVE),
    (b"PK\x07\x08", FileType.ARCHIVE),
)
PACKAGE_SIGNATURE = b"PK\x03\x04"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIF_BRANDS = (b"ftypheic", b"ftypavif", b"ftypmif1")
WEB_PAGE_BEGINNINGS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<style",
    b"<div",
    b"<svg",
    b"<table",
    b"<meta",
    b"mime-version:",  # a page with its pictures in one file
)
WEB_TABLE = re.compile(rb"<table[\s>]", re.I)
XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
AKN_ROOT = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso[\s>]")  # its root element, whatever the prefix
# what the first part of an OpenDocument package says of it
MEDIA_TYPE_PART = "mimetype"
MAX_MEDIA_TYPE_BYTES = 200
OPEN_DOCUMENT_TYPES = (
    ("opendocument.text", FileType.ODT),
    ("opendocument.spreadsheet", FileType.ODS),
    ("opendocument.presentation", FileType.ODP),
    ("opendocument", FileType.OTHER_OPEN_DOCUMENT),
)


@dataclass(frozen=True)
class SniffedFile:
    """What a file is; of an office package also the names of its parts, and the type that an
    OpenDocument package declares.
    """

    type: FileType
    parts: Set[str] = frozenset()
    media_type: str = ""


def sniff_file(data: bytes) -> SniffedFile:
    """What these bytes are. Nothing of a package is unpacked but what tells its kind."""
    if data.startswith(PACKAGE_SIGNATURE):
        return _sniff_package(data)
    return SniffedFile(_sniff_plain_file(data))


def _sniff_plain_file(data: bytes) -> FileType:
    if not data.strip():
        return FileType.EMPTY
    if b"%PDF-" in data[:1024]:
        return FileType.PDF
    if data.startswith(OLE_SIGNATURE):
        return _sniff_ole_file(data)
    for signature, file_type in SIGNATURES:
        if data.startswith(signature):
            return file_type
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileType.WEBP
    return FileType.OTHER_PICTURE if data[4:12] in HEIF_BRANDS else _sniff_text(data)


def _sniff_text(data: bytes) -> FileType:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return FileType.RTF
    if head.startswith(WEB_PAGE_BEGINNINGS):
        return FileType.WEB_TABLE if WEB_TABLE.search(data) else FileType.WEB_PAGE
    plain = data[:4096].replace(b"\0", b"")  # UTF-16 has a zero byte in each letter of the markup
    markup = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if markup.startswith(b"<") and AKN_ROOT.search(plain):
        return FileType.AKOMA_NTOSO
    if not markup.startswith(b"<?xml"):
        return FileType.TEXT
    if XML_SPREADSHEET in plain:
        return FileType.XML_SPREADSHEET
    is_page = b"<html" in plain.lower() and WEB_TABLE.search(data)
    return FileType.WEB_TABLE if is_page else FileType.WEB_PAGE


def _sniff_ole_file(data: bytes) -> FileType:
    """The Office formats of before 2007, and today's where a password wraps them."""
    if _has_stream(data, "EncryptedPackage") or _has_filepass(data):
        return FileType.ENCRYPTED
    if _has_stream(data, "WordDocument"):
        return FileType.DOC
    is_workbook = _has_stream(data, "Workbook") or _has_stream(data, "Book")
    return FileType.XLS if is_workbook else FileType.OLD_OFFICE


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _has_filepass(data: bytes) -> bool:
    """Whether an .xls stream begins with the records BOF and FILEPASS. Source: [MS-XLS] 2.4.117."""
    records = rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00"
    return re.search(records, data, re.S) is not None


def _sniff_package(data: bytes) -> SniffedFile:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
                return SniffedFile(FileType.TOO_LARGE_PACKAGE)
            names = {part.filename for part in parts}
            if _is_encrypted(package, names):
                return SniffedFile(FileType.ENCRYPTED)
            media_type = _declared_media_type(package, names)
    except Exception:  # zipfile raises many kinds on hostile bytes
        return SniffedFile(FileType.DAMAGED_PACKAGE)
    return SniffedFile(_package_type(names, media_type), names, media_type)


def _is_encrypted(package: zipfile.ZipFile, names: Set[str]) -> bool:
    """Whether a part is encrypted, or the manifest of an OpenDocument package tells of it."""
    if any(part.flag_bits & 1 for part in package.infolist()):
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in package.read(manifest)


def _declared_media_type(package: zipfile.ZipFile, names: Set[str]) -> str:
    if MEDIA_TYPE_PART not in names:
        return ""
    if package.getinfo(MEDIA_TYPE_PART).file_size > MAX_MEDIA_TYPE_BYTES:
        return ""
    return package.read(MEDIA_TYPE_PART).decode("ascii", "replace")


def _package_type(parts: Set[str], media_type: str) -> FileType:
    for declared, file_type in OPEN_DOCUMENT_TYPES:
        if declared in media_type:
            return file_type
    if "word/document.xml" in parts:
        return FileType.DOCX
    if "xl/workbook.bin" in parts:
        return FileType.XLSB
    folders = {part.partition("/")[0] for part in parts if "/" in part}
    if "xl" in folders:
        return FileType.XLSX
    if "ppt" in folders:
        return FileType.PPTX
    return FileType.IWORK if "Index/Document.iwa" in parts else FileType.ARCHIVE
