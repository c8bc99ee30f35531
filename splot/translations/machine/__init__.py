"""Machine translation by a server of the city's own: what a translator is, and which one this
installation has.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

__all__ = ["Translator", "TranslatorFailed", "TranslatorUnreachable", "configured_translator"]


class Translator(Protocol):
    """What stands behind the setting SPLOT_TRANSLATOR; made with SPLOT_TRANSLATOR_URL as its only
    argument.
    """

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """The texts in another language, one for one. They are pieces of HTML without line breaks.

        What stands in an element with translate="no" is to be left as it is. `source` and `target`
        are codes of languages ("pl"). Raises TranslatorFailed.
        """

    def languages(self) -> set[str] | None:
        """The codes that it translates into; None where it does not say. Raises
        TranslatorFailed.
        """


class TranslatorFailed(Exception):
    """The translator gave no usable answer; the message is for the operator."""


class TranslatorUnreachable(TranslatorFailed):
    """Nobody answered, or not in time."""


def configured_translator() -> Translator | None:
    """The translator of this installation, None where the operator has set none."""
    if not settings.SPLOT_TRANSLATOR:
        return None
    translator: Translator = import_string(settings.SPLOT_TRANSLATOR)(settings.SPLOT_TRANSLATOR_URL)
    return translator
