"""Tracked changes of Word documents, as they are once all of them are accepted.

Source: ECMA-376 part 1, section 17.13.5 (revisions).
"""

from __future__ import annotations

from lxml import etree

from splot.documents.readers.word_numbering import W

DELETED = {f"{W}del", f"{W}moveFrom"}
PARAGRAPH, TABLE = f"{W}p", f"{W}tbl"


def deleted_text(element: etree._Element) -> str:
    """The words that were deleted, or moved away, within an element."""
    return "".join(part.text or "" for part in element.iter(f"{W}delText", f"{W}t"))


def is_break_deleted(paragraph: etree._Element) -> bool:
    """Whether somebody deleted the end of a paragraph, so that the next one goes on with it."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(mark.tag in DELETED for mark in marks)


def join_over_deleted_breaks(root: etree._Element) -> None:
    """Put what is left of a paragraph whose end was deleted before the words of the next one, which
    keeps its number and style. One without a next one stays as it is.
    """
    for paragraph in list(root.iter(PARAGRAPH)):
        following = _next_paragraph(paragraph) if is_break_deleted(paragraph) else None
        if following is None:
            continue
        properties = following.find(f"{W}pPr")
        place = 0 if properties is None else following.index(properties) + 1
        words = [child for child in paragraph if child.tag != f"{W}pPr"]
        following[place:place] = words
        paragraph.getparent().remove(paragraph)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph that follows, past bookmarks and the like; None where something else does."""
    for element in paragraph.itersiblings(etree.Element):
        if element.tag == PARAGRAPH:
            return element
        if element.tag == TABLE or next(element.iter(PARAGRAPH), None) is not None:
            return None
    return None
