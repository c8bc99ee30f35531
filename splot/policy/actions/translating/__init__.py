"""Translating a policy: passage by passage by people, what is missing by a machine; the frozen text
follows.
"""

from .frozen_text import refresh_frozen_text
from .machine import MachineStatus, machine_status, start_machine_translation, translate_missing
from .writing import approve_translation, translate_text

__all__ = [
    "MachineStatus",
    "approve_translation",
    "machine_status",
    "refresh_frozen_text",
    "start_machine_translation",
    "translate_missing",
    "translate_text",
]
