"""The pages of a PDF: the lines of each, with the spaces that part paragraphs."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _
from pypdf import PageObject, PdfReader
from pypdf.errors import PdfReadError

from splot.documents.intake.refusals import UnreadableDocument, unreadable_document
from splot.documents.readers.lines import SourceLine

MAX_PAGES = 1000
WIDER = 1.3  # times the usual distance of two lines: a space between paragraphs
SHARED_COLUMNS = 2
MIN_ROWS = 3
FARTHEST = 10  # times the size of the letters: beyond it, a line is no neighbour

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity of every file


@dataclass(slots=True)
class PdfPage:
    """The lines of a page with their heights and the sizes of their letters, and its width, in
    points.

    columns: where the words of each line begin that stand apart within it. is_picture: it holds a
    picture and no text. A height of None is not known.
    """

    lines: list[SourceLine] = field(default_factory=list)
    heights: list[float | None] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    columns: list[list[float]] = field(default_factory=list)
    is_picture: bool = False
    width: float = 0

    @property
    def letters_across(self) -> float:
        """How many letters of the usual size would fill the width of the page."""
        size = sorted(self.sizes)[len(self.sizes) // 2] if self.sizes else 0
        return 2 * self.width / size if size else 0

    def rows_of_tables(self) -> list[SourceLine]:
        """Lines that look like rows of a table: two columns of them begin where two of a line
        beside them do, or a line stands no lower than the one before, to the right of it.
        """
        rows: list[SourceLine] = []
        for at, columns in enumerate(self.columns):
            shared = 0
            for beside in (*self.columns[max(at - 1, 0) : at], *self.columns[at + 1 : at + 2]):
                same = [x for x in columns if any(abs(x - other) < 1 for other in beside)]
                shared = max(shared, len(same))
            above, here = self.heights[at - 1] if at else None, self.heights[at]
            rises = above is not None and here is not None and here >= above
            if shared >= SHARED_COLUMNS or rises:
                rows.append(self.lines[at])
        return rows

    def distances(self) -> list[float]:
        """How far each line stands below the one before, in sizes of its letters; 0 where that is
        not known.
        """
        distances = [0.0][: len(self.lines)]
        for (above, here), size in zip(pairwise(self.heights), self.sizes[1:], strict=True):
            known = above is not None and here is not None and size
            distance = (above - here) / size if above and here and known else 0
            distances.append(distance if 0 < distance < FARTHEST else 0)
        return distances


def extract_pages(data: bytes, name: str) -> list[PdfPage]:
    """The pages in order. Raises UnreadableDocument."""
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
        pages = [_extract_page(page, number) for number, page in enumerate(reader.pages, 1)]
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
    _mark_spaces(pages)
    return pages


def _extract_page(source: PageObject, number: int) -> PdfPage:
    pieces: list[tuple[str, float, float, float]] = []

    def visit_text(text: str, matrix: list[float], own: list[float], _font: object, size: float):
        across = matrix[4] + own[4] * matrix[0] + own[5] * matrix[2]
        height = matrix[5] + own[4] * matrix[1] + own[5] * matrix[3]
        pieces.append((text, across, height, abs(size * own[3] * matrix[3])))

    text = source.extract_text(visitor_text=visit_text)
    page = PdfPage(width=float(source.mediabox.width))
    place = 0
    starts: list[tuple[int, float, float, float]] = []  # place in the text, x, y, size
    for words, across, height, size in pieces:
        if words.strip():
            starts.append((place + len(words) - len(words.lstrip()), across, height, size))
        place += len(words)
    known = place == len(text)
    place = 0
    for at, line in enumerate(text.splitlines(keepends=True), 1):
        if line.strip():
            page.lines.append(SourceLine(line.rstrip("\r\n"), at, number))
            own = [start for start in starts if place <= start[0] < place + len(line)]
            page.heights.append(own[0][2] if known and own else None)
            page.sizes.append(own[0][3] if own else 0)
            page.columns.append([start[1] for start in own[1:]] if known else [])
        place += len(line)
    page.is_picture = not page.lines and _has_picture(source)
    return page


def _has_picture(page: PageObject) -> bool:
    objects = page.get("/Resources", {}).get("/XObject", {})
    return any(
        item.get_object().get("/Subtype") in ("/Image", "/Form") for item in objects.values()
    )


def _mark_spaces(pages: list[PdfPage]) -> None:
    """Marks the lines that stand farther below the one before than most lines of the file do."""
    distances = sorted(distance for page in pages for distance in page.distances() if distance)
    usual = distances[len(distances) // 4] if distances else 0
    for page in pages:
        for line, distance in zip(page.lines, page.distances(), strict=True):
            line.blank_before = distance > WIDER * usual
