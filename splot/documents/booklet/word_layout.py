"""The sheet of a Word booklet: styles, properties, page, what each page says above and below."""

import re
from datetime import datetime, time
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from splot.documents.typesetting import remove_unprintable

from . import docx_xml as w
from .model import Booklet, localise_wording

SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2.3)
HEADING_SIZES = {
    "Title": 26,
    "Heading 1": 19,
    "Heading 2": 14.5,
    "Heading 3": 12,
    "Heading 4": 11,
    "TOC Heading": 14.5,
}
MUTED_COLOUR = "565B69"
FACTS_INDENT = Cm(4.2)


def new_word_document(booklet: Booklet, direction: str, page: str) -> WordDocument:
    """An empty document in the booklet's language and look; `page` is "Page {page} of {pages}" in
    it.
    """
    word = docx.Document()
    w.set_language(word, booklet.language, direction)
    _set_styles(word, direction)
    _set_properties(word, booklet)
    section = word.sections[0]
    section.page_width, section.page_height = SHORT_SIDE, LONG_SIDE
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, MARGIN)
    if direction == w.RIGHT_TO_LEFT:
        w.put_property(section._sectPr, "w:bidi")
    _set_margins(section, booklet, page)
    w.request_field_update(word)
    return word


def text_width(wide: bool) -> Length:
    """The width between the margins of a page, upright or across."""
    return Length((LONG_SIDE if wide else SHORT_SIDE) - 2 * MARGIN)


def start_section(word: WordDocument, wide: bool) -> None:
    """A new page, across or upright."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (LONG_SIDE, SHORT_SIDE) if wide else (SHORT_SIDE, LONG_SIDE)
    )


def _set_styles(word: WordDocument, direction: str) -> None:
    styles = word.styles
    w.set_font(styles["Normal"], 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in HEADING_SIZES.items():
        w.set_font(styles[name], size, colour=w.ACCENT_COLOUR, bold=True)
    for name, before in (
        ("Heading 1", 22),
        ("Heading 2", 18),
        ("Heading 3", 14),
        ("Heading 4", 10),
    ):
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = (
            Pt(before),
            Pt(6),
        )
    styles["Heading 4"].font.italic = False
    styles["Title"].paragraph_format.space_before = Pt(42)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    w.set_font(styles["Subtitle"], 13, bold=False)
    w.put_property(styles["Subtitle"].element.rPr, "w:spacing", val=0)
    styles["Subtitle"].font.italic, styles["Subtitle"].font.color.rgb = (
        False,
        RGBColor.from_string(MUTED_COLOUR),
    )
    w.set_font(styles["Caption"], 10.5, colour=w.ACCENT_COLOUR, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    kicker = _new_style(word, "Kicker", 12, colour=w.ACCENT_COLOUR, bold=True)
    _add_border(kicker, "bottom", 16, w.ACCENT_COLOUR)
    callout = _new_style(word, "Callout", 11)
    _add_border(callout, "right" if direction == w.RIGHT_TO_LEFT else "left", 24, "F2B632")
    callout.paragraph_format.left_indent = Cm(0.4)
    facts = _new_style(word, "Facts", 11).paragraph_format
    facts.left_indent, facts.first_line_indent = FACTS_INDENT, -FACTS_INDENT
    facts.tab_stops.add_tab_stop(FACTS_INDENT)
    _new_style(word, "Cell", 9.5).paragraph_format.space_after = Pt(2)
    for level in (1, 2):
        entry = _new_style(word, f"toc {level}", 11).paragraph_format
        entry.left_indent, entry.space_after = Cm(0.6 * (level - 1)), Pt(3)
        entry.tab_stops.add_tab_stop(
            text_width(wide=False), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )


def _new_style(word: WordDocument, name: str, size: float, **look: Any) -> ParagraphStyle:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    w.set_font(style, size, **look)
    return style


def _add_border(style: ParagraphStyle, side: str, size: int, colour: str) -> None:
    border = w.put_property(style.element.get_or_add_pPr(), "w:pBdr")
    border.append(w.oxml_element(f"w:{side}", val="single", sz=size, space=6, color=colour))


def _set_properties(word: WordDocument, booklet: Booklet) -> None:
    """What the file says of itself; of the template nothing stays."""
    properties = word.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    for name, wording in (
        ("title", booklet.title),
        ("author", booklet.kicker),
        ("subject", booklet.subtitle),
    ):
        setattr(
            properties,
            name,
            " ".join(remove_unprintable(localise_wording(wording, booklet.language)[0]).split())[
                :255
            ],
        )
    properties.language = booklet.language
    if booklet.made:
        properties.created = properties.modified = datetime.combine(booklet.made, time())


def _set_margins(section: Section, booklet: Booklet, page: str) -> None:
    """The draft's mark above, the foot and the number of the page below."""
    if booklet.draft:
        above = section.header.paragraphs[0]
        above.add_run(remove_unprintable(booklet.draft)).bold = True
    below = section.footer.paragraphs[0]
    below.style.paragraph_format.tab_stops.clear_all()
    below.paragraph_format.tab_stops.add_tab_stop(text_width(wide=False), WD_TAB_ALIGNMENT.RIGHT)
    below.add_run(remove_unprintable(booklet.foot) + "\t")
    for piece in re.split(r"(\{pages?\})", page):
        if piece in ("{page}", "{pages}"):
            w.add_field(below, "PAGE" if piece == "{page}" else "NUMPAGES", "1")
        else:
            below.add_run(piece)
    for run in (*section.header.paragraphs[0].runs, *below.runs):
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED_COLOUR)
        w.put_property(run._r.rPr, "w:szCs", val=17)
