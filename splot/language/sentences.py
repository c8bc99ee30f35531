"""Takes a text apart into sentences and words. A line of a list is a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W_]*$")  # "m.in" before the last full stop
BULLET = re.compile(r"\s*(?:[-–—•*·]|\(?\d{1,3}[a-z]?[.)]|\(?[^\W\d_]\)|§ ?\d+[a-z]?\.?)\s+")
LOOK_BACK = 24  # characters: the longest abbreviation and its parts
ABBREVIATIONS = frozenset(
    """
    m.in np tzw tzn tj itp itd ust pkt art lit par poz nr r w ul al pl os im św godz min zł gr
    tys mln mld proc str s por zob ww wg dr hab prof mgr inż lek mec ks dot ds in jw op cit red
    wyd dz u t.j k.p.a ok ew
    e.g i.e etc no nos vs cf mr mrs ms st para sec ch fig vol ed eds approx inc ltd
    ст ч п пп пт напр ім вул просп м обл р рр т.д т.п т.зв тис млн млрд грн див др гг г т.е т.к
    т.н ул руб
    """.split()  # noqa: SIM905
)
# Of these a capital letter tells that a sentence ended: "w 2026 r. Zespół", but not "ul. Długa"
SENTENCE_FINAL_ABBREVIATIONS = frozenset(
    """
    r w itp itd zł gr tys mln mld proc min godz etc no
    р рр т.д т.п тис млн млрд грн г гг руб
    """.split()  # noqa: SIM905
)


class Sentence(NamedTuple):
    """A sentence and where it begins and ends in the text."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> list[str]:
        """Its words; numbers are none."""
        return WORD.findall(self.text)


def split_sentences(text: str) -> Iterator[Sentence]:
    """Every sentence that has a word, in order. A line break ends a sentence."""
    start = 0
    for line in text.splitlines(keepends=True):
        for begin, end in _sentence_spans(line):
            piece = line[begin:end]
            lead = len(piece) - len(piece.lstrip())
            first, last = start + begin + lead, start + begin + len(piece.rstrip())
            sentence = Sentence(piece.strip(), first, last)
            if WORD.search(sentence.text):
                yield sentence
        start += len(line)


def _sentence_spans(line: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a line begin and end; its bullet or number belongs to none."""
    bullet = BULLET.match(line)
    begin = bullet.end() if bullet else 0
    for mark in SENTENCE_END.finditer(line, begin):
        if not _sentence_continues(line, mark):
            yield begin, mark.end()
            begin = mark.end()
    if begin < len(line):
        yield begin, len(line)


def _sentence_continues(line: str, mark: re.Match[str]) -> bool:
    """Whether the sentence goes on: after an abbreviation, an initial or a number that counts."""
    following = line[mark.end() : mark.end() + 3].lstrip()[:1]
    if not following:
        return False
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return following.islower()
    before = LAST_WORD.search(line, max(0, mark.start() - LOOK_BACK), mark.start())
    word = before.group() if before else ""
    if word.lower() in ABBREVIATIONS:
        return not following.isupper() or word.lower() not in SENTENCE_FINAL_ABBREVIATIONS
    initial = len(word) == 1 and word.isupper()
    return (
        following.islower()
        or initial
        or (word.isdigit() and len(word) <= 2 and not following.isupper())
    )
