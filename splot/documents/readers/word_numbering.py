"""The numbers that Word shows but does not store: counts them from numbering.xml and styles.xml.

Source: ECMA-376 part 1, section 17.9 (numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from splot.documents.readers.number_order import format_roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
MAX_STYLE_CHAIN = 20  # styles that rest on styles; hostile files make circles
DASHES = {"-", "–", "—", "‒", "−"}


@dataclass(slots=True)
class ListLevel:
    """How one depth of a list counts and what it shows, "§ %1." or "%1)"."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class ListNumbering:
    """The lists of one document. Paragraphs must be asked in order: asking counts."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], ListLevel] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    linked_styles: dict[str, str] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, num_id: str, depth: int) -> str:
        """The label of the next paragraph of this list ("num") at this depth (0-8); "" when it
        shows none.
        """
        abstract = self.lists.get(num_id)
        level = self._level(num_id, abstract, depth)
        if abstract is None or level is None:
            return ""
        if level.format == "bullet":
            return _normalise_bullet(level.text)
        counters = self.counters.setdefault(abstract, [None] * LEVELS)
        start = self.overrides.get((num_id, depth))
        current = counters[depth]
        if start is not None and (num_id, depth) not in self.begun:
            self.begun.add((num_id, depth))
            counters[depth] = start
        elif current is not None:
            counters[depth] = current + 1
        else:
            counters[depth] = level.start if start is None else start
        self._restart_deeper(num_id, abstract, depth)
        return self._label(level, num_id, abstract, counters)

    def _level(self, num_id: str, abstract: str | None, depth: int) -> ListLevel | None:
        own = self.levels.get((f"num {num_id}", depth))
        return own or self.levels.get((abstract or "", depth))

    def _restart_deeper(self, num_id: str, abstract: str, depth: int) -> None:
        counters = self.counters[abstract]
        for deeper in range(depth + 1, LEVELS):
            level = self._level(num_id, abstract, deeper)
            restart = level.restart if level else None
            if restart is None or (restart and depth < restart):
                counters[deeper] = None

    def _label(
        self, level: ListLevel, num_id: str, abstract: str, counters: list[int | None]
    ) -> str:
        def format_place(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            named = self._level(num_id, abstract, at) or level
            value = counters[at] if counters[at] is not None else named.start
            return format_count(value or 0, "decimal" if level.legal else named.format)

        return " ".join(re.sub(r"%([1-9])", format_place, level.text).split())


def _normalise_bullet(text: str) -> str:
    """Symbol fonts keep their bullets in private places of the character set: show them all as
    one.
    """
    if text in DASHES:
        return text
    return "•" if text else ""


def format_count(value: int, form: str) -> str:
    """A count in one of Word's formats, as Word shows it; a format unknown here counts in
    decimals.
    """
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 5000:
        roman = format_roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{value:02d}"
    return "" if form == "none" else str(value)


def parse_numbering(numbering: etree._Element | None) -> ListNumbering:
    """The lists that numbering.xml defines; a document without that part has none."""
    numbers = ListNumbering()
    if numbering is None:
        return numbers
    links: dict[str, str] = {}
    for abstract in numbering.iterfind(f"{W}abstractNum"):
        key = abstract.get(f"{W}abstractNumId", "")
        _parse_levels(numbers, key, abstract)
        link = child_value(abstract, "styleLink")
        if link:
            numbers.linked_styles[link] = key
        links[key] = child_value(abstract, "numStyleLink") or ""
    for num in numbering.iterfind(f"{W}num"):
        key, abstract = num.get(f"{W}numId", ""), child_value(num, "abstractNumId") or ""
        numbers.lists[key] = numbers.linked_styles.get(links.get(abstract, ""), abstract)
        for override in num.iterfind(f"{W}lvlOverride"):
            _parse_override(numbers, key, override)
    return numbers


def _parse_override(numbers: ListNumbering, num_id: str, override: etree._Element) -> None:
    start = child_value(override, "startOverride")
    if start is not None:
        numbers.overrides[num_id, parse_int(override.get(f"{W}ilvl"))] = parse_int(start)
    _parse_levels(numbers, f"num {num_id}", override)


def _parse_levels(numbers: ListNumbering, key: str, holder: etree._Element) -> None:
    for level in holder.iterfind(f"{W}lvl"):
        restart = child_value(level, "lvlRestart")
        start = child_value(level, "start")
        legal = level.find(f"{W}isLgl")
        numbers.levels[key, parse_int(level.get(f"{W}ilvl"))] = ListLevel(
            format=child_value(level, "numFmt") or "decimal",
            text=(child_value(level, "lvlText") or "")[:100],
            start=1 if start is None else parse_int(start),
            restart=None if restart is None else parse_int(restart),
            legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        )


def child_value(element: etree._Element, name: str) -> str | None:
    """The w:val of a child, None when there is no such child."""
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def parse_int(text: str | None, otherwise: int = 0) -> int:
    """A whole number out of an attribute; hostile files hold anything."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise
