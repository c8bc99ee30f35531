"""All rows of a table as what they say of tasks, with what only the rows around them tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from splot.documents.spreadsheets.tables import SheetTable
from splot.spreadsheet_columns.schema import ColumnMeaning

from .context import ImportContext
from .parse.parsed_row import ParsedRow
from .parse.rows import keep_as_text, parse_row
from .settle_columns import with_bare_doubts
from .source_row import SourceRow
from .source_table import source_rows
from .time_conventions import day_comes_first, year_above
from .totals import check_row_totals, without_totals

PROGRESS_STEP = 100


def parse_table(
    table: SheetTable,
    meanings: list[ColumnMeaning],
    context: ImportContext,
    tell: Callable[[int], None] | None = None,
) -> list[ParsedRow]:
    """Every task of a table; `meanings` are those of its columns, by place. `tell` hears how many
    are parsed.
    """
    meanings = with_bare_doubts(table, meanings)
    context = replace(context, is_day_first=day_comes_first(table, meanings))
    by_year: dict[int | None, ImportContext] = {}
    read_as = without_totals(meanings)
    codes = [meaning.code for meaning in read_as]
    has_totals = read_as != meanings
    parsed_rows: list[ParsedRow] = []
    for row in source_rows(table, codes):
        year = year_above([*row.titles, *row.groups])
        if year not in by_year:
            by_year[year] = replace(context, said_year=year)
        parsed_rows.append(_parse_row(row, read_as, by_year[year]))
        if has_totals:
            check_row_totals(parsed_rows[-1], row, meanings, by_year[year])
        keep_as_text(parsed_rows[-1], read_as)
        row.cells = []  # a long file has many, and nobody asks for them any more
        if tell is not None and len(parsed_rows) % PROGRESS_STEP == 0:
            tell(len(parsed_rows))
    return parsed_rows


def _parse_row(row: SourceRow, meanings: list[ColumnMeaning], context: ImportContext) -> ParsedRow:
    """What a row says, with what its place among the others says of it."""
    parsed_row = parse_row(row, meanings, context)
    parsed_row.doubts += row.doubts
    parsed_row.notes += row.notes
    for heading, words in row.kept.items():
        parsed_row.keep(heading, words)
    for at, names in row.shared_money.items():
        _note_shared_money(parsed_row, meanings[at].code, names, context)
    return parsed_row


def _note_shared_money(
    parsed_row: ParsedRow, code: str, names: Sequence[str], context: ImportContext
) -> None:
    """A sum that is for several rows says so, here and in the table."""
    parsed = parsed_row.cells.get(code)
    if parsed is None or not parsed.values.get("budget"):
        return
    words = _("one sum for rows %(rows)s together") % {"rows": ", ".join(names)}
    parsed.notes.append(words)
    note = context.text(words)
    lines = parsed.values["budget"]
    parsed.values["budget"] = [replace(line, note=line.note or note) for line in lines]
