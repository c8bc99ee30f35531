"""How hard a text is to read, where it is hardest, and which of its phrases have plain words.

Sources: the FOG index (R. Gunning, The Technique of Clear Writing, 1952) and FOG-PL, its measure for Polish.
"""

from splot.language.fog import HardSentence, Readability, fog, hard_sentences
from splot.language.jargon import Jargon, jargon

__all__ = ["HardSentence", "Jargon", "Readability", "fog", "hard_sentences", "jargon"]
