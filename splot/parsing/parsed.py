"""What every parser of a cell gives: a value, the words that it was made of, and those left over.

A value is sure only when it was understood to the last sign. Words that are left over make it
doubtful, whatever they are, but for a short closed list of fillers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# words that change no value beside which they stand
FILLERS = re.compile(
    r"(?<!\w)(?:i|oraz|and|та|і|й|und|y|plus"
    r"|termin(?:\s+realizacji)?|planowan[yae]|orientacyjn[yae]|kwota|koszty?|wartość"
    r"|łącznie|włącznie|inclusive|razem|w\s+sumie|ogółem|in\s+total|total)(?!\w)",
    re.I,
)
# words of worth that change no value either: they are kept beside it
ASIDES = re.compile(
    r"(?<!\w)(?:(?:wg|według|w\s+miarę|w\s+zależności\s+od)\s+(?:potrzeb|możliwości|potrzeby)"
    r"|zgodnie\s+z\s+(?:harmonogramem|potrzebami)|as\s+needed|when\s+needed|за\s+потреб\w+)(?!\w)"
    r"|\[\d{1,2}\]|[⁰¹²³⁴-⁹]+|\*{1,3}",
    re.I,
)

# every other sign may change a value: "≈", "±", "?", a tick, a word
PUNCTUATION = frozenset(" \t\n\u00a0\u202f,;:.!-–—/()[]{}|•·_\"'„”“’‘«»…")


@dataclass(slots=True, kw_only=True)
class Parsed:
    """The words that a value was made of (`read`), those that were not understood (`left`), and
    codes of what was assumed (`doubts`). No word of the text is in neither.
    """

    doubts: list[str] = field(default_factory=list)
    read: tuple[str, ...] = ()
    left: str = ""

    @property
    def sure(self) -> bool:
        """Whether all was understood and nothing assumed."""
        return not self.doubts and not self.unexplained

    @property
    def unexplained(self) -> str:
        """The words left over that may change the value."""
        return unexplained_words(self.left)


def unexplained_words(left: str) -> str:
    """What is left over beside fillers, "" for nothing but them and punctuation."""
    rest = ASIDES.sub(" ", FILLERS.sub(" ", left)) if left else ""
    return left if any(sign not in PUNCTUATION for sign in rest) else ""


def without_fillers(left: str) -> str:
    """What is worth keeping of the words left over: none of them where all are fillers."""
    return left if any(map(str.isalnum, FILLERS.sub(" ", left))) or "*" in left else ""
