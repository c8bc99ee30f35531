"""What is no table, or too much of one, is refused in plain words; just below each limit it is
read.
"""

import io
import struct
import unicodedata
import zipfile
from functools import cache
from time import perf_counter, process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from splot.documents.intake import sandbox
from splot.documents.intake.limits import MAX_BYTES
from splot.documents.spreadsheets import UnreadableDocument, read_sheets
from splot.documents.spreadsheets.grid import MAX_COLUMNS, MAX_ROWS
from splot.table_import.parser import parse_file_sandboxed
from tests.documents.spreadsheets import make_ods, make_xlsx, with_part, with_sheet
from tests.documents.test_files import OLE, PNG, package, word

XLSX = make_xlsx([["a", "b"], [1, 2]])
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FILEPASS = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x06\x00"


def at(reference):
    """A sheet with a word in one place."""
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return with_sheet(
        f'<row r="{digits}"><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row>'
    )


def bomb(size):
    return with_part(XLSX, SHEET, b"<x>" + b" " * size + b"</x>")


def lying_bomb():
    """A package whose directory says that a sheet is small, while it unpacks to 80 MB."""
    data = bytearray(bomb(80 * 1024 * 1024))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(data)


def encrypted_zip():
    data = bytearray(XLSX)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def ods(rows):
    return make_ods(f'<table:table table:name="Plan">{rows}</table:table>')


ENTITY = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData><row r="1">'
ENTITY += '<c r="A1" t="inlineStr"><is><t>jawne &a;</t></is></c></row></sheetData></worksheet>'
TWO_WAYS = "table:table-row table:number-rows-repeated"

REFUSED = {
    "empty": (b"", "a.xlsx", "no table"),
    "only white space": (b" \n;\n", "a.csv", "no table"),
    "empty workbook": (make_xlsx([[" "]]), "a.xlsx", "no table"),
    "too big": (b"a;" * (MAX_BYTES // 2 + 1), "a.csv", "11 MB"),
    "zip bomb": (bomb(60 * 1024 * 1024), "a.xlsx", "larger than a spreadsheet"),
    "zip bomb that lies": (lying_bomb(), "a.xlsx", "damaged"),
    "many parts": (package(**{f"p{number}": "" for number in range(10_001)}), "a.xlsx", "larger than a spreadsheet"),
    "protected workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "protected with a password"),
    "protected old workbook": (OLE + "Workbook".encode("utf-16-le") + FILEPASS, "a.xls", "protected with a password"),
    "protected open document": (
        make_ods("", manifest="<m><manifest:encryption-data/></m>"), "a.ods", "protected with a password"
    ),
    "protected archive": (encrypted_zip(), "a.xlsx", "protected with a password"),
    "old workbook": (OLE + "Workbook".encode("utf-16-le"), "a.xls", "damaged"),
    "binary workbook": (package(xl__workbook_bin=b"x"), "a.xlsb", r"\.xlsb"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", r"\.doc"),
    "PDF": (b"%PDF-1.7", "a.pdf", "PDF"),
    "picture": (PNG, "a.png", "picture"),
    "web page named as a workbook": (b"<html><p>a</p>", "a.xls", "web page"),
    "archive": (package(plan_csv="a;b"), "a.zip", "archive"),
    "open text": (package(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", "not a spreadsheet"),
    "workbook named as CSV": (XLSX, "a.csv", r"ends in “\.csv”, yet it is an Excel workbook"),
    "CSV named as a workbook": (b"a;b\n1;2\n", "a.xlsx", "plain text"),
    "Word named as a workbook": (word(), "a.xlsx", "a Word document"),
    "Word without tables": (word(), "a.docx", "no table"),
    "unknown ending": (b"a;b", "a.exe", r"“\.exe”"),
    "damaged package": (XLSX[: len(XLSX) // 2], "a.xlsx", "damaged"),
    "sheet that is no XML": (with_part(XLSX, SHEET, "<worksheet"), "a.xlsx", "damaged"),
    "external entity": (with_part(XLSX, SHEET, ENTITY), "a.xlsx", "damaged"),
    "entity in UTF-16": (with_part(XLSX, SHEET, ENTITY.encode("utf-16")), "a.xlsx", "damaged"),
    "a reference that is none": (with_sheet('<row r="1"><c r="AAAA1"><v>1</v></c></row>'), "a.xlsx", "damaged"),
    "a string that is not there": (with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "a.xlsx", "damaged"),
    "1,001 columns": (b";".join([b"x"] * 1001), "a.csv", "as far as column 201; the most is 200 columns"),
    "100,000 rows": (b"x;y\n" * 100_000, "a.csv", "down to row 20001; the most is 20000 rows"),
    "row 20,001": (at(f"A{MAX_ROWS + 1}"), "a.xlsx", "down to row 20001"),
    "the last row": (at("A1048576"), "a.xlsx", "down to row 1048576"),
    "column 201": (at("GS1"), "a.xlsx", "column 201"),
    "an endless open document": (
        ods('<table:table-row table:number-rows-repeated="999999999999"><table:table-cell><text:p>x</text:p>'
            "</table:table-cell></table:table-row>"), "a.ods", "20000 rows"
    ),
    "a wide open document": (
        ods('<table:table-row><table:table-cell table:number-columns-repeated="99999999999"><text:p>x</text:p>'
            "</table:table-cell></table:table-row>"), "a.ods", "200 columns"
    ),
    "many full merges": (
        with_sheet(
            f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{MAX_ROWS}"><c r="GR{MAX_ROWS}"><v>1</v></c></row>',
            after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 50_000 + "</mergeCells>"), "a.xlsx", "cells"
    ),
    "junk": (bytes(range(256)) * 8, "a.csv", "encoding"),
    "Greek in an old code page": ("Πολιτική ένταξης μεταναστών;ναι".encode("cp1253"), "a.csv", "encoding"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(case):
    data, name, reason = REFUSED[case]
    start = process_time()
    with pytest.raises(UnreadableDocument, match=reason) as refusal:
        read_sheets(data, name)
    assert process_time() - start < 10
    message = str(refusal.value)
    assert message.startswith(f"“{name}” cannot be read: ") and "Nothing was saved." in message


FILLED = '<row r="{0}"><c r="{1}{0}"><v>7</v></c></row>'
READ = {  # the controls: the same, within the limits
    "49 MB": bomb(1) and with_part(XLSX, "xl/media/x.bin", b" " * 49 * 1024 * 1024),
    "the last row": with_sheet(FILLED.format(MAX_ROWS, "A")),
    "the last column": with_sheet(FILLED.format(1, "GR")),
    "a plain sheet": with_sheet(FILLED.format(1, "A")),
    "formatted to the end": with_sheet(
        FILLED.format(1, "A") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
    "spaces at the end": with_sheet(
        FILLED.format(1, "A")
        + '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    ),
}


@pytest.mark.parametrize("case", READ)
def test_within_the_limits_it_is_read(case):
    rows = read_sheets(READ[case], "a.xlsx").sheets[0].rows
    assert len(rows) <= MAX_ROWS and len(rows[-1]) <= MAX_COLUMNS
    assert rows[-1][-1].text == ("b" if case == "49 MB" else "7") or case == "49 MB"


@pytest.mark.slow
def test_every_row_may_be_formatted():
    """A sheet painted to its end by a clumsy hand: a million rows without a word."""
    rows = FILLED.format(1, "A") + "".join(f'<row r="{number}"/>' for number in range(2, 1_048_577))
    start = process_time()
    assert len(read_sheets(with_sheet(rows), "a.xlsx").sheets[0].rows) == 1
    assert process_time() - start < 20


def test_as_many_rows_as_may_be():
    assert len(read_sheets(b"x;y\n" * MAX_ROWS, "a.csv").sheets[0].rows) == MAX_ROWS


def test_an_open_document_with_a_document_type_is_refused():
    plain = ods(
        "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    )
    assert read_sheets(plain, "a.ods").sheets[0].rows[0][0].text == "x"
    with zipfile.ZipFile(io.BytesIO(plain)) as opened:
        content = opened.read("content.xml").decode()
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + number)} "{f"&{chr(97 + number)};" * 10}">' for number in range(9)
    )
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_sheets(
            with_part(plain, "content.xml", laughs + "]>" + content.replace(">x<", ">&j;<")),
            "a.ods",
        )


def test_the_process_of_its_own_has_limits(monkeypatch):
    start, usual = perf_counter(), sandbox.SECONDS
    with pytest.raises(UnreadableDocument, match=r"too long or too much memory.*Divide it"):
        monkeypatch.setattr(sandbox, "SECONDS", 0.05)
        parse_file_sandboxed(XLSX, "a.xlsx")
    assert perf_counter() - start < usual


def test_a_refusal_comes_out_of_the_process_in_words():
    with pytest.raises(UnreadableDocument, match="cannot be read: it is protected with a password"):
        parse_file_sandboxed(OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx")


@settings(max_examples=400, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.csv", "a.xlsx", "a.ods", "a.docx", "a", "a.tsv", "a.xls"]),
)
def test_any_bytes_are_read_or_refused(data, name):
    try:
        assert read_sheets(data, name).sheets
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300))
@example("\ufa15")
def test_separated_values_keep_every_word(text):
    try:
        book = read_sheets(text.encode(), "a.csv")
    except UnreadableDocument:
        return
    read = "".join(cell.text for cell in book.sheets[0].cells())
    composed = unicodedata.normalize("NFC", text)  # as every text that comes in
    words = [sign for sign in composed.removeprefix("sep=") if sign.isalnum()]
    rest = iter(words)
    assert all(sign in rest for sign in read if sign.isalnum())
    assert sum(map(str.isalnum, read)) == len(words) or "sep=" in text.lower()


@cache
def sound_parts(kind):
    data = XLSX if kind == "xlsx" else ods(
        "<table:table-row><table:table-cell office:value-type='float' "
        "office:value='1'><text:p>1</text:p>"
        "</table:table-cell></table:table-row>" * 3
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["xlsx", "ods"]),
    st.lists(st.tuples(st.floats(0, 0.9999), st.binary(min_size=1, max_size=4) | st.sampled_from([b"99", b"-1", b'"'])),
             min_size=1, max_size=6),
)  # fmt: skip
def test_damaged_files_are_read_or_refused(kind, wounds):
    """Bytes are overwritten in the parts, which are then packed soundly."""
    parts = {name: bytearray(data) for name, data in sound_parts(kind).items()}
    for place, junk in wounds:
        for name in (
            SHEET,
            "xl/workbook.xml",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
            "content.xml",
        ):
            if name in parts:
                start = int(place * len(parts[name]))
                parts[name][start : start + len(junk)] = junk
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in parts.items():
            made.writestr(name, bytes(data))
    try:
        assert read_sheets(buffer.getvalue(), f"a.{kind}").sheets
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)
