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

from splot.documents.typesetting import printable

from . import word as w
from .vocabulary import Booklet, shown

SHORT, LONG, MARGIN = Cm(21), Cm(29.7), Cm(2.3)
HEADINGS = {"Title": 26, "Heading 1": 19, "Heading 2": 14.5, "Heading 3": 12, "Heading 4": 11, "TOC Heading": 14.5}
SOFT = "565B69"
FACTS_INDENT = Cm(4.2)


def new_sheet(booklet: Booklet, direction: str, page: str) -> WordDocument:
    """An empty document in the booklet's language and look; `page` is "Page {page} of {pages}" in it."""
    word = docx.Document()
    w.set_language(word, booklet.language, direction)
    _set_styles(word, direction)
    _set_properties(word, booklet)
    section = word.sections[0]
    section.page_width, section.page_height = SHORT, LONG
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, MARGIN)
    if direction == w.RIGHT_TO_LEFT:
        w.put(section._sectPr, "w:bidi")
    _set_margins(section, booklet, page)
    w.ask_for_fields(word)
    return word


def room(wide: bool) -> Length:
    """The width between the margins of a page, upright or across."""
    return Length((LONG if wide else SHORT) - 2 * MARGIN)


def turn(word: WordDocument, wide: bool) -> None:
    """A new page, across or upright."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if wide else (SHORT, LONG)


def _set_styles(word: WordDocument, direction: str) -> None:
    styles = word.styles
    w.set_font(styles["Normal"], 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in HEADINGS.items():
        w.set_font(styles[name], size, colour=w.ACCENT, bold=True)
    for name, before in (("Heading 1", 22), ("Heading 2", 18), ("Heading 3", 14), ("Heading 4", 10)):
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(6)
    styles["Heading 4"].font.italic = False
    styles["Title"].paragraph_format.space_before = Pt(42)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    w.set_font(styles["Subtitle"], 13, bold=False)
    w.put(styles["Subtitle"].element.rPr, "w:spacing", val=0)
    styles["Subtitle"].font.italic, styles["Subtitle"].font.color.rgb = False, RGBColor.from_string(SOFT)
    w.set_font(styles["Caption"], 10.5, colour=w.ACCENT, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    kicker = _new_style(word, "Kicker", 12, colour=w.ACCENT, bold=True)
    _add_border(kicker, "bottom", 16, w.ACCENT)
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
        entry.tab_stops.add_tab_stop(room(wide=False), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _new_style(word: WordDocument, name: str, size: float, **look: Any) -> ParagraphStyle:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    w.set_font(style, size, **look)
    return style


def _add_border(style: ParagraphStyle, side: str, size: int, colour: str) -> None:
    border = w.put(style.element.get_or_add_pPr(), "w:pBdr")
    border.append(w.element(f"w:{side}", val="single", sz=size, space=6, color=colour))


def _set_properties(word: WordDocument, booklet: Booklet) -> None:
    """What the file says of itself; of the template nothing stays."""
    properties = word.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    for name, wording in (("title", booklet.title), ("author", booklet.kicker), ("subject", booklet.subtitle)):
        setattr(properties, name, " ".join(printable(shown(wording, booklet.language)[0]).split())[:255])
    properties.language = booklet.language
    if booklet.made:
        properties.created = properties.modified = datetime.combine(booklet.made, time())


def _set_margins(section: Section, booklet: Booklet, page: str) -> None:
    """The draft's mark above, the foot and the number of the page below."""
    if booklet.draft:
        above = section.header.paragraphs[0]
        above.add_run(printable(booklet.draft)).bold = True
    below = section.footer.paragraphs[0]
    below.style.paragraph_format.tab_stops.clear_all()
    below.paragraph_format.tab_stops.add_tab_stop(room(wide=False), WD_TAB_ALIGNMENT.RIGHT)
    below.add_run(printable(booklet.foot) + "\t")
    for piece in re.split(r"(\{pages?\})", page):
        if piece in ("{page}", "{pages}"):
            w.add_field(below, "PAGE" if piece == "{page}" else "NUMPAGES", "1")
        else:
            below.add_run(piece)
    for run in (*section.header.paragraphs[0].runs, *below.runs):
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(SOFT)
        w.put(run._r.rPr, "w:szCs", val=17)
