"""The words and signs of a run of a Word document, as they are shown: raised digits, and signs
taken from a font of signs by their place in it.

Sources: ECMA-376 part 1, section 17.3.3.30 (sym); Unicode's tables of Adobe's Symbol encoding.
"""

from __future__ import annotations

import re

from lxml import etree

from splot.documents.readers.word_numbering import W

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BULLET = "•"  # what stands for an ornament
PRIVATE = range(0xF000, 0xF100)  # where Word keeps the 256 places of such a font
PRIVATE_SIGN = re.compile("[\uf000-\uf0ff]")
SYMBOL_FIRST = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)  # from place 0x20
SYMBOL_SECOND = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"  # from place 0xA0
)
SYMBOL = dict(enumerate(SYMBOL_FIRST, 0x20)) | dict(enumerate(SYMBOL_SECOND, 0xA0))
# Of the fonts of ornaments, what says something: ticks, crosses, and the arrows that Word makes of
# "-->"; boxes and points are drawn before the items of lists.
ORNAMENTS = {
    "wingdings": {
        0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xF3: "⇔",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒"},
    "wingdings 3": {},
    "webdings": {0x61: "✓", 0x72: "✗"},
}  # fmt: skip
SIGNS = {"symbol": SYMBOL, **ORNAMENTS}


def read_text(element: etree._Element) -> str:
    """The words of a w:t, with digits raised as the 1 of "§ 2¹" is."""
    words = element.text or ""
    run = element.getparent()
    align = run.find(f"{W}rPr/{W}vertAlign")
    if align is not None and align.get(f"{W}val") == "superscript":
        words = words.translate(SUPERSCRIPT)
    if not PRIVATE_SIGN.search(words):
        return words
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else _font_name(fonts.get(f"{W}ascii", ""))
    if font not in SIGNS:
        return words
    return PRIVATE_SIGN.sub(lambda sign: _sign_at(font, ord(sign[0])), words)


def read_symbol(element: etree._Element) -> str:
    """The sign that a w:sym shows: one of a font of signs, or a letter of an ordinary font."""
    font = _font_name(element.get(f"{W}font", ""))
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return BULLET
    if font in SIGNS:
        return _sign_at(font, code)
    letter = chr(_place_of(code)) if code in range(0x11_0000) else BULLET
    return letter if letter.isprintable() else BULLET


def _font_name(name: str) -> str:
    return name.strip().casefold()


def _place_of(code: int) -> int:
    return code - PRIVATE.start if code in PRIVATE else code


def _sign_at(font: str, code: int) -> str:
    """What stands at a place of a font of signs; a bullet for an ornament."""
    return SIGNS[font].get(_place_of(code), BULLET)
