"""What people see in a spreadsheet of LibreOffice is what is read, with the values behind it."""

from datetime import date
from decimal import Decimal

from splot.documents.spreadsheets import read_sheets
from tests.documents.spreadsheets import make_ods, texts

P = "<text:p>{}</text:p>"


def cell(words="", attributes="", inner=""):
    return (
        "<table:table-cell "
        f"{attributes}>{inner}{P.format(words) if words else ''}</table:table-cell>"
    )


def table(rows, name="Plan", more="", columns=""):
    return f'<table:table table:name="{name}" {more}>{columns}{rows}</table:table>'


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_open_documents():
    rows = row(
        cell("12 000 zł", 'office:value-type="currency" office:value="12000"'),
        cell("3 cze 25", 'office:value-type="date" office:date-value="2025-06-03T10:00:00"'),
        cell("PRAWDA", 'office:value-type="boolean" office:boolean-value="true"'),
        cell("słowo", 'office:value-type="string"', "<office:annotation><text:p>uwaga</text:p></office:annotation>"),
        cell("", 'table:formula="of:=SUM([.A1])"'),
    ) + row(
        cell("razem", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>",
        cell("x<text:s text:c='3'/>y"),
        cell("", "", P.format("a") + P.format("b<text:line-break/>c")), more='table:visibility="collapse"'
    )  # fmt: skip
    names = '<table:named-range table:name="p" table:cell-range-address="$Plan.$A$1"/>'
    names = f"<table:named-expressions>{names}</table:named-expressions>"
    meta = '<meta:user-defined meta:name="splot">klucz-2</meta:user-defined>'
    meta = f"<office:document-meta SPACES>{meta}</office:document-meta>"
    hidden = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    tables = table(rows) + table(row(cell("y")), "Ukryty", 'table:style-name="h"')
    book = read_sheets(make_ods(tables, hidden, names, [("meta.xml", meta)]), "a.ods")
    first, second = book.sheets
    assert [one.value for one in first.rows[0]] == [
        Decimal(12000),
        date(2025, 6, 3),
        True,
        "słowo",
        None,
    ]
    assert [one.text for one in first.rows[0][:2]] == ["12 000 zł", "3 cze 25"]
    assert first.rows[0][3].comment == "uwaga" and first.rows[0][4].formula
    assert [one.text for one in first.rows[1][:4]] == ["razem", "razem", "x   y", "a\nb\nc"]
    assert first.rows[1][1].merged_from == (2, 1) and first.hidden_rows == [2]
    assert (second.hidden, book.properties, book.names) == (
        True,
        {"splot": "klucz-2"},
        {"p": "$Plan.$A$1"},
    )


def test_repeated_cells_of_open_documents():
    rows = row(
        cell("a", 'table:number-columns-repeated="3"'),
        cell("", 'table:number-columns-repeated="16381"'),
    )
    rows += row(
        cell("", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="2"'
    )
    rows += row(cell("b"), more='table:number-rows-repeated="2"')
    rows += row(
        cell("", 'table:number-columns-repeated="16384"'),
        more='table:number-rows-repeated="1048571"',
    )
    assert texts(read_sheets(make_ods(table(rows)), "a.ods")) == [
        ["a"] * 3,
        [""] * 3,
        [""] * 3,
        ["b", "", ""],
        ["b", "", ""],
    ]
