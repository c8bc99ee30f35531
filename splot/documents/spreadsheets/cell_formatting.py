"""What a spreadsheet shows for a number in its format, as a Polish office's computer shows it.

A file says little of the language of its readers, so that Polish signs are used (12 000,50;
30.06.2025) unless the format itself names another language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date

from splot.documents.spreadsheets.number_formats import (
    NumberFormat,
    is_date_format,
    is_month_format,
    is_temporal_format,
    parse_number_format,
)

MAX_EXPONENT = 40
GENERAL = NumberFormat((("general", "General"),))
MINUS_SIGNS = "-−–("
BOOLEANS = {True: "PRAWDA", False: "FAŁSZ"}


def format_cell_number(value: Decimal, code: str, day: datetime | None = None) -> str:
    """What a person sees of a number; `day` is the date that it stands for, if it can be one."""
    if code == "General":
        return _format_general(value, "pl")
    sections = parse_number_format(code)
    is_negative = value < 0
    section, value = _select_section(sections[:3], value)
    if section.is_date and (day is not None or section.has("elapsed")):
        return _format_date(section, day or datetime(1899, 12, 30), value)
    if section.has("general") or section.is_date:
        return _wrap_in_literals(section, _format_general(value, section.language))
    if not section.has("digit"):
        return _join_literals(section.tokens).strip()
    if section.has("exponent") or section.has("sign", "/"):
        return _wrap_in_literals(section, _format_general(value, section.language))
    return _with_minus(_format_digits(section, value), is_negative)


def _with_minus(words: str, is_negative: bool) -> str:
    """The words of a number below zero, which a format may show by its colour alone."""
    is_marked = not is_negative or any(sign in words for sign in MINUS_SIGNS)
    return words if is_marked else f"-{words}"


def _join_literals(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(text for kind, text in tokens if kind in ("literal", "sign"))


def _select_section(
    sections: tuple[NumberFormat, ...], value: Decimal
) -> tuple[NumberFormat, Decimal]:
    """The section for a number, which shows no sign of its own where a section for negative ones
    exists.
    """
    if any(section.condition for section in sections):
        chosen = _select_by_condition(sections, value)
        return chosen, abs(value) if chosen.is_for_negatives else value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _select_by_condition(sections: tuple[NumberFormat, ...], value: Decimal) -> NumberFormat:
    """The first section whose condition a number meets. One without a condition is for what is
    left if it is the last, for numbers below zero if it is the second.
    """
    for at, section in enumerate(sections):
        if section.condition:
            is_chosen = section.is_for(value)
        else:
            is_chosen = at == len(sections) - 1 or (at == 1 and value < 0)
        if is_chosen:
            return section
    return GENERAL


def _wrap_in_literals(section: NumberFormat, words: str) -> str:
    """A number in the format's literals, without its digits' places."""
    before = after = ""
    seen = False
    for kind, text in section.tokens:
        seen = seen or kind in ("general", "digit", "date")
        if kind == "literal":
            before, after = (before, after + text) if seen else (before + text, after)
    return f"{before}{words}{after}".strip()


def _format_general(value: Decimal, language: str) -> str:
    if value and not -MAX_EXPONENT < value.adjusted() < MAX_EXPONENT:
        return f"{value:.5E}"
    words = f"{value.normalize():f}" if value else "0"
    return words if language == "en" else words.replace(".", ",")


def _format_digits(section: NumberFormat, value: Decimal) -> str:
    """Digits put into their places from the right, as in "# ##0" or "#,##0.00"."""
    if value and not -MAX_EXPONENT < value.adjusted() < MAX_EXPONENT:
        return f"{value:.5E}"
    tokens = list(section.tokens)
    places = [at for at, (kind, _text) in enumerate(tokens) if kind == "digit"]
    point = len(tokens)
    if ("sign", ".") in tokens[places[0] :]:
        point = tokens.index(("sign", "."), places[0])
    whole = [at for at in places if at < point]
    decimals = [at for at in places if at > point]
    thousands = bool(whole) and ("sign", ",") in tokens[places[0] : whole[-1]]
    scaling = _count_scaling_commas(tokens, {(whole or places)[-1], places[-1]})
    value = value.scaleb(2 * tokens.count(("sign", "%")) - 3 * scaling)
    rounded = abs(value).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _dot, fraction = f"{rounded:f}".partition(".")
    separator, decimal_mark = (",", ".") if section.language == "en" else (" ", ",")
    words = _format_whole_part(tokens, whole, digits, separator, thousands)
    words += _format_fraction(tokens, point, decimals, fraction, decimal_mark)
    return ("-" if value < 0 and rounded else "") + words.strip()


def _count_scaling_commas(tokens: list[tuple[str, str]], ends: set[int]) -> int:
    """How many commas stand behind the last places: each divides by a thousand."""
    count = 0
    for at in ends:
        while at + 1 < len(tokens) and tokens[at + 1] == ("sign", ","):
            at, count = at + 1, count + 1
    return count


def _format_whole_part(
    tokens: list[tuple[str, str]], places: list[int], digits: str, mark: str, thousands: bool
) -> str:
    """The part before the point with its literals. A format that groups by literal spaces does so
    for long numbers.
    """
    if not places:
        return digits if digits != "0" else ""
    inside = _join_literals(tokens[places[0] : places[-1]])
    least = sum(tokens[at][1] == "0" for at in places)
    digits = digits.lstrip("0").rjust(least, "0")
    grouped = thousands or (bool(inside) and not inside.strip(" \u00a0\u202f"))
    if grouped:
        body = f"{int(digits):,}".replace(",", mark) if digits else ""
    else:
        body = _fill_places(tokens[places[0] : places[-1] + 1], digits)
    return _join_literals(tokens[: places[0]]) + body


def _fill_places(tokens: Sequence[tuple[str, str]], digits: str) -> str:
    """Digits put from the right into the places of these tokens, which begin with one; it takes all
    that are left.
    """
    body = ""
    for kind, text in reversed(tokens[1:]):
        if kind == "digit":
            body = digits[-1:] + body
            digits = digits[:-1]
        elif kind == "literal" or text != ",":
            body = text + body
    return digits + body


def _format_fraction(
    tokens: list[tuple[str, str]], point: int, places: list[int], digits: str, mark: str
) -> str:
    """The part behind the point, if any, and the literals that follow the number."""
    for at in reversed(places):
        if tokens[at][1] == "0" or not digits.endswith("0"):
            break
        digits = digits[:-1]
    last = max(at for at, (kind, _text) in enumerate(tokens) if kind == "digit")
    after = _join_literals([token for token in tokens[last + 1 :] if token[1] != ","])
    return (mark + digits if point < len(tokens) else "") + after


def _format_date(section: NumberFormat, day: datetime, value: Decimal) -> str:
    tokens = section.tokens
    twelve = section.has("ampm")
    words = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "date":
            words.append(_format_date_part(text.lower(), day, tokens, at, twelve, section.language))
        elif kind == "elapsed":
            seconds = int((value * 86_400).to_integral_value())
            count = seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]
            words.append(str(count).rjust(len(text), "0"))
        elif kind == "ampm":
            words.append("AM" if day.hour < 12 else "PM")
        elif kind in ("literal", "sign") and text != "@":
            words.append(text)
    return "".join(words).strip()


def _format_date_part(
    text: str,
    day: datetime,
    tokens: tuple[tuple[str, str], ...],
    at: int,
    twelve: bool,
    language: str,
) -> str:
    """One of yyyy, mm, dddd, hh and so on. "m" behind hours or before seconds means minutes."""
    earlier, later = _date_parts(tokens[:at]), _date_parts(tokens[at + 1 :])
    before = earlier[-1] if earlier else ""
    after = later[0] if later else ""
    if text[0] == "m" and len(text) < 3 and (before.startswith("h") or after.startswith("s")):
        return str(day.minute).rjust(len(text), "0")
    if text[0] == "m" and len(text) > 2:
        with_day = not {"d", "dd"}.isdisjoint((*earlier, *later))
        form = {3: "LLL", 4: "MMMM" if with_day else "LLLL", 5: "LLLLL"}
        return format_date(day, form.get(len(text), "LLLL"), locale=language)
    if text[0] == "d" and len(text) > 2:
        return format_date(day, "ccc" if len(text) == 3 else "cccc", locale=language)
    if text[0] == "y":
        return f"{day.year:04d}" if len(text) > 2 else f"{day.year % 100:02d}"
    hour = (day.hour % 12 or 12) if twelve else day.hour
    number = {"m": day.month, "d": day.day, "h": hour, "s": day.second}[text[0]]
    return str(number).rjust(len(text.partition(".")[0]), "0")


def _date_parts(tokens: Sequence[tuple[str, str]]) -> list[str]:
    return [text.lower() for kind, text in tokens if kind in ("date", "elapsed")]


def parse_stored_number(
    stored: Decimal, code: str, from_1904: bool = False
) -> tuple[str, Decimal | date | str]:
    """What is shown and what is held of a number in a format: an amount, a day, or the words for a
    month or a year, which are no day. A number has the 15 digits that Excel counts with. One that
    its format hides (";;;") is shown all the same; a hidden zero stands for an empty cell.
    """
    value = Decimal(format(stored, ".15g"))
    if value == value.to_integral_value() and value.adjusted() < 20:
        value = value.quantize(Decimal(1))
    if not is_temporal_format(code):
        shown = format_cell_number(value, code)
        return shown or (_format_general(value, "pl") if value else ""), value
    day = parse_serial_date(value, from_1904)
    text = format_cell_number(value, code, day)
    if day is None:
        return text, value
    if is_month_format(code):
        return text, text
    return text, day.date() if is_date_format(code) else value


def parse_serial_date(value: Decimal, from_1904: bool = False) -> datetime | None:
    """The moment that a number of days means, None outside the calendar. Excel counts a 29 February
    1900.
    """
    if not 0 <= value < 2_958_466:
        return None
    days = int(value)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if not from_1904 and days < 60:
        start += timedelta(days=1)
    seconds = int(((value - days) * 86_400).to_integral_value(ROUND_HALF_UP))
    try:
        return start + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None


def format_plain_date(day: date) -> str:
    """A date where a file says no more than that it is one."""
    return f"{day:%d.%m.}{day.year:04d}"
