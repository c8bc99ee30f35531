"""Debris is taken out and listed; broken lines are joined; nothing else changes."""

import pytest

from splot.documents.readers import read_document
from splot.documents.readers.tables import row_words


def read(text):
    return read_document(text.encode(), "a.txt")


@pytest.mark.parametrize(
    ("debris", "what"),
    [
        ("mia\u00adsto", "soft-hyphen"),
        ("mia\u200bsto", "zero-width"),
        ("mia\u2060sto", "zero-width"),
        ("\ufeffmiasto", "bom"),
        ("mia\u202esto", "direction-mark"),
        ("mia\x07sto", "control"),
        ("miasto\u00a0 ", "space"),
        ("[bookmark: _Hlk1]miasto", "bookmark"),
    ],
)
def test_debris_is_taken_out_and_listed(debris, what):
    document = read(f"§ 1. Nasze {debris} działa.\n")
    assert document.nodes[0].text == "Nasze miasto działa."
    assert [one.what for one in document.cleaned] == [what]
    assert document.cleaned[0].place == "line 1"


def test_letters_made_of_two_signs_become_one():
    document = read("§ 1. Łódz\u0301 działa.\n")
    assert document.nodes[0].text == "Łódź działa."
    assert [one.what for one in document.cleaned] == ["composed"]


def test_joiners_stay_where_they_carry_meaning():
    words = "می\u200cخواهم 👩\u200d🏫"
    assert read(f"§ 1. {words} tak.\n").nodes[0].text == f"{words} tak."


def test_what_occurs_often_is_listed_once_with_its_count():
    document = read("§ 1. Nasze  miasto  działa\u00a0dla\tnas.\n§ 2. Tak  samo.\n")
    assert document.nodes[0].text == "Nasze miasto działa dla nas."
    assert [(one.what, one.place, one.count) for one in document.cleaned] == [
        ("space", "line 1", 4),
        ("tab", "line 1", 1),
    ]


def test_a_broken_sentence_is_joined_and_a_new_one_is_not():
    document = read(
        "§ 1. Zespół ocenia\nwdrażanie, a Rada\nMiasta je przyjmuje.\nOcena jest "
        "jawna.\n§ 2. Koniec.\n"
    )
    assert document.nodes[0].text == (
        "Zespół ocenia wdrażanie, a Rada Miasta je przyjmuje.\nOcena jest jawna."
    )
    assert [(one.what, one.count) for one in document.cleaned] == [("broken-line", 2)]


def test_page_numbers_and_signature_lines_of_printouts():
    signed = "Id: 7D2A90B1-44C5-4F0E-9A3B-1C2D3E4F5A6B. Podpisany   Strona 2"
    document = read(
        f"§ 1. Zespół ocenia\n{signed}\nwdrażanie\n- 3 -\npolityki.\nStrona 4 z 7\n§ 2. Koniec.\n"
    )
    assert document.nodes[0].text == "Zespół ocenia wdrażanie polityki."
    assert [
        (one.what, one.text) for one in document.cleaned if one.what not in ("space", "broken-line")
    ] == [
        ("signature-line", " ".join(signed.split())),
        ("page-number", "- 3 -"),
        ("page-number", "Strona 4 z 7"),
    ]


def test_rows_of_a_table_keep_their_cells_and_open_nothing():
    document = read(
        "§ 1. Tabela:\nzadanie\ttermin\tkwota\n1.\tkurs\t2026\t10 zł\n2.\tpunkt\t2027\t20 zł\n§ "
        "2. Koniec.\n"
    )
    assert document.nodes[0].text == "Tabela:"
    assert [row_words(row) for row in document.nodes[0].children[0].children] == [
        ["zadanie", "termin", "kwota", ""],
        ["1.", "kurs", "2026", "10 zł"],
        ["2.", "punkt", "2027", "20 zł"],
    ]
    assert [one.num for one in document.nodes] == ["§ 1.", "§ 2."]


@pytest.mark.parametrize("leader", ["\t", " ........ ", "      ", "……… "])
def test_a_table_of_contents_opens_nothing(leader):
    contents = "".join(
        f"{num} {name}{leader}{page}\n"
        for num, name, page in (("I.", "Cele", 2), ("II.", "Plan", 4), ("III.", "Ocena", 9))
    )
    text = (
        f"POLITYKA MIASTA\n\nSpis treści\n{contents}\nI. Cele\n\nOpis.\n\nII. "
        "Plan\n\nOpis.\n\nIII. Ocena\n\nOpis.\n"
    )
    document = read(text)
    assert [(one.num, one.heading, one.text) for one in document.nodes] == [
        ("I.", "Cele", "Opis."),
        ("II.", "Plan", "Opis."),
        ("III.", "Ocena", "Opis."),
    ]
    assert len(document.preamble.splitlines()) == 4
    assert "".join(document.words()) == "".join(text.split())


def test_a_word_that_the_end_of_a_line_broke_is_joined_in_a_text():
    text = (
        "1. Plan.\n\nGmina wspiera integra-\ncję, także polsko-\nukraińska, w latach 2024-\n2026.\n"
    )
    text += "Rada polsko-ukraińska.\n"
    document = read_document(text.encode(), "plan.txt")
    assert "wspiera integrację, także polsko-ukraińska" in document.nodes[0].text
    assert "w latach 2024-2026." in document.nodes[0].text
    assert [entry.what for entry in document.cleaned].count("hyphenation") == 3


def test_a_footnote_below_its_text_is_a_passage_of_its_own():
    text = "1. Cele.\n1) Kurs języka¹\n\n¹ Od 2024 r.\n\n2) Klub rozmów.\n\n2. Koniec.\n"
    document = read_document(text.encode(), "plan.txt")
    first = document.nodes[0]
    assert [(node.num, node.text) for node in first.children] == [
        ("1)", "Kurs języka¹"),
        ("", "¹ Od 2024 r."),
        ("2)", "Klub rozmów."),
    ]


def test_a_number_after_a_line_that_ends_in_a_hyphen_stays_a_number():
    document = read_document("1. Lata 2024-\n2. Klub języko-\nwy.\n".encode(), "plan.txt")
    assert [(node.num, node.text) for node in document.nodes] == [
        ("1.", "Lata 2024-"),
        ("2.", "Klub językowy."),
    ]
