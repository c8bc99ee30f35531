"""How cells of an Excel workbook look, as far as that says something: number formats, words that
are struck out, colours.

Source: ECMA-376 part 1, sections 18.8 (styles) and 18.4 (rich text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from splot.documents.spreadsheets import number_formats

FALSE = ("0", "false")
NO_FILLS = ("FFFFFFFF", "00FFFFFF", "theme 0", "indexed 9", "indexed 64", "indexed 65")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The look of a cell. `fill` is its colour, "" for none and for white."""

    format: str = "General"
    struck: bool = False
    fill: str = ""


def parse_styles(root: etree._Element | None) -> list[CellStyle]:
    """The style of each number that cells refer to."""
    if root is None:
        return []
    own: dict[str, str] = {}
    for element in root.iter("{*}numFmt"):
        own[element.get("numFmtId", "")] = element.get("formatCode", "")
    struck = [_is_struck(font) for font in _children_of(root, "fonts")]
    fills = [_fill_of(fill) for fill in _children_of(root, "fills")]
    styles: list[CellStyle] = []
    for style in _children_of(root, "cellXfs"):
        number = style.get("numFmtId", "0")
        font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
        styles.append(
            CellStyle(
                own.get(number) or number_formats.builtin_format(int(number)),
                font < len(struck) and struck[font],
                fills[fill] if fill < len(fills) else "",
            )
        )
    return styles


def _children_of(root: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from next(root.iter(f"{{*}}{name}"), ())


def _is_struck(properties: etree._Element) -> bool:
    strike = next(properties.iter("{*}strike"), None)
    return strike is not None and strike.get("val", "1") not in FALSE


def _fill_of(fill: etree._Element) -> str:
    pattern = next(fill.iter("{*}patternFill"), None)
    colour = None if pattern is None else next(pattern.iter("{*}fgColor"), None)
    if pattern is None or colour is None or pattern.get("patternType", "none") == "none":
        return ""
    for name in ("rgb", "theme", "indexed"):
        if value := colour.get(name):
            tint = colour.get("tint", "")
            shown = value if name == "rgb" else f"{name} {value}{tint}"
            return "" if shown in NO_FILLS else shown
    return ""


def parse_rich_text(element: etree._Element) -> tuple[str, str]:
    """The words of a string in runs, and those that are struck out: no part of the first, or all
    of it. The readings that East Asian files add are left out.
    """
    words: list[str] = []
    struck: list[str] = []
    for text in element.iter("{*}t"):
        run = text.getparent()
        if etree.QName(run).localname == "rPh":
            continue
        is_struck = run is not element and _is_struck_run(run)
        (struck if is_struck else words).append(text.text or "")
    if not struck:
        return "".join(words), ""
    if not "".join(words).strip():
        return "".join(struck), "".join(struck)
    return "".join(words).strip(), "".join(struck).strip()


def _is_struck_run(run: etree._Element) -> bool:
    properties = next(run.iterchildren("{*}rPr"), None)
    return properties is not None and _is_struck(properties)
