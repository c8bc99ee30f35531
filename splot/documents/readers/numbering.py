"""The grammar of printed numbers: one table of labels.

Sources: Polish Principles of Legislative Technique, §§ 55-57, and real plans of cities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from splot.documents.readers.plan_words import NUMBERED, may_name_level, parse_numbered_level
from splot.documents.tree import RAISED

INTEGER, LETTERS, ROMAN, PATH, UNCOUNTED = "integer", "letters", "roman", "path", "mark"
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
LOWERCASE = f"[{ALPHABET}]"
_ROMAN = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ARABIC = r"\d{1,3}[a-z]{0,3}"
_PUT_IN = rf"[a-z]{{0,3}}[{RAISED}]{{0,2}}"
_ORDINAL = rf"\d{{1,4}}[a-z]{{0,3}}|{_ROMAN}"
_ANNEX = (
    r"(?:Załącznik|ZAŁĄCZNIK|Annex|ANNEX|Attachment|ATTACHMENT|Appendix|APPENDIX|Додаток|ДОДАТОК)"
)
_ARTICLE = r"(?:[Aa]rt\.|ART\.|Article|ARTICLE|Artykuł)"
_NUMBER_SIGN = r"(?:\s+(?i:nr|no|numer)\b\.?)?"
_REASONS = (
    r"(?P<value>Uzasadnienie|UZASADNIENIE|Statement of reasons|STATEMENT OF REASONS|Обґрунтування"
    r"|ОБҐРУНТУВАННЯ)(?=\s*$)"
)
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
        ("article", rf"{_ARTICLE}\s*(?P<value>\d{{1,4}}{_PUT_IN})(?!\w)\.?",
         "article", "article", 2, INTEGER),
        ("paragraph", rf"§\s*(?P<value>\d{{1,4}}{_PUT_IN})(?!\w)\.?",
         "paragraph", "paragraph", 3, INTEGER),
        ("path", rf"(?P<value>(?:\d{{1,3}}|(?:{_ROMAN}|[A-Z])(?=\.(?:[A-Z]\.)?\d))"
         rf"(?:\.(?:{_ARABIC}|{_ROMAN}|[A-Z])){{1,5}})[.)]?(?=\s|$)",
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
        ("bare", r"(?P<value>\d{1,2})(?=\s+[^\W\d_a-z]|\s*$)", "level", "level", None, INTEGER),
        ("dash", r"(?P<value>[-–—])(?=\s)", "indent", "indent", 7, UNCOUNTED),
        ("bullet", r"(?P<value>[•·▪◦○●■◼*])(?=\s)", "indent", "indent", 7, UNCOUNTED),
    )
)  # fmt: skip
AUTOMATIC = NumberStyle(
    "automatic", re.compile(r"(?P<value>.*)"), "level", "level", None, UNCOUNTED
)
# no row of the table: most sentences that begin so ("A school …") have no number
BARE_LETTER = NumberStyle(
    "bare letter", re.compile(rf"(?P<value>{_ROMAN}|[A-Z])(?=\s+[^\W\d_a-z]|\s*$)"),
    "level", "level", None, PATH,
)  # fmt: skip
BARE = ("bare", "bare letter")
PROVISIONS = {"annex", "reasons", "part", "chapter", "section", "article", "paragraph"}
NAMED = "named"
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
    "дод",
    "обґ",
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
    if named := parse_numbered_level(text):
        word, num, value = named
        labels.append(Label(named_style(word.level), num, value, word.rest))
    return labels


def parse_bare_letter(text: str) -> Label | None:
    """A letter or roman number without a mark at the start of a text, where it could be one."""
    match = BARE_LETTER.pattern.match(text)
    if match is None:
        return None
    return Label(BARE_LETTER, match.group(), match["value"], text[match.end() :].strip())


@cache
def named_style(level: str) -> NumberStyle:
    """The style of numbers that stand behind the name of a level: "Cel operacyjny 1.2"."""
    return NumberStyle(f"{NAMED} {level}", NUMBERED, "level", "level", None, PATH)


def is_named(style: NumberStyle | None) -> bool:
    """Whether a number stands behind the name of a level."""
    return style is not None and style.name.startswith(NAMED)


def is_number(text: str) -> bool:
    """Whether this text is a number and nothing else."""
    letter = parse_bare_letter(text)
    return any(label.num == text for label in parse_labels(f"{text} ")) or (
        letter is not None and letter.num == text
    )


def _maybe_label(text: str) -> bool:
    """Prose is most of a document: leave it after one look at its first characters."""
    start = text[:8]
    if not start[:1].isalpha():
        return bool(start)
    numbered = "." in start or ")" in start or start[:3].lower() in _FIRST_WORDS
    return numbered or may_name_level(text)
