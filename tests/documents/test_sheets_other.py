"""Tables in old Excel workbooks and in web pages; files that are something else than their name
says.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest

from splot.documents.intake.files import identify_document, identify_spreadsheet
from splot.documents.spreadsheets import UnreadableDocument, read_sheets
from tests.documents.spreadsheets import make_xlsx, texts
from tests.documents.test_files import package

CASES = Path(__file__).parent / "cases"
OLD = (CASES / "s01_old_workbook.xls").read_bytes()
WORD = (CASES / "r01_word.doc").read_bytes()
PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset={0}"></head><body>
<p>Zestawienie zadań</p>
<table><tr><th rowspan=2>Zadanie<th colspan=2>Termin</tr><tr><th>od<th>do</tr>
<tr><td>Kurs <b>języka</b><br>polskiego</td><td>1.02.2024</td><td><s>30.06.2024</s> 31.12.2024</td></tr>
<tr><td>Święto &amp; targi<td><script>alert(1)</script><td></tr></table>
<table><tr><td>A<td>ź</tr></table></body></html>"""


def test_an_old_workbook_is_read_as_it_is_shown() -> None:
    book = read_sheets(OLD, "plan.xls")
    plan, hidden = book.sheets
    assert (plan.name, hidden.name, hidden.hidden) == ("Plan działań", "ukryty", True)
    assert texts(book)[2] == [
        "1",
        "Kurs języka polskiego",
        "Wydział Oświaty",
        "30.06.2024",
        "12 000,50 EUR",
        "25%",
    ]
    course = plan.rows[2]
    assert (course[3].day, course[4].amount) == (date(2024, 6, 30), Decimal("12000.5"))
    assert plan.hidden_rows == [6] and plan.hidden_columns == [6]


def test_what_an_old_workbook_says_without_words() -> None:
    rows = read_sheets(OLD, "plan.xls").sheets[0].rows
    assert (rows[4][1].text, rows[4][1].struck) == ("Festyn", "Festyn")
    assert (rows[4][2].text, rows[4][2].struck) == ("Wydział Kultury", "stary")
    assert rows[5][4].merged_from == (5, 5) and rows[5][4].amount == 500
    assert rows[5][5].value is True
    assert rows[6][1].fill == "FF0000" and rows[6][2].text == "0012"
    assert rows[0][3].merged_from == (1, 1)


@pytest.mark.parametrize("kept", range(0, len(OLD), 397))
def test_half_an_old_workbook_is_refused_with_a_sentence(kept: int) -> None:
    try:
        read_sheets(OLD[:kept], "plan.xls")
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1250", "iso-8859-2", "nonsense"])
def test_a_web_page_named_as_an_old_workbook(charset: str) -> None:
    data = PAGE.format(charset).encode("cp1250" if charset == "nonsense" else charset)
    book = read_sheets(data, "zestawienie.xls")
    assert texts(book) == [
        ["Zadanie", "Termin", "Termin"],
        ["Zadanie", "od", "do"],
        ["Kurs języka\npolskiego", "1.02.2024", "31.12.2024"],
        ["Święto & targi", "", ""],
    ]
    assert book.sheets[0].rows[2][2].struck == "30.06.2024"
    assert texts(book, 1) == [["A", "ź"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr>" + '<td rowspan="20000" colspan="200">x' * 50 + "</table>",
        "<table>" + '<tr><td rowspan="20000">x' * 20_000 + "</table>",
        "<table><tr><td>" * 3000 + "x",
        "<table><tr><td>" + "<div>" * 50_000 + "x",
        "<table>" + "<tr><td>x" * 20_001 + "</table>",
    ],
    ids=["wide", "long", "deep tables", "deep blocks", "many rows"],
)
def test_a_hostile_page_is_read_or_refused_in_words(markup: str) -> None:
    start = process_time()
    try:
        assert read_sheets(markup.encode(), "a.xls").sheets
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)
    assert process_time() - start < 10


@pytest.mark.parametrize(
    "data",
    [make_xlsx([["a", "b"]]), b"a;b\n", "a\tb\n".encode("utf-16")],
    ids=["xlsx", "csv", "tab"],
)
def test_many_systems_give_the_old_name_to_another_table(data: bytes) -> None:
    assert texts(read_sheets(data, "eksport.xls")) == [["a", "b"]]


SPREADSHEET_2003 = b"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>"""
IWORK = package(Index__Document_iwa="x")
OPEN_TEXT = package(mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("data", "name", "as_table", "as_document"),
    [
        (WORD, "r01_word.doc", r"old \.doc format.*Save it as \.docx", r"old \.doc.*as \.docx"),
        (WORD, "plan.xls", r"old \.doc format.*Save it as \.docx", r"old \.doc.*as \.docx"),
        (IWORK, "a.pages", r"Apple.*as \.xlsx", r"Apple.*as \.docx"),
        (IWORK, "a.numbers", r"Apple.*as \.xlsx", r"Apple.*as \.docx"),
        (b"{\\rtf1 a}", "a.rtf", r"RTF.*as \.docx", r"RTF.*as \.docx"),
        (OPEN_TEXT, "a.odt", r"OpenDocument text.*as \.docx", r"OpenDocument.*as \.docx"),
        (SPREADSHEET_2003, "a.xls", r"Excel 2003.*save it as \.xlsx", "a spreadsheet"),
        (b"MIME-Version: 1.0\nContent-Type: x", "a.xls", r"web page.*as \.xlsx", "web page"),
        (b"<html><p>a", "a.xls", r"web page.*as \.xlsx", "web page"),
        (b"", "a.xls", "no table", "no text"),
        (OLD, "a.xlsx", r"ends in “\.xlsx”, yet it is an Excel workbook", "a spreadsheet"),
    ],
)
def test_what_is_something_else_is_told_what_it_is(
    data: bytes, name: str, as_table: str, as_document: str
) -> None:
    with pytest.raises(UnreadableDocument, match=as_table):
        identify_spreadsheet(data, name)
    with pytest.raises(UnreadableDocument, match=as_document):
        identify_document(data, name)
