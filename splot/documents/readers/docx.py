"""Word documents: paragraphs with the numbers that Word shows, rows of tables, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import ngettext
from lxml import etree

from splot.documents.intake.packages import OfficePackage
from splot.documents.intake.refusals import damaged_document
from splot.documents.readers.broken_lines import are_broken, join_hyphenated
from splot.documents.readers.lines import CELLS, NOTE, ROW, CleanupLog, SourceLine
from splot.documents.readers.word_changes import (
    DELETED,
    deleted_text,
    is_break_deleted,
    join_over_deleted_breaks,
)
from splot.documents.readers.word_numbering import (
    ListNumbering,
    W,
    parse_int,
    parse_numbering,
)
from splot.documents.readers.word_styles import ParagraphStyles, parse_styles
from splot.documents.readers.word_symbols import SUPERSCRIPT, read_symbol, read_text
from splot.documents.tree import Problem

PARTS = ("document", "numbering", "styles", "footnotes", "endnotes", "comments")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
TEXT_BOX = f"{W}txbxContent"
MAX_SPAN = 63  # columns that a table of Word can have
CHARACTER_ELEMENTS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
SKIPPED = {f"{W}pPr", f"{W}instrText", f"{W}delText", f"{W}delInstrText", FALLBACK, TEXT_BOX}
NOTE_REFERENCES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


@dataclass(slots=True)
class DocxContext:
    """One document while it is read: its lists and styles, its notes, what was left out."""

    numbers: ListNumbering
    styles: ParagraphStyles
    notes: dict[str, dict[str, etree._Element]]
    used: list[tuple[str, etree._Element]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


def read_docx_lines(
    data: bytes, name: str, log: CleanupLog
) -> tuple[list[SourceLine], list[Problem]]:
    """Lines in reading order and what was left out. Headers and footers are not part of the
    text.
    """
    try:
        parts = _parse_parts(data)
        document = parts["document"]
        body = None if document is None else document.find(f"{W}body")
        context = DocxContext(
            parse_numbering(parts["numbering"]),
            parse_styles(parts["styles"], parts["numbering"]),
            {kind: _notes_by_id(parts[kind]) for kind in ("footnotes", "endnotes")},
        )
        if body is not None:
            join_over_deleted_breaks(body)
        lines = [] if body is None else list(parse_block_lines(body, context))
        join_hyphenated(lines, log)
        _join_broken_paragraphs(lines)
        lines += _note_lines(context)
    except Exception as error:  # a hostile package can fail anywhere in zipfile, zlib or lxml
        raise damaged_document(name) from error
    for number, line in enumerate(lines, 1):
        line.number = number
    return lines, _report_omissions(context, parts["comments"])


def _join_broken_paragraphs(lines: list[SourceLine]) -> None:
    """Where lines that the margin of another program broke stand as paragraphs, as in what was
    copied out of a PDF, a paragraph does not part its words from those before.
    """
    if are_broken(lines):
        for line in lines:
            line.starts = False


def _parse_parts(data: bytes) -> dict[str, etree._Element | None]:
    """The parts that matter, None for those that there are not."""
    package = OfficePackage(data)
    return {part: package.tree(f"word/{part}.xml") for part in PARTS}


def _notes_by_id(part: etree._Element | None) -> dict[str, etree._Element]:
    """Notes by id, without the separators that Word keeps among them."""
    notes: dict[str, etree._Element] = {}
    for note in () if part is None else part:
        if note.get(f"{W}type", "normal") == "normal":
            notes[note.get(f"{W}id", "")] = note
    return notes


def parse_block_lines(parent: etree._Element, context: DocxContext) -> Iterator[SourceLine]:
    """The paragraphs and tables of a body, a text box or a content control."""
    after_heading = False
    for element in parent:
        if element.tag == f"{W}p":
            for line in _parse_paragraph(element, context):
                line.blank_before = bool(line.heading) or after_heading
                after_heading = bool(line.heading)
                yield line
        elif element.tag == f"{W}tbl":
            yield from _parse_table(element, context)
        elif element.tag in DELETED:
            context.deleted.append(deleted_text(element))
        # content controls, custom XML, tracked insertions of paragraphs
        elif element.tag not in SKIPPED:
            yield from parse_block_lines(element, context)


def _parse_paragraph(element: etree._Element, context: DocxContext) -> list[SourceLine]:
    """A paragraph as one line, or several where the writer broke it; then its text boxes."""
    properties = element.find(f"{W}pPr")
    num_id, depth, heading, contents = context.styles.resolve(properties)
    text = _visible_text(element, context)
    gone = is_break_deleted(element) and not text.strip()
    label = context.numbers.next(num_id, depth) if num_id and not gone else ""
    first, *others = text.split("\n")
    role = ROW if contents else ""
    lines = [SourceLine(first, 0, label=label, depth=depth, heading=heading, role=role)]
    lines[0].starts = True
    lines += [SourceLine(more, 0, heading=heading, role=role) for more in others]
    for box in element.iter(TEXT_BOX):
        if not _is_within(box, element):
            lines += parse_block_lines(box, context)
    return lines


def _is_within(box: etree._Element, paragraph: etree._Element) -> bool:
    """Whether a text box repeats another for old programs, or stands inside another one."""
    above = box.getparent()
    while above is not None and above is not paragraph:
        if above.tag in (FALLBACK, TEXT_BOX):
            return True
        above = above.getparent()
    return False


def _visible_text(element: etree._Element, context: DocxContext) -> str:
    """The visible text: insertions are read; deletions, hidden text and field codes are not."""
    parts: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        tag = child.tag
        if tag in (f"{W}t", MATH_TEXT):
            parts.append(read_text(child))
        elif tag in CHARACTER_ELEMENTS:
            parts.append(CHARACTER_ELEMENTS[tag])
        elif tag in DELETED:
            context.deleted.append(deleted_text(child))
        elif tag == f"{W}r" and _has_format(child, "vanish"):
            context.hidden.append(_raw_text(child))
        elif tag in NOTE_REFERENCES:
            parts.append(_add_note_reference(child, NOTE_REFERENCES[tag], context))
        elif tag == f"{W}sym":
            parts.append(read_symbol(child))
        elif tag not in SKIPPED:
            if tag == f"{W}r" and _has_format(child, "strike", "dstrike"):
                context.struck.append(_raw_text(child))
            waiting.extend(reversed(child))
    return "".join(parts)


def _has_format(run: etree._Element, *names: str) -> bool:
    """Whether one of these formats, which are on or off, is on."""
    for name in names:
        found = run.find(f"{W}rPr/{W}{name}")
        if found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off"):
            return True
    return False


def _raw_text(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def _add_note_reference(element: etree._Element, kind: str, context: DocxContext) -> str:
    note = context.notes[kind].get(element.get(f"{W}id", ""))
    if note is None:
        return ""
    context.used.append((str(len(context.used) + 1).translate(SUPERSCRIPT), note))
    return context.used[-1][0]


def _note_lines(context: DocxContext) -> list[SourceLine]:
    """Footnotes after the text, each behind its mark. A note may refer to a further note."""
    lines = []
    for mark, note in _iterate_growing(context.used):
        words = [mark]
        for paragraph in note.iter(f"{W}p"):
            words += _visible_text(paragraph, context).split()
        lines.append(SourceLine(" ".join(words), 0, role=NOTE, blank_before=True))
    return lines


def _iterate_growing(items: list) -> Iterator:
    """Items of a list that may still grow, up to 10,000: notes that refer to one another never
    end.
    """
    at = 0
    while at < min(len(items), 10_000):
        yield items[at]
        at += 1


def _parse_table(table: etree._Element, context: DocxContext) -> Iterator[SourceLine]:
    """One line for each row. A cell over several columns is followed by empty ones."""
    opens = True
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue  # a table within a cell is read with its cell
        cells: list[str] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                cells += [_cell_text(cell, context), *[""] * (_columns_of(cell) - 1)]
        text = " ".join(cells)
        yield SourceLine(text, 0, role=CELLS, cells=cells, opens_table=opens)
        opens = False


def _columns_of(cell: etree._Element) -> int:
    """How many columns a cell goes over."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    columns = 1 if span is None else parse_int(span.get(f"{W}val"), 1)
    return min(max(columns, 1), MAX_SPAN)


def _cell_text(cell: etree._Element, context: DocxContext) -> str:
    """The words of a cell, a line for each paragraph, with those of tables within it."""
    lines: list[str] = []
    for line in parse_block_lines(cell, context):
        words = [line.label, *line.cells] if line.cells else [line.label, line.text]
        lines.append(" ".join(filter(None, words)))
    return "\n".join(filter(None, lines))


def _report_omissions(context: DocxContext, comments: etree._Element | None) -> list[Problem]:
    """What the file holds and the text leaves out, and what it reads although it is struck out."""
    deleted = [text for text in context.deleted if text.strip()]
    hidden = [text for text in context.hidden if text.strip()]
    struck = [text for text in context.struck if text.strip()]
    remarks = 0 if comments is None else len(comments.findall(f"{W}comment"))
    of_deleted = ngettext(
        "The file keeps track of changes: %(count)d deleted text was left out, “%(sample)s”.",
        "The file keeps track of changes: %(count)d deleted texts were left out, the first "
        "“%(sample)s”.",
        len(deleted),
    )
    of_hidden = ngettext(
        "%(count)d hidden text was left out, “%(sample)s”.",
        "%(count)d hidden texts were left out, the first “%(sample)s”.",
        len(hidden),
    )
    of_struck = ngettext(
        "%(count)d text is struck out, and is read like the others: “%(sample)s”.",
        "%(count)d texts are struck out, and are read like the others, the first “%(sample)s”.",
        len(struck),
    )
    of_comments = ngettext(
        "%(count)d comment was left out.", "%(count)d comments were left out.", remarks
    )
    omissions: tuple[tuple[str, str, int, list[str]], ...] = (
        ("deleted-text", of_deleted, len(deleted), deleted),
        ("hidden-text", of_hidden, len(hidden), hidden),
        ("struck-text", of_struck, len(struck), struck),
        ("comments", of_comments, remarks, []),
    )
    problems: list[Problem] = []
    for code, message, count, texts in omissions:
        if count:
            sample = texts[0].strip()[:80] if texts else ""
            problems.append(Problem(code, "", "", message % {"count": count, "sample": sample}))
    return problems
