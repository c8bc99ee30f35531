"""Values separated by semicolons, commas, tabs or bars, as spreadsheets export them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from splot.documents.encodings import DecodedText
from splot.documents.intake.limits import MAX_BYTES
from splot.documents.intake.refusals import UnreadableDocument, unreadable_spreadsheet
from splot.documents.readers.text import decode_text, describe_doubt
from splot.documents.spreadsheets.formulas import unescape_formula
from splot.documents.spreadsheets.grid import CellBudget, Grid
from splot.documents.spreadsheets.model import Cell, Sheet, Workbook
from splot.language.normalisation import normalise_text

DELIMITERS = ";,\t|"
OTHER_DELIMITER = re.compile(r"[;\t|]")  # than the comma
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
SAMPLE_ROWS = 200  # rows that tell the delimiter
MIN_COMMA_SHARE = 0.5  # of the rows: it stands in sentences as well
# a row of its own behind the text; swallowed by a quotation that never closes
END_MARKER = "\x1f end \x1f"


def read_delimited(data: bytes, name: str) -> Workbook:
    """One sheet, named like the file; two of which a person chooses, where two encodings could be
    right. Raises UnreadableDocument for unknown encodings, TooLarge beyond the limits.
    """
    decoded = _decode_text(data, name)
    notes: list[str] = []
    sheet_name, room = _sheet_name(name), CellBudget()
    if decoded.other is None:
        return Workbook([_parse_sheet(decoded.text, name, Grid(sheet_name, room), notes)], notes)
    notes.append(describe_doubt(decoded))
    sheets: list[Sheet] = []
    for reading in (decoded, decoded.other):
        grid = Grid(f"{sheet_name} ({reading.encoding})", room)
        sheets.append(_parse_sheet(reading.text, name, grid, notes))
    return Workbook(sheets, list(dict.fromkeys(notes)), are_alternatives=True)


def _parse_sheet(text: str, name: str, grid: Grid, notes: list[str]) -> Sheet:
    """The sheet of a text, and notes of what was taken out of it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cleaned = normalise_text(text)
    if cleaned != text:
        notes.append(_("Control characters were left out."))
    delimiter, cleaned = _split_setting(cleaned)
    delimiter = delimiter or find_delimiter(cleaned, name)
    rows = _parse_rows(cleaned, delimiter)
    if rows is None:
        notes.append(
            _("A quotation mark is never closed; the marks were read as part of the words.")
        )
        rows = _parse_rows(cleaned, delimiter, quoted=False)
    for number, row in enumerate(rows or [], 1):
        for column, words in enumerate(row, 1):
            if words := unescape_formula(words):
                grid.put(number, column, Cell(words, words))
    sheet = grid.sheet()
    sheet.is_separated = True
    return sheet


def _split_setting(text: str) -> tuple[str, str]:
    """The delimiter that Excel's first line "sep=;" names, and the text without that line."""
    first, __, following = text.partition("\n")
    setting = first.strip().strip('"')
    if setting.lower().startswith("sep=") and len(setting) <= 5:
        return setting[4:] or "\t", following  # a tab is lost to strip()
    return "", text


def _decode_text(data: bytes, name: str) -> DecodedText:
    try:
        return decode_text(data, name)
    except UnreadableDocument as error:
        raise unreadable_spreadsheet(
            name,
            _("it is not a text in a known encoding."),
            _("Save it as .xlsx or as CSV in UTF-8, and try again."),
        ) from error


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
        sample = _without_decimal_commas(text) if delimiter == "," else text
        for row in islice(_csv_reader(sample, delimiter), SAMPLE_ROWS):
            counts[len(row)] += any(row)
        share, columns = _share_of_columns(counts)
        bonus = 0.1 if delimiter == "\t" and name.lower().endswith((".tsv", ".tab")) else 0.0
        score = (share + bonus, delimiter != ",", columns)  # a comma may stand in every number
        if share > (MIN_COMMA_SHARE if delimiter == "," else 0) and score > best:
            best, winner = score, delimiter
    return winner


def _without_decimal_commas(text: str) -> str:
    """The text with a point for each comma of a number, in the lines that another sign divides."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if OTHER_DELIMITER.search(line):
            lines[at] = DECIMAL_COMMA.sub(".", line)
    return "\n".join(lines)


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
        return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, skipinitialspace=True)


def _parse_rows(text: str, delimiter: str, *, quoted: bool = True) -> list[list[str]] | None:
    """All rows, without the cells of an empty one; None when a quotation runs beyond the end."""
    reader = _csv_reader(f"{text}\n{END_MARKER}", delimiter, quoted=quoted)
    rows = [row if any(row) else [] for row in reader]
    return rows[:-1] if rows and rows[-1] == [END_MARKER] else None
