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
MIN_SIMILARITY = 0.86  # of two names or titles that differ by a misprint or a word
STOP_WORDS = frozenset(
    word
    for words in (
        ("i", "w", "we", "z", "ze", "na", "dla", "do", "od", "o", "oraz", "im", "ds"),
        ("the", "of", "and", "for", "in", "on"),
        ("та", "і", "й", "у", "в", "з", "для"),
    )
    for word in words
)
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


def differ_in_ending(one: str, other: str) -> bool:
    """Whether two words are one word in two cases: "wydzial", "wydzialu"."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    shared = next(
        (at for at, signs in enumerate(zip(short, long, strict=False)) if signs[0] != signs[1]),
        len(short),
    )
    return len(long) - len(short) <= 3 and shared >= 4 and len(short) - shared <= 2


def similarity_of(one: str, other: str) -> float:
    """From 0 to 1, of two plain texts. Differences in digits are no misprints."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.ratio()
        if matcher.real_quick_ratio() > MIN_SIMILARITY and matcher.quick_ratio() > MIN_SIMILARITY
        else 0.0
    )


@dataclass
class NameIndex(Generic[Row]):
    """Rows that people call by name. A name that several rows bear finds none of them."""

    shortened: bool = False  # whether initials stand for a name
    exact: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, tuple[Row | None, str]] = field(default_factory=dict)

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
        self.found.clear()

    def find(self, words: str) -> tuple[Row | None, str]:
        """The one row that is meant, and how it was found: SAME, INFLECTED, SIMILAR; (None, "")
        without one.
        """
        key = normalise_name(words)
        if key not in self.found:
            self.found[key] = next(self._found(key), (None, ""))
        return self.found[key]

    def _found(self, key: str) -> Iterator[tuple[Row | None, str]]:
        if not key:
            return
        full = " ".join(ABBREVIATIONS.get(word, word) for word in key.split())
        for name in (key, full):
            if name in self.exact:
                yield (self.exact[name][0], SAME) if len(self.exact[name]) == 1 else (None, "")
        inflected = {
            id(row): row
            for name in self.starts.get(_word_prefixes(full), ())
            if _is_inflected(name, full)
            for row in self.exact[name]
        }
        if len(inflected) == 1:
            yield next(iter(inflected.values())), INFLECTED
        if len(key) > 5:
            close = [
                name
                for name in self.exact
                if len(name) > 5 and similarity_of(name, full) >= MIN_SIMILARITY
            ]
            rows = {id(row): row for name in close for row in self.exact[name]}
            if len(rows) == 1:
                yield next(iter(rows.values())), SIMILAR


def _word_prefixes(name: str) -> tuple[str, ...]:
    return tuple(word[:4] for word in name.split())


def _is_inflected(one: str, other: str) -> bool:
    return all(differ_in_ending(*pair) for pair in zip(one.split(), other.split(), strict=True))
