"""Not one word is lost or moved, whatever the text; and nothing but UnreadableDocument is ever
raised.
"""

import io
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.readers import UnreadableDocument, read_document
from splot.documents.tree import Document
from tests.documents.acts import make_act, print_act
from tests.documents.test_pdf import make_pdf
from tests.documents.word import WordFile

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
REMOVED = ("bookmark", "signature-line", "page-number", "running-head")
INVISIBLE = {*map(chr, [*range(9), *range(14, 28), 127, *range(128, 133), *range(134, 160)])}
INVISIBLE |= set(
    "\u00ad\u200b\u2060\u180e\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

FRAGMENTS = st.sampled_from(
    """§ 1.|§ 2|§3.|§ 4a.|1.|2.|1a.|3.|1)|2)|5a)|a)|b)|za)|– |- |• |I.|II.|A.|B.|1.1.|1.2|2.1.2a|i)|ii)|(a)|(1)|1|.|)|§
    |Art. 1.|Rozdział 1|Rozdział 2|Załącznik nr 1|Załącznik|Uzasadnienie|UCHWAŁA NR 1/2|z dnia 1 maja 2026 r.|w sprawie
    |Na podstawie|INTRODUCTION|zadania:|oraz;|Rada uchwala.|o których mowa w § 12 ust. 3|art. 5|„§ 4. Nowy|koniec”
    |[bookmark: _x]|12|10.5 %|2023 r.|Strona 2|Spis treści|Zakres ... 4|a\tb\tc|łączność|Przewodniczący Rady|\u00a0
    |sło\u00adwo|\u200b|„|”""".replace("\n    ", "").split("|")
)
SEPARATORS = st.sampled_from([" ", " ", "\n", "\n", "\n\n", "\t", "", "\r\n"])
HOSTILE = st.lists(st.tuples(FRAGMENTS, SEPARATORS), max_size=60).map(
    lambda parts: "".join(map("".join, parts))
)
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300)


def letters(text: str) -> str:
    """What a person sees of a text, white space aside, found without the reader's own code."""
    plain = "".join(
        letter for letter in text if letter not in INVISIBLE and letter not in "\u200c\u200d"
    )
    return "".join(unicodedata.normalize("NFC", plain).split())


def taken_out(document: Document) -> str:
    """The debris that the reader says it took out, as often as it says."""
    return "".join(one.text * one.count for one in document.cleaned if one.what in REMOVED)


def check_words(document: Document, source: str) -> None:
    """The document is the source in its order, but for the debris listed."""
    read, whole, taken = (
        letters(" ".join(document.words())),
        letters(source),
        letters(taken_out(document)),
    )
    assert Counter(read) + Counter(taken) == Counter(whole)
    rest = iter(whole)
    assert all(letter in rest for letter in read)
    if not taken:
        assert read == whole


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(HOSTILE | ANY)
def test_any_text_keeps_its_words_in_their_order(text):
    try:
        document = read_document(text.encode(), "text.txt")
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)
        return
    check_words(document, text)
    assert Document.from_json(document.to_json()) == document


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a", "a.csv"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        assert read_document(data, name).words()
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)


@cache
def sound_file(kind):
    text = print_act(make_act(Random(1), 30))
    if kind == "pdf":
        return make_pdf(text)
    word = WordFile()
    items = word.define_list(("decimal", "§ %1."), ("lowerLetter", "%2)"))
    for at, line in enumerate(filter(None, text.splitlines())):
        word.add(line, items if at % 3 == 0 else None, at % 2)
    with zipfile.ZipFile(io.BytesIO(word.data())) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 0.9999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=5
    ),
    st.booleans(),
)
def test_damaged_files_are_read_or_refused(wounds, in_pdf):
    """Bytes are overwritten in a PDF, or in the parts of a Word file (which is then packed
    soundly).
    """
    parts = {"": sound_file("pdf")} if in_pdf else sound_file("docx")
    parts = {name: bytearray(data) for name, data in parts.items()}
    for place, junk in wounds:
        for name in (
            parts if in_pdf else ("word/document.xml", "word/numbering.xml", "word/styles.xml")
        ):
            at = int(place * len(parts[name]))
            parts[name][at : at + len(junk)] = junk
    buffer = io.BytesIO(parts.get("", b""))
    if not in_pdf:
        with zipfile.ZipFile(buffer, "w") as package:
            for name, data in parts.items():
                package.writestr(name, bytes(data))
    try:
        assert read_document(buffer.getvalue(), "a.pdf" if in_pdf else "a.docx").words()
    except UnreadableDocument as refusal:
        assert "Nothing was saved." in str(refusal)


@pytest.mark.parametrize("number", range(5))
def test_the_source_documents_keep_every_word(number):
    found = list(SEEDS.glob(f"00{number}_*.txt"))
    if not found:
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    text = found[0].read_text(encoding="utf-8")
    check_words(read_document(text.encode(), found[0].name), text)
