"""How the words of the vocabulary are written, and the regular expressions made of them.

An entry is a word or a phrase; commas divide entries. "(a/y)" stands for one of these endings,
"(a/y)?" for one of them or none, "*" for any ending, "a|b" for one of two words, a word "_" for any
word or none; "+" marks a plural that announces a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MIN_STEM = 5  # letters that tell a word by its beginning; shorter ones begin others too
PLURAL = "+"
ANY_WORD = "_"
ENDINGS = re.compile(r"\(([^)]*)\)")
LETTERS = re.compile(r"[^()*?|+_/ ]+")  # what stands between the signs of an entry


def split_entries(line: str) -> Iterator[str]:
    """The entries of a line, each with the mark of a plural."""
    return (entry.strip() for entry in line.split(","))


def compile_forms(entry: str) -> str:
    """The regular expression of all forms of an entry: "cel(u/em)?" is "cel(?:u|em)?"."""
    return _compile_words(entry.removeprefix(PLURAL).split())


def join_forms(entries: Iterable[str]) -> str:
    """The regular expression of all forms of some entries."""
    return "|".join(map(compile_forms, entries))


def compile_stem(entry: str) -> str:
    """The regular expression of how an entry begins, whatever its last word ends in. A short word
    is only meant in its own forms.
    """
    *before, last = entry.removeprefix(PLURAL).split()
    stems: list[str] = []
    for word in last.split("|"):
        stem = re.split(r"[(*?]", word)[0]
        is_told = len(stem) >= MIN_STEM or word.endswith("*")
        stems.append(re.escape(stem) if is_told else rf"{_compile_word(word)}(?!\w)")
    return f"{_compile_words([*before, ''])}(?:{'|'.join(stems)})"


def _compile_words(words: list[str]) -> str:
    pattern = _compile_word(words[0])
    for word in words[1:]:
        pattern += r"(?:\s+\w+)?" if word == ANY_WORD else rf"\s+{_compile_word(word)}"
    return pattern


def _compile_word(word: str) -> str:
    alternatives: list[str] = []
    for alternative in word.split("|"):
        stem, *signs = re.split(r"(\(.*|\*)", alternative)
        rest = "".join(signs)
        endings = ENDINGS.sub(lambda match: f"(?:{match[1].replace('/', '|')})", rest)
        alternatives.append(re.escape(stem) + endings.replace("*", r"\w*"))
    return "|".join(alternatives) if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"
