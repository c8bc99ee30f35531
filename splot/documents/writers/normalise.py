"""Makes a tree fit to be written: what no file can hold, or no reader would give back, is settled
here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from splot.documents.readers.cleaning import BOOKMARK, INVISIBLE
from splot.documents.tree import Document, Node

# control signs, halves of letters, what is no letter in Unicode
INVALID_CHARACTERS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def normalise_document(document: Document, *, keep_invisible: bool = False) -> Document:
    """A copy in which every text is as a reader gives it: one space between words, no empty lines,
    no such signs.

    Headings and numbers stand in one line; line breaks stay in texts, tabs between the cells of
    rows. What nobody sees, and the reader of printed lines would take out (`cleaning.INVISIBLE`),
    goes unless it is to be kept.
    """
    clean = _remove_invalid if keep_invisible else _remove_invisible
    act = replace(document.act)
    for part in act.__slots__:
        setattr(act, part, _normalise_line(getattr(act, part), clean))
    return Document(
        title=_normalise_line(document.title, clean),
        act=act,
        preamble=_normalise_lines(document.preamble, clean),
        nodes=[_normalise_node(node, clean) for node in document.nodes],
    )


def _normalise_node(node: Node, clean: Callable[[str], str]) -> Node:
    return replace(
        node,
        num=_normalise_line(node.num, clean),
        heading=_normalise_line(node.heading, clean),
        text=_normalise_lines(node.text, clean),
        children=[_normalise_node(child, clean) for child in node.children],
        closing=_normalise_lines(node.closing, clean),
    )


def _remove_invalid(line: str) -> str:
    return INVALID_CHARACTERS.sub("", line)


def _remove_invisible(line: str) -> str:
    line = BOOKMARK.sub("", _remove_invalid(line))
    for _what, pattern in INVISIBLE:
        line = pattern.sub("", line)
    return line


def _normalise_lines(text: str, clean: Callable[[str], str]) -> str:
    lines = (_normalise_spaces(clean(line)) for line in text.splitlines())
    return unicodedata.normalize("NFC", "\n".join(filter(None, lines)))


def _normalise_spaces(line: str) -> str:
    return re.sub(r" *\t[ \t]*", "\t", re.sub(r"[^\S\t]+", " ", line)).strip()


def _normalise_line(text: str, clean: Callable[[str], str]) -> str:
    return " ".join(_normalise_lines(text, clean).split())
