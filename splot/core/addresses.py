"""Addresses as a table keeps them: without the language, which is that of whoever reads them."""

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override


def address_to_keep(name: str, *arguments: object) -> str:
    """The address of a page by its name, without its language: "poznan/policy/2023-2024/"."""
    with override(settings.LANGUAGE_CODE):
        return reverse(name, args=arguments).removeprefix(_prefix(settings.LANGUAGE_CODE))


def address_in_language(kept: str, language: str | None = None) -> str:
    """A kept address in a language, that of the reader unless told."""
    return _prefix(language or get_language() or settings.LANGUAGE_CODE) + kept


def _prefix(language: str) -> str:
    return f"{get_script_prefix()}{language}/"
