"""The FOG index of a text, and its hardest sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from splot.language.sentences import Sentence, split_sentences

CYRILLIC = ("uk", "ru", "be")
# syllables from which a word is long; 4 elsewhere
LONG_WORD_SYLLABLES = {"en": 3} | dict.fromkeys(CYRILLIC, 5)
MAX_SENTENCE_WORDS = 25  # of a sentence that most people follow at the first reading
MAX_SENTENCE_INDEX = 15.0  # of a sentence by itself: about the years at school that it asks for
VOWELS = re.compile(r"[aeiouyąęóáéíúýàèìòùâêîôûäëïöüæøåœаеёиоуыэюяєіїў]+", re.I)
I_BEFORE_VOWEL = re.compile(r"i(?=[aeouyąęó])", re.I)
SILENT_E = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzgh])es$", re.I
)
CYRILLIC_VOWEL = re.compile(r"[аеёиоуыэюяєії]", re.I)


@dataclass(frozen=True, slots=True)
class Readability:
    """The FOG index (0.0 for a text without words) and what it was worked out from.

    `long_words` is how many words have four syllables or more (English three, Ukrainian, Russian
    and Belarusian five); `longest_sentence` how many words the longest has.
    """

    index: float
    words: int
    sentences: int
    long_words: int
    longest_sentence: int


class HardSentence(NamedTuple):
    """A sentence that is long or full of long words, where it stands, and the words that are
    long.
    """

    text: str
    start: int
    end: int
    words: int
    index: float  # type: ignore[assignment]  # a tuple's own method, which nobody calls here
    long_words: tuple[str, ...]


def measure_readability(text: str, language: str = "pl") -> Readability:
    """The index 0.4 x (words / sentences + 100 x long words / words): about the years of school it
    asks for.

    For Polish this is FOG-PL, for English the original. For Ukrainian, Russian and Belarusian the
    same formula counts words of five syllables, as their words run longer; that threshold is our
    convention, so compare it within one language only.
    """
    return _measure_sentences(split_sentences(text), language)


def hard_sentences(
    text: str,
    language: str = "pl",
    *,
    most: int = 10,
    words: int = MAX_SENTENCE_WORDS,
    index: float = MAX_SENTENCE_INDEX,
) -> list[HardSentence]:
    """The sentences of more than `words` words or an index above `index`: the hardest `most`, in
    text order.
    """
    hard: list[HardSentence] = []
    for sentence in split_sentences(text):
        measured = _measure_sentences((sentence,), language)
        if measured.words > words or (measured.index > index and measured.long_words > 1):
            long = tuple(word for word in sentence.words if is_long_word(word, language))
            hard.append(HardSentence(*sentence, measured.words, measured.index, long))
    hardest = sorted(hard, key=lambda sentence: (-sentence.index, sentence.start))[:most]
    return sorted(hardest, key=lambda sentence: sentence.start)


def is_long_word(word: str, language: str) -> bool:
    """Whether a word counts as long in this language."""
    return count_syllables(word, language) >= LONG_WORD_SYLLABLES.get(language, 4)


def count_syllables(word: str, language: str) -> int:
    """The syllables of a word as groups of vowels; every written word has at least one.

    Polish `i` before a vowel only softens; each Cyrillic vowel is a syllable; English "-e", "-es"
    and "-ed" are mostly silent.
    """
    if language in CYRILLIC:
        count = len(CYRILLIC_VOWEL.findall(word))
    elif language == "pl":
        count = len(VOWELS.findall(I_BEFORE_VOWEL.sub("", word)))
    else:
        count = len(VOWELS.findall(SILENT_E.sub("", word) if language == "en" else word))
    return max(count, 1)


def _measure_sentences(sentences: Iterable[Sentence], language: str) -> Readability:
    lengths: list[int] = []
    long_words = 0
    for sentence in sentences:
        words = sentence.words
        lengths.append(len(words))
        long_words += sum(is_long_word(word, language) for word in words)
    total = sum(lengths)
    index = 0.4 * (total / len(lengths) + 100 * long_words / total) if total else 0.0
    return Readability(round(index, 1), total, len(lengths), long_words, max(lengths, default=0))
