"""What cells say by other means than words: struck out, coloured. In every format."""

import io
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from splot.documents.spreadsheets import Cell, read_sheets
from tests.documents.spreadsheets import make_ods, saved

GREEN, RED = "FF00B050", "FFFF0000"
FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"


def cells_of(data: bytes, name: str) -> list[list[Cell]]:
    return read_sheets(data, name).sheets[0].rows


def struck_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    gone, stays = TextBlock(InlineFont(strike=True), "30.06.2024"), " 31.12.2024"
    sheet.append(["Festyn", CellRichText(gone, stays), 99])
    sheet["A1"].font = sheet["C1"].font = Font(strike=True)
    return saved(book)


def struck_ods() -> bytes:
    line = 'style:text-line-through-style="solid"'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}">'
        f"<style:text-properties {line}/></style:style>"
        for name, family in (("cell", "table-cell"), ("span", "text"))
    )
    gone = '<text:span text:style-name="span">30.06.2024</text:span>'
    struck = 'table:style-name="cell"'
    return make_ods(
        '<table:table table:name="a"><table:table-row>'
        f"<table:table-cell {struck}><text:p>Festyn</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{gone} 31.12.2024</text:p></table:table-cell>"
        f'<table:table-cell {struck} office:value-type="float" office:value="99">'
        "<text:p>99</text:p></table:table-cell></table:table-row></table:table>",
        styles,
    )


def struck_docx() -> bytes:
    document = docx.Document()
    cells = document.add_table(1, 3).rows[0].cells
    for cell, words in zip(cells, ("Festyn", "30.06.2024", "99"), strict=True):
        cell.paragraphs[0].add_run(words).font.strike = True
    cells[1].paragraphs[0].add_run(" 31.12.2024")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "make"), [("a.xlsx", struck_xlsx), ("a.ods", struck_ods), ("a.docx", struck_docx)]
)
def test_words_that_are_struck_out_are_told_from_the_others(name: str, make: Any) -> None:
    (row,) = cells_of(make(), name)
    assert [(cell.text.strip(), cell.struck) for cell in row] == [
        ("Festyn", "Festyn"),
        ("31.12.2024", "30.06.2024"),
        ("99", "99"),
    ]


def coloured(*columns: list[str]) -> list[list[Cell]]:
    """The rows of a workbook with a task each, and beside it empty cells of these colours."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Zadanie", *(f"Stan {at}" for at in range(len(columns)))])
    for at, colours in enumerate(zip(*columns, strict=True), 2):
        sheet.cell(at, 1, f"Zadanie {at}")
        for column, colour in enumerate(colours, 2):
            if colour:
                sheet.cell(at, column).fill = PatternFill("solid", fgColor=colour)
    sheet.cell(1, len(columns) + 2, "Uwagi")
    return cells_of(saved(book), "a.xlsx")


def test_a_colour_that_differs_from_row_to_row_is_kept() -> None:
    rows = coloured([GREEN, RED, ""], [GREEN, "", GREEN])
    assert [[bool(cell.fill) for cell in row[1:3]] for row in rows[1:]] == [
        [True, True],
        [True, False],
        [False, True],
    ]


def test_a_colour_that_all_cells_of_a_column_or_a_row_have_is_design() -> None:
    assert not any(cell.fill for row in coloured([GREEN, GREEN, GREEN]) for cell in row)
    book = openpyxl.Workbook()
    book.active.append(["Zadanie", "Stan", "Uwagi"])
    book.active.append(["Kurs", None, "x"])
    book.active.append(["Targi", None, "x"])
    for cell in book.active[2]:
        cell.fill = PatternFill("solid", fgColor=GREEN)
    assert not any(cell.fill for row in cells_of(saved(book), "a.xlsx") for cell in row)


def test_a_colour_in_an_opendocument_sheet_is_kept() -> None:
    style = (
        '<style:style style:name="green" style:family="table-cell"><style:table-cell-properties '
        f'xmlns:fo="{FO}" fo:background-color="#00b050"/></style:style>'
    )
    words = "<table:table-cell><text:p>Kurs</text:p></table:table-cell>"
    green, plain = '<table:table-cell table:style-name="green"/>', "<table:table-cell/>"
    rows = "".join(
        f"<table:table-row>{words}{cell}{words}</table:table-row>" for cell in (green, plain)
    )
    data = make_ods(f'<table:table table:name="a">{rows}</table:table>', style)
    assert [row[1].fill for row in cells_of(data, "a.ods")] == ["#00b050", ""]


def test_marks_survive_the_way_into_the_database() -> None:
    for cell in (Cell("a", "a", struck="a"), Cell(fill=GREEN), Cell("b", "b", struck="c")):
        assert Cell.from_json(cell.to_json()) == cell
