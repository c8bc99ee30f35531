"""Values separated by semicolons, commas, tabs or bars, as spreadsheets export them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from splot.documents.intake.limits import MAX_BYTES
from splot.documents.intake.refusals import UnreadableDocument, unreadable_spreadsheet
from splot.documents.readers.text import decode_text as decode
from splot.documents.spreadsheets.formulas import unescape_formula
from splot.documents.spreadsheets.grid import CellBudget, Grid
from splot.documents.spreadsheets.model import Cell, Workbook
from splot.language.normalisation import normalise_text

DELIMITERS = ";,\t|"
SAMPLE_ROWS = 200  # rows that tell the delimiter
# a row of its own behind the text; swallowed by a quotation that never closes
END_MARKER = "\x1f end \x1f"


def read_delimited(data: bytes, name: str) -> Workbook:
    """One sheet, named like the file. Raises UnreadableDocument for unknown encodings, TooLarge
    beyond the limits.
    """
    text, notes = _decode_text(data, name)
    first, _line_end, following = text.partition("\n")
    setting = first.strip().strip('"')
    if setting.lower().startswith("sep=") and len(setting) <= 5:
        delimiter = setting[4:] or "\t"  # a tab is lost to strip()
        text = following
    else:
        delimiter = find_delimiter(text, name)
    rows = _parse_rows(text, delimiter)
    if rows is None:
        notes.append(
            _("A quotation mark is never closed; the marks were read as part of the words.")
        )
        rows = _parse_rows(text, delimiter, quoted=False)
    grid = Grid(_sheet_name(name), CellBudget())
    for number, row in enumerate(rows or [], 1):
        for column, words in enumerate(row, 1):
            if words := unescape_formula(words):
                grid.put(number, column, Cell(words, words))
    return Workbook(sheets=[grid.sheet()], notes=notes)


def _decode_text(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text and what was taken out of it."""
    try:
        text = decode(data, name)
    except UnreadableDocument as error:
        raise unreadable_spreadsheet(
            name,
            _("it is not a text in a known encoding."),
            _("Save it as .xlsx or as CSV in UTF-8, and try again."),
        ) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cleaned = normalise_text(text)
    return cleaned, [] if cleaned == text else [_("Control characters were left out.")]


def _sheet_name(name: str) -> str:
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return normalise_text(base.rpartition(".")[0] or base)[:80]


def find_delimiter(text: str, name: str = "") -> str:
    """The sign that divides the greatest share of the rows into the same number of columns; ";"
    where none divides any.
    """
    best, winner = (0.0, False, 0), ";"
    for delimiter in DELIMITERS:
        counts: Counter[int] = Counter()
        for row in islice(_csv_reader(text, delimiter), SAMPLE_ROWS):
            counts[len(row)] += any(row)
        share, columns = _share_of_columns(counts)
        bonus = 0.1 if delimiter == "\t" and name.lower().endswith((".tsv", ".tab")) else 0.0
        score = (share + bonus, delimiter != ",", columns)  # a comma may stand in every number
        if share and score > best:
            best, winner = score, delimiter
    return winner


def _share_of_columns(counts: Counter[int]) -> tuple[float, int]:
    """The number of columns that most of the divided rows have, after the share that they are of
    all rows. A sign that is none divides the lines within a quotation, each in its own way.
    """
    total = counts.total()
    divided = [(rows, columns) for columns, rows in counts.items() if columns > 1 and rows]
    rows, columns = max(divided, default=(0, 0))
    return (rows / total if total else 0.0), columns


def _csv_reader(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[list[str]]:
    csv.field_size_limit(4 * MAX_BYTES)
    lines = io.StringIO(text, newline="")
    if quoted:
        return csv.reader(lines, delimiter=delimiter)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _parse_rows(text: str, delimiter: str, *, quoted: bool = True) -> list[list[str]] | None:
    """All rows, None when a quotation runs beyond the end."""
    rows = list(_csv_reader(f"{text}\n{END_MARKER}", delimiter, quoted=quoted))
    return rows[:-1] if rows and rows[-1] == [END_MARKER] else None
