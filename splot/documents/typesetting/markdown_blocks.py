"""Markdown as data: blocks of spans that a document lays out itself, so that no text is ever read
as its markup.
"""

from markdown_it.tree import SyntaxTreeNode

from splot.core.templatetags.words import markdown_parser
from splot.core.values import Json

Block = Json
LISTS = {"bullet_list": "list", "ordered_list": "numbered"}


def parse_markdown_blocks(text: str) -> list[Block]:
    """A text as blocks: {kind: "p" | "heading" | "list" | "numbered" | "quote", spans | items |
    blocks}.

    A span is {text, strong, em}; an item is a list of blocks.
    """
    parser = markdown_parser()
    return _parse_nodes(SyntaxTreeNode(parser.parse(text)).children)


def _parse_nodes(nodes: list[SyntaxTreeNode]) -> list[Block]:
    blocks: list[Block] = []
    for node in nodes:
        if node.type in LISTS:
            items = [_parse_nodes(item.children) for item in node.children]
            blocks.append({"kind": LISTS[node.type], "items": items})
        elif node.type == "blockquote":
            blocks.append({"kind": "quote", "blocks": _parse_nodes(node.children)})
        elif node.type in ("heading", "paragraph", "tr"):
            kind = "heading" if node.type == "heading" else "p"
            blocks.append({"kind": kind, "spans": _parse_spans(node)})
        elif node.content:  # code
            blocks.append({"kind": "p", "spans": [{"text": node.content.rstrip("\n")}]})
        else:
            blocks += _parse_nodes(node.children)
    return blocks


def _parse_spans(node: SyntaxTreeNode, **style: bool) -> list[Json]:
    if node.type in ("strong", "em"):
        style = {**style, node.type: True}
    if not node.children:
        text = "\n" if node.type in ("softbreak", "hardbreak") else node.content
        return [{"text": text, **style}] if text else []
    spans: list[Json] = []
    for child in node.children:
        spans += _parse_spans(child, **style)
    if node.type in ("td", "th"):
        spans.append({"text": "   "})
    if node.type == "link":
        words = "".join(span["text"] for span in spans)
        if node.attrs.get("href") not in (None, words):
            spans.append({"text": f" ({node.attrs['href']})", **style})
    return spans
