"""A view of the table for print (PDF) and for Word: a table for each group, across the page, with a
heading.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.languages import LocalisedText, Text
from splot.documents.booklet import (
    Block,
    Booklet,
    Heading,
    Prose,
    Table,
    model,
    render_booklet_docx,
    render_booklet_pdf,
)
from splot.documents.booklet.model import localise_wording

from ..cells import CellLines
from ..columns import COLUMN_BY_CODE
from ..models import Task
from ..table_view import TaskRow
from .table_export import TableExport, cell_text, group_heading


def table_docx(view: TableExport) -> bytes:
    """The bytes of a Word file; the same view gives the same bytes."""
    return render_booklet_docx(table_booklet(view))


def table_pdf(view: TableExport) -> bytes:
    """The bytes of a PDF/UA; the same view gives the same bytes. Raises TypesettingError."""
    return render_booklet_pdf(table_booklet(view))


def table_booklet(view: TableExport) -> Booklet:
    policy = view.policy
    with override(view.language):
        return Booklet(
            title=view.title,
            subtitle=policy.title,
            kicker=policy.municipality.name,
            language=view.language,
            blocks=list(_table_blocks(view)),
            foot=view.about,
        )


def _table_blocks(view: TableExport) -> Iterator[Block]:
    head = [str(COLUMN_BY_CODE[code].label) for code in ("title", *view.codes)]
    begun = ""
    rows = []
    for row in view.rows():
        begun = group_heading(row) or begun
        rows.append((begun, row))
    for name, group in groupby(rows, key=lambda pair: pair[0]):
        yield Heading(1, name)
        yield Table("", head, [_row_cells(row, view.language) for __, row in group])
    if not rows:
        yield Prose(_("No task fits these filters"))


def _row_cells(row: TaskRow, language: str) -> list[model.CellContent]:
    return [_title_cell(row.task, language), *(_cell_texts(cell) for __, __, cell in row.cells)]


def _title_cell(task: Task, language: str) -> LocalisedText:
    """Number and title, in the language in which the title can be read."""
    title, spoken = localise_wording(task.title, language)
    return LocalisedText(f"{task.number}. {title}", spoken, "")


def _cell_texts(cell: CellLines) -> Sequence[str | Text] | str:
    return cell if cell and not all(isinstance(line, str) for line in cell) else cell_text(cell)
