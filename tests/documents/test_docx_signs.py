"""What a Word document shows otherwise than by plain letters: signs of fonts, tracked changes of
where paragraphs end.
"""

import pytest

from splot.documents.readers import read_document
from splot.documents.spreadsheets import read_sheets
from tests.documents.word import WordFile, element


def points(word):
    document = read_document(word.data(), "act.docx")
    return [(node.num, node.text) for node, __ in document.walk() if node.kind == "point"]


def numbered(*texts):
    """An act with one list of points, and their paragraphs."""
    word = WordFile()
    word.add("§ 1. Miasto:")
    points = word.define_list(("decimal", "%1)"))
    return word, [word.add(text, points) for text in texts]


def mark_end(paragraph, change):
    """Track a change of the end of a paragraph, as Word does when two are joined or one moves."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element("w:rPr"))
    properties[-1].append(element(change, id=7, author="editor"))


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next():
    word, (first, *__) = numbered("prowadzi kursy", " dla dorosłych,", "pomaga.")
    mark_end(first, "w:del")
    assert points(word) == [("1)", "prowadzi kursy dla dorosłych,"), ("2)", "pomaga.")]


def test_several_ends_deleted_in_a_row_join_into_one():
    word, (first, second, __) = numbered("kursy", " dla", " dorosłych.")
    mark_end(first, "w:del")
    mark_end(second, "w:del")
    assert points(word) == [("1)", "kursy dla dorosłych.")]


@pytest.mark.parametrize("change", ["w:del", "w:moveFrom"])
def test_a_point_that_is_gone_is_not_counted(change):
    word, (__, gone, __) = numbered("kursy,", "", "pomoc.")
    mark_end(gone, change)
    away = element(change, id=8, author="editor")
    away.append(element("w:r"))
    away[0].append(element("w:delText" if change == "w:del" else "w:t"))
    away[0][0].text = "zabawy,"
    gone._p.append(away)
    assert points(word) == [("1)", "kursy,"), ("2)", "pomoc.")]


def test_the_last_paragraph_of_a_cell_keeps_its_words():
    word = WordFile()
    cell = word.document.add_table(1, 2).cell(0, 0)
    cell.paragraphs[0].text = "Kursy"
    mark_end(cell.paragraphs[0], "w:del")
    assert "Kursy" in read_document(word.data(), "act.docx").words()


def test_paragraphs_of_a_cell_of_a_table_are_joined():
    word = WordFile()
    cell = word.document.add_table(1, 2).cell(0, 0)
    cell.paragraphs[0].text = "Kurs "
    cell.add_paragraph("języka")
    mark_end(cell.paragraphs[0], "w:del")
    ((first, *__),) = read_sheets(word.data(), "plan.docx").sheets[0].rows
    assert first.text == "Kurs języka"


@pytest.mark.parametrize(
    ("font", "char", "shown"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "006D", "μ"),
        ("Symbol", "F0B7", "•"),
        ("Times New Roman", "00A7", "§"),
        ("Arial", "F0A7", "§"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0E0", "→"),
        ("Wingdings", "F076", "•"),
        ("Arial", "D800", "•"),
        ("Arial", "FFFFFFFF", "•"),
        ("Symbol", "", "•"),
    ],
)
def test_signs_of_a_font_are_read_as_they_are_shown(font, char, shown):
    word = WordFile()
    paragraph = word.add("§ 1. Udział ")
    paragraph.add_run()._r.append(element("w:sym", font=font, char=char))
    paragraph.add_run(" 30%.")
    (node,) = read_document(word.data(), "act.docx").nodes
    assert node.text == f"Udział {shown} 30%."


def test_signs_in_private_places_are_read_by_the_font_of_their_run():
    word = WordFile()
    run = word.add("§ 1. Udział ").add_run("\uf0a3 30%, próg \uf0b3 5.")
    run._r.get_or_add_rPr().append(element("w:rFonts", ascii="Symbol"))
    (node,) = read_document(word.data(), "act.docx").nodes
    assert node.text == "Udział ≤ 30%, próg ≥ 5."
