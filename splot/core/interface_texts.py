"""Words of the interface as a text that can be kept."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import override

from .languages import Text


def interface_text(words: Callable[[], str]) -> Text:
    """What `words` gives in each language of the interface."""
    texts = {}
    for language, __ in settings.LANGUAGES:
        with override(language):
            texts[language] = words()
    return Text.of(settings.LANGUAGE_CODE, texts)
