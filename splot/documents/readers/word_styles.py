"""What a paragraph's style says of it: the list it belongs to, and whether it is a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from splot.documents.readers.word_numbering import (
    LEVELS,
    MAX_STYLE_CHAIN,
    W,
    child_value,
    parse_int,
)

HEADING_STYLE = re.compile(r"heading ([1-9])$")
CONTENTS_STYLE = re.compile(r"toc [1-9]$")


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style, or what a paragraph says of itself. None means: ask the style it rests
    on.
    """

    name: str = ""
    based_on: str = ""
    num_id: str | None = None
    depth: int | None = None
    outline: int | None = None


@dataclass(slots=True)
class ParagraphStyles:
    """All paragraph styles of a document by their id; `default` is the id of the one used
    unasked.
    """

    styles: dict[str, ParagraphStyle] = field(default_factory=dict)
    default: str = ""

    def resolve(self, properties: etree._Element | None) -> tuple[str, int, int, bool]:
        """(numId, depth, heading, contents) of a paragraph from its w:pPr.

        numId is "" without a list. heading is 1-9 or 0; contents tells an entry of a table of
        contents.
        """
        own = _parse_properties(properties)
        chain = [own, *self._chain(own.based_on or self.default)]
        num_id, depth, outline, heading, contents = "0", 0, 9, 0, False
        for style in reversed(chain):  # the nearest has the last word
            num_id = num_id if style.num_id is None else style.num_id
            depth = depth if style.depth is None else style.depth
            outline = outline if style.outline is None else style.outline
            if named := HEADING_STYLE.match(style.name):
                heading = int(named[1])
            contents = contents or bool(CONTENTS_STYLE.match(style.name))
        if not heading and outline < 9:
            heading = outline + 1
        return ("" if num_id == "0" else num_id), min(max(depth, 0), LEVELS - 1), heading, contents

    def _chain(self, style_id: str) -> list[ParagraphStyle]:
        chain: list[ParagraphStyle] = []
        while style_id in self.styles and len(chain) < MAX_STYLE_CHAIN:
            chain.append(self.styles[style_id])
            style_id = chain[-1].based_on
        return chain


def parse_styles(part: etree._Element | None, numbering: etree._Element | None) -> ParagraphStyles:
    """The paragraph styles in styles.xml, with the depths that numbering.xml gives to linked
    styles.
    """
    styles = ParagraphStyles()
    linked = _linked_depths(numbering)
    for element in part.iterfind(f"{W}style") if part is not None else ():
        if element.get(f"{W}type") != "paragraph":
            continue
        own = _parse_properties(element.find(f"{W}pPr"))
        key = element.get(f"{W}styleId", "")
        name = (child_value(element, "name") or "").lower()
        depth = linked.get((own.num_id or "", key), own.depth)
        based_on = child_value(element, "basedOn") or ""
        styles.styles[key] = ParagraphStyle(name, based_on, own.num_id, depth, own.outline)
        if element.get(f"{W}default") in ("1", "true"):
            styles.default = key
    return styles


def _linked_depths(numbering: etree._Element | None) -> dict[tuple[str, str], int]:
    """The depth of a list that a style stands for, by the list and the style."""
    if numbering is None:
        return {}
    depths: dict[str, dict[str, int]] = {}  # by the definition of a list, then by style
    for abstract in numbering.iterfind(f"{W}abstractNum"):
        by_style = depths.setdefault(abstract.get(f"{W}abstractNumId", ""), {})
        for level in abstract.iterfind(f"{W}lvl"):
            if style := child_value(level, "pStyle"):
                by_style[style] = parse_int(level.get(f"{W}ilvl"))
    definitions: dict[str, str] = {}
    for num in numbering.iterfind(f"{W}num"):
        definitions[num.get(f"{W}numId", "")] = child_value(num, "abstractNumId") or ""
    linked: dict[tuple[str, str], int] = {}
    for num_id, definition in definitions.items():
        for style, depth in depths.get(definition, {}).items():
            linked[num_id, style] = depth
    return linked


def _parse_properties(properties: etree._Element | None) -> ParagraphStyle:
    if properties is None:
        return ParagraphStyle()
    numbered = properties.find(f"{W}numPr")
    num_id = child_value(numbered, "numId") if numbered is not None else None
    depth = child_value(numbered, "ilvl") if numbered is not None else None
    outline = child_value(properties, "outlineLvl")
    return ParagraphStyle(
        based_on=child_value(properties, "pStyle") or "",
        num_id=num_id,
        depth=None if depth is None else parse_int(depth),
        outline=None if outline is None else parse_int(outline, 9),
    )
