"""A view of the table for print (PDF) and for Word: a table for each group, across the page, with a heading."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.languages import Shown, Text
from splot.documents.booklet import (
    Block,
    Booklet,
    Heading,
    Prose,
    Table,
    booklet_docx,
    booklet_pdf,
    vocabulary,
)
from splot.documents.booklet.vocabulary import shown

from ..columns import BY_CODE, Cell
from ..models import Task
from ..table_view import ShownRow
from .view import View, heading, words


def table_docx(view: View) -> bytes:
    """The bytes of a Word file; the same view gives the same bytes."""
    return booklet_docx(table_booklet(view))


def table_pdf(view: View) -> bytes:
    """The bytes of a PDF/UA; the same view gives the same bytes. Raises NotTypeset."""
    return booklet_pdf(table_booklet(view))


def table_booklet(view: View) -> Booklet:
    policy = view.policy
    with override(view.language):
        return Booklet(
            title=view.title,
            subtitle=policy.title,
            kicker=policy.municipality.name,
            language=view.language,
            blocks=list(_blocks(view)),
            foot=view.about,
        )


def _blocks(view: View) -> Iterator[Block]:
    head = [str(BY_CODE[code].label) for code in ("title", *view.codes)]
    begun = ""
    rows = []
    for row in view.rows():
        begun = heading(row) or begun
        rows.append((begun, row))
    for name, group in groupby(rows, key=lambda pair: pair[0]):
        yield Heading(1, name)
        yield Table("", head, [_cells(row, view.language) for __, row in group])
    if not rows:
        yield Prose(_("No task fits these filters"))


def _cells(row: ShownRow, language: str) -> list[vocabulary.Cell]:
    return [_title(row.task, language), *(_texts(cell) for __, __, cell in row.cells)]


def _title(task: Task, language: str) -> Shown:
    """Number and title, in the language in which the title can be read."""
    title, spoken = shown(task.title, language)
    return Shown(f"{task.number}. {title}", spoken, "")


def _texts(cell: Cell) -> Sequence[str | Text] | str:
    return cell if cell and not all(isinstance(line, str) for line in cell) else words(cell)
