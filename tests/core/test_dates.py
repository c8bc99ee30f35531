"""Periods are read, ordered and said in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from splot.core.dates import Period, format_day, validate_period


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_has_its_days(code: str, start: date, end: date) -> None:
    assert (Period.parse(code).start, Period.parse(code).end) == (start, end)


@pytest.mark.parametrize(
    "code", ["", "23", "2023-H3", "2023-Q0", "2023-13", "2023-1", "2023/2024", "2023-H1 "]
)
def test_what_is_no_period_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(ValidationError, match="2024"):
        validate_period(code)


def test_the_whole_year_comes_after_its_parts() -> None:
    codes = ["2023", "2023-H1", "2022-Q4", "2023-Q2"]
    assert max(codes, key=lambda code: Period.parse(code).end) == "2023"


def test_periods_and_days_speak_the_readers_language() -> None:
    with override("en"):
        assert str(Period.parse("2023-H1")) == "first half of 2023"
        assert str(Period.parse("2024-02")) == "February 2024"
        assert format_day(date(2024, 3, 12)) == "March 12, 2024"
    with override("pl"):
        assert str(Period.parse("2023-H1")) == "pierwsze półrocze 2023"
        assert format_day(date(2024, 3, 12)) == "12 marca 2024"
        assert format_day(None) == ""
