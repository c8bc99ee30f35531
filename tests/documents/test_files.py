"""What is no document is refused in plain words; texts in the usual encodings are read."""

import io
import struct
import zipfile
from time import process_time

import pytest

from splot.documents.intake.limits import MAX_BYTES
from splot.documents.readers import UnreadableDocument, read_document
from tests.documents.word import WordFile, with_part

TEXT = "§ 1. Zażółć gęślą jaźń – „miasto” dla wszystkich.\n§ 2. ŹDŹBŁO, ŚWIĄD, ŁÓDŹ.\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def package(**parts):
    """A zip file; double underscores in the names of parts stand for slashes, single ones for
    dots.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), data)
    return buffer.getvalue()


def word(text="§ 1. Treść."):
    made = WordFile()
    made.add(text)
    return made.data()


def bomb(size):
    return with_part(word(), "word/document.xml", b"<x>" + b" " * size + b"</x>")


def lying_bomb():
    """A package whose directory says that the document is small, while it unpacks to 80 MB."""
    data = bytearray(bomb(80 * 1024 * 1024))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


REFUSED = {
    "empty": (b"", "a.txt", "no text"),
    "only white space": (" \n\t \u00a0\n".encode(), "a.txt", "no text"),
    "too big": (b"a" * (MAX_BYTES + 1), "a.txt", "11 MB"),
    "picture": (PNG, "scan.png", "picture"),
    "picture named as a PDF": (PNG, "scan.pdf", "picture"),
    "spreadsheet": (package(xl__workbook_xml="<x/>"), "plan.xlsx", "spreadsheet"),
    "spreadsheet named as a document": (
        package(xl__workbook_xml="<x/>"),
        "plan.docx",
        "spreadsheet",
    ),
    "open spreadsheet": (
        package(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "a.ods",
        "spreadsheet",
    ),
    "comma separated": (b"a;b;c\n1;2;3\n", "plan.csv", "spreadsheet"),
    "open document": (
        package(mimetype="application/vnd.oasis.opendocument.text"),
        "a.odt",
        "OpenDocument",
    ),
    "presentation": (package(ppt__presentation_xml="<x/>"), "a.pptx", "presentation"),
    "archive": (package(act_txt="text"), "a.zip", "archive"),
    "gzip": (b"\x1f\x8b\x08" + bytes(30), "a.gz", "archive"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", r"\.doc format"),
    "protected Word": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
    "old spreadsheet": (OLE + "Workbook".encode("utf-16-le"), "a.xls", "spreadsheet"),
    "rich text": (b"{\\rtf1\\ansi text}", "a.rtf", "RTF"),
    "web page": (b"<!DOCTYPE html><p>text</p>", "a.txt", "web page"),
    "junk": (bytes(range(256)) * 8, "a.txt", "encoding"),
    "damaged UTF-8": (TEXT.encode()[:-3].replace("ą".encode(), b"\xc4"), "a.txt", "encoding"),
    "Greek in an old code page": (
        "Πολιτική ένταξης μεταναστών".encode("cp1253"),
        "a.txt",
        "encoding",
    ),
    "Word named as a PDF": (word(), "a.pdf", "a Word document"),
    "PDF named as Word": (b"%PDF-1.7 x", "a.docx", "a PDF document"),
    "text named as Word": (b"text", "a.docx", "plain text"),
    "unknown ending": (b"text", "a.exe", r"“\.exe”"),
    "damaged package": (word()[:900], "a.docx", "damaged"),
    "document that is no XML": (
        with_part(word(), "word/document.xml", "<w:p"),
        "a.docx",
        "damaged",
    ),
    "empty document": (word(""), "a.docx", "no text"),
    "zip bomb": (bomb(80 * 1024 * 1024), "a.docx", "larger than a document"),
    "zip bomb that lies": (lying_bomb(), "a.docx", "damaged"),
    "many parts": (
        package(**{f"p{at}": "" for at in range(10_001)}),
        "a.docx",
        "larger than a document",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(case):
    data, name, reason = REFUSED[case]
    with pytest.raises(UnreadableDocument, match=reason) as refusal:
        read_document(data, name)
    message = str(refusal.value)
    assert message.startswith(f"“{name}” cannot be read: ")
    assert "Nothing was saved." in message and message.endswith("try again.")


def test_entities_are_not_expanded():
    xml = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}"><w:body>'
        "<w:p><w:r><w:t>jawne &b;&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        words = read_document(with_part(word(), "word/document.xml", xml), "a.docx").words()
    except UnreadableDocument:
        return
    assert words == ["jawne"]


def test_the_name_of_a_file_cannot_spoil_the_message():
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(b"", "../../etc/\u202e\x00" + "x" * 500 + ".txt")
    assert "etc" not in str(refusal.value) and "\u202e" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1250"]
)
def test_the_usual_encodings(encoding):
    assert read_document(TEXT.encode(encoding), "a.txt").words() == TEXT.split()


def test_the_iso_encoding():
    plain = TEXT.replace("–", "-").replace("„", '"').replace("”", '"')
    assert read_document(plain.encode("iso8859-2"), "a.txt").words() == plain.split()


def test_what_an_encoding_mark_leaves_is_listed():
    assert [
        one.what for one in read_document(b"\xef\xbb\xbf\xc2\xa7 1. Text.", "a.txt").cleaned
    ] == ["bom"]


HOSTILE = {
    "spaces": "a" + " " * 2_000_000 + "b",
    "open quotes": "„" * 300_000,
    "brackets": "(" * 300_000,
    "numbers on one line": "1. 1) " * 200_000,
    "sections on one line": "§ 1 § 2 " * 100_000,
    "open marks": "[bookmark: " * 100_000,
    "references": "ust. 1 " * 200_000,
    "tabs": "\t" * 500_000 + "x",
    "wide gaps": "1.\n999.\n" * 20_000,
    "annexes": "Załącznik nr 1\n" * 20_000,
    "dashes": "–\n" * 50_000,
    "open quotations": "„§ 1.\n" * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_take_no_time(case):
    start = process_time()
    read_document(HOSTILE[case].encode(), "a.txt")
    assert process_time() - start < 20
