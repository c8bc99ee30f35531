"""Makes a tree fit to be written: what no file can hold, or no reader would give back, is settled here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from splot.documents.readers.cleaning import BOOKMARK, INVISIBLE
from splot.documents.tree import Document, Node

# control signs, halves of letters, what is no letter in Unicode
LEFT_OUT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def fitted(document: Document, *, keep_invisible: bool = False) -> Document:
    """A copy in which every text is as a reader gives it: one space between words, no empty lines, no such signs.

    Headings and numbers stand in one line; line breaks stay in texts, tabs between the cells of rows. What nobody
    sees, and the reader of printed lines would take out (`cleaning.INVISIBLE`), goes unless it is to be kept.
    """
    clean = _visible if keep_invisible else _mended
    texts = {part: _flat(getattr(document.act, part), clean) for part in document.act.__slots__}
    return Document(
        _flat(document.title, clean),
        replace(document.act, **texts),
        _lines(document.preamble, clean),
        [_node(node, clean) for node in document.nodes],
    )


def _node(node: Node, clean: Callable[[str], str]) -> Node:
    return replace(
        node,
        num=_flat(node.num, clean),
        heading=_flat(node.heading, clean),
        text=_lines(node.text, clean),
        children=[_node(child, clean) for child in node.children],
        closing=_lines(node.closing, clean),
    )


def _visible(line: str) -> str:
    return LEFT_OUT.sub("", line)


def _mended(line: str) -> str:
    line = BOOKMARK.sub("", _visible(line))
    for _what, pattern in INVISIBLE:
        line = pattern.sub("", line)
    return line


def _lines(text: str, clean: Callable[[str], str]) -> str:
    lines = (_spaced(clean(line)) for line in text.splitlines())
    return unicodedata.normalize("NFC", "\n".join(filter(None, lines)))


def _spaced(line: str) -> str:
    return re.sub(r" *\t[ \t]*", "\t", re.sub(r"[^\S\t]+", " ", line)).strip()


def _flat(text: str, clean: Callable[[str], str]) -> str:
    return " ".join(_lines(text, clean).split())
