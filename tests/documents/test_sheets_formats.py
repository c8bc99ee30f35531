"""Sections of number formats that count under a condition, and what is drawn so small that it is
hidden.
"""

import openpyxl
import pytest

from splot.documents.spreadsheets import read_sheets
from tests.documents.spreadsheets import one, saved, with_sheet


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (60_000, '[>=1000000]0.0,," mln";0.0," tys."', "60,0 tys."),
        (2_500_000, '[>=1000000]0.0,," mln";[>=1000]0.0," tys.";0', "2,5 mln"),
        (500, '[>=1000000]0.0,," mln";[>=1000]0.0," tys.";0', "500"),
        (-500, '[>=1000000]0.0,," mln";[>=1000]0.0," tys.";0', "-500"),
        (60, "[Red][<0]-0;0", "60"),
        (-5, "[Red][<0]-0;0", "-5"),
        (-5, "[Red][<0]0;0", "-5"),
        (0, '[=0]"brak";0', "brak"),
        (7, "[>=100]0;[<=-100]0", "7"),
    ],
)
def test_a_section_of_a_format_counts_under_its_condition(value, code, text):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = value
    workbook.active["A1"].number_format = code
    read = one(saved(workbook))
    assert (read.text, read.value) == (text, value)


def test_rows_and_columns_drawn_together_are_said_to_be_hidden():
    row = '<row r="{0}"{1}><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'
    inner = row.format(1, "") + row.format(2, ' ht="0" customHeight="1"')
    columns = '<cols><col min="2" max="2" width="0" customWidth="1"/></cols>'
    sheet = read_sheets(with_sheet(inner, columns), "a.xlsx").sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ([2], [2])
