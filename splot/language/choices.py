"""Finds one of a few choices by the words in which people write it."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from splot.language.normalisation import normalise_name


@lru_cache(maxsize=64)
def choices_by_label(choices: type[TextChoices]) -> dict[str, str]:
    """{a choice's label in any language of the interface, or its code, by `normalise_name`:
    choice}. Choices may tell labels that they had before (`former_labels`).
    """
    values = {normalise_name(value): str(value) for value in choices.values}
    former = getattr(choices, "former_labels", dict)
    for label, value in former().items():
        values[normalise_name(label)] = value
    for language, __ in settings.LANGUAGES:
        with override(language):
            for value, label in choices.choices:
                values[normalise_name(str(label))] = str(value)
    return values
