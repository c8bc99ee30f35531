"""Setting in type: what goes in is data, whatever it looks like, and something readable comes
out.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.core.languages import LocalisedText, Text
from splot.documents.tree import Act, Document
from splot.documents.typesetting import (
    TypesettingError,
    add_nonbreaking_spaces,
    base_language_code,
    parse_markdown_blocks,
    remove_unprintable,
    serialise_for_typst,
    typeset_pdf,
)
from splot.documents.typesetting.html_page import render_html_page
from splot.documents.typesetting.provisions import title_lines
from splot.documents.writers.pdf import TEMPLATE
from tests.documents.test_seeds import seed


def test_short_words_and_marks_stay_with_what_they_belong_to():
    bound = add_nonbreaking_spaces(
        "W lesie i w polu, § 4 ust. 1 pkt 2 lit. a, z 2026 r. o 5 %", "pl"
    )
    assert bound.replace("\u00a0", "~") == (
        "W~lesie i~w~polu, §~4 ust.~1 pkt~2 lit.~a, z~2026~r. o~5~%"
    )
    assert add_nonbreaking_spaces("a cat in § 4", "en") == "a cat in §\u00a04"
    assert add_nonbreaking_spaces("Він з Києва", "uk") == "Він з\u00a0Києва"


@given(st.text(), st.sampled_from(["pl", "uk", "en", "ar"]))
def test_binding_changes_no_word(text, language):
    assert add_nonbreaking_spaces(text, language).split() == text.split()


@given(st.text(st.characters(), max_size=60))
def test_what_is_printable_can_be_written_anywhere(text):
    cleaned = remove_unprintable(text)
    cleaned.encode()
    assert remove_unprintable(cleaned) == cleaned
    assert not set(cleaned) & {chr(code) for code in range(32)} - {"\n", "\t"}


def test_texts_become_data_with_their_language():
    text = Text.of("pl", {"pl": "Kurs", "en": "Course"})
    assert serialise_for_typst({"a": [text, 3, None, True]}, "en") == {
        "a": ["Course", 3, None, True]
    }
    assert serialise_for_typst(text, "uk") == {"text": "Kurs", "lang": "pl"}
    assert serialise_for_typst(LocalisedText("Ok\x00", 'x"; lang', "source"), "pl") == "Ok"


def test_codes_of_languages():
    assert [
        base_language_code(code) for code in ("pl", "sr-Latn", "pt_BR", "fil", "", '"><', "a")
    ] == [
        "pl",
        "sr",
        "pt",
        "fil",
        "",
        "",
        "",
    ]


def test_markdown_is_data():
    assert parse_markdown_blocks("**a**\n\n- b") == [
        {"kind": "p", "spans": [{"text": "a", "strong": True}]},
        {"kind": "list", "items": [[{"kind": "p", "spans": [{"text": "b"}]}]]},
    ]


def test_a_document_that_cannot_be_set_says_why():
    with pytest.raises(TypesettingError, match="front"):
        typeset_pdf(
            TEMPLATE,
            {"words": {}, "lang": "pl", "title": "x", "dated": False, "draft": "", "foot": ""},
        )


def test_a_document_that_takes_too_long_is_given_up():
    with pytest.raises(TypesettingError, match="timed out"):
        typeset_pdf(TEMPLATE, {}, seconds=0.001)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            Document(
                "UCHWAŁA NR I/1/2026 RADY MIASTA z dnia 26 lutego 2026 r. w sprawie budżetu",
                Act("UCHWAŁA", "I/1/2026", "RADY MIASTA", "26 lutego 2026 r.", "budżetu"),
            ),
            ["UCHWAŁA NR I/1/2026", "RADY MIASTA", "z dnia 26 lutego 2026 r.", "w sprawie budżetu"],
        ),
        (Document("Plan na rok"), ["Plan na rok"]),
        (
            Document("Druk 7 UCHWAŁA w sprawie X", Act("UCHWAŁA", subject="X")),
            ["Druk 7", "UCHWAŁA w sprawie X"],
        ),
        (Document("", Act("UCHWAŁA", "1", subject="X")), ["UCHWAŁA 1", "X"]),
        (Document(), []),
    ],
)
def test_the_title_stands_in_lines(document, expected):
    assert title_lines(document) == expected


def test_the_title_of_the_resolution_stands_in_four_lines():
    lines = title_lines(seed(0))
    assert [line.split()[0] for line in lines] == ["RESOLUTION", "POZNAŃ", "dated", "regarding"]


@settings(max_examples=200, deadline=None)
@given(
    st.builds(Act, *(st.sampled_from(["", "a", "ab", "b a", "z"]) for _ in range(5))),
    st.text("ab z", max_size=20),
)
def test_no_word_of_a_title_is_lost(act, title):
    if title.strip():
        assert "".join("".join(title_lines(Document(title, act))).split()) == "".join(title.split())


def test_a_page_needs_nothing_else_and_says_its_direction():
    page = render_html_page("<b>Tytuł</b>\ud800", "<p>x</p>", language="ar").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "<title>&lt;b&gt;Tytuł&lt;/b&gt;</title>" in page
    for outside in ("<script", "<link", "src=", "@import", "url(", "http"):
        assert outside not in page
