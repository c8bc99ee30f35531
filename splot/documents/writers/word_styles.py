"""The named styles of a Word file of an act. A lawyer who chooses "Punkt" gets a point with the next number."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from splot.documents.writers.word_lists import ACT, CENTRED, LISTS, indents
from splot.documents.writers.word_xml import add_language, element, is_rtl, w

# On every Windows and Mac; elsewhere Liberation Sans has the same widths, so that pages break alike. A face without
# serifs, as the guidance on accessible public documents asks, with Cyrillic, Greek, Hebrew and Arabic letters.
FONT = "Arial"
SIZE, LARGE = 22, 24  # half points
BODY, TITLE, PREAMBLE, CLOSING, FOOTER = "Tresc", "TytulAktu", "Preambula", "CzescWspolna", "Footer"
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
class Look:
    """How a style looks: space above and below in twips, and what else differs from the body."""

    name: str
    above: int = 0
    below: int = 80
    centred: bool = False
    bold: bool = False
    next: str = ""
    outline: int | None = None
    keep: bool = False
    breaks: bool = False
    size: int = SIZE


LOOKS = {
    BODY: Look("Treść przepisu"),
    TITLE: Look("Tytuł aktu", below=120, centred=True, bold=True, keep=True, size=LARGE),
    PREAMBLE: Look("Preambuła", above=240, below=160),
    CLOSING: Look("Część wspólna"),
    FOOTER: Look("footer", centred=True, size=18),
    "Artykul": Look("Artykuł", above=240, centred=True, bold=True, next=BODY, keep=True),
    "Paragraf": Look("Paragraf", above=240, centred=True, bold=True, next=BODY, keep=True),
    "Ustep": Look("Ustęp"),
    "Punkt": Look("Punkt"),
    "Litera": Look("Litera"),
    "Tiret": Look("Tiret"),
    "Rozdzial": Look("Rozdział", 360, 120, True, True, "Paragraf", 0, True, size=LARGE),
    "Zalacznik": Look("Załącznik", 0, 240, True, True, BODY, 0, True, True, LARGE),
    "Poziom": Look("Poziom"),
}


def styles(language: str) -> etree._Element:
    """styles.xml."""
    root = element("styles")
    defaults = w(root, "docDefaults")
    run = w(w(defaults, "rPrDefault"), "rPr")
    w(run, "rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    w(run, "sz", val=SIZE)
    w(run, "szCs", val=SIZE)
    add_language(run, language)
    paragraph = w(w(defaults, "pPrDefault"), "pPr")
    w(paragraph, "widowControl")
    if is_rtl(language):
        w(paragraph, "bidi")
    w(paragraph, "spacing", line=288, lineRule="auto")
    normal = w(root, "style", type="paragraph", default=1, styleId="Normal")
    w(normal, "name", val="Normal")
    w(normal, "qFormat")
    kinds = {style: kind for kind, style in STYLES.items()}
    for key, look in LOOKS.items():
        _add_style(root, key, look, kinds.get(key, ""))
    return root


def _add_style(root: etree._Element, key: str, look: Look, kind: str) -> None:
    made = w(root, "style", type="paragraph", styleId=key, **({} if key == FOOTER else {"customStyle": 1}))
    w(made, "name", val=look.name)
    w(made, "basedOn", val="Normal")
    if look.next:
        w(made, "next", val=look.next)
    w(made, "qFormat")
    paragraph = w(made, "pPr")
    for tag, wanted in (("keepNext", look.keep), ("keepLines", look.keep), ("pageBreakBefore", look.breaks)):
        if wanted:
            w(paragraph, tag)
    _add_list(paragraph, kind)
    w(paragraph, "spacing", before=look.above, after=look.below)
    left, hanging = indents(kind, 0)
    if left:
        w(paragraph, "ind", left=left, hanging=hanging)
    if look.centred:
        w(paragraph, "jc", val="center")
    if look.outline is not None:
        w(paragraph, "outlineLvl", val=look.outline)
    run = w(made, "rPr")
    if look.bold:
        w(run, "b")
        w(run, "bCs")
    w(run, "sz", val=look.size)
    w(run, "szCs", val=look.size)


def _add_list(paragraph: etree._Element, kind: str) -> None:
    if not kind or kind == "level":
        return
    numbered = w(paragraph, "numPr")
    w(numbered, "ilvl", val=ACT.index(kind) if kind in ACT else 0)
    w(numbered, "numId", val=LISTS.get(kind, LISTS["act"]))


__all__ = ["BODY", "CENTRED", "CLOSING", "PREAMBLE", "STYLES", "TITLE", "styles"]
