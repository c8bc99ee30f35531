"""A scanner over a text: parsers take what they understand, the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_TEXT_LENGTH = 2_000  # signs; a longer text is prose, which is left as it is
TOO_LONG = "too-long"
EDGES = " \t\n\r\u00a0\u202f,;:.-–—/()[]•·|"
# the mark of a footnote belongs to no value; "m²" is a unit
FOOTNOTE = re.compile(
    r"(?<=[\w\s.%€$])\[\d{1,2}\]|(?<=[^\smM])[⁰¹²³⁴-⁹]{1,2}(?!\w)"
    r"|(?<=[^\s*])\*{1,3}(?=\s*(?:$|[;,)\n]))"
)


def mask_footnotes(text: str) -> str:
    """The text with spaces in place of the marks of footnotes."""
    return FOOTNOTE.sub(lambda mark: " " * len(mark[0]), text)


@dataclass(slots=True)
class Scanner:
    """A text and which of its characters have been understood. Marks of footnotes are left over,
    and in nobody's way.
    """

    text: str
    taken: bytearray = field(init=False)
    footnotes: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.footnotes = FOOTNOTE.findall(self.text)
        self.text = mask_footnotes(self.text) if self.footnotes else self.text
        self.taken = bytearray(len(self.text))

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches in what has not been taken yet, without taking them."""
        for match in pattern.finditer(self.text):
            if match.end() > match.start() and not any(self.taken[match.start() : match.end()]):
                yield match

    def take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * (end - start)

    def take_first(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, taken; None without one."""
        match = next(self.find(pattern), None)
        if match:
            self.take(match.start(), match.end())
        return match

    def is_read(self, start: int, end: int) -> bool:
        """Whether all words between two places were understood."""
        return not any(self.text[at].isalnum() and not self.taken[at] for at in range(start, end))

    def read(self) -> tuple[str, ...]:
        """The parts that were understood, in their order."""
        return tuple(filter(None, map(str.strip, self._parts(1))))

    def left(self) -> str:
        """The rest, without the punctuation around what was taken. No letter, digit or sign of
        worth is lost.
        """
        parts = [part.strip(EDGES) for part in self._parts(0)]
        return " ".join(filter(None, (*parts, *self.footnotes)))

    def _parts(self, kind: int) -> Iterator[str]:
        sign = b"\x01" if kind else b"\x00"
        for match in re.finditer(rb"%s+" % sign, bytes(self.taken)):
            yield self.text[match.start() : match.end()]
