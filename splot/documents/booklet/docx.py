"""A booklet as a Word file: real headings, lists, tables and contents, to be worked on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.shared import Length, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from splot.core.languages import SOURCE, LocalisedText
from splot.core.values import Json
from splot.documents.typesetting import (
    base_language_code,
    parse_markdown_blocks,
    remove_unprintable,
)
from splot.documents.typesetting.html_page import direction_of

from . import docx_xml as w
from .model import (
    Booklet,
    Callout,
    CellContent,
    Facts,
    Heading,
    Items,
    PageBreak,
    PlacedBlock,
    Prose,
    Table,
    Wording,
    cell_texts,
    column_shares,
    localise_wording,
    place_blocks,
)
from .word_layout import MUTED_COLOUR, new_word_document, start_section, text_width

CONTENTS_DEPTH = 2
DEEPEST_LIST = 3


def render_booklet_docx(booklet: Booklet) -> bytes:
    """The booklet as bytes of a .docx; the same booklet gives the same bytes."""
    with override(booklet.language):
        missing, page, contents = _("not given"), _("Page {page} of {pages}"), _("Contents")
    writer = _Writer(booklet, missing, page)
    writer.front(contents)
    for placed in place_blocks(booklet.blocks):
        writer.block(placed)
    return w.file_bytes(writer.word)


class _Writer:
    """Fills one Word document from its top to its end."""

    def __init__(self, booklet: Booklet, missing: str, page: str):
        self.booklet, self.language, self.missing = booklet, booklet.language, missing
        self.direction = direction_of(booklet.language)
        self.word = new_word_document(booklet, self.direction, page)
        self.places = 0
        self.breaks = self.is_wide = False

    def say(
        self,
        paragraph: Paragraph,
        wording: Wording,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> Run:
        """Adds words in their own language and direction; returns the run."""
        words, spoken = localise_wording(wording, self.language)
        run = paragraph.add_run(remove_unprintable(words))
        if bold:
            run.bold = run.font.cs_bold = True
        if italic:
            run.italic = run.font.cs_italic = True
        if spoken != self.language and base_language_code(spoken):
            properties = run._r.get_or_add_rPr()
            w.put_property(properties, "w:lang", val=spoken, eastAsia=spoken, bidi=spoken)
            direction = direction_of(spoken)
            if direction != self.direction:
                w.put_property(properties, "w:rtl", val=int(direction == w.RIGHT_TO_LEFT))
        return run

    def add(self, wording: Wording = "", style: str | None = None, **look: bool) -> Paragraph:
        """A paragraph at the end, on a new page where one is due."""
        paragraph = self.word.add_paragraph(style=style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before = True
            self.breaks = False
        if localise_wording(wording, self.language)[0]:
            self.say(paragraph, wording, **look)
        return paragraph

    def front(self, contents: str) -> None:
        """Whose it is, the title, the draft's mark, the contents."""
        booklet = self.booklet
        for wording, style in (
            (booklet.kicker, "Kicker"),
            (booklet.title, "Title"),
            (booklet.subtitle, "Subtitle"),
        ):
            if localise_wording(wording, self.language)[0]:
                self.add(wording, style)
        if booklet.draft:
            self.add(booklet.draft, bold=True)
        if entries := self._contents_entries():
            self.add(contents, "TOC Heading")
            self._add_contents(entries)
        self.breaks = True

    def _contents_entries(self) -> list[tuple[int, Wording, int]]:
        """The headings that stand in the contents: number among all headings, words, level."""
        entries: list[tuple[int, Wording, int]] = []
        number = 0
        for placed in place_blocks(self.booklet.blocks):
            if isinstance(placed.block, Heading):
                number += 1
                if placed.level <= CONTENTS_DEPTH:
                    entries.append((number, placed.block.text, placed.level))
        return entries

    def _add_contents(self, entries: Sequence[tuple[int, Wording, int]]) -> None:
        """The table of contents as a field that Word can make anew; until then each entry leads to
        its heading.
        """
        for place, (number, wording, level) in enumerate(entries):
            paragraph = self.add(wording, f"toc {level}")
            paragraph.add_run("\t")
            w.add_field(paragraph, f"PAGEREF _Toc{number:04} \\h")
            w.link_to(paragraph, f"_Toc{number:04}")
            if place == 0:
                opening = self.word.add_paragraph()
                w.open_field(opening, f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u')
                for run in reversed(opening._p.r_lst):
                    paragraph._p.insert(1, run)
                opening._p.getparent().remove(opening._p)
        paragraph.add_run()._r.append(w.oxml_element("w:fldChar", fldCharType="end"))

    def block(self, laid_out: PlacedBlock) -> None:
        """Adds a block; what lies across the page has pages of its own."""
        if laid_out.is_wide != self.is_wide:
            start_section(self.word, laid_out.is_wide)
            self.is_wide, self.breaks = laid_out.is_wide, False
        match block := laid_out.block:
            case Heading():
                self.places += 1
                paragraph = self.add(block.text, f"Heading {laid_out.level}")
                w.add_bookmark(paragraph, f"_Toc{self.places:04}", self.places)
            case Prose():
                words, spoken = localise_wording(block.markdown, self.language)
                self._add_blocks(parse_markdown_blocks(words), spoken)
            case Callout():
                self._add_callout(block)
            case Items():
                self._add_items(block)
            case Facts():
                self._add_facts(block)
            case Table():
                self._add_table(block)
            case PageBreak():
                self.breaks = True

    def _add_callout(self, callout: Callout) -> None:
        if localise_wording(callout.kicker, self.language)[0]:
            kicker = self.add(style="Callout")
            self.say(kicker, callout.kicker).font.color.rgb = RGBColor.from_string(MUTED_COLOUR)
            kicker.paragraph_format.keep_with_next = True
            kicker.paragraph_format.space_after = Pt(0)
        self.add(callout.text, "Callout", italic=True)

    def _add_items(self, items: Items) -> None:
        style = "List Number" if items.numbered else "List Bullet"
        number = w.new_list(self.word, style) if items.numbered else 0
        for item in items.items:
            paragraph = self.add(item, style)
            if number:
                w.number_paragraph(paragraph, number)

    def _add_facts(self, facts: Facts) -> None:
        for label, cell in facts.facts:
            paragraph = self.add(style="Facts")
            self.say(paragraph, label).font.color.rgb = RGBColor.from_string(MUTED_COLOUR)
            paragraph.add_run("\t")
            self._add_cell(paragraph, cell)

    def _add_cell(self, paragraph: Paragraph, cell: CellContent) -> None:
        for place, wording in enumerate(cell_texts(cell)):
            if place:
                paragraph.add_run().add_break()
            if localise_wording(wording, self.language)[0]:
                self.say(paragraph, wording)
            else:
                self.say(paragraph, self.missing, italic=True)

    def _add_table(self, table: Table) -> None:
        caption = remove_unprintable(localise_wording(table.caption, self.language)[0])
        if caption:
            self.add(table.caption, "Caption")
        elif self.breaks:
            self.add()
        word_table = self.word.add_table(rows=1 + len(table.rows), cols=len(table.head))
        room = text_width(self.is_wide)
        shares = column_shares(table, self.language)
        widths = [Length(int(share * room)) for share in shares]
        w.format_table(word_table, widths, caption=caption, direction=self.direction)
        cell_style = self.word.styles["Cell"].style_id
        rows: Sequence[Sequence[CellContent]] = (table.head, *table.rows)
        for number, (word_row, cells) in enumerate(zip(word_table._tbl.tr_lst, rows, strict=True)):
            for word_cell, cell in zip(word_row.tc_lst, cells, strict=True):
                paragraph = Paragraph(word_cell.p_lst[0], word_table)
                # by its key: a name would be looked for among all styles each time
                word_cell.p_lst[0].style = cell_style
                if number:
                    self._add_cell(paragraph, cell)
                else:
                    for wording in cell_texts(cell):
                        self.say(paragraph, wording, bold=True)
        self.word.add_paragraph(style="Cell")

    def _add_blocks(
        self,
        blocks: Sequence[Json],
        spoken: str,
        style: str = "",
        depth: int = 0,
    ) -> None:
        """Markdown's blocks; those within a list or a quotation are in `style`."""
        for block in blocks:
            if block["kind"] in ("list", "numbered"):
                self._add_list(block, spoken, min(depth + 1, DEEPEST_LIST))
            elif block["kind"] == "quote":
                self._add_blocks(block["blocks"], spoken, "Quote", depth)
            else:
                paragraph = self.add(style=style or None)
                paragraph.paragraph_format.keep_with_next = block["kind"] == "heading" or None
                self._add_spans(paragraph, block, spoken)

    def _add_list(self, block: Json, spoken: str, depth: int) -> None:
        name = "List Number" if block["kind"] == "numbered" else "List Bullet"
        style, suffix = (name, "") if depth == 1 else (f"{name} {depth}", f" {depth}")
        number = w.new_list(self.word, style) if block["kind"] == "numbered" else 0
        for first, *others in filter(None, block["items"]):
            if "spans" not in first:
                self._add_blocks([first], spoken, depth=depth)
            else:
                paragraph = self.add(style=style)
                if number:
                    w.number_paragraph(paragraph, number)
                self._add_spans(paragraph, first, spoken)
            self._add_blocks(others, spoken, f"List Continue{suffix}", depth)

    def _add_spans(self, paragraph: Paragraph, block: Json, spoken: str) -> None:
        for span in block["spans"]:
            bold = bool(span.get("strong")) or block["kind"] == "heading"
            self.say(
                paragraph,
                LocalisedText(span["text"], spoken, SOURCE),
                bold=bold,
                italic=bool(span.get("em")),
            )
