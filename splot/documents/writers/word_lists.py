"""The lists of a Word file: counts as Word will, so that every printed number is counted where it
can be.

Source: ECMA-376 part 1, section 17.9 (numbering). Counting is the reader's own
(`readers.word_numbering`).
"""

from __future__ import annotations

import re

from lxml import etree

from splot.documents.readers.number_order import parse_roman
from splot.documents.readers.word_numbering import LEVELS, ListLevel, ListNumbering
from splot.documents.tree import Document
from splot.documents.writers.word_xml import add_element, word_element

ACT_LEVELS = ("article", "paragraph", "subparagraph", "point", "alinea", "indent")
LISTS = {"act": "1", "chapter": "2", "attachment": "3", "level": "4"}
FIRST_NUMBERS = {
    "article": "Art. 1.",
    "paragraph": "§ 1.",
    "subparagraph": "1.",
    "point": "1)",
    "alinea": "a)",
    "indent": "–",
    "chapter": "Rozdział 1",
    "attachment": "Załącznik nr 1",
    "level": "1.",
}
CENTRED = ("article", "paragraph", "chapter", "attachment")
# twips from the margin to the words, and back from there to the number
INDENTS = {
    "subparagraph": (454, 454),
    "point": (1021, 567),
    "alinea": (1475, 454),
    "indent": (1815, 340),
}
INDENT = 567
NUMBER = re.compile(
    r"(?P<head>.*?)(?P<value>(?:\d+\.)*\d+|(?<!\w)[a-z]|(?<!\w)(?:[IVXLC]+|[A-Z]))(?P<tail>[.)]?)"
)


class WordLists:
    """The lists of one document; `place` must be asked in the order of the text, because asking
    counts.
    """

    def __init__(self, document: Document) -> None:
        self.numbers = ListNumbering(lists={key: key for key in LISTS.values()})
        self.current = {key: [key] * LEVELS for key in LISTS.values()}
        # the level of a typed number below which counts go on
        self.typed = dict.fromkeys(LISTS.values(), LEVELS)
        samples = {self._at(kind, 0): num for kind, num in FIRST_NUMBERS.items()}
        printed: dict[tuple[str, int], str] = {}
        for node, above in document.walk():
            if node.num:
                printed.setdefault(self._at(node.kind, len(above)), node.num)
        for (key, depth), num in (samples | printed).items():
            level = _parse_level(num, depth)
            if level is not None:
                self.numbers.levels[key, depth] = level

    @staticmethod
    def _at(kind: str, depth: int) -> tuple[str, int]:
        """The list and the level in it of a kind of provision."""
        if kind in ACT_LEVELS:
            return LISTS["act"], ACT_LEVELS.index(kind)
        if kind in ("chapter", "attachment"):
            return LISTS[kind], 0
        return LISTS["level"], min(depth, LEVELS - 1)

    def place(self, kind: str, num: str, depth: int) -> tuple[str, int, bool]:
        """(numId, level, counted) of a number: counted by Word, from another start if need be, or
        to be typed.
        """
        key, level = self._at(kind, depth)
        row = self.current[key]
        used = row[level]
        must_restart = level > self.typed[key] and not self._is_bullet(key, level)
        if must_restart or not self._counts(used, key, level, num):
            used = self._restarted(key, level, num)
        if not used:
            self.typed[key] = min(self.typed[key], level)
            return "0", level, False
        row[level:] = [used] * (LEVELS - level)
        if not self._is_bullet(key, level):
            self.typed[key] = LEVELS
        return used, level, True

    def _is_bullet(self, key: str, level: int) -> bool:
        form = self.numbers.levels.get((key, level))
        return form is not None and form.format == "bullet"

    def _restarted(self, key: str, level: int, num: str) -> str:
        """A further instance of the list, in which this level starts with this number; "" where
        none can.
        """
        start = self._start(key, level, num)
        num_id = str(len(self.numbers.lists) + 1)
        self.numbers.lists[num_id], self.numbers.overrides[num_id, level] = key, start
        if start and self._counts(num_id, key, level, num):
            return num_id
        del self.numbers.lists[num_id], self.numbers.overrides[num_id, level]
        return ""

    def _counts(self, num_id: str, key: str, level: int, num: str) -> bool:
        """Whether this list shows this number next; if not, nothing was counted."""
        counters = list(self.numbers.counters.get(key, [None] * LEVELS))
        if self.numbers.next(num_id, level) == num:
            return True
        self.numbers.counters[key] = counters
        self.numbers.begun.discard((num_id, level))
        return False

    def _start(self, key: str, level: int, num: str) -> int:
        """The count at which this level shows this number; 0 for one that does not come of
        counting.
        """
        form = self.numbers.levels.get((key, level))
        match = NUMBER.fullmatch(num)
        if form is None or match is None:
            return 0
        value = match["value"].rpartition(".")[2]
        if form.format == "upperRoman":
            return parse_roman(value)
        if form.format in ("lowerLetter", "upperLetter"):
            return ord(value.lower()) - ord("a") + 1 if value.isalpha() and len(value) == 1 else 0
        return int(value) if value.isdigit() and len(value) < 5 else 0

    def part(self, styles: dict[str, str]) -> etree._Element:
        """numbering.xml; `styles` are the styles' ids by kind."""
        root = word_element("numbering")
        kinds = {self._at(kind, 0): kind for kind in FIRST_NUMBERS if kind != "level"}
        for key in LISTS.values():
            abstract = add_element(root, "abstractNum", abstractNumId=key)
            add_element(abstract, "multiLevelType", val="multilevel")
            for depth in range(LEVELS):
                level = self.numbers.levels.get((key, depth))
                if level is not None:
                    _write_level(abstract, level, depth, kinds.get((key, depth), "level"), styles)
        starts: dict[str, list[tuple[int, int]]] = {}
        for (num_id, depth), start in self.numbers.overrides.items():
            starts.setdefault(num_id, []).append((depth, start))
        for num_id, key in self.numbers.lists.items():
            num = add_element(root, "num", numId=num_id)
            add_element(num, "abstractNumId", val=key)
            for depth, start in starts.get(num_id, ()):
                add_element(add_element(num, "lvlOverride", ilvl=depth), "startOverride", val=start)
        return root


def _parse_level(num: str, depth: int) -> ListLevel | None:
    """How Word counts what begins like this number; None for what no count makes."""
    if re.fullmatch(r"[^\w%]", num):
        return ListLevel("bullet", num)
    match = NUMBER.fullmatch(num)
    if match is None or "%" in num:
        return None
    value = match["value"]
    parts = value.count(".") + 1
    if parts > depth + 1:
        return None
    marks = ".".join(f"%{at}" for at in range(depth + 2 - parts, depth + 2))
    if value[0].isdigit():
        form = "decimal"
    elif value.islower():
        form = "lowerLetter"
    else:
        form = "upperRoman" if parse_roman(value) else "upperLetter"
    return ListLevel(form, f"{match['head']}{marks}{match['tail']}")


def _write_level(
    abstract: etree._Element, level: ListLevel, depth: int, kind: str, styles: dict[str, str]
) -> None:
    element = add_element(abstract, "lvl", ilvl=depth)
    add_element(element, "start", val=1)
    add_element(element, "numFmt", val=level.format)
    if kind != "level":
        add_element(element, "pStyle", val=styles[kind])
    add_element(element, "suff", val="nothing" if kind in CENTRED else "tab")
    add_element(element, "lvlText", val=level.text)
    add_element(element, "lvlJc", val="left")
    left, hanging = indents_of(kind, depth)
    add_element(add_element(element, "pPr"), "ind", left=left, hanging=hanging)


def indents_of(kind: str, depth: int) -> tuple[int, int]:
    """Twips from the margin to the words of a provision, and from there back to its number."""
    if kind in CENTRED or kind not in (*ACT_LEVELS, "level"):
        return 0, 0
    return INDENTS.get(kind) or (INDENT * max(depth, 1), INDENT)
