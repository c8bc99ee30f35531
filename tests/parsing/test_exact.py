"""One number, sum or day, as people type it: exact or refused with a sentence, never guessed."""

from datetime import date
from decimal import Decimal

import hypothesis
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import strategies

from splot.parsing.exact import (
    STARTS,
    check_currency,
    parse_exact_amount,
    parse_exact_day,
    parse_exact_number,
    parse_exact_year,
    parse_whole_number,
    write_day,
    write_number,
)


@pytest.mark.parametrize(
    "written, number",
    [
        ("1 234,50", "1234.50"),
        ("480 000,50 zł", "480000.50"),
        ("480\u00a0000,50\u00a0zł", "480000.50"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1.234.567", "1234567"),
        ("1'234,5", "1234.5"),
        ("0,25", "0.25"),
        ("12 tys. zł", "12000"),
        ("12000 zł brutto", "12000"),
        ("２０", "20"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("25 %", "25"),
        ("2024", "2024"),
        ("0", "0"),
        ("9" * 60, "9" * 60),
        ("1" * 40 + ",50", "1" * 40 + ".50"),
    ],
)
def test_a_number_in_any_of_its_forms(written: str, number: str) -> None:
    assert parse_exact_amount(written) == Decimal(number)


@pytest.mark.parametrize(
    "written, sentence",
    [
        ("ok. 12 tys. zł", "“ok. 12 tys. zł” is no number. Write it like 1234.5."),
        ("10-12", "“10-12” is no number. Write it like 1234.5."),
        ("12 zł rocznie", "“12 zł rocznie” is no number. Write it like 1234.5."),
        ("1 23", "“1 23” is no number. Write it like 1234.5."),
        ("1e5", "“1e5” is no number. Write it like 1234.5."),
        ("(5)", "“(5)” is no number. Write it like 1234.5."),
        ("1000-", "“1000-” is no number. Write it like 1234.5."),
        ("12,345,67", "“12,345,67” is no number. Write it like 1234.5."),
        ("nan", "“nan” is no number. Write it like 1234.5."),
        ("1.234", "“1.234”: if thousands are meant, write 1234."),
        ("1,005", "“1,005”: if thousands are meant, write 1005."),
        ("12,345.678", "At most 2 digits stand behind the decimal sign."),
    ],
)
def test_what_is_not_certain_is_refused(written: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_exact_amount(written)
    assert refusal.value.messages == [sentence]


def test_three_digits_are_asked_about_where_both_are_possible() -> None:
    with override("pl"), pytest.raises(ValidationError) as refusal:
        parse_exact_number("1.234")
    assert "1234" in refusal.value.messages[0] and "1,2340" in refusal.value.messages[0]
    assert parse_exact_number("1,2340") == Decimal("1.234")
    assert parse_exact_number("0,234") == Decimal("0.234")


def test_a_whole_number_has_no_fraction_and_a_sum_one_currency() -> None:
    assert parse_whole_number("1 200") == 1200
    with pytest.raises(ValidationError):
        parse_whole_number("1,5")
    check_currency("100 zł", "PLN")
    check_currency("100", "EUR")
    with pytest.raises(ValidationError):
        check_currency("100 €", "PLN")


@hypothesis.given(
    strategies.decimals(-(10**12), 10**12, places=3, allow_nan=False),
    strategies.sampled_from(["pl", "en", "uk"]),
)
def test_what_a_field_shows_is_what_it_reads(number: Decimal, language: str) -> None:
    with override(language):
        assert parse_exact_number(write_number(number)) == number
        sum_of_money = round(number, 2)
        assert parse_exact_amount(write_number(sum_of_money, places=2)) == sum_of_money


@pytest.mark.parametrize(
    "written, day",
    [
        ("31.12.2024", date(2024, 12, 31)),
        ("31.12.2024 r.", date(2024, 12, 31)),
        ("2024-12-31", date(2024, 12, 31)),
        ("31/12/2024", date(2024, 12, 31)),
        ("5/5/2024", date(2024, 5, 5)),
        ("31 grudnia 2024", date(2024, 12, 31)),
        ("31 December 2024", date(2024, 12, 31)),
        ("do 30.06.2025", date(2025, 6, 30)),
        ("III kw. 2024", date(2024, 9, 30)),
        ("2024", date(2024, 12, 31)),
        ("9999-12-31", date(9999, 12, 31)),  # out of bounds, which its door says
    ],
)
def test_a_day_in_any_of_its_forms(written: str, day: date) -> None:
    assert parse_exact_day(written) == day


def test_a_span_begins_and_ends() -> None:
    assert parse_exact_day("III kw. 2024", STARTS) == date(2024, 7, 1)
    assert parse_exact_day("2024", STARTS) == date(2024, 1, 1)


@pytest.mark.parametrize(
    "written, sentence",
    [
        ("24", "Write the year with four digits: 2024?"),
        ("31.12.24", "Write the year with four digits: 31.12.2024?"),
        ("0024-12-31", "Write the year with four digits: 31.12.2024?"),
        ("31.12.0024", "Write the year with four digits: 31.12.2024?"),
        ("03/04/2024", "Day or month first? Write 03.04.2024 or 04.03.2024."),
        ("31.02.2024", "There is no such day."),
        ("12/31/2024", "There is no such day."),
        ("grudzień", "“grudzień” is no day. Write it like 31.12.2024."),
        ("2024 i 2025", "“2024 i 2025” is no day. Write it like 31.12.2024."),
        ("co roku", "“co roku” is no day. Write it like 31.12.2024."),
        ("wkrótce", "“wkrótce” is no day. Write it like 31.12.2024."),
    ],
)
def test_what_is_no_certain_day_is_refused(written: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_exact_day(written)
    assert refusal.value.messages == [sentence]


@hypothesis.given(strategies.dates())
def test_a_shown_day_is_read_again(day: date) -> None:
    if day.year >= 100:
        assert parse_exact_day(write_day(day)) == day


def test_a_year_has_four_digits() -> None:
    assert parse_exact_year(" 2024 ") == 2024
    for written in ("24", "0024", "20245", "MMXXIV", ""):
        with pytest.raises(ValidationError):
            parse_exact_year(written)
