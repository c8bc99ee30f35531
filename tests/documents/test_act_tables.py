"""Tables inside acts: read as tables, written as tables, never run together."""

import io
from random import Random

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from splot.documents.eids import assign_eids
from splot.documents.readers import read_document
from splot.documents.readers.tables import row_words, table_of
from splot.documents.tree import Document, Node
from splot.documents.writers import write_document
from splot.documents.writers.html import write_html
from splot.documents.writers.pdf import write_pdf
from tests.documents.acts import WORDS
from tests.documents.paper import printed, squeezed, tags
from tests.documents.test_akn import SCHEMA
from tests.documents.test_plan_outlines import read_case

ROWS = [
    ["Priorytet", "Cel", "Działanie"],
    ["1. Edukacja", "1.1 Dobra szkoła", "1.1.1 Kurs języka"],
    ["", "", "1.1.2 Asystenci"],
    ["2. Praca", "", "– doradztwo"],
]


def act_with(*tables: list[list[str]]) -> Document:
    """An act of three §§ with tables below the second."""
    act = Document(title="UCHWAŁA NR 1 RADY MIASTA z dnia 1 maja 2024 r. w sprawie planu")
    act.act = read_document(f"{act.title}\n\n§ 1. Treść.".encode(), "act.txt").act
    second = Node("paragraph", "§ 2.", text="Plan przedstawia tabela:")
    second.children = [table_of(rows) for rows in tables]
    act.nodes = [
        Node("paragraph", "§ 1.", text="Przyjmuje się plan."),
        second,
        Node("paragraph", "§ 3.", text="Uchwała wchodzi w życie."),
    ]
    assign_eids(act.nodes)
    return act


def whole(document: Document) -> list[tuple]:
    return [
        (len(above), node.kind, node.num, node.heading, node.text, node.eid)
        for node, above in document.walk()
    ]


@pytest.mark.parametrize("form", ["txt", "md", "docx", "xml"])
@pytest.mark.parametrize("tables", [[ROWS], [ROWS, ROWS[:2]]], ids=["one", "two in a row"])
def test_a_table_is_written_and_read_back(form: str, tables: list[list[list[str]]]):
    act = act_with(*tables)
    written = write_document(act, form)
    read = read_document(written, f"act.{form}")
    assert whole(read) == whole(act)
    assert read.words() == act.words()
    assert read.problems == []
    assert write_document(read, form) == written


@pytest.mark.slow
@pytest.mark.parametrize("form", ["txt", "md", "docx", "xml"])
@settings(max_examples=60, deadline=None)
@given(chance=st.builds(Random, st.integers(0, 2**32)))
def test_any_table_reads_back(form: str, chance: Random):
    marks = ["", "", "1. ", "1.1 ", "– ", "| ", "\\", "§ 1. ", "Cel 2: ", "a) ", "# "]

    def words() -> str:
        return chance.choice(marks) + " ".join(chance.choices(WORDS, k=chance.randint(0, 4)))

    width = chance.randint(2, 6)
    rows = [[words().strip() for __ in range(width)] for __ in range(chance.randint(1, 8))]
    rows[0] = [f"Kolumna {at}" for at in range(width)]
    act = act_with(rows)
    assert whole(read_document(write_document(act, form), f"act.{form}")) == whole(act)


def test_a_table_of_a_word_file():
    document = read_case("p11_annex_is_a_table.docx")
    tables = [node for node, __ in document.walk() if node.kind == "table"]
    assert list(map(row_words, tables[0].children)) == [
        ["Priorytet", "Cel", "Działanie"],
        ["1. Edukacja", "1.1 Dobra szkoła", "1.1.1 Kurs języka polskiego"],
        ["1. Edukacja", "1.1 Dobra szkoła", "1.1.2 Asystenci"],
        ["2. Praca", "2.1 Godna praca", "2.1.1 Doradztwo"],
    ]


def test_merged_cells_and_lists_in_cells_of_a_word_file():
    file = docx.Document()
    file.add_paragraph("1. Plan.")
    table = file.add_table(rows=3, cols=3)
    for at, words in enumerate(["Obszar", "Działania", "Kto"]):
        table.cell(0, at).text = words
    table.cell(1, 0).merge(table.cell(1, 2)).text = "EDUKACJA"
    table.cell(2, 1).text = "kurs języka"
    table.cell(2, 1).add_paragraph("asystenci")
    file.add_paragraph("Po tabeli.")
    file.add_paragraph("2. Dalej.")
    buffer = io.BytesIO()
    file.save(buffer)
    document = read_document(buffer.getvalue(), "plan.docx")
    first = document.nodes[0]
    assert list(map(row_words, first.children[0].children)) == [
        ["Obszar", "Działania", "Kto"],
        ["EDUKACJA", "", ""],
        ["", "kurs języka\nasystenci", ""],
    ]
    assert [node.text for node in first.children[1:]] == ["Po tabeli."]
    assert document.nodes[1].num == "2."


def test_lines_of_a_text_with_three_cells_or_more_are_a_table():
    text = "1. Plan.\n\nDziałanie\tKto\tKiedy\nKurs\tMOPR\t2024\n\tPUP\t2025\n\n2. Dalej.\n"
    document = read_document(text.encode(), "plan.txt")
    table = document.nodes[0].children[0]
    assert list(map(row_words, table.children)) == [
        ["Działanie", "Kto", "Kiedy"],
        ["Kurs", "MOPR", "2024"],
        ["", "PUP", "2025"],
    ]
    assert document.nodes[1].text == "Dalej."


def test_word_shows_a_table_with_a_head():
    table = docx.Document(io.BytesIO(write_document(act_with(ROWS), "docx"))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == ROWS
    assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None


def test_html_has_a_table_whose_cells_can_be_linked_to():
    act = act_with(ROWS)
    page = write_html(act, language="pl").decode()
    table = page.split("<table")[1].split("</table>")[0]
    assert table.count("<tr>") == 4 and table.count('<th scope="col"') == 3
    assert table.count('<th scope="row"') == 3
    cell = act.nodes[1].children[0].children[1].children[2]
    assert f'<td id="{cell.eid}"><p>1.1.1 Kurs języka</p></td>' in table


def test_paper_has_every_word_of_a_table():
    paper = write_pdf(act_with(ROWS), language="pl")
    for row in ROWS:
        assert all(squeezed(words) in printed(paper) for words in row)
    assert {"/Table", "/TR", "/TH", "/TD"} <= set(tags(paper))


def test_akoma_ntoso_is_valid_with_a_table():
    SCHEMA.assertValid(etree.fromstring(write_document(act_with(ROWS), "xml")))


def test_a_list_in_a_cell_is_cells_of_its_own():
    act = act_with([["Obszar", "Działania"], ["Praca", "w tym:\n• doradztwo\n• targi pracy"]])
    cell = act.nodes[1].children[0].children[1].children[1]
    assert (cell.text, [(item.num, item.text) for item in cell.children]) == (
        "w tym:",
        [("•", "doradztwo"), ("•", "targi pracy")],
    )
    assert (
        row_words(act.nodes[1].children[0].children[1])[1] == "w tym:\n• doradztwo\n• targi pracy"
    )
    for form in ("txt", "md", "docx", "xml"):
        read = read_document(write_document(act, form), f"act.{form}")
        assert read.words() == act.words()
    written = write_document(act, "xml")
    SCHEMA.assertValid(etree.fromstring(written))
    assert whole(read_document(written, "act.xml")) == whole(act)
    assert (
        f'<p id="{cell.children[0].eid}">• doradztwo</p>' in write_html(act, language="pl").decode()
    )


def test_lines_in_a_cell_that_do_not_count_on_are_words():
    for words in ("1) pierwszy\n3) trzeci", "• jeden\ndalszy ciąg", "1) jeden"):
        assert table_of([["", words]]).children[0].children[1].children == []
