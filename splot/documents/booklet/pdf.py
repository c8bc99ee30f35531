"""A booklet as tagged PDF (PDF/UA-1)."""

import textwrap
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.languages import SOURCE, Shown
from splot.core.values import Json
from splot.documents.typesetting import blocks, name_of, plain, short_code, typeset

from .vocabulary import (
    Block,
    Booklet,
    Callout,
    Facts,
    Heading,
    Items,
    Prose,
    Table,
    Wording,
    laid,
    long_words,
    shares,
    shown,
    texts,
)

RUNNING = 65
TEMPLATE = Path(__file__).parent / "booklet.typ"


def booklet_pdf(booklet: Booklet) -> bytes:
    """The booklet as PDF bytes; the same booklet gives the same bytes. Raises NotTypeset."""
    language = booklet.language
    with override(language):
        words = {"page": _("Page {page} of {pages}"), "contents": _("Contents"), "not_given": _("not given")}
    front = {name: getattr(booklet, name) for name in ("subtitle", "kicker", "foot", "draft")}
    data = {
        **plain(front, language, bound=True),
        "lang": short_code(language) or "en",
        "title": plain(_named(booklet.title, language), language, bound=True),
        "running": plain(_shortened(booklet.title, language), language),
        "dated": booklet.made is not None,
        "pages": [
            {
                "wide": wide,
                "blocks": [plain(_drawn(each.block, each.level, language), language, bound=True) for each in group],
            }
            for wide, group in groupby(laid(booklet.blocks), key=lambda each: each.is_wide)
        ],
        "words": words,
    }
    return typeset(TEMPLATE, data, made=booklet.made)


def _shortened(title: Wording, language: str) -> Wording:
    """The title as it fits on one line at the head of a page."""
    words, spoken = shown(title, language)
    return Shown(textwrap.shorten(name_of(words), RUNNING, placeholder="…"), spoken, SOURCE)


def _named(wording: Wording, language: str) -> Wording:
    words, spoken = shown(wording, language)
    return Shown(name_of(words), spoken, SOURCE)


def _drawn(block: Block, level: int, language: str) -> Json:
    match block:
        case Heading():
            return {"is": "heading", "level": level, "text": _named(block.text, language)}
        case Prose():
            words, spoken = shown(block.markdown, language)
            known = short_code(spoken) or short_code(language) or "en"
            return {"is": "prose", "lang": known, "blocks": blocks(words)}
        case Callout():
            return {"is": "callout", "kicker": block.kicker, "text": block.text}
        case Items():
            return {"is": "items", "items": block.items, "numbered": block.numbered}
        case Facts():
            return {"is": "facts", "facts": [(label, texts(cell)) for label, cell in block.facts]}
        case Table():
            return {
                "is": "table",
                "caption": block.caption,
                "head": block.head,
                "rows": [[texts(cell) for cell in row] for row in block.rows],
                "shares": shares(block, language),
                "parted": long_words(block, language),
            }
    return {"is": "page break"}
