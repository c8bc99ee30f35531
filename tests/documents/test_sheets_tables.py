"""Tables are found as people lay them out: titles, headings of two rows, groups, sums, notes."""

import io
import json
from time import process_time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.spreadsheets import Cell, Sheet, read_sheets
from splot.documents.spreadsheets.finding import find_tables
from splot.documents.spreadsheets.model import EMPTY
from splot.documents.spreadsheets.tables import SheetTable
from splot.parsing.periods import Period
from tests.documents.spreadsheets import saved

HEADER = ["Lp.", "Zadanie", "Termin", "Odpowiedzialny", "Koszt"]


def sheet(rows, merges=()):
    """A sheet as openpyxl writes and we read it."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for merge in merges:
        workbook.active.merge_cells(merge)
    return read_sheets(saved(workbook), "a.xlsx").sheets[0]


def kinds(table):
    return [(row.number, row.kind) for row in table.rows]


def test_a_plain_table():
    (table,) = find_tables(
        sheet([HEADER, [1, "Kursy", "2024", "MOPS", 12000], [2, "Punkt", "2025", "MOPR", 5]])
    )
    assert (table.title_rows, table.header, table.columns) == ([], HEADER, [1, 2, 3, 4, 5])
    assert kinds(table) == [(2, "data"), (3, "data")] and table.header_row == 1
    assert table.rows[0].cells[4].value == 12000 and table.rows[0].group == []


def test_a_sum_that_is_only_about_so_much_is_a_sum():
    head = ["Lp.", "Zadanie", "Kto", "Budżet (zł)"]
    rows = [
        head,
        [1, "Kurs", "MOPS", "ok. 12 000"],
        [2, "Punkt", "MOPS", "do 3 000"],
        ["Razem", None, None, "ok. 15 000 zł"],
    ]
    (table,) = find_tables(sheet(rows))
    assert [row.kind for row in table.rows] == ["data", "data", "sum"]


def test_a_row_that_begins_like_a_sum_is_one_only_where_it_adds_up():
    rows = [
        ["Zadanie", "Kto", "Budżet (zł)"],
        ["Kurs", "MOPS", 100],
        ["Punkt", "MOPS", 50],
        ["Suma doświadczeń – wystawa", None, 300],
        ["Razem miasto", None, 450],
        ["Razem koszty", None, 460],
        ["Suma", None, 470],
    ]
    (table,) = find_tables(sheet(rows))
    assert [row.kind for row in table.rows] == ["data", "data", "data", "sum", "sum", "sum"]


def test_titles_groups_sums_and_notes():
    rows = [
        ["Załącznik nr 1", None, None, None, "wersja 2"],
        ["Plan wdrożenia na lata 2024-2025"],
        [],
        HEADER,
        [1, 2, 3, 4, 5],
        ["Obszar 1. Edukacja"],
        ["Cel 1.1 Szkoły"],
        [1, "Kursy", "2024", "MOPS", 12000],
        [],
        [2, "Szkolenia", "2024", "MOPS", 3000],
        ["Cel 1.2 Dorośli"],
        [3, "Kursy", "2024", "MOPS", 12000],
        ["Razem obszar 1", None, None, None, 27000],
        ["Obszar 2. Zdrowie"],
        [4, "Punkt", "2024", "MOPS", 12000],
        HEADER,
        [5, "Razem dla integracji", "2024", "MOPS", 1],
        ["Ogółem", None, None, None, "39 000 zł"],
        [],
        ["* kwoty brutto"],
        ["Źródło: wydział"],
    ]
    (table,) = find_tables(sheet(rows, ["A2:E2", "A6:E6"]))
    assert table.title_rows == ["Załącznik nr 1 wersja 2", "Plan wdrożenia na lata 2024-2025"]
    assert table.header == HEADER and table.header_row == 4
    assert kinds(table) == [
        (5, "header"), (6, "group"), (7, "group"), (8, "data"), (10, "data"), (11, "group"), (12, "data"), (13, "sum"),
        (14, "group"), (15, "data"), (16, "header"), (17, "data"), (18, "sum"), (20, "note"), (21, "note"),
    ]  # fmt: skip
    groups = {row.number: row.group for row in table.rows}
    assert groups[8] == groups[10] == ["Obszar 1. Edukacja", "Cel 1.1 Szkoły"]
    assert groups[12] == ["Obszar 1. Edukacja", "Cel 1.2 Dorośli"]
    assert groups[15] == groups[17] == ["Obszar 2. Zdrowie"]


@pytest.mark.parametrize("merges", [["C1:D1", "A1:A2", "B1:B2", "E1:E2"], []])
def test_headings_of_two_rows(merges):
    rows = [
        ["Lp.", "Zadanie", "Budżet", None, "Uwagi"],
        [None, None, 2024, 2025, None],
        [1, "Kursy", 1, 2, "x"],
    ]
    (table,) = find_tables(sheet(rows, merges))
    assert table.header == ["Lp.", "Zadanie", "Budżet / 2024", "Budżet / 2025", "Uwagi"]
    assert kinds(table) == [(3, "data")]


def test_a_first_row_of_data_is_no_heading():
    rows = [["Lp.", "Zadanie", "Opis"], [1, "Kursy", "dla dzieci"], [2, "Punkt", "dla wszystkich"]]
    (table,) = find_tables(sheet(rows))
    assert kinds(table) == [(2, "data"), (3, "data")]
    rows = [["Zadanie", "Opis", None], ["Kursy", "dla dzieci", "x"], ["Punkt", "informacja", None]]
    assert find_tables(sheet(rows))[0].header == ["Zadanie", "Opis", ""]


def test_groups_in_merged_cells_at_the_side():
    rows = [
        ["Obszar", "Zadanie", "Koszt"],
        ["Edukacja", "Kursy", 1],
        [None, "Szkolenia", 2],
        [None, None, None],
    ]
    (table,) = find_tables(sheet([*rows, ["Zdrowie", "Punkt", 3]], ["A2:A4"]))
    assert kinds(table) == [(2, "data"), (3, "data"), (5, "data")]
    assert [row.cells[0].text for row in table.rows] == ["Edukacja", "Edukacja", "Zdrowie"]


def test_groups_with_a_code_of_their_own():
    rows = [
        HEADER,
        ["I", "Edukacja"],
        [1, "Kursy", "2024", "MOPS", 1],
        ["II", "Zdrowie"],
        [2, "Punkt", "b.d.", "x", 2],
    ]
    (table,) = find_tables(sheet([*rows, [3, "Bez terminu"]]))
    assert [kind for _number, kind in kinds(table)] == ["group", "data", "group", "data", "data"]
    assert [row.group for row in table.rows if row.kind == "data"] == [
        ["I Edukacja"],
        ["II Zdrowie"],
        ["II Zdrowie"],
    ]


def test_groups_without_a_word_of_their_own_follow_one_another():
    rows = [HEADER, ["Edukacja"], [1, "a", "b", "c", 1], ["Zdrowie"], [2, "a", "b", "c", 1]]
    (table,) = find_tables(sheet(rows))
    assert [row.group for row in table.rows if row.kind == "data"] == [["Edukacja"], ["Zdrowie"]]


def test_two_tables_on_a_sheet():
    rows = [
        HEADER,
        [1, "Kursy", "2024", "MOPS", 1],
        [],
        ["Wskaźniki"],
        ["Wskaźnik", "Wartość", "Źródło"],
        ["Liczba", 5, "x"],
    ]
    first, second = find_tables(sheet(rows))
    assert (first.header, kinds(first)) == (HEADER, [(2, "data")])
    assert (second.title_rows, second.header) == (["Wskaźniki"], ["Wskaźnik", "Wartość", "Źródło"])
    assert kinds(second) == [(6, "data")]


def test_blank_columns_are_left_out():
    rows = [[None, "Zadanie", None, "Termin"], [None, "Kursy", None, "2024"]]
    (table,) = find_tables(sheet(rows))
    assert (table.header, table.columns) == (["Zadanie", "Termin"], [2, 4])


def test_a_table_without_headings():
    (table,) = find_tables(sheet([[1, 12000], [2, 5000]]))
    assert (table.header, kinds(table), table.header_row) == (
        ["", ""],
        [(1, "data"), (2, "data")],
        0,
    )


def test_nothing():
    assert find_tables(Sheet("a")) == [] and find_tables(Sheet("a", rows=[[EMPTY]])) == []


WORDS = st.sampled_from(
    [
        "",
        "",
        "Lp.",
        "Zadanie",
        "Koszt",
        "Obszar 1",
        "Cel 1.1",
        "Razem",
        "12 000",
        "1",
        "I",
        "* a",
        "x",
    ]
)
COVERED = st.sampled_from([None, None, None, (1, 1), (2, 1), (3, 2)])
CELLS = st.builds(lambda text, origin: Cell(text, text, origin), WORDS, COVERED)


@pytest.mark.slow
@settings(max_examples=800, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12))
def test_no_row_is_lost(rows):
    tables = find_tables(Sheet("a", rows=rows))
    numbers = [row.number for table in tables for row in table.rows]
    places = [
        (row.number, column) for table in tables for row in table.rows for column in table.columns
    ]
    assert len(places) == len(set(places))  # tables beside one another have rows of one number
    read = io.StringIO()
    for table in tables:
        read.write(" ".join([*table.title_rows, *table.header]))
        is_of_cards = any(table.header) and not table.header_row  # which take many rows each
        for row in table.rows if is_of_cards else ():
            read.write(" ".join([*row.group, *(cell.text for cell in row.cells)]))
        own = [row.number for row in table.rows]
        assert own == sorted(set(own))
        assert len(table.header) == len(table.columns)
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
    for number, cells in enumerate(rows, 1):
        own = [cell for cell in cells if cell and cell.merged_from is None]
        assert number in numbers or all(cell.text in read.getvalue() for cell in own)


def test_a_label_that_comes_again_in_cards_abreast_keeps_both_values():
    rows = [
        ["Zadanie", "Kurs", "Warsztat"],
        ["Partner", "Fundacja", "Szkoła"],
        ["Partner", "Biblioteka", ""],
        ["Koszt", "100", "200"],
    ]
    (table,) = find_tables(Sheet("a", rows=[[Cell(words, words) for words in row] for row in rows]))
    assert table.header == ["Zadanie", "Partner", "Koszt"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Kurs", "Fundacja\nBiblioteka", "100"],
        ["Warsztat", "Szkoła", "200"],
    ]


def test_a_long_sheet_takes_no_time():
    rows = [[Cell(f"w{number}", f"w{number}") for number in range(12)] for _row in range(20_000)]
    rows[5::2] = [[EMPTY] * 12 for _row in rows[5::2]]
    start = process_time()
    find_tables(Sheet("a", rows=rows))
    assert process_time() - start < 20


def test_marks_below_months_are_kept_as_periods():
    """Also where no title says the year, whatever language the months are printed in."""
    rows = [["Zadanie", "sty", "lut", "mar", "kwi"], ["Kurs", "x", "x", "", "x"]]
    sheet = Sheet("Plan", rows=[[Cell(text, text) for text in row] for row in rows])
    (table,) = find_tables(sheet)
    restored = SheetTable.from_json(json.loads(json.dumps(table.to_json())))
    months = [Period("month", 0, number, number) for number in (1, 2, 4)]
    expected = ((months[0], months[1]), (months[2], months[2]))
    for kept in (table, restored):
        assert kept.rows[0].cells[1].periods == expected
