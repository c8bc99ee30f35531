"""Texts: in the reader's language where there is one, marked as another language where there is
not.
"""

import re
from collections.abc import Iterable
from functools import cache

import nh3
from babel import Locale, UnknownLocaleError
from django import template
from django.conf import settings
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from splot.core.languages import OUTDATED, Text
from splot.core.markdown import paragraphs_without_markup

register = template.Library()

TAGS = "p br em strong s a ul ol li blockquote code pre hr h3 h4 h5 table thead tbody tr th td"
ALLOWED = set(TAGS.split())
FIRST_HEADING, LAST_HEADING = 3, 5


def reader_language() -> str:
    """The code of the language that the page is in."""
    return get_language() or settings.LANGUAGE_CODE


def wording(value: object) -> tuple[str, str]:
    """The words of a Text or of anything else, and their language where it is not the reader's (""
    otherwise).
    """
    if value is None:
        return "", ""
    if not hasattr(value, "shown"):
        return str(value), ""
    reader = reader_language()
    shown = value.shown(reader)
    return shown.text, "" if shown.language == reader else shown.language


def in_its_language(html: str, language: str, element: str = "span") -> SafeString:
    """Wrap safe HTML in an element that names its language, unless that is the page's own ("")."""
    if not language:
        return mark_safe(html)
    return format_html(
        '<{0} lang="{1}" dir="auto">{2}</{0}>', mark_safe(element), language, mark_safe(html)
    )


@register.simple_tag
def text(value: object, block: bool = False) -> SafeString:
    """A Text, or a plain string, escaped. Line breaks stay; `block=True` makes paragraphs of it.

    A string that is already safe HTML goes through as it is, so that tags can hand titles on to one
    another.
    """
    if isinstance(value, SafeString):
        return value
    words, language = wording(value)
    if block:
        return (
            in_its_language(linebreaks(words, autoescape=True), language, "div")
            if words
            else mark_safe("")
        )
    return in_its_language(escape(words.strip()).replace("\n", "<br>"), language)


@register.simple_tag
def lines(values: Iterable[object]) -> SafeString:
    """Texts or strings one below the other; where there is none, that is seen as a gap."""
    return mark_safe("".join(f"<div>{text(value)}</div>" for value in values)) or missing()


@register.simple_tag
def opening(value: object) -> SafeString:
    """The first sentence of a longer text, without its markup."""
    words, language = wording(value)
    first = next(iter(paragraphs_without_markup(words)), "")
    return in_its_language(escape(re.split(r"(?<=[.!?…])\s", first, maxsplit=1)[0]), language)


@register.filter
def plain(value: object) -> str:
    """The bare words of a Text, for attributes and page titles."""
    return wording(value)[0]


def lower_headings(tokens: list[Token]) -> None:
    """A text's headings stand below the page's own: its first becomes h3, and none skips a
    level.
    """
    level, highest = FIRST_HEADING - 1, 0
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1:])
            highest = min(highest or written, written)
            level = min(written - highest + FIRST_HEADING, level + 1, LAST_HEADING)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"


@cache
def markdown_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"breaks": True, "html": False}).enable(
        ["table", "strikethrough"]
    )


@register.simple_tag
def markdown(value: object) -> SafeString:
    """Markdown as people write it, sanitised; headings start at the third level."""
    words, language = wording(value)
    if not words.strip():
        return mark_safe("")
    parser = markdown_parser()
    tokens = parser.parse(words)
    lower_headings(tokens)
    html = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}), tags=ALLOWED, attributes={"a": {"href"}}
    )
    return in_its_language(f'<div class="prose">{html}</div>', language, "div")


def name_of_language(code: str) -> str:
    """A language's name in the reader's language, the code itself for one that is not known."""
    try:
        return (
            Locale.parse(code.replace("-", "_")).get_display_name(
                reader_language().replace("-", "_")
            )
            or code
        )
    except (UnknownLocaleError, ValueError):
        return code


@register.inclusion_tag("language_note/language_note.html")
def language_note(value: object) -> dict[str, str]:
    """What the reader must know of a translation: missing, out of date or machine-made; nothing
    otherwise.
    """
    state, language = "", ""
    if value and hasattr(value, "shown"):
        shown = value.shown(reader_language())
        state, language = shown.state, name_of_language(shown.language)
    return {"state": state, "language": language}


@register.filter
def is_outdated(value: object) -> bool:
    """Is the translation that the reader gets older than the original?"""
    return isinstance(value, Text) and value.state(reader_language()) == OUTDATED


@register.simple_tag
def missing(words: str = "") -> SafeString:
    """A cell that should hold something and does not, visibly."""
    return format_html('<span class="missing">{}</span>', words or _("not given"))


@register.simple_tag
def number(printed: object) -> SafeString:
    """The printed number of a provision ("§ 4 ust. 1 pkt 2"), always read from left to right; ""
    for none.
    """
    return (
        format_html('<span class="number" dir="ltr">{}</span>', printed)
        if printed
        else mark_safe("")
    )
