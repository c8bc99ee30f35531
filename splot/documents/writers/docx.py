"""Word: named styles and true multi-level numbering, so that whoever adds a point sees the others
renumbered.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from splot.documents.readers.lines import ESCAPE_MARK
from splot.documents.tree import SIGNATURE, Document, Node
from splot.documents.writers import printing
from splot.documents.writers.normalise import normalise_document
from splot.documents.writers.printing import OWN_LINE_KINDS, PrintedRow, render_rows
from splot.documents.writers.word_lists import CENTRED, LISTS, WordLists, indents_of
from splot.documents.writers.word_styles import (
    BODY,
    CLOSING,
    PREAMBLE,
    SIGNED,
    STANDING,
    STYLES,
    TITLE,
    build_styles,
)
from splot.documents.writers.word_xml import (
    add_element,
    add_language,
    add_table,
    add_table_row,
    add_text,
    build_core_properties,
    build_footer,
    build_package,
    build_section,
    build_settings,
    is_rtl,
    word_element,
)

FRONT = {printing.TITLE: TITLE, printing.PREAMBLE: PREAMBLE}


def write_docx(document: Document, *, language: str = "pl", standing: Sequence[str] = ()) -> bytes:
    """The document as a Word file (.docx), below the lines that say which text of the act it is;
    the same tree gives the same bytes.

    A number that counting does not give ("2a)", "§ 4a.", "za)") is typed in a paragraph of the same
    look.
    """
    document = normalise_document(document)
    lists = WordLists(document)
    body = _Body(lists, language)
    for line in standing:
        body.add_standing(line)
    for row in render_rows(document):
        body.add(row)
    body.root.append(build_section())
    whole = word_element("document")
    whole.append(body.root)
    parts = {
        "document": whole,
        "styles": build_styles(language),
        "settings": build_settings(),
        "numbering": lists.part(STYLES),
        "footer": build_footer(language),
    }
    return build_package(
        parts, build_core_properties(document.title or document.act.subject, language)
    )


class _Body:
    """The paragraphs so far; `run_on` is that of a chapter's number, to which its heading is
    added.
    """

    def __init__(self, lists: WordLists, language: str) -> None:
        self.lists, self.language = lists, language
        self.root = word_element("body")
        self.run_on: etree._Element | None = None

    def add(self, row: PrintedRow) -> None:
        """A row as one paragraph or two, or as a further line of a chapter's heading."""
        node = row.node
        if row.part == printing.CELLS:
            self._table_row(row)
        elif node is None:
            self._paragraph(FRONT[row.part], row.marked, "")
        elif row.num:
            self._numbered(row, node)
        elif (
            row.part == printing.HEADING and node.kind in OWN_LINE_KINDS and self.run_on is not None
        ):
            # two lines in a heading's style are two headings
            part = row.words != node.heading and not row.after
            self._line(self.run_on, node, f"{row.marked}{ESCAPE_MARK if part else ''}")
        elif row.part == printing.CLOSING:
            self._paragraph(
                CLOSING, row.marked, node.lang, indent=indents_of(node.kind, row.depth)[0]
            )
        else:
            self._words(row, node)

    def add_standing(self, line: str) -> None:
        """A line above the title."""
        self._paragraph(STANDING, line, "")

    def _numbered(self, row: PrintedRow, node: Node) -> None:
        """A number that Word counts, or one that is typed; §§ and chapters stand above their
        words.
        """
        num_id, level, counted = self.lists.place(node.kind, node.num, row.depth)
        style = STYLES.get(node.kind, BODY)
        usual = counted and num_id in LISTS.values() and node.kind != "level"
        numbering = None if usual else (num_id, level)
        paragraph = self._paragraph(style, "", node.lang, numbering=numbering)
        centred = node.kind in CENTRED
        # a list that is taken off takes its indents along
        if node.kind == "level" or not (counted or centred):
            self._indent(paragraph, *indents_of(node.kind, row.depth))
        self.run_on = paragraph
        mark = ESCAPE_MARK if row.sure and (centred or not row.before) else ""
        if not counted:
            typed = f"{node.num} {mark}".rstrip(" ") if centred else f"{node.num}\t{mark}"
            self._run(paragraph, node, typed)
        if centred and row.words:
            self._words(row, node)
        elif row.words:
            self._run(paragraph, node, row.marked, bold=row.part == printing.HEADING)

    def _table_row(self, row: PrintedRow) -> None:
        """A row of the table that is open, or of a new one."""
        if row.opens:
            if len(self.root) and self.root[-1].tag.endswith("}tbl"):
                add_element(self.root, "p")  # or the two would be one
            add_table(self.root, len(row.cells))
        add_table_row(self.root[-1], row.cells, is_head=row.opens)

    def _words(self, row: PrintedRow, node: Node) -> None:
        """Words that stand below their number, or have none."""
        if node.ref == SIGNATURE:
            self._run(self._paragraph(SIGNED, "", node.lang), node, row.marked)
            return
        bold = row.part == printing.HEADING
        left = indents_of(node.kind, row.depth)[0] if node.num else 0
        paragraph = self._paragraph(BODY, "", node.lang, indent=left, keep=bold)
        self._run(paragraph, node, row.marked, bold=bold)
        self.run_on = paragraph

    def _paragraph(
        self,
        style: str,
        words: str,
        language: str,
        *,
        numbering: tuple[str, int] | None = None,
        indent: int = 0,
        keep: bool = False,
    ) -> etree._Element:
        paragraph = add_element(self.root, "p")
        properties = add_element(paragraph, "pPr")
        add_element(properties, "pStyle", val=style)
        if keep:
            add_element(properties, "keepNext")
        if numbering is not None:
            numbered = add_element(properties, "numPr")
            add_element(numbered, "ilvl", val=numbering[1])
            add_element(numbered, "numId", val=numbering[0])
        if language and is_rtl(language) != is_rtl(self.language):
            add_element(properties, "bidi", val=int(is_rtl(language)))
        if indent:
            add_element(properties, "ind", left=indent, firstLine=0)
        if words:
            self._run(paragraph, Node("level", lang=language), words)
        return paragraph

    @staticmethod
    def _indent(paragraph: etree._Element, left: int, hanging: int) -> None:
        add_element(paragraph[0], "ind", left=left, hanging=hanging)

    def _run(
        self, paragraph: etree._Element, node: Node, words: str, *, bold: bool = False
    ) -> etree._Element:
        run = add_element(paragraph, "r")
        if bold or node.lang:
            properties = add_element(run, "rPr")
            if bold:
                add_element(properties, "b")
                add_element(properties, "bCs")
            if node.lang:
                add_language(properties, node.lang)
        add_text(run, words)
        return run

    def _line(self, paragraph: etree._Element, node: Node, words: str) -> None:
        """A further line of a paragraph."""
        run = self._run(paragraph, node, "")
        add_element(run, "br")
        add_text(run, words)
