"""The grammar of printed numbers: one table of labels, and which number may follow which.

Sources: Polish Principles of Legislative Technique, §§ 55-57, and real plans of cities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

INTEGER, LETTERS, ROMAN, PATH, UNCOUNTED = "integer", "letters", "roman", "path", "mark"
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
ROMAN_FIGURES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
SKIPPABLE = set("ąćęłńóśźżqvx")  # letters that many lists leave out
LOWERCASE = f"[{ALPHABET}]"
_ROMAN = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ARABIC = r"\d{1,3}[a-z]{0,3}"
_ORDINAL = rf"\d{{1,4}}[a-z]{{0,3}}|{_ROMAN}"
_ANNEX = r"(?:Załącznik|ZAŁĄCZNIK|Annex|ANNEX|Attachment|ATTACHMENT|Appendix|APPENDIX)"
_NUMBER_SIGN = r"(?:\s+(?i:nr|no|numer)\b\.?)?"
_REASONS = r"(?P<value>Uzasadnienie|UZASADNIENIE|Statement of reasons|STATEMENT OF REASONS)(?=\s*$)"
_AFTER = r"(?![,;.)])"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """One row of the grammar.

    kind is what the label opens within a § or article, outside what it opens in any other outline.
    A label of legislation stands at its rank (small is outer); one without a rank nests where it
    first appears. values says how its numbers are counted.
    """

    name: str
    pattern: re.Pattern[str]
    kind: str
    outside: str
    rank: float | None
    values: str


STYLES = tuple(
    NumberStyle(name, re.compile(pattern), kind, outside, rank, values)
    for name, pattern, kind, outside, rank, values in (
        ("annex", rf"{_ANNEX}{_NUMBER_SIGN}(?:\s*(?P<value>{_ORDINAL})\b)?\.?(?!\w)",
         "attachment", "attachment", 0, INTEGER),
        ("reasons", _REASONS, "attachment", "attachment", 0, UNCOUNTED),
        ("part", rf"(?:Dział|DZIAŁ|Część|CZĘŚĆ|Part|PART)\s+(?P<value>{_ORDINAL})\b\.?",
         "chapter", "chapter", 1, INTEGER),
        ("chapter", rf"(?:Rozdział|ROZDZIAŁ|Chapter|CHAPTER)\s+(?P<value>{_ORDINAL})\b\.?",
         "chapter", "chapter", 1.1, INTEGER),
        ("section", rf"(?:Oddział|ODDZIAŁ|Section|SECTION)\s+(?P<value>{_ORDINAL})\b\.?",
         "chapter", "chapter", 1.2, INTEGER),
        ("article", r"(?:Art\.|ART\.|Article|ARTICLE|Artykuł)\s*(?P<value>\d{1,4}[a-z]{0,3})\b\.?",
         "article", "article", 2, INTEGER),
        ("paragraph", r"§\s*(?P<value>\d{1,4}[a-z]{0,3})\b\.?",
         "paragraph", "paragraph", 3, INTEGER),
        ("path", rf"(?P<value>\d{{1,3}}(?:\.(?:{_ARABIC}|[A-Z]|{_ROMAN})){{1,5}})[.)]?(?=\s|$)",
         "level", "level", None, PATH),
        ("1.", rf"(?P<value>{_ARABIC})\.(?=\s|$|[^\W\d_a-z])", "subparagraph", "level", 4, INTEGER),
        ("1)", rf"(?:\((?={_ARABIC}\)))?(?P<value>{_ARABIC})\){_AFTER}",
         "point", "level", 5, INTEGER),
        ("i)", rf"\(?(?P<value>x{{0,2}}(?:ix|iv|v?i{{1,3}}|v|x))\){_AFTER}",
         "level", "level", 6.5, ROMAN),
        ("a)", rf"(?:\((?={LOWERCASE}{{1,2}}\)))?(?P<value>{LOWERCASE}{{1,2}})\){_AFTER}",
         "alinea", "level", 6, LETTERS),
        ("I.", rf"(?P<value>{_ROMAN})[.)](?=\s|$)", "level", "level", None, ROMAN),
        ("A.", r"(?P<value>[A-Z])[.)](?=\s|$)", "level", "level", None, LETTERS),
        ("a.", r"(?P<value>[a-z])\.(?=\s|$)", "alinea", "level", 6, LETTERS),
        ("dash", r"(?P<value>[-–—])(?=\s)", "indent", "indent", 7, UNCOUNTED),
        ("bullet", r"(?P<value>[•·▪◦○●■◼*])(?=\s)", "indent", "indent", 7, UNCOUNTED),
    )
)  # fmt: skip
AUTOMATIC = NumberStyle(
    "automatic", re.compile(r"(?P<value>.*)"), "level", "level", None, UNCOUNTED
)
STYLES_BY_NAME = {style.name: style for style in STYLES}
PROVISIONS = {"annex", "reasons", "part", "chapter", "section", "article", "paragraph"}
CONTAINERS = {"annex", "reasons", "part", "chapter", "section"}
_FIRST_WORDS = {
    "zał",
    "ann",
    "att",
    "app",
    "uza",
    "sta",
    "dzi",
    "czę",
    "par",
    "roz",
    "cha",
    "odd",
    "sec",
    "art",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number: `num` as printed, `value` without marks, `rest` the text after it on the
    line.
    """

    style: NumberStyle
    num: str
    value: str
    rest: str


def parse_labels(text: str) -> list[Label]:
    """Every way in which the start of this text can be read as a number, in the order of the
    table.
    """
    if not _maybe_label(text):
        return []
    labels: list[Label] = []
    for style in STYLES:
        if match := style.pattern.match(text):
            rest = text[match.end() :].strip()
            labels.append(Label(style, match.group(), match.group("value") or "", rest))
    return labels


def is_number(text: str) -> bool:
    """Whether this text is a number and nothing else."""
    return any(label.num == text for label in parse_labels(f"{text} "))


def _maybe_label(text: str) -> bool:
    """Prose is most of a document: leave it after one look at its first characters."""
    start = text[:8]
    if not start[:1].isalpha():
        return bool(start)
    return "." in start or ")" in start or start[:3].lower() in _FIRST_WORDS


def value_sort_key(style: NumberStyle, value: str) -> tuple:
    """A key by which values of one style sort as they are meant to follow: 1, 1a, 2; z, za, zb."""
    if style.values == UNCOUNTED or not value:
        return ()
    if style.values == LETTERS:
        return _letter_key(value.lower())
    if style.values == PATH:
        return tuple(map(_component_key, value.split(".")))
    return _component_key(value)


def _component_key(value: str) -> tuple[int, ...]:
    digits = re.match(r"\d+", value)
    if digits:
        return (int(digits.group()), *_letter_key(value[digits.end() :]))
    return (parse_roman(value) or ALPHABET.find(value.lower()) + 1,)


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
        prefix = before.rpartition(".")[0]
        last = second[-1][0] + (1 if second[-1][1:] else 0)
        return [f"{prefix}.{number}" for number in range(first[-1][0] + 1, last)]
    if style.values == ROMAN:
        figures = list(map(format_roman, range(first[0] + 1 if first else 1, second[0])))
        return list(map(str.lower, figures)) if after.islower() else figures
    if style.values != INTEGER:
        return []
    if first[:1] == second[:1] and len(second) == 2:
        letters = _standard_letters(first[1] + 1 if first[1:] else 0, second[1])
        return [f"{first[0]}{letter}" for letter in letters]
    last = second[0] + (1 if second[1:] else 0)
    return list(map(str, range((first or (0,))[0] + 1, last)))


def _standard_letters(start: int, end: int) -> list[str]:
    return [letter for letter in ALPHABET[start:end] if letter not in SKIPPABLE]
