"""How hard a text is to read, where it is hardest, and which of its phrases have plain words. Names
and choices as people write them are compared by `normalisation`, `fuzzy` and `choices`.

Sources: the FOG index (R. Gunning, The Technique of Clear Writing, 1952) and FOG-PL, its measure
for Polish.
"""

from splot.language.fog import HardSentence, Readability, hard_sentences, measure_readability
from splot.language.jargon import Jargon, find_jargon

__all__ = [
    "HardSentence",
    "Jargon",
    "Readability",
    "find_jargon",
    "hard_sentences",
    "measure_readability",
]
