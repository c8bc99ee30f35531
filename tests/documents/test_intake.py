"""What a file is is told in one place, whoever it was sent to."""

import re
from pathlib import Path

import pytest

from splot.documents.intake.files import identify_document, identify_spreadsheet
from splot.documents.intake.refusals import UnreadableDocument
from splot.documents.intake.sniffing import FileType, sniff_file
from tests.documents.spreadsheets import make_ods, make_xlsx
from tests.documents.test_files import OLE, PNG, package, word

OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
TYPES = {
    FileType.EMPTY: b" \n\t",
    FileType.TEXT: "Zażółć".encode("utf-16"),
    FileType.AKOMA_NTOSO: "<akomaNtoso >".encode("utf-16"),
    FileType.WEB_PAGE: b"\n<html><p>a",
    FileType.WEB_TABLE: b"\n<table><tr><td>a",
    FileType.XML_SPREADSHEET: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    FileType.RTF: b"{\\rtf1",
    FileType.PDF: b"junk before %PDF-1.7",
    FileType.JPEG: b"\xff\xd8\xff\xe0",
    FileType.PNG: PNG,
    FileType.WEBP: b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    FileType.OTHER_PICTURE: b"\x00\x00\x00\x18ftypheic",
    FileType.DOCX: word(),
    FileType.XLSX: make_xlsx([["a"]]),
    FileType.XLSB: package(xl__workbook_bin="x"),
    FileType.PPTX: package(ppt__presentation_xml="x"),
    FileType.ODT: package(mimetype=f"{OPEN_DOCUMENT}text"),
    FileType.ODS: make_ods(""),
    FileType.ODP: package(mimetype=f"{OPEN_DOCUMENT}presentation"),
    FileType.OTHER_OPEN_DOCUMENT: package(mimetype=f"{OPEN_DOCUMENT}graphics"),
    FileType.IWORK: package(Index__Document_iwa="x"),
    FileType.DOC: OLE + "WordDocument Book".encode("utf-16-le"),
    FileType.XLS: OLE + "Book".encode("utf-16-le"),
    FileType.OLD_OFFICE: OLE,
    FileType.ENCRYPTED: OLE + "EncryptedPackage".encode("utf-16-le"),
    FileType.ARCHIVE: package(act_txt="x", mimetype=f"{OPEN_DOCUMENT}text" + " " * 200),
    FileType.DAMAGED_PACKAGE: word()[:500],
    FileType.TOO_LARGE_PACKAGE: package(**{f"p{number}": "" for number in range(10_001)}),
}


@pytest.mark.parametrize("file_type", FileType)
def test_every_type_is_told_by_its_content(file_type):
    assert sniff_file(TYPES[file_type]).type is file_type


def test_what_only_looks_like_a_picture_is_text():
    assert sniff_file(b"Act on WEBP pictures").type is FileType.TEXT


@pytest.mark.parametrize("identify", [identify_document, identify_spreadsheet])
@pytest.mark.parametrize("file_type", FileType)
def test_every_type_is_read_or_refused_with_a_sentence(identify, file_type):
    try:
        assert identify(TYPES[file_type], "a") in (
            "text",
            "docx",
            "pdf",
            "xml",
            "xlsx",
            "ods",
            "delimited",
            "xls",
            "html",
        )
    except UnreadableDocument as refusal:
        assert re.fullmatch(r"“a” cannot be read: .+\. Nothing was saved\. .+\.", str(refusal))


def test_nothing_else_knows_signatures_of_files():
    folder = Path(__file__).resolve().parents[2] / "splot"
    signatures = re.compile(r"""b"(PK\\x03|%PDF-|\\x89PNG|\\xff\\xd8|\\xd0\\xcf|Rar!)""")
    knowing = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if signatures.search(path.read_text("utf-8"))
    }
    # an attachment is given to others, and has to be whole
    assert knowing == {"documents/intake/sniffing.py", "documents/intake/attachments.py"}
