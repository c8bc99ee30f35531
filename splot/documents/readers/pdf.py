"""PDF, page by page: leaves out what repeats on pages, mends words broken at the ends of lines."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from itertools import chain, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from splot.documents.intake.refusals import UnreadableDocument, unreadable_document
from splot.documents.readers.cleaning import SIGNATURE
from splot.documents.readers.lines import CleanupLog, SourceLine
from splot.documents.readers.numbering import parse_labels
from splot.documents.tree import Problem

MAX_PAGES = 1000
EDGE_LINES = 2  # running heads and page numbers stand among the first and last lines of a page
MIN_REPEATED = 0.6  # of the pages
FULL_WIDTH = 0.85  # of the widest line: a line this long was broken by the margin
SHORT_WIDTH = 0.5  # of the widest line: a line this short ends its paragraph
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LIGATURE = re.compile("[ﬀ-ﬆ]")
BROKEN_WORD = re.compile("\\w[-\u00ad\u2010]$")
NARROW, WIDE = set("iIjltfr.,;:!|'()[] "), set("mwMWOQG@%")
WORD = re.compile(r"\w[\w\u00ad-]*")

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity of every file


def read_pdf_lines(
    data: bytes, name: str, log: CleanupLog
) -> tuple[list[SourceLine], list[Problem]]:
    """Lines of all pages in order, and the pages that hold a picture in place of text."""
    texts, pictures = _extract_pages(data, name)
    if not any(text.strip() for text in texts):
        if pictures:
            what = _("its pages are pictures. A scan has to go through text recognition first.")
            raise unreadable_document(name, what)
        raise unreadable_document(name, _("there is no text in it."))
    pages: list[list[SourceLine]] = []
    for number, text in enumerate(texts, 1):
        page = _parse_page(text, number)
        _split_ligatures(page, log)
        pages.append(page)
    _remove_running_heads(pages, log)
    lines = list(chain.from_iterable(pages))
    _join_hyphenated(lines, log)
    _mark_wrapped(lines)
    return [line for line in lines if line.text], _report_image_pages(pictures)


def _parse_page(text: str, number: int) -> list[SourceLine]:
    lines = enumerate(text.splitlines(), 1)
    return [SourceLine(words, at, number) for at, words in lines if words.strip()]


def _extract_pages(data: bytes, name: str) -> tuple[list[str], list[int]]:
    """The text of each page, and the numbers of the pages without text that hold pictures."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise unreadable_document(
                name, _("it is protected by a password. Remove the password first.")
            )
        if len(reader.pages) > MAX_PAGES:
            count = {"pages": len(reader.pages), "most": MAX_PAGES}
            raise unreadable_document(
                name, _("it has %(pages)d pages; the most is %(most)d.") % count
            )
        texts = [page.extract_text() for page in reader.pages]
        pictures: list[int] = []
        for number, text in enumerate(texts, 1):
            if not text.strip() and _has_picture(reader.pages[number - 1]):
                pictures.append(number)
        return texts, pictures
    except UnreadableDocument:
        raise
    except Exception as error:  # a hostile file can fail anywhere inside the reader
        if b"/Encrypt" in data and not isinstance(error, PdfReadError):
            raise unreadable_document(
                name, _("it is protected by a password. Remove the password first.")
            ) from error
        raise unreadable_document(
            name, _("it is damaged: it starts like a PDF but cannot be read.")
        ) from error


def _has_picture(page: dict) -> bool:
    objects = page.get("/Resources", {}).get("/XObject", {})
    return any(
        item.get_object().get("/Subtype") in ("/Image", "/Form") for item in objects.values()
    )


def _remove_running_heads(pages: list[list[SourceLine]], log: CleanupLog) -> None:
    """Takes running heads and page numbers off the edges of pages, and lists them."""
    heads: Counter[tuple[str, int]] = Counter()
    for page in pages:
        heads.update({_line_shape(line, at) for at, line in _edge_lines(page)})
    for index, page in enumerate(pages):
        for at, line in list(_edge_lines(page)):
            what = ""
            if _is_page_number(line.text, at, index, pages):
                what = "page-number"
            elif (
                len(pages) >= 3
                and heads[_line_shape(line, at)] >= MIN_REPEATED * len(pages)
                and not parse_labels(line.text)
            ):
                what = "running-head"
            if what:
                text = " ".join(line.text.split())
                log.changed("signature-line" if SIGNATURE.match(text) else what, line, text)
                line.text = ""
        page[:] = [line for line in page if line.text]


def _edge_lines(page: list[SourceLine]) -> list[tuple[int, SourceLine]]:
    """The first and last lines of a page, with their place counted from the nearer edge: 0, 1, -1,
    -2.
    """
    size = len(page)
    places = [*range(min(EDGE_LINES, size)), *range(max(EDGE_LINES, size - EDGE_LINES) - size, 0)]
    return [(at, page[at]) for at in places]


def _line_shape(line: SourceLine, at: int) -> tuple[str, int]:
    """A line with its digits made equal: what repeats from page to page but for its number."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())), at


def _is_page_number(text: str, at: int, index: int, pages: list[list[SourceLine]]) -> bool:
    """A lone number at an edge that grows by one with each page, or is the number of its page."""
    bare = text.strip()
    if not re.fullmatch(r"\d{1,4}", bare):
        return False
    if int(bare) == index + 1:
        return True
    near: set[str] = set()
    for page in (*pages[max(index - 1, 0) : index], *pages[index + 1 : index + 2]):
        if page:
            near |= {page[0].text.strip(), page[-1].text.strip()}
    return not near.isdisjoint((str(int(bare) - 1), str(int(bare) + 1)))


def _split_ligatures(lines: list[SourceLine], log: CleanupLog) -> None:
    """Joined letters taken apart; inside a line a soft hyphen is how many fonts name the hyphen."""
    for line in lines:
        if LIGATURE.search(line.text):
            count = len(LIGATURE.findall(line.text))
            line.text = LIGATURE.sub(lambda ligature: LIGATURES[ligature[0]], line.text)
            log.mended("ligature", line, line.text, count)
        inner = re.sub(r"(?<=\w)\u00ad(?=\w)", "-", line.text)
        if inner != line.text:
            line.text = inner


def _join_hyphenated(lines: list[SourceLine], log: CleanupLog) -> None:
    """Joins "integra-" and "cja". A hyphen stays before a capital or a number ("2024-2026"), and
    where the document writes the word with it elsewhere.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(map(str.lower, WORD.findall(line.text)))
    for before, line in pairwise(lines):
        start = before.text.rstrip()
        if not BROKEN_WORD.search(start[-2:]) or not line.text[:1].isalnum():
            continue
        first, _space, following = line.text.partition(" ")
        head = start[:-1].rsplit(maxsplit=1)[-1]
        tail = WORD.match(first)
        hyphenated = f"{head}-{tail.group() if tail else first}".lower()
        mark = "-" if counts[hyphenated] or not first[0].islower() or head[-1].isdigit() else ""
        log.changed("hyphenation", before, f"{head}- {first} → {head}{mark}{first}")
        before.text = f"{start[:-1]}{mark}{first}"
        line.text = following.strip()
        line.wrapped = True


def _mark_wrapped(lines: list[SourceLine]) -> None:
    """Marks the lines that go on with the one before, which the margin broke.

    Many programs leave the space before the break in place. Where short lines show that this file
    keeps such spaces apart from the ends of paragraphs, they decide; elsewhere the width of the
    line does.
    """
    texts = [line.text for line in lines if line.text]
    widths = list(map(_text_width, texts))
    full = sorted(widths)[int(len(widths) * 0.95)] if widths else 0
    spaced = short = spaced_short = 0
    for text, width in zip(texts, widths, strict=True):
        is_spaced, is_short = text.endswith(" "), width < SHORT_WIDTH * full
        spaced += is_spaced
        short += is_short
        spaced_short += is_spaced and is_short
    telling = short >= 3 and spaced_short <= 0.05 * short and spaced >= 0.1 * len(lines)
    for before, line in pairwise(lines):
        if telling and before.page == line.page:
            line.wrapped = line.wrapped or before.text.endswith(" ")
        elif before.text and full > 40:
            first = line.text.split(" ", 1)[0]
            if _text_width(f"{before.text.strip()} {first}") > FULL_WIDTH * full:
                line.wrapped = True


def _text_width(text: str) -> float:
    """The width of a text in a proportional font, in average letters."""
    narrow = sum(letter in NARROW for letter in text)
    wide = sum(letter in WIDE or letter.isupper() for letter in text)
    return len(text) - 0.5 * narrow + 0.4 * wide


def _report_image_pages(silent: list[int]) -> list[Problem]:
    if not silent:
        return []
    message = ngettext(
        "Page %(pages)s holds a picture without text; its words are missing here.",
        "Pages %(pages)s hold pictures without text; their words are missing here.",
        len(silent),
    )
    pages = ", ".join(map(str, silent[:50]))
    return [Problem("page-without-text", "", "", message % {"pages": pages})]
