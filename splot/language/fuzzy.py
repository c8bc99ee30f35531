"""Compares words as people write them: capitals, punctuation, Polish marks, endings of cases and
misprints.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from splot.language.normalisation import normalise_name

Row = TypeVar("Row")

SAME, INFLECTED, SIMILAR = "same", "inflected", "similar"
MIN_SIMILAR_LENGTH = 6  # characters: shorter names are another name where one differs
MAX_INITIALS = 5  # letters
MIN_SIMILARITY = 0.86  # of two names or titles that differ by a misprint or a word
POLISH_STOP_WORDS = ("i", "w", "we", "z", "ze", "na", "dla", "do", "od", "o", "oraz", "im", "ds")
ENGLISH_STOP_WORDS = ("the", "of", "and", "for", "in", "on")
UKRAINIAN_STOP_WORDS = ("та", "і", "й", "у", "в", "з", "для")
STOP_WORDS = frozenset((*POLISH_STOP_WORDS, *ENGLISH_STOP_WORDS, *UKRAINIAN_STOP_WORDS))
ABBREVIATIONS = {
    "wydz": "wydzial",
    "ref": "referat",
    "fund": "fundacja",
    "stow": "stowarzyszenie",
    "uniw": "uniwersytet",
    "um": "urzad miasta",
    "ug": "urzad gminy",
    "sp": "szkola podstawowa",
    "os": "osoby",
    "dept": "department",
}


def initials_of(name: str) -> str:
    """ "Miejski Ośrodek Pomocy Rodzinie" is "mopr"; "" for a name of one word."""
    words = [word for word in normalise_name(name).split() if word not in STOP_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def differ_in_ending(first: str, second: str) -> bool:
    """Whether two words are one word in two cases: "wydzial", "wydzialu"."""
    short, long = sorted((first, second), key=len)
    if short == long:
        return True
    shared = _shared_length(short, long)
    return len(long) - len(short) <= 3 and shared >= 4 and len(short) - shared <= 2


def _shared_length(first: str, second: str) -> int:
    """How many letters two words have in common at their beginning."""
    length = 0
    for letter, other_letter in zip(first, second, strict=False):
        if letter != other_letter:
            break
        length += 1
    return length


def similarity_of(first: str, second: str) -> float:
    """From 0 to 1, of two plain texts. Differences in digits are no misprints."""
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() <= MIN_SIMILARITY or matcher.quick_ratio() <= MIN_SIMILARITY:
        return 0.0
    return matcher.ratio()


@dataclass
class NameIndex(Generic[Row]):
    """Rows that people call by name. A name that several rows bear finds none of them."""

    shortened: bool = False  # whether initials stand for a name
    exact: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))
    results: dict[str, tuple[Row | None, str]] = field(default_factory=dict)
    within: dict[str, Row | None] = field(default_factory=dict)

    def add(self, row: Row, names: Iterable[str]) -> None:
        for name in filter(None, map(normalise_name, set(names))):
            self._put(name, row)
        for name in names if self.shortened else ():
            inner = re.search(r"\(([A-ZĄĆĘŁŃÓŚŹŻ]{2,10})\)\s*$", name)
            if inner:
                self._put(normalise_name(name[: inner.start()]), row)
            for short in filter(
                None, {initials_of(name), normalise_name(inner[1]) if inner else ""}
            ):
                self._put(short, row)

    def _put(self, name: str, row: Row) -> None:
        if row not in self.exact[name]:
            self.exact[name].append(row)
            self.starts[_word_prefixes(name)].append(name)
        self.results.clear()
        self.within.clear()

    def find(self, text: str) -> tuple[Row | None, str]:
        """The one row that is meant, and how it was found: SAME, INFLECTED, SIMILAR; (None, "")
        without one.
        """
        key = normalise_name(text)
        if key not in self.results:
            self.results[key] = next(self._search(key), (None, ""))
        return self.results[key]

    def find_within(self, text: str) -> Row | None:
        """A row all of whose name's words stand in a longer text in their order, in whichever case;
        None for none. Names of one word count only where they are initials ("MOPR").
        """
        key = normalise_name(text)
        if key not in self.within:
            self.within[key] = self._search_within(key)
        return self.within[key]

    def _search_within(self, key: str) -> Row | None:
        words = [ABBREVIATIONS.get(word, word) for word in key.split()]
        prefixes = {word[:4] for word in words}
        for beginnings, names in self.starts.items():
            if not prefixes.issuperset(beginnings):
                continue
            for name in names:
                is_initials = self.shortened and name in words and len(name) <= MAX_INITIALS
                if (len(beginnings) > 1 or is_initials) and _stands_within(name, words):
                    return self.exact[name][0]
        return None

    def _search(self, key: str) -> Iterator[tuple[Row | None, str]]:
        if not key:
            return
        full = " ".join(ABBREVIATIONS.get(word, word) for word in key.split())
        for name in (key, full):
            if name in self.exact:
                yield (self.exact[name][0], SAME) if len(self.exact[name]) == 1 else (None, "")
        same_beginnings = self.starts.get(_word_prefixes(full), ())
        inflected = self._rows_named(name for name in same_beginnings if _is_inflected(name, full))
        if len(inflected) == 1:
            yield inflected[0], INFLECTED
        if len(key) >= MIN_SIMILAR_LENGTH:
            similar = self._rows_named(name for name in self.exact if _is_similar(name, full))
            if len(similar) == 1:
                yield similar[0], SIMILAR

    def _rows_named(self, names: Iterable[str]) -> list[Row]:
        """The rows that bear one of these names, each once."""
        rows: dict[int, Row] = {}
        for name in names:
            for row in self.exact[name]:
                rows[id(row)] = row
        return list(rows.values())


def _is_similar(name: str, text: str) -> bool:
    return len(name) >= MIN_SIMILAR_LENGTH and similarity_of(name, text) >= MIN_SIMILARITY


def _word_prefixes(name: str) -> tuple[str, ...]:
    return tuple(word[:4] for word in name.split())


def _stands_within(name: str, words: Iterable[str]) -> bool:
    """Whether the words of a name stand among others in their order, in whichever case."""
    others = iter(words)
    return all(any(differ_in_ending(word, other) for other in others) for word in name.split())


def _is_inflected(first: str, second: str) -> bool:
    return all(differ_in_ending(*pair) for pair in zip(first.split(), second.split(), strict=True))
