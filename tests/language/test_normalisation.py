"""Text is kept in one form, however it was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splot.language.normalisation import normalise_text

NORMAL = {
    "Łódź\nżółć\t– „tak”": "Łódź\nżółć\t– „tak”",
    "a\u200d\u0301": "á",
    "Z\u0307o\u0301łc\u0301": "Żółć",
    "и\u0306": "й",
    "a\r\nb\rc\x0bd\u2028e\u0085f": "a\nb\nc\nd\ne\nf",
    "12\u00a0000\u202fzł\u2009!": "12 000 zł !",
    "\ufeffza\u00adda\u200bnie\u200d\u2060\u202e": "zadanie",
    "a\x00b\x1fc\x7f": "abc",
    "  dwa  odstępy ": "  dwa  odstępy ",
    "می\u200cخواهم": "می\u200cخواهم",
    "👩\u200d🏫": "👩\u200d🏫",
}


@pytest.mark.parametrize("text", NORMAL)
def test_text_is_kept_in_one_form(text: str) -> None:
    assert normalise_text(text) == NORMAL[text]


ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aże\u0301\u0307\u200b\u200c\u200d\u00ad\u00a0\r\n\x0b\u180e\ufeff\u05d0"),
    )
)


@given(ANY_TEXT)
def test_what_is_normal_stays(text: str) -> None:
    normal = normalise_text(text)
    assert normalise_text(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"])))
def test_no_visible_sign_is_lost(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert normalise_text(text) == composed
