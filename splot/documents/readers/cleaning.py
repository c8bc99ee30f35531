"""Removes what word processors and publishing systems leave behind, and lists what it removed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from splot.documents.readers.lines import (
    CELLS,
    FOOTNOTE,
    LITERAL,
    ROW,
    CleanupLog,
    SourceLine,
    split_escaped_lines,
)
from splot.documents.readers.plan_words import parse_plan_heading
from splot.documents.tree import RAISED

SUSPECT = re.compile(
    r"[^\x20-\x7eĄąĆćĘęŁłŃńÓóŚśŹźŻż§–—„”’…]|  |\[bookmark:|Podpisany|Strona|Page|^[-–—] ?\d|^ | $"
)
BOOKMARK = re.compile(r"\[bookmark:[^\]\[]{0,200}\]")
SIGNATURE = re.compile(
    r"^Id: ?[0-9A-F-]{16,60}\.?(?: ?(?:Podpisany|Projekt|Uchwalony|Przyjęty|Signed"
    r"|Draft))? *(?:Strona \d+)?$"
)
PAGE_NUMBER = re.compile(
    r"^(?:[-–—] ?\d{1,4} ?[-–—]|(?:Strona|Page|str\.) \d{1,4}(?: ?(?:z|of|/) ?\d{1,4})?)$"
)
PAGE_OF_CONTENTS = re.compile(r"(?:\t| {4}|(?:\. ?){4}|…{2}) ?\d{1,4}$")
CONTENTS_TITLE = re.compile(
    r"^(?:Contents|Table of contents|Spis treści|Spis rozdziałów)\W*$", re.I
)
INVISIBLE = (
    ("bom", re.compile("\ufeff")),
    ("soft-hyphen", re.compile("\u00ad")),
    # joiners carry meaning after letters of Arabic, Indic and other scripts, and inside emoji
    (
        "zero-width",
        re.compile(
            "[\u200b\u2060\u180e]|(?<![\u0590-\u1fff\u2600-\u27bf\ua000-\U0010ffff])[\u200c\u200d]"
        ),
    ),
    ("direction-mark", re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    ("control", re.compile(r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]")),
)
FOOTNOTE_NUMBER = re.compile(rf"[{RAISED}]{{1,3}}\)? ?(?=\S)")
MAYBE_CONTENTS = "contents?"
ODD_SPACES = re.compile(r"[^\S ]|  +")
LEADING_LABELS = re.compile(r"^(?:(?:§ ?\w{1,5}\.?|\(?[\w.]{1,8}[.)])\t){1,3}")


def clean_lines(lines: Iterable[SourceLine], log: CleanupLog) -> list[SourceLine]:
    """Lines without debris; blank ones turned into `blank_before` of the next. Lists all in the
    ledger.
    """
    cleaned: list[SourceLine] = []
    blank = False
    for line in split_escaped_lines(lines):
        empty = not line.text.strip()
        line.blank_before = line.blank_before or blank
        if line.role == CELLS:
            line.opens_table = line.opens_table or line.blank_before
            _clean_cells(line, log)
        elif SUSPECT.search(line.text):
            _clean_line(line, log)
        if line.text or line.label:
            cleaned.append(line)
        blank = not (line.text or line.label) and (empty or line.blank_before)
    _mark_contents(cleaned)
    _mark_footnotes(cleaned)
    _mark_text_tables(cleaned)
    for line in cleaned:
        if line.role not in (ROW, LITERAL, CELLS) and "\t" in line.text:
            log.mended("tab", line, line.text, line.text.count("\t"))
            line.text = " ".join(line.text.split())
    return cleaned


def _clean_line(line: SourceLine, log: CleanupLog) -> None:
    text = line.text
    for bookmark in BOOKMARK.findall(text):
        log.changed("bookmark", line, bookmark)
    text = BOOKMARK.sub("", text)
    for what, pattern in INVISIBLE:
        text, count = pattern.subn("", text)
        if count:
            log.mended(what, line, text.strip(), count)
    text = _normalise_spaces(text, line, log)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        log.mended("composed", line, text)
    for what, pattern in (("signature-line", SIGNATURE), ("page-number", PAGE_NUMBER)):
        if text and line.role != LITERAL and pattern.match(text):
            log.changed(what, line, text)
            text = ""
    line.text = text


def _clean_cells(line: SourceLine, log: CleanupLog) -> None:
    """Each line of each cell like a line of text; empty ones are dropped."""
    for at, words in enumerate(line.cells):
        kept: list[str] = []
        for part in words.splitlines():
            inner = replace(line, text=part, role=LITERAL)
            if SUSPECT.search(part):
                _clean_line(inner, log)
            kept += [" ".join(inner.text.split())] if inner.text else []
        line.cells[at] = "\n".join(kept)
    line.text = " ".join(filter(None, line.cells))


def _mark_footnotes(lines: list[SourceLine]) -> None:
    """A line that opens with a raised number, apart from the text before it, is a footnote. Where a
    number stands before it alone, it is that number's text.
    """
    for before, line in pairwise(lines):
        if before.label and not before.text:
            continue
        apart = line.parted or before.role == FOOTNOTE or (line.page and not line.wrapped)
        if apart and not (line.role or line.label) and FOOTNOTE_NUMBER.match(line.text):
            line.role = FOOTNOTE


def _mark_text_tables(lines: list[SourceLine]) -> None:
    """Two lines or more of cells apart by tabs are a table: of three cells or more, or of two of
    which the first names a column or says what the second is.
    """
    run: list[SourceLine] = []
    for line in [*lines, SourceLine("", 0)]:
        is_row = len(line.cells) > 2 and line.role == ROW and "\t" in line.text
        is_pair = len(line.cells) == 2 and not line.role and bool(parse_plan_heading(line.cells[0]))
        goes_on = len(line.cells) > 1 and (is_row or not line.role)
        if is_row or is_pair or (run and goes_on):
            run.append(line)
            continue
        spaced = sum(row.blank_before for row in run) > len(run) / 2  # between all of its rows
        for row in run if len(run) > 1 else []:
            opens = row is run[0] or (row.blank_before and not spaced)
            row.role, row.opens_table = CELLS, opens
        run = []


def _normalise_spaces(text: str, line: SourceLine, log: CleanupLog) -> str:
    """One plain space between words; tabs stay between the cells of a row and before a page of
    contents.
    """
    bare = text.strip()
    line.cells = [" ".join(words.split()) for words in text.strip(" \n\r").split("\t")]
    alone = line.role in (ROW, LITERAL)
    cells = bare if alone else LEADING_LABELS.sub("", bare)
    is_row = sum(bool(words.strip()) for words in cells.split("\t")) > 2
    entry = bool(PAGE_OF_CONTENTS.search(bare[-16:])) and not alone and not is_row
    if entry or alone or cells.count("\t") >= 2:
        line.role = line.role or (MAYBE_CONTENTS if entry else ROW)
        text = re.sub(r" *\t[ \t]*", "\t", re.sub(r"[^\S\t]+", " ", bare))
    else:
        text = re.sub(r"\s*\t\s*", "\t", re.sub(r"[^\S\t]+", " ", bare))
    odd = [space for space in ODD_SPACES.findall(bare) if space != "\t"]
    if odd:
        log.mended("space", line, text, len(odd))
    return text


def _mark_contents(lines: list[SourceLine]) -> None:
    """A table of contents is three entries in a row, or what follows its title: text, not
    provisions.
    """
    run: list[SourceLine] = []
    titled = False
    for line in [*lines, SourceLine("", 0)]:
        if CONTENTS_TITLE.match(line.text) and line.role != LITERAL:
            titled = True
            line.role = ROW
        elif line.role == MAYBE_CONTENTS or (
            titled and line.role != LITERAL and re.search(r"\s\d{1,4}$", line.text)
        ):
            run.append(line)
        else:
            for entry in run:
                entry.role = ROW if titled or len(run) >= 3 else ""
            run, titled = [], False
