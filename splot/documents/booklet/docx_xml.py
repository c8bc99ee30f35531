"""What Word files need beyond python-docx: fields, languages, lists, plain tables, the same bytes
each time.
"""

import io
import zipfile

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

ACCENT_COLOUR, RULE_COLOUR = "1D2A63", "DFDACD"
FONT = "Calibri"  # on every desk with Word; Carlito has its widths where there is none
RIGHT_TO_LEFT = "rtl"
# The order that the schema (ISO/IEC 29500-1) wants among properties, by the element that holds
# them.
PROPERTY_ORDER = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em"
    " lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
    "tblCellSpacing jc hidden",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings",
}
AFTER_FIELDS = tuple(
    f"w:{name}" for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids")
)


def oxml_element(tag: str, **attributes: object) -> BaseOxmlElement:
    """An element such as w:lang with attributes in Word's namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def put_property(parent: BaseOxmlElement, tag: str, **attributes: object) -> BaseOxmlElement:
    """Puts an element where the schema wants it among the properties in `parent`, in the place of
    one it has.
    """
    order = [f"w:{name}" for name in PROPERTY_ORDER[parent.tag.rpartition("}")[2]].split()]
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    followers = order[order.index(tag) + 1 :]
    return parent.insert_element_before(oxml_element(tag, **attributes), *followers)


def add_field(paragraph: Paragraph, code: str, result: str = "") -> None:
    """A field that Word works out ("PAGE", "NUMPAGES", "PAGEREF _Toc1"), with what it shows until
    then.
    """
    open_field(paragraph, code)
    paragraph.add_run(result)
    paragraph.add_run()._r.append(oxml_element("w:fldChar", fldCharType="end"))


def open_field(paragraph: Paragraph, code: str) -> None:
    """The beginning of a field whose result may run over several paragraphs."""
    instruction = oxml_element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    begin = oxml_element("w:fldChar", fldCharType="begin")
    separate = oxml_element("w:fldChar", fldCharType="separate")
    for part in (begin, instruction, separate):
        paragraph.add_run()._r.append(part)


def request_field_update(word: WordDocument) -> None:
    """Lets Word offer to work out all fields when it opens the file: no other program knows its
    pages.
    """
    word.settings.element.insert_element_before(
        oxml_element("w:updateFields", val="true"), *AFTER_FIELDS
    )


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Marks a whole paragraph as a place to point at."""
    place = 0 if paragraph._p.pPr is None else 1
    paragraph._p.insert(place, oxml_element("w:bookmarkStart", id=number, name=name))
    paragraph._p.append(oxml_element("w:bookmarkEnd", id=number))


def link_to(paragraph: Paragraph, place: str) -> None:
    """Makes a link within the document of all that the paragraph holds."""
    link = oxml_element("w:hyperlink", anchor=place, history=1)
    for child in list(paragraph._p):
        if child is not paragraph._p.pPr:
            link.append(child)
    paragraph._p.append(link)


def set_font(
    style: ParagraphStyle,
    size: float,
    *,
    colour: str = "",
    bold: bool | None = None,
) -> None:
    """Our typeface in every script, of `size` points; the template's theme no longer speaks."""
    properties = style.element.get_or_add_rPr()
    put_property(
        properties, "w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)
    )
    style.font.size = Pt(size)
    put_property(properties, "w:szCs", val=int(size * 2))
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    if bold is not None:
        style.font.bold = style.font.cs_bold = bold


def set_language(word: WordDocument, language: str, direction: str) -> None:
    """The language of everything that says no other, and the direction of reading."""
    defaults = (
        word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    )
    put_property(defaults, "w:lang", val=language, eastAsia=language, bidi=language)
    if direction == RIGHT_TO_LEFT:
        normal = word.styles["Normal"].element
        put_property(normal.get_or_add_pPr(), "w:bidi")
        put_property(normal.get_or_add_rPr(), "w:rtl")


def new_list(word: WordDocument, style: str) -> int:
    """A further list in the numbering of a list style, which begins at 1; returns its number."""
    numbering = word.part.numbering_part.element
    used = word.styles[style].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == used).abstractNumId.val
    new = numbering.add_num(abstract)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return new.numId


def number_paragraph(paragraph: Paragraph, list_number: int) -> None:
    """Makes the paragraph the next item of a list made by `new_list`."""
    numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = 0
    numbered.get_or_add_numId().val = list_number


def format_table(table: Table, widths: list[Length], *, caption: str, direction: str) -> None:
    """Lines between rows only, a head that each page repeats, rows that may break, a name for who
    cannot see it.
    """
    properties = table._tbl.tblPr
    table.autofit = False
    if direction == RIGHT_TO_LEFT:
        put_property(properties, "w:bidiVisual")
    borders = put_property(properties, "w:tblBorders")
    for side, size, colour in (
        ("top", 12, ACCENT_COLOUR),
        ("bottom", 4, RULE_COLOUR),
        ("insideH", 4, RULE_COLOUR),
    ):
        borders.append(oxml_element(f"w:{side}", val="single", sz=size, space=0, color=colour))
    if caption:
        put_property(properties, "w:tblCaption", val=caption)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
    head = table._tbl.tr_lst[0].get_or_add_trPr()
    put_property(head, "w:cantSplit")
    put_property(head, "w:tblHeader")


def file_bytes(word: WordDocument) -> bytes:
    """The file; its parts carry no time, so that the same document gives the same bytes."""
    saved, timeless = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(timeless, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return timeless.getvalue()
