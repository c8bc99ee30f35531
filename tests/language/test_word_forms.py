"""Words as a search compares them, and all their forms."""

import pytest

from splot.language.folding import compose, fold, folded_words
from splot.language.word_forms import word_forms


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Zażółć GĘŚLĄ jaźń", "zazolc gesla jazn"),
        ("Łódź", "lodz"),
        ("Ґанок їжака й Київ", "ганок іжака и киів"),
        ("İstanbul", "istanbul"),
        ("한국어", "한국어"),
    ],
)
def test_words_lose_their_diacritics_and_keep_their_length(written: str, compared: str) -> None:
    assert fold(compose(written)) == compared
    assert len(compared) == len(compose(written))


def test_letters_and_marks_apart_are_one_letter() -> None:
    apart = "Ło\u0301dz\u0301"
    assert fold(compose(apart)) == "lodz"


def test_an_apostrophe_within_a_word_does_not_count() -> None:
    assert [word for word, __, ___ in folded_words("сім’я, сім'я, сімя")] == ["сімя"] * 3
    text = "'Kurs' języka"
    assert [text[start:end] for __, start, end in folded_words(text)] == ["Kurs", "języka"]


def test_a_polish_form_leads_to_all_forms_of_its_word() -> None:
    assert {"kurs", "kursu", "kursami", "kursów"} <= word_forms("kursami", "pl")["kurs"]
    assert set(word_forms("miałem", "pl")) == {"mieć", "miał"}
    assert any("Poznania" in forms for forms in word_forms("Poznaniu", "pl").values())
    assert "szkoły" in word_forms("SZKOŁĄ", "pl")["szkoła"]


def test_a_ukrainian_form_leads_to_all_forms_of_its_word() -> None:
    assert {"школа", "школі", "шкіл", "школами"} <= word_forms("школи", "uk")["школа"]
    assert "сім'ями" in word_forms("сім'ї", "uk")["сім'я"]


def test_what_no_dictionary_knows_has_no_forms() -> None:
    assert word_forms("xqzwv", "pl") == word_forms("щщщжж", "uk") == {}
    assert word_forms("courses", "en") == {}
