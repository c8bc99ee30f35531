"""Render a piece of a template and look at it as a browser would."""

from typing import Any

from django.template import Context, Template
from django.utils.translation import override
from lxml import html


def rendered(source: str, language: str = "en", **context: Any) -> str:
    """The HTML of a template's source in a language."""
    with override(language):
        return Template(source).render(Context(context))


def parsed(source: str, language: str = "en", **context: Any) -> html.HtmlElement:
    """The same as a tree, inside one <div>."""
    return html.fragment_fromstring(rendered(source, language, **context), create_parent="div")


def words(element: html.HtmlElement) -> str:
    """What a reader sees of an element, with single spaces."""
    return " ".join(" ".join(element.itertext()).split())
