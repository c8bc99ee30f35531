"""Headings of months, quarters, half-years and years, and the days of those that are marked."""

from datetime import date

import pytest

from splot.parsing.date_mentions import HALF, MONTH, QUARTER, YEAR
from splot.parsing.periods import Period, find_period, spans_of_runs
from splot.parsing.spans import NO_YEAR, YEAR_ASSUMED

MARCH, MAY = Period(MONTH, 0, 3, 3), Period(MONTH, 0, 5, 5)


@pytest.mark.parametrize(
    "text, kind, first, last",
    [
        ("I kw. 2024", QUARTER, 1, 3),
        ("2024 r., Q4", QUARTER, 10, 12),
        ("2. čtvrtletí", QUARTER, 4, 6),
        ("T3", QUARTER, 7, 9),
        ("III квартал", QUARTER, 7, 9),
        ("II półrocze", HALF, 7, 12),
        ("H1", HALF, 1, 6),
        ("1 півріччя", HALF, 1, 6),
        ("2024", YEAR, 1, 12),
        ("sty", MONTH, 1, 1),
        ("kwiec.", MONTH, 4, 4),
        ("März", MONTH, 3, 3),
        ("červen", MONTH, 6, 6),
        ("лис", MONTH, 11, 11),
        ("XII", MONTH, 12, 12),
        ("05", MONTH, 5, 5),
    ],
)
def test_a_heading_is_a_period(text: str, kind: str, first: int, last: int) -> None:
    year = 2024 if "2024" in text else 2025
    assert find_period(text, 2025) == Period(kind, year, first, last)


@pytest.mark.parametrize(
    "text", ["decyzja", "projekt", "grupa", "13", "ma", "2024-2025", "marketing", "5. kwartał"]
)
def test_other_words_are_no_period(text: str) -> None:
    assert find_period(text) is None


def test_runs_are_the_days_from_their_first_to_their_last_period() -> None:
    autumn = Period(MONTH, 2024, 11, 11), Period(MONTH, 2025, 2, 2)
    spans = spans_of_runs([autumn], "11.2024-02.2025", None)
    (window,) = spans.windows
    assert (window.starts, window.due) == (date(2024, 11, 1), date(2025, 2, 28))
    assert spans.sure


def test_a_run_without_a_year_is_of_the_default_one_and_doubtful() -> None:
    spans = spans_of_runs([(MARCH, MARCH), (MAY, MAY)], "marzec; maj", 2024)
    days = [(window.starts, window.due) for window in spans.windows]
    assert days == [
        (date(2024, 3, 1), date(2024, 3, 31)),
        (date(2024, 5, 1), date(2024, 5, 31)),
    ]
    assert spans.doubts == [YEAR_ASSUMED]
    unknown = spans_of_runs([(MARCH, MAY)], "marzec - maj", None)
    assert (unknown.windows, unknown.doubts, unknown.left) == ([], [NO_YEAR], "marzec - maj")
