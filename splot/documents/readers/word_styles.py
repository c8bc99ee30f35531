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
        num_id = next((style.num_id for style in chain if style.num_id is not None), "0")
        depth = next((style.depth for style in chain if style.depth is not None), 0)
        outline = next((style.outline for style in chain if style.outline is not None), 9)
        names = [style.name for style in chain]
        headings = [
            int(found.group(1))
            for found in (re.match(r"heading ([1-9])$", name) for name in names)
            if found
        ]
        heading = headings[0] if headings else (outline + 1 if outline < 9 else 0)
        contents = any(re.match(r"toc [1-9]$", name) for name in names)
        return ("" if num_id == "0" else num_id), min(max(depth, 0), LEVELS - 1), heading, contents

    def _chain(self, style_id: str) -> list[ParagraphStyle]:
        found: list[ParagraphStyle] = []
        while style_id in self.styles and len(found) < MAX_STYLE_CHAIN:
            found.append(self.styles[style_id])
            style_id = found[-1].based_on
        return found


def parse_styles(part: etree._Element | None, numbering: etree._Element | None) -> ParagraphStyles:
    """The paragraph styles in styles.xml, with the depths that numbering.xml gives to linked
    styles.
    """
    made = ParagraphStyles()
    linked = _linked_depths(numbering)
    for element in part.iterfind(f"{W}style") if part is not None else ():
        if element.get(f"{W}type") != "paragraph":
            continue
        own = _parse_properties(element.find(f"{W}pPr"))
        key = element.get(f"{W}styleId", "")
        name = (child_value(element, "name") or "").lower()
        depth = linked.get((own.num_id or "", key), own.depth)
        made.styles[key] = ParagraphStyle(
            name, child_value(element, "basedOn") or "", own.num_id, depth, own.outline
        )
        if element.get(f"{W}default") in ("1", "true"):
            made.default = key
    return made


def _linked_depths(numbering: etree._Element | None) -> dict[tuple[str, str], int]:
    if numbering is None:
        return {}
    depths = {}
    for abstract in numbering.iterfind(f"{W}abstractNum"):
        for level in abstract.iterfind(f"{W}lvl"):
            style = child_value(level, "pStyle")
            if style:
                depths[abstract.get(f"{W}abstractNumId", ""), style] = parse_int(
                    level.get(f"{W}ilvl")
                )
    nums = {
        num.get(f"{W}numId", ""): child_value(num, "abstractNumId") or ""
        for num in numbering.iterfind(f"{W}num")
    }
    return {
        (num_id, style): depth
        for num_id, abstract in nums.items()
        for (of, style), depth in depths.items()
        if of == abstract
    }


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
