"""Separated values: any delimiter, quotation and encoding, as programs write them."""

import tracemalloc

import pytest

from splot.documents.spreadsheets import read_sheets
from tests.documents.spreadsheets import texts

POLISH = "Zadanie;Koszt\nŹródło ścieżki, ąę;12,5\nŻółć – świąteczna;3\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso8859-2"]
)
def test_encodings(encoding):
    words = POLISH if encoding != "iso8859-2" else POLISH.replace("–", "-")
    read = texts(read_sheets(words.encode(encoding), "plan.csv"))
    assert read == [line.split(";") for line in words.splitlines()]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(delimiter):
    lines = ["Lp.,Zadanie,Koszt", "1,Kursy języka,12000", "2,Warsztaty,5000"]
    data = "\r\n".join(lines).replace(",", delimiter).encode()
    assert texts(read_sheets(data, "a.csv")) == [line.split(",") for line in lines]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("sep=;\na,b;c\n", [["a,b", "c"]]),
        ('"sep=|"\na;b|c\n', [["a;b", "c"]]),
        ('a;"dwa\nwiersze; ""x"""\n', [["a", 'dwa\nwiersze; "x"']]),
        ("jeden\ndwa\n", [["jeden"], ["dwa"]]),
        ("1,5;2,5\n3,5;4,5\n", [["1,5", "2,5"], ["3,5", "4,5"]]),
        ("a;b;c\n\n;;\nd;e\n", [["a", "b", "c"], ["", "", ""], ["", "", ""], ["d", "e", ""]]),
        ("=cmd|' /C calc'!A0;b\n", [["=cmd|' /C calc'!A0", "b"]]),
        ("'=cmd;'-5\n", [["=cmd", "-5"]]),
        ('="0012";="a ""b"""\n', [["0012", 'a "b"']]),
        ('a, b\nc, "d, e"\n', [["a", "b"], ["c", "d, e"]]),
        ("a\nb\nc, d\ne, f\n", [["a"], ["b"], ["c, d"], ["e, f"]]),
        ('a;b\nc;"d, e\nf, g\nh, i"\n', [["a", "b"], ["c", "d, e\nf, g\nh, i"]]),
        ("a;b\n1;1,5\n2;2,5\n3;3,5\n", [["a", "b"], ["1", "1,5"], ["2", "2,5"], ["3", "3,5"]]),
        (
            "Plan; cz. 2,,\na,b,c\nd,e,f\n",
            [["Plan; cz. 2", "", ""], ["a", "b", "c"], ["d", "e", "f"]],
        ),
        (
            "a;b\nx;1,5\ny;2,5;;z\n",
            [["a", "b", "", ""], ["x", "1,5", "", ""], ["y", "2,5", "", "z"]],
        ),
        ("\ufeffa;b\n\ufeffc;d\n", [["a", "b"], ["c", "d"]]),
        ("a;b\rc;d\r", [["a", "b"], ["c", "d"]]),
        ("a;b;;;\nc;d;;;\n;;;;\n", [["a", "b"], ["c", "d"]]),
    ],
)
def test_separated_values(data, expected):
    assert texts(read_sheets(data.encode(), "a.csv")) == expected


def test_empty_cells_take_no_memory():
    data = b"a;b\n" + (b";" * 240 + b"\n") * 10_000
    tracemalloc.start()
    assert texts(read_sheets(data, "a.csv")) == [["a", "b"]]
    assert tracemalloc.get_traced_memory()[1] < 20_000_000  # 30 MB with the cells of each row
    tracemalloc.stop()


def test_a_quotation_that_never_closes_swallows_nothing():
    book = read_sheets(b'a;"b\nc;d\ne;f\n', "a.csv")
    assert texts(book) == [["a", '"b'], ["c", "d"], ["e", "f"]] and "quotation" in book.notes[0]


def test_control_characters_are_left_out_and_said():
    book = read_sheets(b"a\x00b;c\x07\nlonger text so that it is one;d\n" * 9, "a.csv")
    assert texts(book)[0] == ["ab", "c"] and book.notes == ["Control characters were left out."]
