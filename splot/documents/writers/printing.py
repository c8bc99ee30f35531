"""Renders a tree as rows: a number and its text, in the order of the page. Text, Markdown and Word
share them.

The reader's rules tell numbers, headings and closing words from mere words by how they look. Where
a text would be taken for something else, it is escaped (`readers.lines.ESCAPE_MARK`), so that it
reads back as what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from splot.documents.readers.cleaning import CONTENTS_TITLE, PAGE_OF_CONTENTS, clean_lines
from splot.documents.readers.evidence import opens_quote
from splot.documents.readers.front_matter import parse_front_matter
from splot.documents.readers.lines import ESCAPE_MARK, CleanupLog, SourceLine
from splot.documents.readers.number_order import is_first, is_successor
from splot.documents.readers.numbering import BARE, CONTAINERS, PROVISIONS, Label, parse_labels
from splot.documents.readers.paragraphs import (
    BARE_END,
    HEADING_LENGTH,
    TITLE_LENGTH,
    is_closed,
    is_dangling,
)
from splot.documents.readers.passages import SIGNATORY
from splot.documents.readers.plan_words import parse_opening
from splot.documents.readers.tables import is_table, row_words
from splot.documents.tree import Document, Node
from splot.documents.typesetting.provisions import annex_heading, title_lines

TITLE, PREAMBLE, NUMBER, HEADING, TEXT, CLOSING, CELLS = (
    "title",
    "preamble",
    "number",
    "heading",
    "words",
    "closing",
    "cells",
)
# their number has a line of its own, and so has their heading
OWN_LINE_KINDS = ("attachment", "chapter")
HEADED_KINDS = ("article", "paragraph", "level")
ITEM_KINDS = ("point", "alinea", "indent")


@dataclass(slots=True)
class PrintedRow:
    """One printed line: what it is, whose, its number and words, and the marks that it needs.

    `sure`: the number must be marked where it is typed and not counted by a word processor.
    `opens`: the first row of its provision. `depth` counts from 0. `cells` are those of a row of a
    table.
    """

    part: str
    words: str
    node: Node | None = None
    depth: int = 0
    num: str = ""
    before: str = ""
    after: str = ""
    sure: bool = False
    opens: bool = False
    cells: list[str] = field(default_factory=list)

    @property
    def marked(self) -> str:
        """The words with their marks."""
        return f"{self.before}{self.words}{self.after}"


def render_rows(document: Document) -> Iterator[PrintedRow]:
    """The rows of a fitted document."""
    yield from _front_rows(document)
    yield from _Printer(last=document.preamble or document.title).nodes(document.nodes, 0, ())


def _front_rows(document: Document) -> Iterator[PrintedRow]:
    titles = title_lines(document)
    lines = document.preamble.split("\n") if document.preamble else []
    source = [SourceLine(line, at) for at, line in enumerate([*titles, *lines], 1)]
    title, _act, following = parse_front_matter(source)
    # else nothing shows where the title ends
    numbered = any(node.num for node, _above in document.walk())
    plain = numbered and title == " ".join(titles) and [line.text for line in following] == lines
    for line in titles:
        safe = plain and _reads_as_text(line)
        yield PrintedRow(
            TITLE,
            line,
            before="" if safe else ESCAPE_MARK,
            after="" if plain else ESCAPE_MARK,
            opens=line is titles[0],
        )
    for before, line in zip(["", *lines], lines, strict=False):
        safe = plain and (_reads_as_continuation(before, line) if before else _reads_as_text(line))
        yield PrintedRow(PREAMBLE, line, before="" if safe else ESCAPE_MARK)


def _reads_as_text(words: str, num: str = "") -> bool:
    """Whether words at the start of a line, or after a number there, are read as mere words."""
    text, whole = _cleaned_text(words), _cleaned_text(f"{num} {words}")
    if not text or not whole or "\t" in words:
        return False
    special = (
        CONTENTS_TITLE.match(text) or PAGE_OF_CONTENTS.search(text[-16:]) or SIGNATORY.match(text)
    )
    return not (special or parse_labels(text) or opens_quote(text))


def _cleaned_text(words: str) -> str:
    """What the reader leaves of a line."""
    lines = clean_lines([SourceLine(words, 1)], CleanupLog())
    return lines[0].text if lines else ""


def _reads_as_continuation(before: str, words: str) -> bool:
    """Whether a line is read as a further paragraph of the same text."""
    ended = is_closed(before) and not before.endswith(":") and not BARE_END.search(before)
    return ended and not parse_opening(words) and not words[:1].islower() and _reads_as_text(words)


class _Printer:
    """`last`: the words printed last, "" after a bare number. `open`: the depth of the provision
    they belong to.
    """

    def __init__(self, last: str) -> None:
        self.last, self.open = last, 0
        self.running: dict[str, Node] = {}

    def nodes(self, nodes: list[Node], depth: int, above: tuple[Node, ...]) -> Iterator[PrintedRow]:
        earlier: dict[str, Node] = {}
        for node in nodes:
            in_article = any(outer.kind == "article" for outer in above)
            run_on = node.kind in ("paragraph", "article") and not in_article
            before = self.running if run_on else earlier
            sure = bool(node.num) and not self._is_due(node, before.get(node.kind))
            before[node.kind] = node
            if node.kind == "attachment":
                self.running = {}
            if is_table(node):
                yield from self._table(node, depth)
                continue
            yield from self._opening(node, depth, sure)
            yield from self.nodes(node.children, depth + 1, (*above, node))
            yield from self._closing(node, depth, above)

    def _table(self, table: Node, depth: int) -> Iterator[PrintedRow]:
        for row in table.children:
            opens = row is table.children[0]
            yield PrintedRow(CELLS, "", row, depth, opens=opens, cells=row_words(row))
        self.open, self.last = depth, ""

    def _opening(self, node: Node, depth: int, sure: bool) -> Iterator[PrintedRow]:
        """The number, beside it the heading or the first words, then the other lines."""
        rows = [PrintedRow(HEADING, line, node, depth) for line in _heading_lines(node)]
        if node.text:
            rows += [PrintedRow(TEXT, line, node, depth) for line in node.text.split("\n")]
        self._mark(node, rows)
        above = node.kind in ("article", "paragraph") and not node.num.endswith(".")
        if node.num and rows and not above and node.kind not in OWN_LINE_KINDS:
            rows[0].num = node.num
        elif node.num:
            rows.insert(0, PrintedRow(NUMBER, "", node, depth, node.num))
        if rows:
            rows[0].sure, rows[0].opens = sure, True
            if sure and rows[0].part == HEADING:
                rows[0].after = ESCAPE_MARK  # what follows a marked number counts as mere words
            self.open, self.last = depth, rows[-1].words
        yield from rows

    def _mark(self, node: Node, rows: list[PrintedRow]) -> None:
        before = ""
        has_own_line = node.kind in OWN_LINE_KINDS
        for row in rows:
            if row.part == HEADING:
                plain = _reads_as_text(row.words, node.num)
            elif before:
                below_heading = rows[0].part == HEADING and row is rows[1] and not has_own_line
                plain = below_heading and _reads_as_text(row.words)
                plain = plain or _reads_as_continuation(before, row.words)
            else:
                plain = _reads_as_text(row.words, node.num)
                plain = plain and not has_own_line and not _reads_as_heading(node)
            if node.num or row is not rows[0]:
                row.before = "" if plain else ESCAPE_MARK
            before = row.words
        if node.heading and not self._is_heading(node, rows):
            for row in rows:
                row.after = ESCAPE_MARK if row.part == HEADING else ""

    @staticmethod
    def _is_heading(node: Node, rows: list[PrintedRow]) -> bool:
        """Whether a heading is read as one without a mark."""
        words = node.heading
        if rows[0].before:
            return False
        if node.kind in OWN_LINE_KINDS:
            return len(words) <= TITLE_LENGTH and (not is_closed(words) or words.endswith(" r."))
        if len(words) > HEADING_LENGTH or ". " in words or "; " in words or is_dangling(words):
            return False
        if not node.text:
            headed = bool(node.children) and node.kind in HEADED_KINDS
            return headed and bool(BARE_END.search(words))
        announces = words.endswith(":") and node.kind != "indent"
        return announces and node.text[0].isupper() and not rows[1].before

    def _is_due(self, node: Node, earlier: Node | None) -> bool:
        """Whether a number is read as one where it stands, without a mark."""
        label = _parse_label(node)
        if label is None or label.style.name in BARE or is_dangling(self.last):
            return False
        if label.style.name in CONTAINERS:
            return True
        ended = not self.last or is_closed(self.last) or self.last.endswith(",")
        if node.kind == "indent":
            return ended and bool(node.heading or node.text)
        if earlier is None:
            begins_list = label.style.name in (*PROVISIONS, "1.", "1)", "a)")
            return is_first(label) and (ended or begins_list)
        before = _parse_label(earlier)
        if before is None or before.style != label.style:
            return False
        return is_successor(label.style, before.value, label.value)

    def _closing(self, node: Node, depth: int, above: tuple[Node, ...]) -> Iterator[PrintedRow]:
        before = ""
        for line in node.closing.split("\n") if node.closing else []:
            row = PrintedRow(CLOSING, line, node, depth)
            if before:
                row.before = "" if _reads_as_continuation(before, line) else ESCAPE_MARK
            elif not self._closes_by_itself(node, above):
                row.before = ESCAPE_MARK * (2 + self.open - depth)
            self.open, self.last, before = depth, line, line
            yield row

    def _closes_by_itself(self, node: Node, above: tuple[Node, ...]) -> bool:
        """Whether closing words are read as such: a dash after an item that ends without a mark."""
        labels = parse_labels(node.closing.split("\n")[0])
        if not labels or labels[0].style.name != "dash" or len(node.children) < 2:
            return False
        before, last = node.children[-2:]
        while before.children and not before.closing:
            before = before.children[-1]
        marked = (before.closing or before.text or before.heading).endswith((",", ";"))
        inside = any(outer.kind in ("article", "paragraph") for outer in (*above, node))
        is_leaf = not last.children and not last.closing
        bare = last.kind in ITEM_KINDS and is_leaf and bool(self.last)
        ended = is_closed(self.last) or self.last.endswith(",") or is_dangling(self.last)
        return marked and inside and bare and not ended


def _heading_lines(node: Node) -> list[str]:
    """The heading; of an annex in two lines, what it belongs to and what it is called, where that
    is plain.
    """
    label, title = annex_heading(node) if node.kind == "attachment" and node.num else ("", "")
    belongs = label.removeprefix(node.num).strip()
    goes_on = belongs.endswith(" r.") or not is_closed(belongs)
    if belongs and goes_on and _reads_as_text(belongs) and _reads_as_text(title):
        return [belongs, title]
    return [node.heading] if node.heading else []


def _reads_as_heading(node: Node) -> bool:
    """Whether the only line of a provision would be read as its heading."""
    if not node.children or node.kind not in HEADED_KINDS:
        return False
    is_short = len(node.text) <= HEADING_LENGTH and "\n" not in node.text
    return is_short and bool(BARE_END.search(node.text))


def _parse_label(node: Node) -> Label | None:
    """The number as the reader would take it, if it would take it for one of this kind."""
    for label in parse_labels(f"{node.num} "):
        if label.num == node.num and node.kind in (label.style.kind, label.style.outside):
            return label
    return None
