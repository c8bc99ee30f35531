"""Which printed number may follow which: 1, 1a, 2; 2, 2¹, 3; z, za, zb; IX, X; 1.9, 1.10."""

from __future__ import annotations

import re
from string import ascii_uppercase

from splot.documents.readers.numbering import (
    ALPHABET,
    INTEGER,
    LETTERS,
    PATH,
    ROMAN,
    UNCOUNTED,
    Label,
    NumberStyle,
)
from splot.documents.tree import RAISED

ROMAN_FIGURES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
SKIPPABLE = set("ąćęłńóśźżqvx")  # letters that many lists leave out
_RAISED_FROM = 1000  # sorts after every letter


def value_sort_key(style: NumberStyle, value: str) -> tuple:
    """A key by which values of one style sort as they are meant to follow: 1, 1a, 2; z, za, zb."""
    if style.values == UNCOUNTED or not value:
        return ()
    if style.values == LETTERS:
        return _letter_key(value.lower())
    if style.values == PATH:
        return tuple(map(_component_key, value.split(".")))
    return (parse_roman(value),) if style.values == ROMAN else _component_key(value)


def _component_key(value: str) -> tuple[int, ...]:
    digits = re.match(r"[0-9]+", value)
    if digits:
        added = value[digits.end() :].rstrip(RAISED)
        raised = value[digits.end() + len(added) :]
        key = (int(digits.group()), *_letter_key(added))
        return (*key, _RAISED_FROM + _parse_raised(raised)) if raised else key
    if _is_roman(value):
        return (parse_roman(value),)
    return (ascii_uppercase.find(value.upper()) + 1,)


def _is_roman(value: str) -> bool:
    """Whether a figure is roman: a lone C, D, L or M is a letter of a list."""
    return bool(parse_roman(value)) and value.upper() not in ("C", "D", "L", "M")


def _parse_raised(figures: str) -> int:
    return int("".join(str(RAISED.index(figure)) for figure in figures))


def _letter_key(value: str) -> tuple[int, ...]:
    return tuple(map(ALPHABET.find, value))


def parse_roman(value: str) -> int:
    """The number of a roman numeral in either case, 0 when it is none."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    figures = [worth.get(letter, 0) for letter in value.upper()]
    if not all(figures):
        return 0
    number = 0
    for figure, following in zip(figures, [*figures[1:], 0], strict=True):
        number += -figure if figure < following else figure
    return number


def format_roman(number: int) -> str:
    """A number from 1 to 4999 in roman figures."""
    roman = ""
    for worth, figure in ROMAN_FIGURES:
        count, number = divmod(number, worth)
        roman += figure * count
    return roman


def is_first(label: Label) -> bool:
    """Whether a list can begin with this number: 1, a, I, A, 1.1, or any dash."""
    key = value_sort_key(label.style, label.value)
    if label.style.values == PATH:
        return key[-1] == (1,)
    return key in ((), (0,) if label.style.values == LETTERS else (1,))


def is_successor(style: NumberStyle, before: str, after: str) -> bool:
    """Whether `after` may stand next to `before` with nothing missing between them."""
    first, second = value_sort_key(style, before), value_sort_key(style, after)
    if style.values == UNCOUNTED:
        return True
    if not first or not second:
        return False
    if style.values == LETTERS:
        return _letters_follow(first, second)
    if style.values == PATH:
        return first[:-1] == second[:-1] and _component_follows(first[-1], second[-1])
    return _component_follows(first, second)


def _component_follows(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    if second == (first[0] + 1,):
        return True
    if second[-1] > _RAISED_FROM:
        before = first if first[-1] > _RAISED_FROM else (*first, _RAISED_FROM)
        return second == (*before[:-1], before[-1] + 1)
    return first[0] == second[0] and _letters_follow(first[1:], second[1:])


def _letters_follow(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """a, b; a, aa, b; z, za, zb; and as word processors count: z, aa, bb."""
    size = len(second)
    if second == (*first, 0):
        return True
    if not first or not second:
        return False
    same_start = size <= len(first) and first[: size - 1] == second[:-1]
    if same_start and second[-1] in _next_letters(first[size - 1]):
        return True
    if len(set(first)) > 1 or len(set(second)) > 1:
        return False
    after_z = first[0] == ALPHABET.index("z") and second[0] == 0 and size == len(first) + 1
    return after_z or (size == len(first) and second[0] in _next_letters(first[0]))


def _next_letters(index: int) -> set[int]:
    """The letters that may come after this one, whether or not the list uses the skippable ones."""
    letters = set()
    for following in range(index + 1, len(ALPHABET)):
        letters.add(following)
        if ALPHABET[following] not in SKIPPABLE:
            break
    return letters


def missing_between(style: NumberStyle, before: str, after: str) -> list[str]:
    """The numbers missing between two of one list: ("4", "7") gives ["5", "6"], ("a", "d") ["b",
    "c"].
    """
    first, second = value_sort_key(style, before), value_sort_key(style, after)
    if style.values == LETTERS and len(first) == len(second) == 1:
        return _standard_letters(first[0] + 1, second[0])
    if style.values == PATH and first[:-1] == second[:-1]:
        prefix, point, sample = after.rpartition(".")
        last = second[-1][0] + (1 if second[-1][1:] else 0)
        figures = [_figure_like(sample, number) for number in range(first[-1][0] + 1, last)]
        return [f"{prefix}{point}{figure}" for figure in figures]
    if style.values == ROMAN:
        figures = list(map(format_roman, range(first[0] + 1 if first else 1, second[0])))
        return list(map(str.lower, figures)) if after.islower() else figures
    if style.values != INTEGER:
        return []
    if second[-1] > _RAISED_FROM:
        start = first[-1] if first[:1] == second[:1] and first[-1] > _RAISED_FROM else _RAISED_FROM
        raised = [_raise_number(number - _RAISED_FROM) for number in range(start + 1, second[-1])]
        return [f"{second[0]}{figures}" for figures in raised]
    if first[:1] == second[:1] and len(second) == 2:
        letters = _standard_letters(first[1] + 1 if first[1:] else 0, second[1])
        return [f"{first[0]}{letter}" for letter in letters]
    last = second[0] + (1 if second[1:] else 0)
    return list(map(str, range((first or (0,))[0] + 1, last)))


def _figure_like(sample: str, number: int) -> str:
    """A number in the figures of another one of its list: 2 is "II" beside "III", "B" beside
    "C".
    """
    if sample[:1].isdigit():
        return str(number)
    return format_roman(number) if _is_roman(sample) else ascii_uppercase[number - 1]


def _raise_number(number: int) -> str:
    return "".join(RAISED[int(figure)] for figure in str(number))


def _standard_letters(start: int, end: int) -> list[str]:
    return [letter for letter in ALPHABET[start:end] if letter not in SKIPPABLE]
