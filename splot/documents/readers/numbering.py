"""The grammar of printed numbers: one table of labels, and which number may follow which.

Sources: Polish Principles of Legislative Technique, §§ 55-57, and real plans of cities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

INTEGER, LETTERS, ROMAN, PATH, UNCOUNTED = "integer", "letters", "roman", "path", "mark"
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
ROMAN_FIGURES = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
           (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
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
        ("paragraph", r"§\s*(?P<value>\d{1,4}[a-z]{0,3})\b\.?", "paragraph", "paragraph", 3, INTEGER),
        ("path", rf"(?P<value>\d{{1,3}}(?:\.(?:{_ARABIC}|[A-Z]|{_ROMAN})){{1,5}})[.)]?(?=\s|$)",
         "level", "level", None, PATH),
        ("1.", rf"(?P<value>{_ARABIC})\.(?=\s|$|[^\W\d_a-z])", "subparagraph", "level", 4, INTEGER),
        ("1)", rf"(?:\((?={_ARABIC}\)))?(?P<value>{_ARABIC})\){_AFTER}", "point", "level", 5, INTEGER),
        ("i)", rf"\(?(?P<value>x{{0,2}}(?:ix|iv|v?i{{1,3}}|v|x))\){_AFTER}", "level", "level", 6.5, ROMAN),
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
    matches = ((style, style.pattern.match(text)) for style in STYLES)
    return [
        Label(style, match.group(), match.group("value") or "", text[match.end() :].strip())
        for style, match in matches
        if match
    ]


def is_number(text: str) -> bool:
    """Whether this text is a number and nothing else."""
    return any(label.num == text for label in parse_labels(f"{text} "))


def _maybe_label(text: str) -> bool:
    """Prose is most of a document: leave it after one look at its first characters."""
    first = text[:1]
    if not first.isalpha():
        return bool(first)
    return any(mark in text[:8] for mark in ".)") or text[:3].lower() in _FIRST_WORDS


def value_sort_key(style: NumberStyle, value: str) -> tuple:
    """A key by which values of one style sort as they are meant to follow: 1, 1a, 2; z, za, zb."""
    if style.values == UNCOUNTED or not value:
        return ()
    if style.values == LETTERS:
        return _letter_key(value.lower())
    if style.values == PATH:
        return tuple(_component_key(part) for part in value.split("."))
    return _component_key(value)


def _component_key(value: str) -> tuple[int, ...]:
    digits = re.match(r"\d+", value)
    if digits:
        return (int(digits.group()), *_letter_key(value[digits.end() :]))
    return (parse_roman(value) or ALPHABET.find(value.lower()) + 1,)


def _letter_key(value: str) -> tuple[int, ...]:
    return tuple(ALPHABET.find(letter) for letter in value)


def parse_roman(value: str) -> int:
    """The number of a roman numeral in either case, 0 when it is none."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    figures = [worth.get(letter, 0) for letter in value.upper()]
    if not all(figures):
        return 0
    pairs = zip(figures, [*figures[1:], 0], strict=False)
    return sum(-one if one < after else one for one, after in pairs)


def format_roman(number: int) -> str:
    """A number from 1 to 4999 in roman figures."""
    made = ""
    for worth, figure in ROMAN_FIGURES:
        made, number = made + figure * (number // worth), number % worth
    return made


def is_first(label: Label) -> bool:
    """Whether a list can begin with this number: 1, a, I, A, 1.1, or any dash."""
    key = value_sort_key(label.style, label.value)
    if label.style.values == PATH:
        return key[-1] == (1,)
    return key in ((), (0,) if label.style.values == LETTERS else (1,))


def is_successor(style: NumberStyle, before: str, after: str) -> bool:
    """Whether `after` may stand next to `before` with nothing missing between them."""
    one, two = value_sort_key(style, before), value_sort_key(style, after)
    if style.values == UNCOUNTED:
        return True
    if not one or not two:
        return False
    if style.values == LETTERS:
        return _letters_follow(one, two)
    if style.values == PATH:
        return one[:-1] == two[:-1] and _component_follows(one[-1], two[-1])
    return _component_follows(one, two)


def _component_follows(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    return two == (one[0] + 1,) or (one[0] == two[0] and _letters_follow(one[1:], two[1:]))


def _letters_follow(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """a, b; a, aa, b; z, za, zb; and as word processors count: z, aa, bb."""
    size = len(two)
    if two == (*one, 0):
        return True
    if not one or not two:
        return False
    if size <= len(one) and one[: size - 1] == two[:-1] and two[-1] in _next_letters(one[size - 1]):
        return True
    if len(set(one)) > 1 or len(set(two)) > 1:
        return False
    after_z = one[0] == ALPHABET.index("z") and two[0] == 0 and size == len(one) + 1
    return after_z or (size == len(one) and two[0] in _next_letters(one[0]))


def _next_letters(index: int) -> set[int]:
    """The letters that may come after this one, whether or not the list uses the skippable ones."""
    found = set()
    for following in range(index + 1, len(ALPHABET)):
        found.add(following)
        if ALPHABET[following] not in SKIPPABLE:
            break
    return found


def missing_between(style: NumberStyle, before: str, after: str) -> list[str]:
    """The numbers missing between two of one list: ("4", "7") gives ["5", "6"], ("a", "d") ["b",
    "c"].
    """
    one, two = value_sort_key(style, before), value_sort_key(style, after)
    if style.values == LETTERS and len(one) == len(two) == 1:
        return _standard_letters(one[0] + 1, two[0])
    if style.values == PATH and one[:-1] == two[:-1]:
        prefix = before.rpartition(".")[0]
        last = two[-1][0] + (1 if two[-1][1:] else 0)
        return [f"{prefix}.{number}" for number in range(one[-1][0] + 1, last)]
    if style.values == ROMAN:
        figures = [format_roman(number) for number in range(one[0] + 1 if one else 1, two[0])]
        return [figure.lower() for figure in figures] if after.islower() else figures
    if style.values != INTEGER:
        return []
    if one[:1] == two[:1] and len(two) == 2:
        return [
            f"{one[0]}{letter}"
            for letter in _standard_letters(one[1] + 1 if one[1:] else 0, two[1])
        ]
    last = two[0] + (1 if two[1:] else 0)
    return [str(number) for number in range((one or (0,))[0] + 1, last)]


def _standard_letters(start: int, end: int) -> list[str]:
    return [letter for letter in ALPHABET[start:end] if letter not in SKIPPABLE]
