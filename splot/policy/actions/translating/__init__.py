"""Translating a policy: passage by passage by people, what is missing by a machine; the frozen text follows."""

from .frozen import refresh_texts
from .machine import Machine, machine_of, start_machine_translation, translate_missing
from .passages import OPENING, PROVISIONS, STATES, Passage, Translation, passages_of, translation_of, translations_of
from .writing import approve_translation, translate_text

__all__ = [
    "OPENING",
    "PROVISIONS",
    "STATES",
    "Machine",
    "Passage",
    "Translation",
    "approve_translation",
    "machine_of",
    "passages_of",
    "refresh_texts",
    "start_machine_translation",
    "translate_missing",
    "translate_text",
    "translation_of",
    "translations_of",
]
