"""The words of elements of Akoma Ntoso, and its tables."""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree

from splot.documents.readers.tables import parse_cell
from splot.documents.tree import Node

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INLINE = frozenset(
    re.findall(
        r"\w+",
        """a abbr affectedDocument argument b caption change concept date decoration def del
        docCommittee docDate docIntroducer docJurisdiction docNumber docProponent docPurpose
        docStage docStatus docTitle docType docketNumber embeddedText entity event fillIn i img
        inline ins judge lawyer legislature location marker mod mmod mref neutralCitation noteRef
        num object omissis opinion organization outcome party person placeholder process quantity
        quotedText recordedTime ref relatedDocument remark rmod role rref scene session shortTitle
        signature span sub sup term time u vote""",
    )
)
LINE_BREAK = "\x1e"  # no XML can hold it


def tag_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def parse_table(element: etree._Element) -> Node:
    """A table with its rows, their cells and the items in these, each with its address, its
    language and the passage that it names.
    """
    table = Node("table")
    for source in element.iter("{*}tr"):
        row = Node("row")
        copy_address(row, source)
        for source_cell in source:
            cell = parse_cell(multiline_text(source_cell))
            copy_address(cell, source_cell)
            items = [part for part in source_cell if part.get("eId")]
            for item, source_item in zip(cell.children, items, strict=False):
                copy_address(item, source_item)
            row.children.append(cell)
        table.children.append(row)
    return table


def copy_address(node: Node, source: etree._Element) -> None:
    """The address of a node, the passage that it names, and its language, out of its element."""
    node.eid, node.ref = source.get("eId", ""), unquote(source.get("wId", ""))
    node.lang = source.get(XML_LANG, "")


def flatten_text(element: etree._Element) -> str:
    """The words of an element in one line."""
    return " ".join(multiline_text(element).split())


def multiline_text(element: etree._Element) -> str:
    """The words of an element; blocks and line breaks on lines of their own, cells of a row apart
    by tabs.
    """
    lines = "".join(_text_pieces(element)).split(LINE_BREAK)
    return "\n".join(filter(None, map(normalise_spaces, lines)))


def normalise_spaces(line: str) -> str:
    """A line break in the source is no more than a space; a tab between words is meant."""

    def normalise_gap(gap: re.Match[str]) -> str:
        return "\t" if "\t" in gap[0] and "\n" not in gap[0] else " "

    return re.sub(r"\s+", normalise_gap, line).strip()


def _text_pieces(element: etree._Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        tag = tag_name(child)
        if tag == "authorialNote":
            pieces.append(child.get("marker", ""))
        elif tag == "tr":
            pieces += [LINE_BREAK, "\t".join(map(flatten_text, child)), LINE_BREAK]
        elif tag in INLINE:
            pieces += _text_pieces(child)
        elif tag != "meta":
            pieces += [LINE_BREAK, *_text_pieces(child), LINE_BREAK]
        pieces.append(child.tail or "")
    return pieces
