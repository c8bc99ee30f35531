"""The languages that translations are offered in, and how a page names them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from splot.core.languages import language_name, text_direction

# Languages that residents of Polish cities speak, besides those of the interface.
RESIDENTS_LANGUAGES = [
    "uk",
    "ru",
    "be",
    "en",
    "ka",
    "hy",
    "az",
    "kk",
    "ky",
    "uz",
    "tg",
    "tk",
    "tr",
    "ar",
    "fa",
    "hi",
    "bn",
    "ur",
    "ne",
    "vi",
    "zh",
    "fil",
    "id",
    "es",
    "pt",
    "fr",
    "de",
    "ro",
]


def language_name_html(code: str) -> SafeString:
    """A language's name in its own script, marked as such."""
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', code, text_direction(code), language_name(code)
    )
