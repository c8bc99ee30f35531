"""An act as a resolution on paper: tagged PDF (PDF/UA-1) in the layout of Polish legislation."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.values import Json
from splot.documents.readers.tables import is_table, row_words
from splot.documents.tree import SIGNATURE, Document, Node
from splot.documents.typesetting import (
    add_nonbreaking_spaces,
    base_language_code,
    one_line_name,
    serialise_for_typst,
    typeset_pdf,
)
from splot.documents.typesetting.provisions import (
    annex_heading,
    flatten_provisions,
    group_lists,
    has_heading,
    split_paragraphs,
    title_lines,
)

TEMPLATE = Path(__file__).parent / "act.typ"
# legislation has five; what lies deeper follows its parent instead of standing within it
MAX_DEPTH = 8
MAX_BOOKMARK_LENGTH = 70

Part = Json


def write_pdf(
    document: Document,
    *,
    language: str,
    made: date | None = None,
    standing: Sequence[str] = (),
    foot: str = "",
) -> bytes:
    """The document as PDF bytes; the same document gives the same bytes.

    Raises TypesettingError.

    `language` is the document's; `made` the day that the file says it was made on (none if not
    given). `standing` says above the title which text of the act it is, its first line on every
    page; `foot` is printed below each.
    """
    with override(language):
        words = {"page": _("Page {page} of {pages}"), "not_given": ""}
    front = [_keep_together(line, language) for line in title_lines(document)]
    data = {
        "lang": base_language_code(language) or "en",
        "dated": made is not None,
        "title": one_line_name(document.title or " ".join(front)),
        "front": front,
        "preamble": _keep_paragraphs_together(document.preamble, language),
        "parts": list(_build_parts(document.nodes, language)),
        "standing": [_keep_together(line, language) for line in standing],
        "foot": foot,
        "words": words,
    }
    return typeset_pdf(TEMPLATE, serialise_for_typst(data, language), made=made)


def _build_parts(
    nodes: Sequence[Node], language: str, depth: int = 0, level: int = 1, within: str = ""
) -> Iterator[Part]:
    """What the template prints, in order; `level` is that of the next heading, `within` how the
    parent stands.
    """
    for listed, group in group_lists(nodes if depth < MAX_DEPTH else flatten_provisions(nodes)):
        parts = [_build_part(node, language, depth, level, within) for node in group]
        if listed and parts[0]["stands"] == "item":
            yield {"stands": "list", "kind": group[0].kind, "items": parts}
        else:
            yield from parts


def _build_part(node: Node, language: str, depth: int, level: int, within: str) -> Part:
    if is_table(node):
        return _build_table(node, language)
    stands = _layout_of(node, within)
    label, heading = annex_heading(node) if node.kind == "attachment" else (node.num, node.heading)
    spoken = node.lang if base_language_code(node.lang) else language
    below = _build_parts(node.children, language, depth + 1, level + has_heading(node), stands)
    part: Part = {
        "stands": stands,
        "num": _keep_together(label, spoken),
        "heading": _keep_together(heading, spoken),
        "texts": _keep_paragraphs_together(node.text, spoken),
        "closing": _keep_paragraphs_together(node.closing, spoken),
        "lang": "" if spoken == language else base_language_code(spoken),
        "below": list(below),
    }
    if has_heading(node):
        part |= {"level": level, "bookmark": _bookmark_name(node)}
    if stands == "opening":
        part["first"] = _first_words(part)
    return part


def _first_words(part: Part) -> str:
    """The beginning of the words that stand beside a number: with them it is a heading that says
    something to who jumps from one to the next.
    """
    texts = part["texts"]
    if not texts and not part["heading"] and part["below"]:
        inner = part["below"][0]
        texts = inner.get("texts", []) if inner["stands"] == "indented" else []
    if part["heading"] or not texts:
        return ""
    words = texts[0]
    if len(words) <= MAX_BOOKMARK_LENGTH:
        return words
    return words[:MAX_BOOKMARK_LENGTH].rsplit(" ", 1)[0]


def _build_table(table: Node, language: str) -> Part:
    """A table as rows of cells, each a list of paragraphs."""
    rows: list[list[list[str]]] = []
    for row in table.children:
        rows.append([_keep_paragraphs_together(words, language) for words in row_words(row)])
    width = max(map(len, rows), default=0)
    rows = [[*row, *[[]] * (width - len(row))] for row in rows]
    return {"stands": "table", "columns": width, "rows": rows, "below": []}


def _layout_of(node: Node, within: str) -> str:
    """How a provision stands: "§ 1." opens its paragraph, "§ 1" stands above it, as do chapters and
    headings.
    """
    if node.kind == "attachment":
        return "annex"
    if node.ref == SIGNATURE:
        return "signature"
    if node.kind == "chapter":
        return "centred"
    if node.kind in ("article", "paragraph"):
        return "opening" if node.num.endswith(".") else "centred"
    if has_heading(node):
        return "headed"
    if node.kind == "subparagraph" and within == "opening":
        return "indented"
    return "item" if node.num else "plain"


def _bookmark_name(node: Node) -> str:
    """The name of a provision in the file's outline: its number and heading, or its first words."""
    first = node
    while not (first.heading or first.text) and first.children:
        first = first.children[0]
    words = one_line_name(f"{node.num} {first.heading or first.text}")
    if len(words) <= MAX_BOOKMARK_LENGTH:
        return words
    return words[:MAX_BOOKMARK_LENGTH].rsplit(" ", 1)[0] + "…"


def _keep_paragraphs_together(text: str, language: str) -> list[str]:
    return [_keep_together(line, language) for line in split_paragraphs(text)]


def _keep_together(text: str, language: str) -> str:
    return add_nonbreaking_spaces(text, base_language_code(language))
