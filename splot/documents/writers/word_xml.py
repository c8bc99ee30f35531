"""The parts of a Word file that are the same for every act, and the package that holds them.

Source: ECMA-376 part 1 (WordprocessingML) and part 2 (packages).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree

from splot.core.languages import text_direction

URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "settings", "numbering", "footer")
REGIONS = {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA", "ru": "ru-RU", "be": "be-BY"}
# the earliest date that a package can bear: the same tree gives the same bytes
ZIP_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
TEXT_WIDTH = 9072  # twentieths of a point between the margins
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_PACKAGE = "application/vnd.openxmlformats-package"
CORE_PROPERTIES_XML = f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:creator/><dc:language/>
<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified>\
</cp:coreProperties>"""


def word_element(tag: str, **attributes: object) -> etree._Element:
    """An element of Word's namespace; attributes are of it too."""
    element = etree.Element(f"{{{URI}}}{tag}", nsmap={"w": URI, "r": RELATIONS})
    for name, value in attributes.items():
        element.set(f"{{{URI}}}{name}", str(value))
    return element


def add_element(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    """The same, added to a parent."""
    element = etree.SubElement(parent, f"{{{URI}}}{tag}")
    for name, value in attributes.items():
        element.set(f"{{{URI}}}{name}", str(value))
    return element


def add_text(run: etree._Element, words: str) -> None:
    """Words in a run; tabs are Word's own."""
    for at, part in enumerate(words.split("\t")):
        if at:
            add_element(run, "tab")
        if part:
            text = add_element(run, "t")
            text.text = part
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def add_table(parent: etree._Element, columns: int) -> None:
    """A table with lines round its cells, without rows yet."""
    table = add_element(parent, "tbl")
    properties = add_element(table, "tblPr")
    add_element(properties, "tblW", w=5000, type="pct")
    borders = add_element(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        add_element(borders, side, val="single", sz=4, space=0, color="auto")
    # the first row heads the columns, the first column the rows
    add_element(properties, "tblLook", val="00A0", firstRow=1, firstColumn=1)
    grid = add_element(table, "tblGrid")
    for __ in range(columns):
        add_element(grid, "gridCol", w=TEXT_WIDTH // max(columns, 1))


def add_table_row(table: etree._Element, cells: Sequence[str], *, is_head: bool) -> None:
    """A row of a table, a paragraph for each line of a cell; heads of columns repeat on each
    page.
    """
    row = add_element(table, "tr")
    properties = add_element(row, "trPr")
    add_element(properties, "cantSplit")
    if is_head:
        add_element(properties, "tblHeader")
    for words in cells:
        cell = add_element(row, "tc")
        for line in words.split("\n"):
            run = add_element(add_element(cell, "p"), "r")
            if is_head:
                add_element(add_element(run, "rPr"), "b")
            add_text(run, line)


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left; one that nobody knows is not."""
    try:
        return text_direction(language.split("-")[0]) == "rtl"
    except ValueError:  # babel knows neither the language nor its script
        return False


def add_language(properties: etree._Element, language: str) -> None:
    """What spelling and hyphenation go by."""
    code = REGIONS.get(language, language)
    if is_rtl(language):
        add_element(properties, "rtl")
        add_element(properties, "lang", bidi=code)
    else:
        add_element(properties, "lang", val=code)


def build_settings() -> etree._Element:
    """settings.xml: the compatibility mode of today's Word."""
    root = word_element("settings")
    add_element(root, "defaultTabStop", val=567)
    compatible = add_element(root, "compat")
    add_element(
        compatible,
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return root


def build_footer(language: str) -> etree._Element:
    """The footer: "Page 2 of 5" in the language of the act, in fields that Word fills in."""
    root = word_element("ftr")
    paragraph = add_element(root, "p")
    add_element(add_element(paragraph, "pPr"), "pStyle", val="Footer")
    with override(language):
        words = _("Page {page} of {pages}")
    before, _page, following = words.partition("{page}")
    between, _pages, after = following.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            add_text(add_element(paragraph, "r"), text)
        if field:
            add_text(add_element(add_element(paragraph, "fldSimple", instr=f" {field} "), "r"), "1")
    return root


def build_section() -> etree._Element:
    """A4 with margins of 2.5 cm, and the footer."""
    section = word_element("sectPr")
    footer = add_element(section, "footerReference", type="default")
    footer.set(f"{{{RELATIONS}}}id", f"rId{PARTS.index('footer') + 1}")
    add_element(section, "pgSz", w=11906, h=16838)
    add_element(
        section,
        "pgMar",
        top=1417,
        right=1417,
        bottom=1417,
        left=1417,
        header=709,
        footer=709,
        gutter=0,
    )
    return section


def build_core_properties(title: str, language: str) -> etree._Element:
    """docProps/core.xml: title and language, no author, no clock."""
    root = etree.fromstring(CORE_PROPERTIES_XML)
    root[0].text, root[2].text = title, language
    return root


def build_package(parts: dict[str, etree._Element], properties: etree._Element) -> bytes:
    """The file: document.xml and PARTS by their names, with the properties."""
    root_links = _relationship_xml(1, f"{RELATIONS}/officeDocument", "word/document.xml")
    root_links += _relationship_xml(
        2, f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"
    )
    links = ""
    for number, name in enumerate(PARTS, 1):
        links += _relationship_xml(number, f"{RELATIONS}/{name}", f"{name}.xml")
    files = {
        "[Content_Types].xml": _content_types_xml("".join(map(_override_xml, parts))),
        "_rels/.rels": _relationships_xml(root_links),
        "docProps/core.xml": _xml_bytes(properties),
        "word/_rels/document.xml.rels": _relationships_xml(links),
        **{f"word/{name}.xml": _xml_bytes(part) for name, part in parts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, ZIP_TIMESTAMP)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(entry, data)
    return buffer.getvalue()


def _override_xml(name: str) -> str:
    kind = "document.main" if name == "document" else name
    return f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT_TYPE}.{kind}+xml"/>'


def _relationship_xml(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'


def _content_types_xml(overrides: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{OFFICE_PACKAGE}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml"'
        f' ContentType="{OFFICE_PACKAGE}.core-properties+xml"/>{overrides}</Types>'
    ).encode()


def _relationships_xml(relations: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    ).encode()


def _xml_bytes(part: etree._Element) -> bytes:
    return etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
