"""One file for a browser that needs nothing else: its styles inside, no scripts, no addresses
elsewhere.
"""

from functools import cache
from html import escape
from pathlib import Path

from babel import UnknownLocaleError

from splot.core.languages import text_direction

from .serialise import LANGUAGE_CODE, remove_unprintable

STYLESHEET = Path(__file__).parent / "page.css"


def render_html_page(title: str, body: str, *, language: str) -> bytes:
    """A whole HTML file in UTF-8 around `body`, which is safe HTML already; `title` is escaped
    here.
    """
    return remove_unprintable(
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction_of(language)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_page_styles()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def direction_of(language: str) -> str:
    """ "rtl" or "ltr"; the latter for a code that nobody knows."""
    try:
        return text_direction(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return "ltr"


def language_attributes(language: str, page: str) -> str:
    """The attributes of an element in another language than its page; "" in the same or in none
    that is known.
    """
    is_code = LANGUAGE_CODE.fullmatch(language.replace("_", "-").partition("-")[0])
    if not is_code or language == page:
        return ""
    return f' lang="{escape(language)}" dir="{direction_of(language)}"'


@cache
def _page_styles() -> str:
    return STYLESHEET.read_text(encoding="utf-8")
