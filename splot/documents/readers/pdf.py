"""PDF, page by page: leaves out what repeats on pages, mends words broken at the ends of lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.documents.intake.refusals import unreadable_document
from splot.documents.readers.broken_lines import are_broken, join_hyphenated
from splot.documents.readers.cleaning import SIGNATURE
from splot.documents.readers.lines import CleanupLog, SourceLine
from splot.documents.readers.numbering import parse_labels
from splot.documents.readers.pdf_pages import MIN_ROWS, PdfPage, extract_pages
from splot.documents.readers.plan_words import parse_plan_heading
from splot.documents.tree import Problem

EDGE_LINES = 2  # running heads and page numbers stand among the first and last lines of a page
MIN_REPEATED = 0.6  # of the pages
FULL_WIDTH = 0.85  # of the widest line: a line this long was broken by the margin
ENDED_WIDTH = 0.7  # of the widest line: a line that leaves so much free was not broken
SHORT_WIDTH = 0.5  # of the widest line: a line this short ends its paragraph
ACROSS = 0.55  # of the page
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LIGATURE = re.compile("[ﬀ-ﬆ]")
NARROW, WIDE = set("iIjltfr.,;:!|'()[] "), set("mwMWOQG@%")


def read_pdf_lines(
    data: bytes, name: str, log: CleanupLog
) -> tuple[list[SourceLine], list[Problem]]:
    """Lines of all pages in order, and the pages that hold a picture in place of text."""
    extracted = extract_pages(data, name)
    pictures = [number for number, page in enumerate(extracted, 1) if page.is_picture]
    pages = [page.lines for page in extracted]
    if not any(pages):
        if pictures:
            what = _("its pages are pictures. A scan has to go through text recognition first.")
            raise unreadable_document(name, what)
        raise unreadable_document(name, _("there is no text in it."))
    problems = [*_report_image_pages(pictures), *_report_tables(extracted)]
    for page in pages:
        _split_ligatures(page, log)
    _remove_running_heads(pages, log)
    lines = list(chain.from_iterable(pages))
    join_hyphenated(lines, log)
    _mark_wrapped(lines, max(page.letters_across for page in extracted))
    return [line for line in lines if line.text], problems


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
                len(pages) >= 2
                and heads[_line_shape(line, at)] >= MIN_REPEATED * len(pages)
                and not (parse_labels(line.text) or parse_plan_heading(line.text))
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


def _mark_wrapped(lines: list[SourceLine], letters_across: float) -> None:
    """Marks the lines that go on with the one before, which the margin broke.

    Many programs leave the space before the break in place. Where short lines show that this file
    keeps such spaces apart from the ends of paragraphs, they decide; elsewhere the width of the
    line does, where the widest crosses most of the page (letters_across is how many letters would
    fill that), or many lines begin in the middle of a sentence.
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
    known = full > ACROSS * letters_across or are_broken(lines)
    telling = short >= 3 and spaced_short <= 0.05 * short and spaced >= 0.1 * len(lines)
    for before, line in pairwise(lines):
        headed = before.text.isupper() and _ends_heading(line)
        if telling and before.page == line.page:
            line.wrapped = line.wrapped or before.text.endswith(" ")
        elif before.text and known and full > 40:
            full_line = _width_with_next(before, line) > FULL_WIDTH * full
            line.wrapped = line.wrapped or (full_line and not (line.blank_before or headed))
        ended = not known or _width_with_next(before, line) < ENDED_WIDTH * full
        line.starts = (ended or headed) and not line.wrapped


def _ends_heading(line: SourceLine) -> bool:
    """Whether a line after one in capitals is no further line of it."""
    return not line.text.isupper() or bool(parse_labels(line.text))


def _width_with_next(before: SourceLine, line: SourceLine) -> float:
    """The width of a line, had the first word of the next one been put on it."""
    return _text_width(f"{before.text.strip()} {line.text.split(' ', 1)[0]}")


def _text_width(text: str) -> float:
    """The width of a text in a proportional font, in average letters."""
    narrow = sum(letter in NARROW for letter in text)
    wide = sum(letter in WIDE or letter.isupper() for letter in text)
    return len(text) - 0.5 * narrow + 0.4 * wide


def _report_tables(pages: list[PdfPage]) -> list[Problem]:
    """The pages on which lines look like rows of a table: a PDF does not tell its cells apart."""
    message = _(
        "Page %(page)d holds a table, from “%(line)s” on. A PDF does not tell its cells apart: "
        "they were read as lines. Import the Word file if there is one."
    )
    problems: list[Problem] = []
    for number, page in enumerate(pages, 1):
        rows = page.rows_of_tables()
        if len(rows) >= MIN_ROWS:
            values = {"page": number, "line": rows[0].text.strip()[:60]}
            problems.append(Problem("table-in-pdf", rows[0].place, "", message % values))
    return problems


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
