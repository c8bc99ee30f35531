"""Finds officialese and offers plain words. The tables are in `pl.toml`, `en.toml` and
`uk.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from splot.language.sentences import WORD

TABLES_DIR = Path(__file__).parent
APOSTROPHES = str.maketrans("’ʼ", "''")


class Jargon(NamedTuple):
    """A phrase as it stands in the text, where it begins, and what to write in its place."""

    phrase: str
    start: int
    plain: str


class JargonPattern(NamedTuple):
    """A phrase of the table, its words as patterns of whole words."""

    words: tuple[re.Pattern[str], ...]
    plain: str


def find_jargon(text: str, language: str) -> list[Jargon]:
    """The officialese of a text, in order and without overlaps, the longest phrase first.

    Languages without a table have none. Inflected forms are found: a table's word that ends in `*`
    stands for every word that begins so.
    """
    table = _load_table(language)
    words = list(WORD.finditer(text))
    lower = [word.group().lower().translate(APOSTROPHES) for word in words]
    phrases: list[Jargon] = []
    at = 0
    while at < len(words):
        taken = 1
        for entry in table.get(lower[at][:2], ()):
            if _matches_at(entry, text, words, lower, at):
                taken = len(entry.words)
                start, end = words[at].start(), words[at + taken - 1].end()
                phrases.append(Jargon(text[start:end], start, entry.plain))
                break
        at += taken
    return phrases


def _matches_at(
    entry: JargonPattern, text: str, words: list[re.Match[str]], lower: list[str], at: int
) -> bool:
    """Whether the phrase begins with this word; only white space may stand between its words."""
    end = at + len(entry.words)
    if end > len(words) or not all(map(re.Pattern.fullmatch, entry.words, lower[at:end])):
        return False
    neighbours = pairwise(words[at:end])
    return all(text[word.end() : after.start()].isspace() for word, after in neighbours)


@cache
def _load_table(language: str) -> dict[str, list[JargonPattern]]:
    """The phrases by the first two letters of their first word, those of more words first."""
    path = TABLES_DIR / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.is_file():
        return {}
    table: dict[str, list[JargonPattern]] = {}
    for phrase, plain in tomllib.loads(path.read_text("utf-8"))["phrases"].items():
        words = phrase.split()
        patterns = (re.compile(re.escape(word).replace(r"\*", r"[\w'-]*")) for word in words)
        table.setdefault(words[0][:2].rstrip("*"), []).append(JargonPattern(tuple(patterns), plain))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table
