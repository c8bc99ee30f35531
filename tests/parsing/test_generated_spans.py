"""Written times of any kind are read as they were, no word of any text is lost, and none takes long."""

from collections import Counter
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.parsing import DateSpan, parse_spans
from splot.parsing.scanner import MAX_TEXT_LENGTH

D = date.fromisoformat


DATES = st.dates(D("1995-01-01"), D("2090-12-31"))
MONTHS = ("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
          "listopada", "grudnia")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    DATES,
    st.sampled_from(
        ["{0:%d.%m.%Y}", "{0:%Y-%m-%d}", "{0.day} {1} {0.year} r.", "do {0:%d.%m.%Y} r."]
    ),
)
def test_a_written_date_is_read_as_it_was(day, form):
    assert parse_spans(form.format(day, MONTHS[day.month - 1])).windows == [
        DateSpan(None, day, "day")
    ]


@settings(max_examples=300, deadline=None)
@given(
    DATES,
    st.integers(1, 3000),
    st.sampled_from(["{:%d.%m.%Y}–{:%d.%m.%Y}", "od {:%d.%m.%Y} do {:%d.%m.%Y}"]),
)
def test_a_written_span_is_read_as_it_was(day, length, form):
    end = day + timedelta(length)
    assert parse_spans(form.format(day, end)).windows == [DateSpan(day, end, "day")]


@given(
    st.integers(1, 4),
    st.integers(1950, 2090),
    st.sampled_from(["{r} kw. {y}", "Q{q} {y}", "{r} kwartał {y} r."]),
)
def test_a_written_quarter_is_read_as_it_was(quarter, year, form):
    (read,) = parse_spans(
        form.format(r=["I", "II", "III", "IV"][quarter - 1], q=quarter, y=year)
    ).windows
    assert (read.starts, read.precision) == (date(year, 3 * quarter - 2, 1), "quarter")
    assert read.due and (read.due + timedelta(1)).month == 3 * quarter % 12 + 1


PIECES = st.sampled_from(
    """do|od|30.06.2025|III kw.|2024|-|–|,|i|oraz|na bieżąco|co roku|wrzesień|r.|24-25|/|Q3|w|końca|roku|10|osób
    |31.02.2025|po zakończeniu zadania 2.1|1-5|czerwca|I|półrocze|from|by|May|do ustalenia|br.|szkolny|2024/2025|'|(|)
    |każdego miesiąca|""".replace("\n    ", "").split("|")
)
TEXTS = (
    st.text(max_size=200)
    | st.lists(PIECES, max_size=25).map(" ".join)
    | st.lists(PIECES, max_size=9).map("".join)
)


def words(*texts):
    return Counter(sign for text in texts for sign in text if sign.isalnum())


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.sampled_from([None, 2024]))
def test_no_word_is_lost_and_nothing_fails(text, year):
    read = parse_spans(text, default_year=year)
    assert words(*read.read, read.left) == words(text)
    assert all(
        one.starts is None or one.due is None or one.starts <= one.due for one in read.windows
    )
    assert all(one.starts or one.due for one in read.windows)


@pytest.mark.parametrize(
    "text", ["1." * 990, " " * 1999 + "2", "do " * 660, "I " * 990, "2024-" * 390, "I i " * 490]
)
def test_hostile_texts_take_no_time(text):
    start = process_time()
    parse_spans(text, default_year=2024)
    assert process_time() - start < 2


def test_prose_is_left_as_it_is():
    text = "do 30.06.2025 " * MAX_TEXT_LENGTH
    read = parse_spans(text)
    assert (read.windows, read.left, read.doubts) == ([], text, ["too-long"])
