"""The named styles of a Word file of an act. A lawyer who chooses "Punkt" gets a point with the
next number.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from splot.documents.writers.word_lists import ACT_LEVELS, CENTRED, LISTS, indents_of
from splot.documents.writers.word_xml import add_element, add_language, is_rtl, word_element

# On every Windows and Mac; elsewhere Liberation Sans has the same widths, so that pages break
# alike. A face without serifs, as the guidance on accessible public documents asks, with Cyrillic,
# Greek, Hebrew and Arabic letters.
FONT = "Arial"
SIZE, LARGE = 22, 24  # half points
BODY, TITLE, PREAMBLE, CLOSING, FOOTER = "Tresc", "TytulAktu", "Preambula", "CzescWspolna", "Footer"
SIGNED, STANDING = "Podpis", "OznaczenieTekstu"
# styles of Word's own, by which other programs and screen readers know a title and headings
BUILT_IN = {"Title": "Title", "Heading1": "heading 1"}
STYLES = {
    "article": "Artykul",
    "paragraph": "Paragraf",
    "subparagraph": "Ustep",
    "point": "Punkt",
    "alinea": "Litera",
    "indent": "Tiret",
    "chapter": "Rozdzial",
    "attachment": "Zalacznik",
    "level": "Poziom",
}


@dataclass(frozen=True, slots=True)
class StyleDefinition:
    """How a style looks: space above and below in twips, and what else differs from the body."""

    name: str
    above: int = 0
    below: int = 80
    centred: bool = False
    bold: bool = False
    next: str = ""
    outline: int | None = None
    keep: bool = False
    left: int = 0
    breaks: bool = False
    based_on: str = "Normal"
    size: int = SIZE


STYLE_DEFINITIONS = {
    BODY: StyleDefinition("Treść przepisu"),
    TITLE: StyleDefinition(
        "Tytuł aktu",
        below=120,
        centred=True,
        bold=True,
        keep=True,
        based_on="Title",
        size=LARGE,
    ),
    PREAMBLE: StyleDefinition("Preambuła", above=240, below=160),
    CLOSING: StyleDefinition("Część wspólna"),
    SIGNED: StyleDefinition("Podpis", above=240, centred=True, keep=True, left=4500),
    STANDING: StyleDefinition("Oznaczenie tekstu", centred=True, keep=True),
    FOOTER: StyleDefinition("footer", centred=True, size=18),
    "Artykul": StyleDefinition("Artykuł", above=240, centred=True, bold=True, next=BODY, keep=True),
    "Paragraf": StyleDefinition(
        "Paragraf", above=240, centred=True, bold=True, next=BODY, keep=True
    ),
    "Ustep": StyleDefinition("Ustęp"),
    "Punkt": StyleDefinition("Punkt"),
    "Litera": StyleDefinition("Litera"),
    "Tiret": StyleDefinition("Tiret"),
    "Rozdzial": StyleDefinition(
        "Rozdział", 360, 120, True, True, "Paragraf", 0, keep=True, based_on="Heading1", size=LARGE
    ),
    "Zalacznik": StyleDefinition(
        "Załącznik",
        0,
        240,
        True,
        True,
        BODY,
        0,
        keep=True,
        breaks=True,
        based_on="Heading1",
        size=LARGE,
    ),
    "Poziom": StyleDefinition("Poziom"),
}


def build_styles(language: str) -> etree._Element:
    """styles.xml."""
    root = word_element("styles")
    defaults = add_element(root, "docDefaults")
    run = add_element(add_element(defaults, "rPrDefault"), "rPr")
    add_element(run, "rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    add_element(run, "sz", val=SIZE)
    add_element(run, "szCs", val=SIZE)
    add_language(run, language)
    paragraph = add_element(add_element(defaults, "pPrDefault"), "pPr")
    add_element(paragraph, "widowControl")
    if is_rtl(language):
        add_element(paragraph, "bidi")
    add_element(paragraph, "spacing", line=288, lineRule="auto")
    normal = add_element(root, "style", type="paragraph", default=1, styleId="Normal")
    add_element(normal, "name", val="Normal")
    add_element(normal, "qFormat")
    for key, name in BUILT_IN.items():
        style = add_element(root, "style", type="paragraph", styleId=key)
        add_element(style, "name", val=name)
        add_element(style, "basedOn", val="Normal")
        add_element(style, "qFormat")
    kinds = {style: kind for kind, style in STYLES.items()}
    for key, look in STYLE_DEFINITIONS.items():
        _add_style(root, key, look, kinds.get(key, ""))
    return root


def _add_style(root: etree._Element, key: str, look: StyleDefinition, kind: str) -> None:
    custom = {} if key == FOOTER else {"customStyle": 1}
    style = add_element(root, "style", type="paragraph", styleId=key, **custom)
    add_element(style, "name", val=look.name)
    add_element(style, "basedOn", val=look.based_on)
    if look.next:
        add_element(style, "next", val=look.next)
    add_element(style, "qFormat")
    paragraph = add_element(style, "pPr")
    if look.keep:
        add_element(paragraph, "keepNext")
        add_element(paragraph, "keepLines")
    if look.breaks:
        add_element(paragraph, "pageBreakBefore")
    _add_list(paragraph, kind)
    add_element(paragraph, "spacing", before=look.above, after=look.below)
    left, hanging = indents_of(kind, 0)
    left = left or look.left
    if left:
        add_element(paragraph, "ind", left=left, hanging=hanging)
    if look.centred:
        add_element(paragraph, "jc", val="center")
    if look.outline is not None:
        add_element(paragraph, "outlineLvl", val=look.outline)
    run = add_element(style, "rPr")
    if look.bold:
        add_element(run, "b")
        add_element(run, "bCs")
    add_element(run, "sz", val=look.size)
    add_element(run, "szCs", val=look.size)


def _add_list(paragraph: etree._Element, kind: str) -> None:
    if not kind or kind == "level":
        return
    numbered = add_element(paragraph, "numPr")
    add_element(numbered, "ilvl", val=ACT_LEVELS.index(kind) if kind in ACT_LEVELS else 0)
    add_element(numbered, "numId", val=LISTS.get(kind, LISTS["act"]))


__all__ = [
    "BODY",
    "CENTRED",
    "CLOSING",
    "PREAMBLE",
    "SIGNED",
    "STANDING",
    "STYLES",
    "TITLE",
    "build_styles",
]
