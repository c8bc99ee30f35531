"""The one value that a field, or a cell of its own, holds: a number, a sum of money, a day.

Every door parses with these, so that all accept and refuse the same, in the same words. What is
not certain is refused with a sentence that offers what was probably meant: a ValidationError.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.core.normalisation import normalise_text
from splot.parsing.amount_words import AMOUNT, EXACT, find_currency
from splot.parsing.amounts import parse_amount
from splot.parsing.spans import parse_spans

STARTS, DUE = "starts", "due"  # which end of a span of time is asked for
MAX_QUOTED = 60  # characters of what was written, in a sentence
PLAIN_NUMBER = re.compile(
    r"(?P<sign>[-−–+]?)(?P<whole>\d{1,3}(?:(?P<group>[ '.,])\d{3})(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?P<point>[.,])(?P<fraction>\d+))?"
)
# digits alone, whatever the year: the words of plans know only years of plans
DIGITS_OF_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})\s?(?P<sign>[./-])\s?(?P<month2>\d{1,2})\s?(?P=sign)\s?(?P<year2>\d{1,4})"
    r"(?:\s?(?:r|р)\.?)?"
)
SHORT_YEAR = re.compile(r"\d{2}|00\d{2}")


def parse_exact_number(text: str, *, places: int = 3) -> Decimal:
    """A number with or without separators of thousands, a comma or a point before its fraction."""
    written = _on_one_line(text).removesuffix("%").rstrip()
    match = PLAIN_NUMBER.fullmatch(written)
    if match is None:
        return _check_places(_parse_words(written), places)
    whole, group, fraction = match["whole"], match["group"], match["fraction"] or ""
    if group == match["point"] and group is not None:
        raise _not_a_number(written)
    is_single = group in (".", ",") and whole.count(group) == 1 and not fraction
    if is_single and not whole.startswith("0"):
        raise _two_meanings(written, whole, group, places)
    if is_single:
        whole, fraction = whole.split(group)
    digits = re.sub(r"\D", "", whole)
    number = Decimal(f"{digits}.{fraction or 0}")
    return _check_places(-number if match["sign"] in ("-", "−", "–") else number, places)


def parse_exact_amount(text: str) -> Decimal:
    """A sum of money to the hundredth, with or without its currency: "1 234,50", "12 tys. zł"."""
    return parse_exact_number(text, places=2)


def check_currency(text: str, currency: str) -> None:
    """Refuse a sum that names another currency than the one in which it will stand."""
    named = find_currency(_on_one_line(text))
    if named and named != currency:
        raise ValidationError(
            _("The sum is in %(named)s, the line in %(currency)s.")
            % {"named": named, "currency": currency}
        )


def parse_whole_number(text: str) -> int:
    """A number without a fraction."""
    number = parse_exact_number(text)
    if number != number.to_integral_value():
        raise ValidationError(_("Write a whole number."))
    return int(number)


def parse_exact_year(text: str) -> int:
    """A year of four digits."""
    written = _on_one_line(text)
    if SHORT_YEAR.fullmatch(written):
        raise ValidationError(
            _("Write the year with four digits: %(year)s?") % {"year": f"20{written[-2:]}"}
        )
    if not re.fullmatch(r"\d{4}", written):
        raise ValidationError(_("Write a year, such as 2024."))
    return int(written)


def parse_exact_day(text: str, edge: str = DUE) -> date:
    """A day; of a month, a quarter or a year its first (STARTS) or its last one (DUE)."""
    written = _on_one_line(text)
    if match := DIGITS_OF_DAY.fullmatch(written):
        return _day_of_digits(match)
    if SHORT_YEAR.fullmatch(written):
        parse_exact_year(written)
    spans = parse_spans(written)
    is_day_alone = len(spans.windows) == 1 and not (spans.recurring or spans.after)
    if not is_day_alone or not spans.sure:
        raise ValidationError(
            _("“%(words)s” is no day. Write it like 31.12.2024.") % {"words": _quote(written)}
        )
    (window,) = spans.windows
    days = (window.starts, window.due) if edge == STARTS else (window.due, window.starts)
    day = days[0] or days[1]
    assert day is not None
    return day


def write_day(day: date) -> str:
    """A day as it stands in a field: "31.12.2024"."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def write_number(number: Decimal | int, *, places: int = 0) -> str:
    """A number as it stands in a field, in the active language, so that it is read again as it is.

    A fraction has at least so many `places`: 1234,50 of money. One of three digits gets a fourth,
    for it could be thousands.
    """
    whole, __, fraction = f"{Decimal(number):f}".partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return whole
    fraction = f"{fraction:0<{places}}"
    if len(fraction) == 3:
        fraction += "0"
    return f"{whole}{get_decimal_symbol(get_language())}{fraction}"


def _on_one_line(text: str) -> str:
    return " ".join(normalise_text(text).split())


def _quote(written: str) -> str:
    return written if len(written) <= MAX_QUOTED else f"{written[:MAX_QUOTED]}…"


def _not_a_number(written: str) -> ValidationError:
    example = write_number(Decimal("1234.5"))
    return ValidationError(
        _("“%(words)s” is no number. Write it like %(example)s.")
        % {"words": _quote(written), "example": example}
    )


def _two_meanings(written: str, whole: str, group: str, places: int) -> ValidationError:
    """A comma or a point before three digits: of thousands, or before a fraction?"""
    meant = {"words": written, "thousands": whole.replace(group, "")}
    if places < len(whole.split(group)[1]):
        return ValidationError(
            _("“%(words)s”: if thousands are meant, write %(thousands)s.") % meant
        )
    meant["fraction"] = write_number(Decimal(whole.replace(group, ".")))
    return ValidationError(
        _("“%(words)s” can be two numbers: write %(thousands)s, or %(fraction)s.") % meant
    )


def _parse_words(written: str) -> Decimal:
    """An amount in words such as "12 tys. zł"; nothing that is not exact."""
    parsed = parse_amount(written)
    is_plain = parsed.qualifier == EXACT and parsed.upper is None and not parsed.each
    if parsed.state != AMOUNT or not parsed.sure or not is_plain or parsed.amount is None:
        raise _not_a_number(written)
    return parsed.amount


def _check_places(number: Decimal, places: int) -> Decimal:
    # as text: round() takes no number of more digits than Decimal reckons with
    if len(f"{number:f}".partition(".")[2].rstrip("0")) > places:
        raise ValidationError(
            _("At most %(places)d digits stand behind the decimal sign.") % {"places": places}
        )
    return number


def _day_of_digits(match: re.Match[str]) -> date:
    year = match["year"] or match["year2"]
    month, day = int(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    if SHORT_YEAR.fullmatch(year):
        meant = _existing_day(int(f"20{year[-2:]}"), month, day)
        raise ValidationError(
            _("Write the year with four digits: %(year)s?") % {"year": write_day(meant)}
        )
    found = _existing_day(int(year), month, day)
    if match["sign"] == "/" and day <= 12 and day != month:
        other = _existing_day(int(year), day, month)
        days = {"one": write_day(found), "other": write_day(other)}
        raise ValidationError(_("Day or month first? Write %(one)s or %(other)s.") % days)
    return found


def _existing_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(_("There is no such day.")) from error
