"""A booklet as one HTML file that needs nothing else."""

from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.values import Json
from splot.documents.typesetting import parse_markdown_blocks
from splot.documents.typesetting.html_page import language_attributes, render_html_page

from .model import (
    Block,
    Booklet,
    Callout,
    CellContent,
    Facts,
    Heading,
    Items,
    PageBreak,
    Prose,
    Table,
    Wording,
    cell_texts,
    column_shares,
    localise_wording,
    place_blocks,
)

CONTENTS_DEPTH = 2
LISTS = {"list": "ul", "numbered": "ol"}


def render_booklet_html(booklet: Booklet) -> bytes:
    """The booklet as HTML bytes; the same booklet gives the same bytes."""
    language = booklet.language
    with override(language):
        page = _Page(language, missing=_("not given"))
        contents = _("Contents")
    blocks = place_blocks(booklet.blocks)
    body = "\n".join(page.block(placed.block, placed.level) for placed in blocks)
    front = [f"<h1>{page.say(booklet.title)}</h1>"]
    if localise_wording(booklet.kicker, language)[0]:
        front.insert(0, f'<p class="kicker">{page.say(booklet.kicker)}</p>')
    if booklet.draft:
        front.append(f'<p class="draft">{escape(booklet.draft)}</p>')
    if localise_wording(booklet.subtitle, language)[0]:
        front.append(f'<p class="subtitle">{page.say(booklet.subtitle)}</p>')
    header = "\n".join(front)
    foot = f"<footer>{escape(booklet.foot)}</footer>" if booklet.foot else ""
    return render_html_page(
        localise_wording(booklet.title, language)[0],
        f'<article class="booklet">\n<header>{header}</header>\n'
        f"{page.contents(contents)}\n{body}\n{foot}\n</article>",
        language=language,
    )


class _Page:
    """Writes blocks in one language and keeps the headings for the contents."""

    def __init__(self, language: str, missing: str):
        self.language = language
        self.missing = f'<span class="soft">{escape(missing)}</span>'
        self.headings: list[tuple[int, str, str]] = []

    def say(self, wording: Wording) -> str:
        words, spoken = localise_wording(wording, self.language)
        marked = escape(words.strip()).replace("\n", "<br>")
        other = language_attributes(spoken, self.language)
        return f"<span{other}>{marked}</span>" if other and marked else marked

    def cell(self, cell: CellContent) -> str:
        texts = [self.say(wording) or self.missing for wording in cell_texts(cell)]
        if len(texts) == 1:
            return texts[0]
        return "".join(f"<p>{text}</p>" for text in texts)

    def block(self, block: Block, level: int) -> str:
        match block:
            case Heading():
                return self._heading(block, level)
            case Prose():
                words, spoken = localise_wording(block.markdown, self.language)
                prose = _render_prose(parse_markdown_blocks(words))
                return f"<div{language_attributes(spoken, self.language)}>{prose}</div>"
            case Callout():
                kicker = self.say(block.kicker)
                label = f'<p class="soft">{kicker}</p>' if kicker else ""
                return f'<div class="callout">{label}<p>{self.say(block.text)}</p></div>'
            case Items():
                items = "".join(f"<li>{self.say(item)}</li>" for item in block.items)
                return f"<ol>{items}</ol>" if block.numbered else f"<ul>{items}</ul>"
            case Facts():
                rows = ""
                for name, cell in block.facts:
                    rows += f"<dt>{self.say(name)}</dt><dd>{self.cell(cell)}</dd>"
                return f"<dl>{rows}</dl>"
            case Table():
                return self._table(block)
            case PageBreak():
                return '<div class="page-break"></div>'

    def contents(self, title: str) -> str:
        """The headings of the blocks written so far, as links; "" if there are none."""
        entries = ""
        for level, place, words in self.headings:
            if level <= CONTENTS_DEPTH:
                entries += f'<li class="level-{level}"><a href="#{place}">{words}</a></li>'
        if not entries:
            return ""
        heading = f'<h2 id="contents">{escape(title)}</h2>'
        return f'<nav aria-labelledby="contents">{heading}<ul>{entries}</ul></nav>'

    def _heading(self, heading: Heading, level: int) -> str:
        place, words = f"section-{len(self.headings) + 1}", self.say(heading.text)
        self.headings.append((level, place, words))
        return f'<h{level + 1} id="{place}">{words}</h{level + 1}>'

    def _table(self, table: Table) -> str:
        shares = column_shares(table, self.language)
        columns = "".join(f'<col style="width:{share:.1%}">' for share in shares)
        head = "".join(f'<th scope="col">{self.say(wording)}</th>' for wording in table.head)
        rows: list[str] = []
        for row in table.rows:
            cells = "".join(f"<td>{self.cell(cell)}</td>" for cell in row)
            rows.append(f"<tr>{cells}</tr>")
        body = "".join(rows)
        caption = self.say(table.caption)
        label = f"<caption>{caption}</caption>" if caption else ""
        return (
            f'<div class="wide" tabindex="0"><table>{label}<colgroup>{columns}</colgroup>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def _render_prose(blocks: Sequence[Json]) -> str:
    return "".join(map(_render_block, blocks))


def _render_block(block: Json) -> str:
    if block["kind"] in LISTS:
        items = "".join(f"<li>{_render_prose(item)}</li>" for item in block["items"])
        return f"<{LISTS[block['kind']]}>{items}</{LISTS[block['kind']]}>"
    if block["kind"] == "quote":
        return f"<blockquote>{_render_prose(block['blocks'])}</blockquote>"
    words = "".join(map(_render_span, block["spans"]))
    return f"<p><strong>{words}</strong></p>" if block["kind"] == "heading" else f"<p>{words}</p>"


def _render_span(span: Json) -> str:
    words = escape(span["text"]).replace("\n", "<br>")
    for style in ("em", "strong"):
        words = f"<{style}>{words}</{style}>" if span.get(style) else words
    return words
