"""Codes of activities of all shapes, and several institutions in one cell."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.parsing import parse_codes, split_names
from splot.policy.models import address_of_number

ONE = {
    "2.1.2a": "2-1-2a",
    "2.1.2a)": "2-1-2a",
    "1.A.4.II": "1-a-4-ii",
    "I.2": "i-2",
    "I.2.": "i-2",
    "IV.1.3": "iv-1-3",
    "A1": "a1",
    "A.1": "a-1",
    "D-12": "d-12",
    "5": "5",
    "5.": "5",
    "II": "ii",
    "1.10": "1-10",
    "§ 4": "4",
    "§ 4 ust. 1 pkt 2": "4-1-2",
    "§4 ust.1 pkt 2": "4-1-2",
    "§ 4 ust 1 pkt 2)": "4-1-2",
    "§ 4, ust. 1, pkt 2": "4-1-2",
    "par. § 4 ust. 1 pkt 2": "4-1-2",
    "§ 4a ust. 1": "4a-1",
    "art. 5 ust. 2 lit. a": "5-2-a",
    "ust. 2 pkt 1": "2-1",
    "Działanie 3.1": "3-1",
    "działanie nr 3.1": "3-1",
    "Zadanie 5": "5",
    "zad. 5": "5",
    "Cel 2": "2",
    "Action A3": "a3",
    "nr 17": "17",
    "3.1 Kursy językowe": "3-1",
    "3.1. Kursy dla 12 osób": "3-1",
    "Kursy (3.1)": "3-1",
}


@pytest.mark.parametrize("text", ONE)
def test_one_code(text):
    (read,) = parse_codes(text).codes
    assert (read.normal, read.sure) == (ONE[text], True)
    assert read.printed.strip("().") in text and text[read.start : read.end].strip() == read.printed


SEVERAL = {
    "§4 ust.1 pkt 2 i 3": ["4-1-2", "4-1-3"],
    "§ 4 ust. 1 pkt 2, 3 i 5": ["4-1-2", "4-1-3", "4-1-5"],
    "§ 4 ust. 1 pkt 2; § 5 ust. 1": ["4-1-2", "5-1"],
    "2.1, 2.2; 3.4": ["2-1", "2-2", "3-4"],
    "2.1 i 2.2": ["2-1", "2-2"],
    "2.1\n2.2": ["2-1", "2-2"],
    "A1, A2 i B3": ["a1", "a2", "b3"],
    "1, 2, 3": ["1", "2", "3"],
    "Cel I, działanie I.2": ["i", "i-2"],
}


@pytest.mark.parametrize("text", SEVERAL)
def test_several_codes(text):
    assert [code.normal for code in parse_codes(text).codes] == SEVERAL[text]
    assert all(code.sure for code in parse_codes(text).codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1-1.3", [("1-1", True), ("1-2", False), ("1-3", True)]),
        ("1.1 – 1.3", [("1-1", True), ("1-2", False), ("1-3", True)]),
        ("zadania 2-4", [("2", True), ("3", False), ("4", True)]),
        ("§ 4 ust. 1 pkt 2-4", [("4-1-2", True), ("4-1-3", False), ("4-1-4", True)]),
        ("1.1-1.2", [("1-1", True), ("1-2", True)]),
        ("1.1-2.3", [("1-1", False), ("2-3", False)]),
    ],
)
def test_ranges(text, expected):
    assert [(code.normal, code.sure) for code in parse_codes(text).codes] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30.06.2025",
        "2024-06-30",
        "w ramach 3 osób i 2",
        "12.000 zł",
        "Kursy językowe",
        "Fundacja X",
        "12 osób",
    ],
)
def test_what_is_no_code(text):
    assert parse_codes(text).codes == []


def test_differently_written_codes_are_equal():
    assert parse_codes("§4 ust.1 pkt 2").codes == parse_codes("Działanie § 4 ust. 1 pkt 2)").codes
    assert (
        parse_codes("2.1.2a").codes
        == parse_codes("Zadanie 2.1.2a.").codes
        == parse_codes("2.1.2A").codes
    )
    assert parse_codes("2.1").codes != parse_codes("2.11").codes
    assert (
        len({code.loose for text in ("A1", "A.1", "A-1") for code in parse_codes(text).codes}) == 1
    )
    assert parse_codes("1.11").codes[0].loose != parse_codes("11.1").codes[0].loose


@pytest.mark.parametrize(
    "text", ["§ 4 ust. 1 pkt 2", "2.1.2a", "1.A.4.II", "I.2", "A1", "art. 5 ust. 2 lit. a"]
)
def test_a_code_is_the_address_of_its_activity(text):
    assert parse_codes(text).codes[0].normal == address_of_number(text)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=300) | st.text("§ustpkli.0123456789abcIVX-–, ()\n", max_size=120))
def test_nothing_fails_and_codes_stand_in_the_text(text):
    for code in parse_codes(text).codes:
        assert 0 <= code.start < code.end <= len(text)
        assert code.parts and all(code.parts)
        assert not code.sure or code.printed in text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(1, 99), min_size=2, max_size=4))
def test_a_written_code_is_read_as_it_was(numbers):
    text = ".".join(map(str, numbers))
    assert [code.parts for code in parse_codes(text).codes] == [tuple(map(str, numbers))]


@pytest.mark.parametrize(
    "text", ["§ 4 ust. " * 50_000, "1." * 100_000, "A" * 100_000, "1-" * 90_000, "§" * 100_000]
)
def test_hostile_texts_take_no_time(text):
    start = process_time()
    parse_codes(text)
    split_names(text)
    assert process_time() - start < 2


EDUCATION = "Wydział Oświaty, Kultury i Sportu"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EDUCATION, [EDUCATION]),
        (f"{EDUCATION}; MOPS", [EDUCATION, "MOPS"]),
        (f"{EDUCATION}\nMOPS", [EDUCATION, "MOPS"]),
        (f"• {EDUCATION}\n• MOPS", [EDUCATION, "MOPS"]),
        (f"- {EDUCATION}\n- MOPS", [EDUCATION, "MOPS"]),
        (f"1. {EDUCATION}\n2) MOPS", [EDUCATION, "MOPS"]),
        (f"{EDUCATION};\n\n MOPS,", [EDUCATION, "MOPS"]),
        ("MOPS – Dział Integracji", ["MOPS – Dział Integracji"]),
        ("Szkoła nr 5\n3 Przedszkole", ["Szkoła nr 5", "3 Przedszkole"]),
        ("organizacje pozarządowe, MOPS", ["organizacje pozarządowe, MOPS"]),
        ("", []),
        (" ;\n ", []),
    ],
)
def test_names(text, expected):
    assert split_names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"MOPS, {EDUCATION}", ["MOPS", EDUCATION]),
        (f"{EDUCATION} i MOPS", [EDUCATION, "MOPS"]),
        (f"MOPS, {EDUCATION} oraz inne NGO", ["MOPS", EDUCATION, "inne NGO"]),
        ("Fundacja Ina i mops", ["Fundacja Ina", "mops"]),
        ("MOPSik", ["MOPSik"]),
        (
            "Wydział  Oświaty,\u00a0Kultury i Sportu, MOPS",
            ["Wydział  Oświaty,\u00a0Kultury i Sportu", "MOPS"],
        ),
        ("Wydział Oświaty, MOPS", ["Wydział Oświaty", "MOPS"]),
    ],
)
def test_known_names_are_taken_whole(text, expected):
    assert split_names(text, known_names=["MOPS", EDUCATION, "Wydział Oświaty"]) == expected


CONNECTED = ("i", "oraz", "and", "та", "і", "й")
PIECES = st.sampled_from(
    [
        "MOPS",
        EDUCATION,
        "Fundacja Ina",
        ";",
        "\n",
        "•",
        "- ",
        ", ",
        " i ",
        " oraz ",
        "1. ",
        " ",
        "x",
    ]
)


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=200) | st.lists(PIECES, max_size=15).map("".join),
    st.sampled_from([(), ("MOPS", EDUCATION)]),
)
def test_names_lose_no_word(text, known):
    found = split_names(text, known)
    assert all(name.strip() for name in found)
    joined, rest = " ".join(found), iter(text)
    kept = [sign for sign in joined if sign.isalpha()]
    assert all(sign in rest for sign in kept)  # in their order
    lost = len([sign for sign in text if sign.isalpha()]) - len(kept)
    connectors = sum(
        len(word)
        for word in text.replace(",", " ").replace(";", " ").split()
        if word.lower() in CONNECTED
    )
    assert 0 <= lost <= (connectors if known else 0)
