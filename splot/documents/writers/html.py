"""An act as one HTML file: headings to jump by, lists with the printed numbers, every provision at
its eId.
"""

from collections.abc import Sequence
from html import escape

from splot.documents.readers.tables import is_table, own_words
from splot.documents.tree import SIGNATURE, Document, Node
from splot.documents.typesetting.html_page import language_attributes, render_html_page
from splot.documents.typesetting.provisions import (
    group_lists,
    has_heading,
    is_listed,
    split_paragraphs,
    title_lines,
)

MAX_HEADING_LEVEL = 6
Waiting = list["str | tuple[Sequence[Node], int]"]


def write_html(
    document: Document, *, language: str, title: str = "", standing: Sequence[str] = ()
) -> bytes:
    """The document as HTML bytes; `language` is its own, `title` the page's (the document's if not
    given). `standing` says above the title which text of the act it is.

    "#para_4__subpara_1__point_2" leads to that passage. The same document gives the same bytes.
    """
    front = title_lines(document)
    named = title or " ".join(document.title.split()) or " ".join(front) or "–"
    heading = "\n".join(f'<span class="line">{escape(line)}</span>' for line in front or [named])
    above = "".join(f'<p class="standing">{escape(line)}</p>' for line in standing)
    preamble = _render_paragraphs(document.preamble)
    body = "\n".join(_render_provisions(document.nodes, language))
    return render_html_page(
        named,
        f'<article class="act">\n<header>{above}<h1>{heading}</h1></header>\n'
        f"{preamble}\n{body}\n</article>",
        language=language,
    )


def _render_provisions(nodes: Sequence[Node], language: str) -> list[str]:
    """The pieces of the page in order. Works from a stack, so that no depth is too deep."""
    rendered: list[str] = []
    waiting: Waiting = [(nodes, 2)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            rendered.append(item)
            continue
        siblings, level = item
        pieces: Waiting = []
        for listed, group in group_lists(siblings):
            if listed:
                pieces.append('<ol class="provisions" role="list">')
            for node in group:
                pieces += _render_node(node, level, language)
            if listed:
                pieces.append("</ol>")
        waiting += reversed(pieces)
    return rendered


def _render_node(node: Node, level: int, language: str) -> Waiting:
    """The opening of a provision, what stands within it, and its end."""
    if is_table(node):
        return [_render_table(node)]
    spoken = language_attributes(node.lang, language)
    look = SIGNATURE if node.ref == SIGNATURE else node.kind
    place = f'class="{escape(look)}"'
    if node.eid:
        place = f'id="{escape(node.eid)}" {place}'
    texts, closing = _render_paragraphs(node.text), _render_paragraphs(node.closing)
    heading = escape(node.heading)
    if spoken:
        texts, closing = f"<div{spoken}>{texts}</div>", f"<div{spoken}>{closing}</div>"
        heading = f"<span{spoken}>{heading}</span>"
    number = f'<span class="num" dir="ltr">{escape(node.num)}</span>' if node.num else ""
    below: Waiting = [(node.children, level + has_heading(node))] if node.children else []
    if has_heading(node):
        depth = min(level, MAX_HEADING_LEVEL)
        opening = f"<section {place}>\n<h{depth}>{number} {heading}</h{depth}>\n{texts}"
        return [opening, *below, f"{closing}</section>"]
    first = f"<p>{heading}</p>" if node.heading else ""
    if is_listed(node):
        return [f"<li {place}>{number}<div>{first}{texts}", *below, f"{closing}</div></li>"]
    return [f"<div {place}>{first}{texts}", *below, f"{closing}</div>"]


def _render_table(table: Node) -> str:
    """A table with its first row as the heads of its columns, its first column as those of rows."""
    rows: list[str] = []
    for row in table.children:
        cells: list[str] = []
        for cell in row.children:
            place = f' id="{escape(cell.eid)}"' if cell.eid else ""
            words = _render_paragraphs(own_words(cell))
            for item in cell.children:
                words += f'<p id="{escape(item.eid)}">{escape(own_words(item))}</p>'
            tag = "td" if cells else 'th scope="row"'
            tag = tag if rows else 'th scope="col"'
            cells.append(f"<{tag}{place}>{words}</{tag[:2]}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    place = f' id="{escape(table.eid)}"' if table.eid else ""
    return f"<table{place}>\n" + "\n".join(rows) + "\n</table>"


def _render_paragraphs(text: str) -> str:
    return "\n".join(f"<p>{escape(line)}</p>" for line in split_paragraphs(text))
