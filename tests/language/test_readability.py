"""Readability, counted by hand; officialese in the forms in which people write it."""

import tomllib
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import splot.language
from splot.language import Readability, find_jargon, hard_sentences, measure_readability
from splot.language.fog import count_syllables
from splot.language.sentences import split_sentences

TABLES = sorted(Path(splot.language.__file__).parent.glob("*.toml"))
LONG = (
    "Zespół monitorujący przedstawia prezydentowi sprawozdanie z realizacji zaplanowanych działań "
    "oraz rekomendacje dotyczące modyfikacji harmonogramu i budżetu w następnym roku kalendarzowym "
    "po uprzednim zasięgnięciu opinii organizacji pozarządowych i mieszkańców."
)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "pl",
            {
                "miasto": 2,
                "dziecko": 2,
                "społeczność": 3,
                "integracja": 4,
                "cudzoziemiec": 4,
                "nauka": 2,
                "w": 1,
            },
        ),
        (
            "en",
            {
                "make": 1,
                "table": 2,
                "community": 4,
                "used": 1,
                "needed": 2,
                "services": 3,
                "the": 1,
            },
        ),
        ("uk", {"місто": 2, "інтеграція": 5, "подія": 3, "в": 1}),
        ("ru", {"администрация": 6, "город": 2}),
        ("be", {"інтэграцыя": 5, "ў": 1}),
    ],
)
def test_syllables(language, words):
    assert {word: count_syllables(word, language) for word in words} == words


@pytest.mark.parametrize(
    ("language", "text", "measured"),
    [
        # 6 words, 2 sentences, "integracja" is long: 0.4 x (6/2 + 100/6)
        ("pl", "To jest miasto. Trwa tu integracja.", Readability(7.9, 6, 2, 1, 3)),
        # a number is no word, nor does "ust." or "r." end a sentence: 0.4 x (12/2 + 0)
        ("pl", "Od 1 maja 2026 r. działa szkoła (art. 5 ust. 2). Uczy ona dzieci, np. gry.",
         Readability(2.4, 12, 2, 0, 7)),
        # each line of the list is a sentence: 0.4 x (5/3 + 100 x 1/5)
        ("pl", "Cele:\n1) nowa szkoła;\n2) dobra współpraca.", Readability(0.7, 5, 3, 0, 2)),
        # "community" has four syllables, "together" three: 0.4 x (5/1 + 100 x 2/5)
        ("en", "The community works here together.", Readability(18.0, 5, 1, 2, 5)),
        # five syllables: "інтеграція"; 0.4 x (4/1 + 100/4)
        ("uk", "Інтеграція в місті триває.", Readability(11.6, 4, 1, 1, 4)),
        ("pl", "", Readability(0.0, 0, 0, 0, 0)),
        ("pl", " 12, 5 % – § 3 ", Readability(0.0, 0, 0, 0, 0)),
    ],
)  # fmt: skip
def test_the_index_counted_by_hand(language, text, measured):
    assert measure_readability(text, language) == measured


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Pomagamy m.in. Ukraińcom, np. Oksanie i tzw. Nowym.", 1),
        ("Szkoła im. Jana III przy ul. Długiej, ok. 10.5 tys. osób.", 1),
        ("Uchwała z 2026 r. weszła w życie w 2027 r. Potem ją zmieniono.", 2),
        ("Spotkali się o godz. 12. Potem wyszli.", 2),
        ("Czy to już? Tak! I dobrze…", 3),
        ("„Czy wolno?” pyta mieszkaniec.", 1),
        ("Rada J. Kowalskiego radzi.", 1),
        ("Kurs, szkolenie itp. Zapisy trwają.", 2),
        ("- jeden\n- dwa\n\n§ 4. 1. Trzy.", 3),
        ("We help, e.g. Refugees, i.e. them. See p. 5.", 2),
        ("Це т.зв. Центр на вул. Новій, 5. Він працює.", 2),
    ],
)
def test_what_ends_a_sentence(text, count):
    assert len(list(split_sentences(text))) == count


@given(st.text(st.sampled_from("aB .!?\n1)(–m.in.r§")) | st.text())
def test_sentences_stand_where_they_say(text):
    found = list(split_sentences(text))
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert sum(len(one.words) for one in found) == measure_readability(text).words


def test_the_hardest_sentences_in_the_order_of_the_text():
    text = (
        f"Miasto czeka. {LONG} To krótkie zdanie. Interdyscyplinarna ewaluacja "
        "instytucjonalna. "
        f"{LONG}"
    )
    hard = hard_sentences(text)
    assert [text[one.start : one.end] for one in hard] == [one.text for one in hard]
    assert [one.text for one in hard] == [
        LONG,
        "Interdyscyplinarna ewaluacja instytucjonalna.",
        LONG,
    ]
    assert (
        hard[0].words == 28
        and "harmonogramu" in hard[0].long_words
        and "oraz" not in hard[0].long_words
    )
    assert [one.text for one in hard_sentences(text, most=1)] == [
        "Interdyscyplinarna ewaluacja instytucjonalna."
    ]
    assert hard_sentences("Krótko i jasno. Miasto pomaga.") == []


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    [
        ("pl", "W przedmiotowej sprawie urząd odpowie.", ["W przedmiotowej sprawie"]),
        ("pl", "Celem zapewnienia dostępu dokonano analizy potrzeb.", ["Celem zapewnienia", "dokonano analizy"]),
        ("pl", "Niniejszą uchwałą, po dokonaniu analizy.", ["Niniejszą", "dokonaniu analizy"]),
        ("pl", "Z interesariuszami i beneficjentkom, w\nzakresie implementacji.",
         ["interesariuszami", "beneficjentkom", "w\nzakresie", "implementacji"]),
        ("pl", "Można aplikować; zadania komplementarne i przedmiotowych.",
         ["aplikować", "komplementarne", "przedmiotowych"]),
        ("pl", "W tym zakresie aplikacja działa, a ramach nie ma. Zakres: w, zakresie.", []),
        ("pl", "Gmina pomaga nowym mieszkańcom uczyć się języka.", []),
        ("en", "In order to utilise it, prior to implementation.",
         ["In order to", "utilise", "prior to", "implementation"]),
        ("uk", "У зв’язку з тим, що здійснюється імплементація.", ["У зв’язку з тим", "здійснюється", "імплементація"]),
        ("de", "Unter Berücksichtigung der vorliegenden Angelegenheit.", []),
        ("../pl", "niniejszy", []),
    ],
)  # fmt: skip
def test_officialese_is_found_in_its_forms(language, text, phrases):
    found = find_jargon(text, language)
    assert [one.phrase for one in found] == phrases
    assert all(text.startswith(one.phrase, one.start) and one.plain for one in found)


@pytest.mark.parametrize(("language", "least"), [("pl", 60), ("en", 30), ("uk", 30)])
def test_the_tables_find_what_they_list_and_do_not_advise_officialese(language, least):
    table = tomllib.loads((TABLES[0].parent / f"{language}.toml").read_text("utf-8"))["phrases"]
    assert len(table) >= least
    for phrase, plain in table.items():
        assert phrase == phrase.lower() and plain.strip() == plain != ""
        found = find_jargon(phrase.replace("*", ""), language)
        assert [one.phrase for one in found] == [phrase.replace("*", "")]
        assert find_jargon(plain, language) == [], plain


def test_every_table_is_tried_here():
    assert [path.stem for path in TABLES] == ["en", "pl", "uk"]


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["ust. ", "a.", " ", "w przedmiotowej ", "(", "m.in. ", "- "])
def test_large_texts_are_measured_in_passing(piece):
    """Processor seconds; ten times what was measured, a quadratic way takes minutes."""
    text = piece * (200_000 // len(piece))
    start = process_time()
    measure_readability(text)
    hard_sentences(text)
    find_jargon(text, "pl")
    assert process_time() - start < 10
