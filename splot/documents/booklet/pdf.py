"""A booklet as tagged PDF (PDF/UA-1)."""

import textwrap
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.languages import SOURCE, LocalisedText
from splot.core.values import Json
from splot.documents.typesetting import (
    base_language_code,
    one_line_name,
    parse_markdown_blocks,
    serialise_for_typst,
    typeset_pdf,
)

from .model import (
    Block,
    Booklet,
    Callout,
    Facts,
    Heading,
    Items,
    Prose,
    Table,
    Wording,
    cell_texts,
    column_shares,
    columns_with_long_words,
    localise_wording,
    place_blocks,
)

MAX_RUNNING_TITLE = 65
TEMPLATE = Path(__file__).parent / "booklet.typ"


def render_booklet_pdf(booklet: Booklet) -> bytes:
    """The booklet as PDF bytes; the same booklet gives the same bytes.

    Raises TypesettingError.
    """
    language = booklet.language
    with override(language):
        words = {
            "page": _("Page {page} of {pages}"),
            "contents": _("Contents"),
            "not_given": _("not given"),
        }
    front = {name: getattr(booklet, name) for name in ("subtitle", "kicker", "foot", "draft")}
    data = {
        **serialise_for_typst(front, language, bound=True),
        "lang": base_language_code(language) or "en",
        "title": serialise_for_typst(_name_wording(booklet.title, language), language, bound=True),
        "running": serialise_for_typst(_running_title(booklet.title, language), language),
        "dated": booklet.made is not None,
        "pages": _pages_data(booklet),
        "words": words,
    }
    return typeset_pdf(TEMPLATE, data, made=booklet.made)


def _pages_data(booklet: Booklet) -> list[Json]:
    """The blocks in groups that lie alike on their pages."""
    language = booklet.language
    pages: list[Json] = []
    for wide, group in groupby(place_blocks(booklet.blocks), key=lambda placed: placed.is_wide):
        blocks: list[Json] = []
        for placed in group:
            block = _block_data(placed.block, placed.level, language)
            blocks.append(serialise_for_typst(block, language, bound=True))
        pages.append({"wide": wide, "blocks": blocks})
    return pages


def _running_title(title: Wording, language: str) -> Wording:
    """The title as it fits on one line at the head of a page."""
    words, spoken = localise_wording(title, language)
    return LocalisedText(
        textwrap.shorten(one_line_name(words), MAX_RUNNING_TITLE, placeholder="…"), spoken, SOURCE
    )


def _name_wording(wording: Wording, language: str) -> Wording:
    words, spoken = localise_wording(wording, language)
    return LocalisedText(one_line_name(words), spoken, SOURCE)


def _block_data(block: Block, level: int, language: str) -> Json:
    match block:
        case Heading():
            return {"is": "heading", "level": level, "text": _name_wording(block.text, language)}
        case Prose():
            words, spoken = localise_wording(block.markdown, language)
            code = base_language_code(spoken) or base_language_code(language) or "en"
            return {"is": "prose", "lang": code, "blocks": parse_markdown_blocks(words)}
        case Callout():
            return {"is": "callout", "kicker": block.kicker, "text": block.text}
        case Items():
            return {"is": "items", "items": block.items, "numbered": block.numbered}
        case Facts():
            facts = [(label, cell_texts(cell)) for label, cell in block.facts]
            return {"is": "facts", "facts": facts}
        case Table():
            return {
                "is": "table",
                "caption": block.caption,
                "head": block.head,
                "rows": [list(map(cell_texts, row)) for row in block.rows],
                "shares": column_shares(block, language),
                "parted": columns_with_long_words(block, language),
            }
    return {"is": "page break"}
