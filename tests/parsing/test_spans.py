"""Times as people write them in plans: each example with what it means, and what was assumed."""

from datetime import date

import pytest

from splot.parsing import DateSpan, parse_shown_day, parse_spans

D = date.fromisoformat


def window(starts, due, precision="day"):
    return DateSpan(D(starts) if starts else None, D(due) if due else None, precision)


SURE = {
    "2024-2026": [("2024-01-01", "2026-12-31", "year")],
    "2024–26": [("2024-01-01", "2026-12-31", "year")],
    "2024 r. - 2026 r.": [("2024-01-01", "2026-12-31", "year")],
    "lata 2024-2025 oraz 2027": [
        ("2024-01-01", "2025-12-31", "year"),
        ("2027-01-01", "2027-12-31", "year"),
    ],
    "w latach 2024–2026": [("2024-01-01", "2026-12-31", "year")],
    "2024, 2026": [("2024-01-01", "2024-12-31", "year"), ("2026-01-01", "2026-12-31", "year")],
    "2024; 2025; 2026": [(f"{y}-01-01", f"{y}-12-31", "year") for y in (2024, 2025, 2026)],
    "2025": [("2025-01-01", "2025-12-31", "year")],
    "rok 2025": [("2025-01-01", "2025-12-31", "year")],
    "2025 r.": [("2025-01-01", "2025-12-31", "year")],
    "w 2025 roku": [("2025-01-01", "2025-12-31", "year")],
    "od 2024": [("2024-01-01", None, "year")],
    "od 2024 do 2026": [("2024-01-01", "2026-12-31", "year")],
    "do 2026 r.": [(None, "2026-12-31", "year")],
    "do końca 2025": [(None, "2025-12-31", "year")],
    "do końca roku 2025": [(None, "2025-12-31", "year")],
    "koniec 2025 r.": [(None, "2025-12-31", "year")],
    "by the end of 2025": [(None, "2025-12-31", "year")],
    "III kw. 2024": [("2024-07-01", "2024-09-30", "quarter")],
    "III kwartał 2024 r.": [("2024-07-01", "2024-09-30", "quarter")],
    "w III kw. 2024 r.": [("2024-07-01", "2024-09-30", "quarter")],
    "3 kwartał 2024": [("2024-07-01", "2024-09-30", "quarter")],
    "kwartał III 2024": [("2024-07-01", "2024-09-30", "quarter")],
    "drugi kwartał 2024": [("2024-04-01", "2024-06-30", "quarter")],
    "w czwartym kwartale 2024 roku": [("2024-10-01", "2024-12-31", "quarter")],
    "2024 Q3": [("2024-07-01", "2024-09-30", "quarter")],
    "Q3 2024": [("2024-07-01", "2024-09-30", "quarter")],
    "Q3/2024": [("2024-07-01", "2024-09-30", "quarter")],
    "3Q 2024": [("2024-07-01", "2024-09-30", "quarter")],
    "Q3-Q4 2024": [("2024-07-01", "2024-12-31", "quarter")],
    "III-IV kw. 2024": [("2024-07-01", "2024-12-31", "quarter")],
    "I–III kwartał 2025 r.": [("2025-01-01", "2025-09-30", "quarter")],
    "I i II kwartał 2025": [
        ("2025-01-01", "2025-03-31", "quarter"),
        ("2025-04-01", "2025-06-30", "quarter"),
    ],
    "I, III kw. 2025": [
        ("2025-01-01", "2025-03-31", "quarter"),
        ("2025-07-01", "2025-09-30", "quarter"),
    ],
    "IV kw. 2024 - II kw. 2025": [("2024-10-01", "2025-06-30", "quarter")],
    "do III kw. 2024": [(None, "2024-09-30", "quarter")],
    "od II kwartału 2024 r.": [("2024-04-01", None, "quarter")],
    "I półrocze 2025": [("2025-01-01", "2025-06-30", "half")],
    "II poł. 2024": [("2024-07-01", "2024-12-31", "half")],
    "pierwsza połowa 2025 r.": [("2025-01-01", "2025-06-30", "half")],
    "H1 2025": [("2025-01-01", "2025-06-30", "half")],
    "first half of 2025": [("2025-01-01", "2025-06-30", "half")],
    "od września 2024": [("2024-09-01", None, "month")],
    "wrzesień–grudzień 2024": [("2024-09-01", "2024-12-31", "month")],
    "wrzesień 2024 – czerwiec 2025": [("2024-09-01", "2025-06-30", "month")],
    "od stycznia do marca 2025": [("2025-01-01", "2025-03-31", "month")],
    "styczeń, maj i wrzesień 2025": [
        ("2025-01-01", "2025-01-31", "month"),
        ("2025-05-01", "2025-05-31", "month"),
        ("2025-09-01", "2025-09-30", "month"),
    ],
    "luty 2024": [("2024-02-01", "2024-02-29", "month")],
    "pazdziernik 2024": [("2024-10-01", "2024-10-31", "month")],
    "WRZESIEŃ 2024": [("2024-09-01", "2024-09-30", "month")],
    "do końca czerwca 2025 r.": [(None, "2025-06-30", "month")],
    "IX 2024": [("2024-09-01", "2024-09-30", "month")],
    "IX–XII 2024": [("2024-09-01", "2024-12-31", "month")],
    "09.2024": [("2024-09-01", "2024-09-30", "month")],
    "09/2024": [("2024-09-01", "2024-09-30", "month")],
    "2024-09": [("2024-09-01", "2024-09-30", "month")],
    "by end of June 2025": [(None, "2025-06-30", "month")],
    "May 2025": [("2025-05-01", "2025-05-31", "month")],
    "вересень 2024": [("2024-09-01", "2024-09-30", "month")],
    "do 30.06.2025": [(None, "2025-06-30", "day")],
    "do dnia 30.06.2025 r.": [(None, "2025-06-30", "day")],
    "najpóźniej do 30.06.2025": [(None, "2025-06-30", "day")],
    "30.06.2025 r.": [(None, "2025-06-30", "day")],
    "30-06-2025": [(None, "2025-06-30", "day")],
    "30/06/2025": [(None, "2025-06-30", "day")],
    "2024-06-30": [(None, "2024-06-30", "day")],
    "2024.06.30": [(None, "2024-06-30", "day")],
    "30 czerwca 2025 r.": [(None, "2025-06-30", "day")],
    "30 VI 2025": [(None, "2025-06-30", "day")],
    "June 30, 2025": [(None, "2025-06-30", "day")],
    "30 June 2025": [(None, "2025-06-30", "day")],
    "30 червня 2025 р.": [(None, "2025-06-30", "day")],
    "w dniu 30.06.2025": [("2025-06-30", "2025-06-30", "day")],
    "od 1 września 2024 r.": [("2024-09-01", None, "day")],
    "od 1.09.2024 do 30.06.2025": [("2024-09-01", "2025-06-30", "day")],
    "od 1.09.2024 r. do końca 2025 r.": [("2024-09-01", "2025-12-31", "year")],
    "od 01.09.2024r. do 30.06.2025r.": [("2024-09-01", "2025-06-30", "day")],
    "1.07.2024r": [(None, "2024-07-01", "day")],
    "2024r.": [("2024-01-01", "2024-12-31", "year")],
    "rozpoczęcie: 01.2024, zakończenie: 12.2025": [("2024-01-01", "2025-12-31", "month")],
    "od 1.09.2024, do 30.06.2025": [("2024-09-01", "2025-06-30", "day")],
    "do 30 czerwca i 31 grudnia 2025": [(None, "2025-06-30", "day"), (None, "2025-12-31", "day")],
    "VI-VIII 2024": [("2024-06-01", "2024-08-31", "month")],
    "01.09-15.10.2024": [("2024-09-01", "2024-10-15", "day")],
    "1-5 czerwca 2025": [("2025-06-01", "2025-06-05", "day")],
    "1 września – 15 października 2024": [("2024-09-01", "2024-10-15", "day")],
    "30.06.2025 i 30.11.2025": [(None, "2025-06-30", "day"), (None, "2025-11-30", "day")],
    "rok szkolny 2024/2025": [("2024-09-01", "2025-08-31", "school_year")],
    "w roku szkolnym 2024/25": [("2024-09-01", "2025-08-31", "school_year")],
    "2024 i 2025": [(f"{y}-01-01", f"{y}-12-31", "year") for y in (2024, 2025)],
    "2023-2024 i 2026": [
        ("2023-01-01", "2024-12-31", "year"),
        ("2026-01-01", "2026-12-31", "year"),
    ],
    "2024, 2025 i 2026 r.": [(f"{y}-01-01", f"{y}-12-31", "year") for y in (2024, 2025, 2026)],
    "I 2025": [("2025-01-01", "2025-01-31", "month")],
    "12/31/2024": [(None, "2024-12-31", "day")],
    "Q2 2024-Q1 2025": [("2024-04-01", "2025-03-31", "quarter")],
    "2024 onwards": [("2024-01-01", None, "year")],
    "2024 r. i później": [("2024-01-01", None, "year")],
    "2. pololetí 2024": [("2024-07-01", "2024-12-31", "half")],
    "od března 2024 do června 2025": [("2024-03-01", "2025-06-30", "month")],
    "2. čtvrtletí 2024": [("2024-04-01", "2024-06-30", "quarter")],
    "leden a únor 2024": [
        ("2024-01-01", "2024-01-31", "month"),
        ("2024-02-01", "2024-02-29", "month"),
    ],
    "März 2025": [("2025-03-01", "2025-03-31", "month")],
    "von März bis Juni 2025": [("2025-03-01", "2025-06-30", "month")],
    "bis 30. Juni 2025": [(None, "2025-06-30", "day")],
    "ab 2024": [("2024-01-01", None, "year")],
    "3. Quartal 2024": [("2024-07-01", "2024-09-30", "quarter")],
    "1. Halbjahr 2025": [("2025-01-01", "2025-06-30", "half")],
    "de enero a junio de 2024": [("2024-01-01", "2024-06-30", "month")],
    "segundo trimestre de 2024": [("2024-04-01", "2024-06-30", "quarter")],
    "hasta diciembre de 2025": [(None, "2025-12-31", "month")],
    "II півріччя 2024 року": [("2024-07-01", "2024-12-31", "half")],
}


@pytest.mark.parametrize("text", SURE)
def test_times_that_say_all(text):
    read = parse_spans(text)
    assert read.windows == [window(*one) for one in SURE[text]]
    assert read.sure, (read.doubts, read.left)
    assert (read.recurring, read.after, read.unknown) == ("", "", False)


ASSUMED = {
    "30.06.2025 i 30.09": (
        [(None, "2025-06-30", "day"), (None, "2025-09-30", "day")],
        ["year-assumed"],
    ),
    "24-25": ([("2024-01-01", "2025-12-31", "year")], ["two-digit-year"]),
    "24-25/26-27": (
        [("2024-01-01", "2025-12-31", "year"), ("2026-01-01", "2027-12-31", "year")],
        ["two-digit-year"],
    ),
    "30.06.25": ([(None, "2025-06-30", "day")], ["two-digit-year"]),
    "2024/2025": ([("2024-01-01", "2025-12-31", "year")], ["span-of-years"]),
    "05/06/2025": ([(None, "2025-06-05", "day")], ["day-or-month-first"]),
    "from Q3": ([("2023-07-01", None, "quarter")], ["year-assumed"]),
    "by 30.06.": ([(None, "2023-06-30", "day")], ["year-assumed"]),
    "do 30.06": ([(None, "2023-06-30", "day")], ["year-assumed"]),
    "30 czerwca": ([(None, "2023-06-30", "day")], ["year-assumed"]),
    "od września": ([("2023-09-01", None, "month")], ["year-assumed"]),
    "II kwartał": ([("2023-04-01", "2023-06-30", "quarter")], ["year-assumed"]),
    "do końca roku": ([(None, "2023-12-31", "year")], ["year-assumed"]),
    "IV kw. br.": ([("2023-10-01", "2023-12-31", "quarter")], ["year-assumed"]),
    "listopad – luty 2025": ([("2024-11-01", "2025-02-28", "month")], ["year-assumed"]),
    "24": ([("2024-01-01", "2024-12-31", "year")], ["two-digit-year"]),
    "grudzień 24": ([("2024-12-01", "2024-12-31", "month")], ["two-digit-year"]),
    "mid-2025": ([(None, "2025-06-30", "day")], ["approximate"]),
    "połowa 2025": ([(None, "2025-06-30", "day")], ["approximate"]),
    "w połowie czerwca 2025 r.": ([(None, "2025-06-15", "day")], ["approximate"]),
    "early 2026": ([("2026-01-01", "2026-03-31", "quarter")], ["approximate"]),
    "wiosna 2024": ([("2024-03-01", "2024-05-31", "quarter")], ["approximate"]),
    "zima 2024": ([("2024-12-01", "2025-02-28", "quarter")], ["approximate"]),
    "2024 2025": (
        [("2024-01-01", "2024-12-31", "year"), ("2025-01-01", "2025-12-31", "year")],
        ["several-times"],
    ),
}


@pytest.mark.parametrize("text", ASSUMED)
def test_what_is_assumed_is_said(text):
    read = parse_spans(text, default_year=2023)
    windows, doubts = ASSUMED[text]
    assert (read.windows, read.doubts) == ([window(*one) for one in windows], doubts)
    assert not read.sure and not read.left


@pytest.mark.parametrize("text", ["from Q3", "by 30.06.", "od września", "II kwartał"])
def test_without_a_year_nothing_is_made_up(text):
    read = parse_spans(text)
    assert read.windows == [] and not read.sure
    assert read.left == text.rstrip(".")


RHYTHMS = {
    "na bieżąco": "continuous",
    "Na bieżąco": "continuous",
    "w sposób ciągły": "continuous",
    "w trybie ciągłym": "continuous",
    "zadanie ciągłe": "continuous",
    "działanie ciągłe": "continuous",
    "ciągły": "continuous",
    "stale": "continuous",
    "Ongoing": "continuous",
    "on-going": "continuous",
    "cały okres realizacji": "continuous",
    "przez cały okres obowiązywania programu": "continuous",
    "cały rok": "continuous",
    "постійно": "continuous",
    "co roku": "yearly",
    "corocznie": "yearly",
    "każdego roku": "yearly",
    "raz w roku": "yearly",
    "raz do roku": "yearly",
    "yearly": "yearly",
    "annually": "yearly",
    "every year": "yearly",
    "щороку": "yearly",
    "kwartalnie": "quarterly",
    "co kwartał": "quarterly",
    "raz na kwartał": "quarterly",
    "quarterly": "quarterly",
    "raz w miesiącu": "monthly",
    "co miesiąc": "monthly",
    "do 15 dnia każdego miesiąca": "monthly",
}


@pytest.mark.parametrize("text", RHYTHMS)
def test_rhythms(text):
    read = parse_spans(text)
    assert (read.recurring, read.windows, read.sure) == (RHYTHMS[text], [], True)


def test_a_rhythm_with_a_window():
    read = parse_spans("co roku, do 30 czerwca 2025 r.")
    assert (read.recurring, read.windows, read.sure) == (
        "yearly",
        [window(None, "2025-06-30")],
        True,
    )
    read = parse_spans("2024-2026, na bieżąco")
    assert (read.recurring, read.windows) == (
        "continuous",
        [window("2024-01-01", "2026-12-31", "year")],
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("po zakończeniu zadania 2.1", "2.1"),
        ("po realizacji działania 3.2a", "3.2a"),
        ("po zakończeniu zadania nr 4", "4"),
        ("after task 2.1", "2.1"),
        ("after completion of action A3", "A3"),
    ],
)
def test_after_another_task(text, code):
    read = parse_spans(text, default_year=2024)
    assert (read.after, read.windows, read.sure) == (code, [], True)


@pytest.mark.parametrize(
    "text", ["do ustalenia", "TBD", "termin do ustalenia", "b.d.", "brak danych", "tbc"]
)
def test_known_to_be_unknown(text):
    assert parse_spans(text).unknown and parse_spans(text).sure


@pytest.mark.parametrize("text", ["", " ", "-", "—"])
def test_not_given_is_not_unknown(text):
    read = parse_spans(text)
    assert (read.windows, read.unknown, read.recurring, read.left) == ([], False, "", "")


@pytest.mark.parametrize(
    "text", ["wg potrzeb", "2 razy w roku", "10-15 osób", "12 000 zł", "5 szkoleń", "ustawa"]
)
def test_what_is_no_time_is_left(text):
    read = parse_spans(text, default_year=2024)
    assert (read.windows, read.recurring, read.left) == ([], "", text)


@pytest.mark.parametrize("text", ["9999", "0024", "31.12.9999", "1.01.0024", "rok 24000"])
def test_no_year_outside_the_calendar_is_a_value(text):
    read = parse_spans(text, default_year=2024)
    assert (read.windows, read.left, read.sure) == ([], text, False)
    outside = parse_shown_day("31.12.9999", D("9999-12-31"))
    assert (outside.windows, outside.doubts) == ([], ["no-such-year"])


@pytest.mark.parametrize(
    "text",
    ["31.12.2024 lub 2025", "31.12.2024?", "31.12.2024 godz. 12", "≈2024", "2024 ✓", "około 2024"],
)
def test_a_word_beside_a_date_is_never_passed_over(text):
    assert not parse_spans(text).sure


def test_the_mark_of_a_footnote_beside_a_date_is_kept():
    read = parse_spans("2024¹")
    assert (read.windows, read.left, read.sure) == (
        [window("2024-01-01", "2024-12-31", "year")],
        "¹",
        True,
    )


def test_no_such_day_is_left_and_said():
    read = parse_spans("do 31.02.2025")
    assert (read.windows, read.doubts) == ([], ["no-such-day"]) and "31.02.2025" in read.left


def test_an_end_before_its_start_is_left_and_said():
    read = parse_spans("od 30.06.2025 do 1.01.2025")
    assert (read.windows, read.doubts) == ([], ["ends-before-it-starts"])


def test_words_around_a_time_are_left():
    read = parse_spans("warsztaty od września 2024, szkolenia do 30.06.2025")
    assert read.windows == [window("2024-09-01", None, "month"), window(None, "2025-06-30")]
    assert read.left == "warsztaty szkolenia" and not read.sure


def test_the_date_of_a_cell_needs_no_reading():
    assert parse_shown_day("30.06.2025", D("2025-06-30")).windows == [window(None, "2025-06-30")]


@pytest.mark.parametrize(
    ("shown", "expected", "left"),
    [
        ("od 30.06.2025", window("2025-06-30", None), ""),
        ("od 30.06.25", window("2025-06-30", None), ""),
        ("do 30.06.2025 r.", window(None, "2025-06-30"), ""),
        ("poniedziałek, 30 czerwca 2025", window(None, "2025-06-30"), ""),
        ("Mon, June 30, 2025 12:00 AM", window(None, "2025-06-30"), ""),
        ("06/30/2025", window(None, "2025-06-30"), ""),
        ("po 30.06.2025", window(None, "2025-06-30"), "po"),
        ("30.06.2025 (planowo)", window(None, "2025-06-30"), "planowo"),
        ("30.06.2025?", window(None, "2025-06-30"), "?"),
    ],
)
def test_words_that_a_cell_shows_about_its_day_are_parsed_or_left(shown, expected, left):
    read = parse_shown_day(shown, D("2025-06-30"))
    assert (read.windows, read.left.strip("()"), read.doubts) == ([expected], left, [])
