"""What people see in a spreadsheet is what is read, with the values behind it."""

import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

from splot.core.versioned_json import UnknownJsonVersion
from splot.documents.spreadsheets import read_sheets
from splot.documents.spreadsheets.model import EMPTY, Cell
from splot.documents.spreadsheets.tables import SheetTable, TableRow
from splot.table_import.parser import parse_file, parse_file_sandboxed
from tests.documents.spreadsheets import (
    make_ods,
    make_xlsx,
    one,
    saved,
    texts,
    with_part,
    with_sheet,
)
from tests.documents.word import WordFile

FORMATS = [
    (12000, '# ##0 "zł"', "12 000 zł"),
    (12000, '#\\ ##0\\ "zł"', "12 000 zł"),
    (1234567, '# ##0 "zł"', "1 234 567 zł"),
    (12000, '#,##0 "zł"', "12 000 zł"),
    (12000.5, '#,##0.00\\ "zł"', "12 000,50 zł"),
    (
        12000,
        '_-* #,##0.00\\ "zł"_-;\\-* #,##0.00\\ "zł"_-;_-* "-"??\\ "zł"_-;_-@_-',
        "12 000,00 zł",
    ),
    (0, '_-* #,##0.00\\ "zł"_-;\\-* #,##0.00\\ "zł"_-;_-* "-"??\\ "zł"_-;_-@_-', "- zł"),
    (-5, "#,##0 [$€-407];[Red]-#,##0 [$€-407]", "-5 €"),
    (-5, "0;(0)", "(5)"),
    (-5, "0", "-5"),
    (-5, "0;[Red]0", "-5"),
    (-1234.5, "#,##0.00;(#,##0.00)", "(1 234,50)"),
    (5, "#,##0_);[Red](#,##0)", "5"),
    (1500, "[$$-409]#,##0.00", "$1,500.00"),
    (0.125, "0.0%", "12,5%"),
    (0.5, "0%", "50%"),
    (12000, "General", "12000"),
    (0.1, "General", "0,1"),
    (12.5, "0.##", "12,5"),
    (12, "0.##", "12,"),
    (7, "000", "007"),
    (12000, "#,##0,", "12"),
    (12000, '0.0,"tys."', "12,0tys."),
    (12000, '"brak"', "brak"),
    (12000, ";;;", "12000"),
    (-5.5, "#,##0;;", "-5,5"),
    (1, "0", "1"),
    (2, '0 "os."', "2 os."),
    (12345678901234, "0", "12345678901234"),
    (0.5, "hh:mm", "12:00"),
    (1.5, "[h]:mm", "36:00"),
]


@pytest.mark.parametrize(("value", "code", "text"), FORMATS)
def test_numbers_are_read_as_shown(value, code, text):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = value
    workbook.active["A1"].number_format = code
    read = one(saved(workbook))
    assert (read.text, read.value) == (text, Decimal(str(value)))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("dd.mm.yyyy", "03.06.2025"),
        ("mm-dd-yy", "03.06.2025"),
        ("yyyy-mm-dd", "2025-06-03"),
        ("d/m/yy", "3/6/25"),
        ("d mmmm yyyy", "3 czerwca 2025"),
        ("[$-415]d mmmm yyyy", "3 czerwca 2025"),
        ("[$-409]mmmm d, yyyy", "June 3, 2025"),
        ("[$-422]d mmmm yyyy", "3 червня 2025"),
        ("dd.mm.yyyy hh:mm", "03.06.2025 12:05"),
        ('dd.mm.yyyy" r."', "03.06.2025 r."),
    ],
)
def test_dates_are_read_as_shown(code, text):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = datetime(2025, 6, 3, 12, 5)
    workbook.active["A1"].number_format = code
    read = one(saved(workbook))
    assert (read.text, read.value) == (text, date(2025, 6, 3))


@pytest.mark.parametrize(
    ("code", "text"),
    [("mmmm yyyy", "czerwiec 2025"), ("yyyy", "2025"), ("mm.yyyy", "06.2025"), ("mmm", "cze")],
)
def test_a_month_or_a_year_is_no_day(code, text):
    """What a person sees counts, not the day that was typed for it."""
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = datetime(2025, 6, 3)
    workbook.active["A1"].number_format = code
    read = one(saved(workbook))
    assert (read.text, read.value) == (text, text)
    cell = '<table:table-cell office:value-type="date" office:date-value="2025-06-03">'
    row = f"<table:table-row>{cell}<text:p>{text}</text:p></table:table-cell></table:table-row>"
    read = one(make_ods(f'<table:table table:name="A">{row}</table:table>'), "a.ods")
    assert (read.text, read.value) == (text, text)


@pytest.mark.parametrize("text", ["3.06.2025", "03.06.25", "3 czerwca", "wtorek, 3 czerwca 2025"])
def test_a_day_of_an_open_document_is_one(text):
    cell = '<table:table-cell office:value-type="date" office:date-value="2025-06-03">'
    row = f"<table:table-row>{cell}<text:p>{text}</text:p></table:table-cell></table:table-row>"
    read = one(make_ods(f'<table:table table:name="A">{row}</table:table>'), "a.ods")
    assert (read.text, read.value) == (text, date(2025, 6, 3))


def test_days_that_are_none_stay_words():
    data = with_sheet('<row r="1"><c r="A1" t="d"><v>2024-13-40</v></c></row>')
    assert (one(data).text, one(data).value) == ("2024-13-40", "2024-13-40")


def test_dates_since_1904():
    workbook = openpyxl.Workbook()
    workbook.epoch = datetime(1904, 1, 1)
    workbook.active["A1"] = date(2025, 6, 3)
    workbook.active["A1"].number_format = "dd.mm.yyyy"
    assert one(saved(workbook)).text == "03.06.2025"


def test_merged_cells_repeat_their_words():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (["Obszar", "Budżet", None], ["", 2024, 2025], ["", 1, 2]):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A3")
    rows = read_sheets(saved(workbook), "a.xlsx").sheets[0].rows
    assert [[(cell.text, cell.merged_from) for cell in row[:1]] for row in rows] == [
        [("Obszar", None)], [("Obszar", (1, 1))], [("Obszar", (1, 1))]
    ]  # fmt: skip
    assert [(cell.text, cell.merged_from) for cell in rows[0][1:]] == [
        ("Budżet", None),
        ("Budżet", (1, 2)),
    ]
    assert rows[1][1].value == 2024


def test_comments_properties_names_and_what_is_hidden():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["a", "b"])
    sheet.append(["c", "d"])
    sheet["A1"].comment = Comment("Do poprawy\nw maju", "kadry")
    sheet["B3"].comment = Comment("pusta", "kadry")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = workbook.create_sheet("Słownik")
    other["A1"], other.sheet_state = "x", "veryHidden"
    workbook.custom_doc_props.append(StringProperty(name="splot", value="klucz-1"))
    workbook.defined_names["plan"] = DefinedName("plan", attr_text="Sheet!$A$1:$B$2")
    book = read_sheets(saved(workbook), "a.xlsx")
    first, second = book.sheets
    assert (first.rows[0][0].comment, first.rows[2][1].comment) == ("Do poprawy\nw maju", "pusta")
    assert (first.hidden_rows, first.hidden_columns, first.hidden) == ([2], [2], False)
    assert first.notes == ["1 hidden row was read too.", "1 hidden column was read too."]
    assert first.rows[1][0].text == "c"
    assert (second.name, second.hidden, second.rows[0][0].text) == ("Słownik", True, "x")
    assert book.properties == {"splot": "klucz-1"} and book.names == {"plan": "Sheet!$A$1:$B$2"}


def test_discussions_replace_their_copy_for_old_programs():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "a"
    workbook.active["A1"].comment = Comment("[Threaded comment] Your version of Excel ...", "x")
    data = saved(workbook)
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = with_part(
        data,
        relations,
        f'<Relationships xmlns="{namespace}">'
        '<Relationship Id="r1" Type="a/comments" Target="/xl/comments/comment1.xml"/>'
        '<Relationship Id="r2" Type="b/threadedComment" Target="../threadedComments/t1.xml"/></Relationships>',
    )
    thread = '<c xmlns="t"><threadedComment ref="A1"><text>Kto?</text></threadedComment>'
    thread += '<threadedComment ref="A1"><text>My.</text></threadedComment></c>'
    assert one(with_part(data, "xl/threadedComments/t1.xml", thread)).comment == "Kto?\nMy."


def test_formulas_are_read_and_never_computed():
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>12</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="str"><f>"a"</f><v>a</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1" t="str"><f>cmd|\'/C calc\'!A0</f><v></v></c><c r="F1" t="b"><v>1</v></c></row>'
    )
    sheet = read_sheets(with_sheet(rows), "a.xlsx").sheets[0]
    result, uncounted, words, error, empty, yes = sheet.rows[0]
    assert (result.value, result.formula) == (12, True)
    assert (uncounted.value, uncounted.formula, uncounted.text) == (None, True, "")
    assert (words.text, error.error, error.value, empty.text) == ("a", "#DIV/0!", None, "")
    assert (yes.value, yes.text) == (True, "PRAWDA")
    assert sheet.notes == [
        "1 cell has a formula without a stored result; formulas are not computed.", "1 cell shows an error."
    ]  # fmt: skip


def test_openpyxl_leaves_no_results():
    cell = one(make_xlsx([["=1+1", "x"]]))
    assert (cell.formula, cell.value, cell.text) == (True, None, "")


def test_texts_in_cells():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>jeden </t></r><r><t>dwa</t></r><rPh><t>x</t></rPh></is></c>'
        '<c t="inlineStr"><is><t>a_x000D_\nb_x0007_c</t></is></c><c r="C1"><v>1.20E4</v></c>'
        '<c r="D1" t="d"><v>2025-06-03T12:05:00</v></c><c r="E1"><v>1e400</v></c></row>'
    )
    read = read_sheets(with_sheet(rows), "a.xlsx").sheets[0].rows[0]
    assert [cell.text for cell in read[:4]] == ["jeden dwa", "a\nbc", "12000", "03.06.2025 12:05"]
    assert (read[2].value, read[3].value) == (12000, date(2025, 6, 3))


def test_macros_are_ignored_and_said():
    data = with_part(make_xlsx([["a"]]), "xl/vbaProject.bin", b"macro")
    assert read_sheets(data, "a.xlsm").notes == ["The file has macros; they were ignored."]
    assert read_sheets(make_xlsx([["a"]]), "a.xlsx").notes == []


def test_the_strict_form_of_the_format():
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    data = make_xlsx([["a", 5]])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, content in parts.items():
        data = with_part(data, name, content.replace(old, new))
    assert texts(read_sheets(data, "a.xlsx")) == [["a", "5"]]


def test_tables_of_word_documents():
    document = docx.Document()
    document.add_paragraph("Plan")
    first = document.add_table(3, 3)
    first.cell(0, 0).merge(first.cell(0, 2)).text = "Obszar 1"
    first.cell(1, 0).merge(first.cell(2, 0)).text = "Kursy"
    first.cell(1, 1).text, first.cell(2, 2).text = "a\nb", "c"
    document.add_table(1, 1).cell(0, 0).text = "druga"
    buffer = io.BytesIO()
    document.save(buffer)
    book = read_sheets(buffer.getvalue(), "plan.docx")
    assert texts(book) == [["Obszar 1"] * 3, ["Kursy", "a\nb", ""], ["Kursy", "", "c"]]
    assert book.sheets[0].rows[2][0].merged_from == (2, 1) and book.sheets[0].rows[0][
        2
    ].merged_from == (1, 1)
    assert texts(book, 1) == [["druga"]] and [sheet.name for sheet in book.sheets] == [
        "Table 1",
        "Table 2",
    ]


def test_numbers_and_changes_in_the_cells_of_word():
    made = WordFile()
    items = made.define_list(("decimal", "1.%1"))
    table = made.document.add_table(2, 2)
    for number, words in enumerate(("Kursy", "Punkt")):
        paragraph = made.add(words, items)
        table.cell(number, 0)._tc.append(paragraph._p)
    changed = made.add("zostaje ")
    made.delete(changed, "skreślone")
    table.cell(0, 1)._tc.append(changed._p)
    book = read_sheets(made.data(), "plan.docx")
    assert texts(book) == [["1.1 Kursy", "zostaje"], ["1.2 Punkt", ""]]
    assert book.notes == ["The file keeps track of changes; deleted words were left out."]


CELLS = st.sampled_from(
    [EMPTY, Cell("a", "a"), Cell("1", Decimal(1)), Cell("PRAWDA", True), Cell("", None, None, True)]
)
CELLS |= st.builds(
    Cell,
    st.text(),
    st.dates() | st.decimals(allow_nan=False) | st.text(),
    st.just((1, 2)),
    comment=st.text(),
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4))
def test_a_table_survives_the_way_between_processes_and_into_the_database(rows):
    kinds = [TableRow(at, "data", cells, ["x"]) for at, cells in enumerate(rows, 2)]
    table = SheetTable(["t"], ["a", "", "c"], kinds, [1, 2, 4], 1, "Plan", ["n"])
    assert SheetTable.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_a_table_of_a_later_version_is_refused():
    kept = SheetTable([], ["a"], [], [1]).to_json() | {"version": 2}
    with pytest.raises(UnknownJsonVersion, match="version 2, and this release reads version 1"):
        SheetTable.from_json(kept)


def test_a_process_of_its_own_reads_the_same():
    rows = [["Zażółć", "Kwota"], ["a", 12000, date(2025, 6, 3), True], [None, "=1+1"]]
    data = make_xlsx(rows)
    assert parse_file_sandboxed(data, "../plan\x00.xlsx") == parse_file(data, "plan.xlsx")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.integers(-(10**14), 10**14)
            | st.dates(date(1950, 1, 1))
            | st.text("ąb c\n=x", min_size=1)
        ),
        min_size=1,
    )
)
def test_what_was_written_is_read(rows):
    workbook = openpyxl.Workbook()
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            target = workbook.active.cell(number, column)
            target.value = value
            target.data_type = "s" if isinstance(value, str) else target.data_type
    if not any(str(value).strip() for values in rows for value in values):
        return
    read = read_sheets(saved(workbook), "a.xlsx").sheets[0].rows
    for number, values in enumerate(rows):
        for column, value in enumerate(values):
            if str(value).strip():
                assert read[number][column].value == value
