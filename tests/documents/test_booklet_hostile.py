"""No words, no markup and no order of blocks stop a booklet or change what it says."""

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.booklet import (
    Booklet,
    Callout,
    Facts,
    Heading,
    Items,
    PageBreak,
    Prose,
    Table,
    render_booklet_docx,
    render_booklet_html,
    render_booklet_pdf,
)
from tests.documents.booklets import of, word, word_text
from tests.documents.paper import printed, squeezed
from tests.documents.test_act_pdf import HOSTILE


def test_what_looks_like_markup_stays_text():
    made = of(
        Heading(1, HOSTILE),
        Callout(HOSTILE, HOSTILE),
        Items([HOSTILE]),
        Facts([(HOSTILE, HOSTILE)]),
        Table(HOSTILE, [HOSTILE], [[HOSTILE], [[HOSTILE, HOSTILE]]]),
        Prose("<script>alert(1)</script> #eval(1)"),
        title=HOSTILE,
        subtitle=HOSTILE,
        kicker=HOSTILE,
        draft=HOSTILE,
        foot=HOSTILE,
    )
    assert (
        printed(render_booklet_pdf(made), heads=0).count(
            '#eval("1+1")*bold*_under_@cite<label>$x^2$'
        )
        >= 12
    )
    assert word_text(render_booklet_docx(made)).count(squeezed(HOSTILE)) >= 12
    page = render_booklet_html(made).decode()
    assert "<script" not in page
    assert lxml.html.fromstring(page).text_content().count("<script>alert(1)</script>") >= 12


words = st.text(st.characters(), max_size=30)
blocks = st.one_of(
    st.builds(Heading, st.integers(-3, 99), words),
    st.builds(Prose, words),
    st.builds(Callout, words, words),
    st.builds(Items, st.lists(words, max_size=3), st.booleans()),
    st.builds(Facts, st.lists(st.tuples(words, st.lists(words, max_size=2)), max_size=2)),
    st.builds(Table, words, st.just(["a", "b"]), st.lists(st.tuples(words, words), max_size=2)),
    st.builds(
        Table,
        words,
        st.just(["a"] * 8),
        st.lists(st.lists(words, min_size=8, max_size=8), max_size=1),
    ),
    st.just(PageBreak()),
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    st.lists(blocks, max_size=6),
    st.lists(words, min_size=5, max_size=5),
    st.sampled_from(["pl", "ar", "en"]),
)
def test_no_text_and_no_order_of_blocks_stops_a_booklet(found, texts, language):
    made = Booklet(texts[0], language, found, texts[1], texts[2], texts[3], texts[4])
    assert render_booklet_pdf(made).startswith(b"%PDF")
    assert word(render_booklet_docx(made)).sections
    lxml.html.fromstring(render_booklet_html(made).decode())


@pytest.mark.parametrize(
    "markdown", ["> " * 500 + "x", "- " * 500 + "x", "*" * 5000, "x" * 200_000, "słowo " * 33_000]
)
def test_hostile_markdown_does_not_stop_a_booklet(markdown):
    made = of(
        Prose(markdown), Callout("", markdown), Table("", ["a", "b"], [[markdown[:20_000], "y"]])
    )
    assert render_booklet_pdf(made)
    assert word(render_booklet_docx(made))
    assert render_booklet_html(made)
