"""Word: named styles and true multi-level numbering, so that whoever adds a point sees the others renumbered."""

from __future__ import annotations

from lxml import etree

from splot.documents.readers.lines import MARK
from splot.documents.tree import Document, Node
from splot.documents.writers import printing
from splot.documents.writers.fitting import fitted
from splot.documents.writers.printing import ALONE, Row, printed
from splot.documents.writers.word_lists import CENTRED, LISTS, Lists, indents
from splot.documents.writers.word_styles import BODY, CLOSING, PREAMBLE, STYLES, TITLE, styles
from splot.documents.writers.word_xml import (
    add_language,
    add_text,
    core,
    element,
    footer,
    is_rtl,
    package,
    section,
    settings,
    w,
)

FRONT = {printing.TITLE: TITLE, printing.PREAMBLE: PREAMBLE}


def write_docx(document: Document, *, language: str = "pl") -> bytes:
    """The document as a Word file (.docx); the same tree gives the same bytes.

    A number that counting does not give ("2a)", "§ 4a.", "za)") is typed in a paragraph of the same look.
    """
    document = fitted(document)
    lists = Lists(document)
    body = _Body(lists, language)
    for row in printed(document):
        body.add(row)
    body.root.append(section())
    whole = element("document")
    whole.append(body.root)
    parts = {
        "document": whole,
        "styles": styles(language),
        "settings": settings(),
        "numbering": lists.part(STYLES),
        "footer": footer(language),
    }
    return package(parts, core(document.title or document.act.subject, language))


class _Body:
    """The paragraphs so far; `run_on` is that of a chapter's number, to which its heading is added."""

    def __init__(self, lists: Lists, language: str) -> None:
        self.lists, self.language = lists, language
        self.root = element("body")
        self.run_on: etree._Element | None = None

    def add(self, row: Row) -> None:
        """A row as one paragraph or two, or as a further line of a chapter's heading."""
        node = row.node
        if node is None:
            self._paragraph(FRONT[row.part], row.marked, "")
        elif row.num:
            self._numbered(row, node)
        elif row.part == printing.HEADING and node.kind in ALONE and self.run_on is not None:
            part = row.words != node.heading and not row.after  # two lines in a heading's style are two headings
            self._line(self.run_on, node, f"{row.marked}{MARK if part else ''}")
        elif row.part == printing.CLOSING:
            self._paragraph(CLOSING, row.marked, node.lang, indent=indents(node.kind, row.depth)[0])
        else:
            self._words(row, node)

    def _numbered(self, row: Row, node: Node) -> None:
        """A number that Word counts, or one that is typed; §§ and chapters stand above their words."""
        num_id, level, counted = self.lists.place(node.kind, node.num, row.depth)
        style = STYLES.get(node.kind, BODY)
        usual = counted and num_id in LISTS.values() and node.kind != "level"
        made = self._paragraph(style, "", node.lang, numbering=None if usual else (num_id, level))
        centred = node.kind in CENTRED
        if node.kind == "level" or not (counted or centred):  # a list that is taken off takes its indents along
            self._indent(made, *indents(node.kind, row.depth))
        self.run_on = made
        mark = MARK if row.sure and (centred or not row.before) else ""
        if not counted:
            self._run(made, node, f"{node.num} {mark}".rstrip(" ") if centred else f"{node.num}\t{mark}")
        if centred and row.words:
            self._words(row, node)
        elif row.words:
            self._run(made, node, row.marked, bold=row.part == printing.HEADING)

    def _words(self, row: Row, node: Node) -> None:
        """Words that stand below their number, or have none."""
        bold = row.part == printing.HEADING
        left = indents(node.kind, row.depth)[0] if node.num else 0
        made = self._paragraph(BODY, "", node.lang, indent=left, keep=bold)
        self._run(made, node, row.marked, bold=bold)
        self.run_on = made

    def _paragraph(self, style: str, words: str, language: str, *, numbering: tuple[str, int] | None = None,
                   indent: int = 0, keep: bool = False) -> etree._Element:  # fmt: skip
        made = w(self.root, "p")
        properties = w(made, "pPr")
        w(properties, "pStyle", val=style)
        if keep:
            w(properties, "keepNext")
        if numbering is not None:
            numbered = w(properties, "numPr")
            w(numbered, "ilvl", val=numbering[1])
            w(numbered, "numId", val=numbering[0])
        if language and is_rtl(language) != is_rtl(self.language):
            w(properties, "bidi", val=int(is_rtl(language)))
        if indent:
            w(properties, "ind", left=indent, firstLine=0)
        if words:
            self._run(made, Node("level", lang=language), words)
        return made

    @staticmethod
    def _indent(paragraph: etree._Element, left: int, hanging: int) -> None:
        w(paragraph[0], "ind", left=left, hanging=hanging)

    def _run(self, paragraph: etree._Element, node: Node, words: str, *, bold: bool = False) -> etree._Element:
        run = w(paragraph, "r")
        if bold or node.lang:
            properties = w(run, "rPr")
            if bold:
                w(properties, "b")
                w(properties, "bCs")
            if node.lang:
                add_language(properties, node.lang)
        add_text(run, words)
        return run

    def _line(self, paragraph: etree._Element, node: Node, words: str) -> None:
        """A further line of a paragraph."""
        run = self._run(paragraph, node, "")
        w(run, "br")
        add_text(run, words)
