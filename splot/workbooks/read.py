"""Parses returned workbooks in sandboxed processes. Nothing is believed here."""

import base64
import gc
import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from splot.core.values import Json
from splot.documents.intake.archives import UnreadableFile
from splot.documents.intake.sandbox import run_sandboxed
from splot.documents.spreadsheets import Cell, Sheet, UnreadableDocument, Workbook, read_sheets

from .cells import InvalidCell, normalise_cell_text, parse_cell, raw_cell_text
from .schema import (
    FILLABLE_COLUMNS,
    HIDDEN_SHEET,
    KEY_PREFIX,
    LOCKED_COLUMNS,
    NO_TASK,
    ReturnedFile,
    ReturnedRow,
)

BATCH_FILES, BATCH_BYTES = 64, 4 * 1024 * 1024  # read by one process
FIRST_ROWS = 20  # among which the row of codes stands
KEY_CELL = re.compile(re.escape(KEY_PREFIX) + r"([\w-]{43})", re.ASCII)

NamedContent = tuple[str, bytes]
ReadResult = ReturnedFile | UnreadableFile
logger = logging.getLogger(__name__)


def read_workbooks(files: Iterable[NamedContent]) -> Iterator[ReadResult | None]:
    """What each of the files says, in their order; nothing is lost because another file is bad.

    None for a file that could not be read through no fault of its own, as the log tells.
    """
    for batch in _split_batches(files):
        yield from _read_batch(batch)


def _split_batches(files: Iterable[NamedContent]) -> Iterator[list[NamedContent]]:
    batch: list[NamedContent] = []
    size = 0
    for name, data in files:
        if batch and (len(batch) == BATCH_FILES or size + len(data) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((name, data))
        size += len(data)
    if batch:
        yield batch


def _read_batch(batch: list[NamedContent]) -> list[ReadResult] | list[ReadResult | None]:
    """One process for all: starting one costs more than reading a workbook. If it gives up, each
    file has its own.
    """
    try:
        return _read_sandboxed(batch, "")
    except Exception:  # whatever it was, it is looked for in each file alone
        return [_read_alone(name, data) for name, data in batch]


def _read_alone(name: str, data: bytes) -> ReadResult | None:
    try:
        return _read_sandboxed([(name, data)], name)[0]
    except UnreadableDocument as error:
        return UnreadableFile(name, str(error))
    except Exception:
        logger.exception("no process could read a workbook")
        return None


def _read_sandboxed(batch: list[NamedContent], name: str) -> list[ReadResult]:
    """What a process of its own makes of these files. Raises UnreadableDocument, by `name`, when it
    took too much.
    """
    packed = json.dumps(
        [[file_name, base64.b64encode(data).decode()] for file_name, data in batch]
    ).encode()
    advice = _("Divide it into parts or save it anew as .xlsx, and try again.")
    answers = run_sandboxed(f"{__name__}:read_together", packed, name, advice)["files"]
    return [_deserialise_result(answer) for answer in answers]


def _deserialise_result(answer: Json) -> ReadResult:
    if "why" in answer:
        return UnreadableFile(**answer)
    return ReturnedFile(**{**answer, "rows": [ReturnedRow(**row) for row in answer["rows"]]})


def _serialise_result(read: ReadResult) -> Json:
    return (
        {**vars(read), "rows": [vars(row) for row in read.rows]}
        if isinstance(read, ReturnedFile)
        else vars(read)
    )


class _BatchResult:
    """What `read_together` hands over."""

    def __init__(self, files: list[ReadResult]) -> None:
        self.files = files

    def to_json(self) -> Json:
        return {"files": list(map(_serialise_result, self.files))}


def read_together(data: bytes, name: str) -> _BatchResult:
    """Several files, one after another; the process has the limits of one. Runs sandboxed."""
    # the process ends when it has read: looking for what could be thrown away takes a third of its
    # time
    gc.disable()
    return _BatchResult(
        [
            _read_file(file_name, base64.b64decode(content))
            for file_name, content in json.loads(data)
        ]
    )


def _read_file(name: str, data: bytes) -> ReadResult:
    if not data:
        return UnreadableFile(name, _("The file is empty."))
    try:
        workbook = parse_workbook(read_sheets(data, name), name, hashlib.sha256(data).hexdigest())
    except UnreadableDocument as error:
        return UnreadableFile(name, str(error))
    return workbook or UnreadableFile(
        name, _("It is not one of the workbooks made here, or its hidden first row is gone.")
    )


def parse_workbook(book: Workbook, name: str, digest: str) -> ReturnedFile | None:
    """What a workbook says; None when it has no key. A sheet that somebody copied is read, too."""
    places = [(sheet, at) for sheet in book.sheets if (at := _codes_row(sheet)) is not None]
    if not places:
        return None
    first, at = places[0]
    key = _parse_key(first.rows[at][0]) or ""
    stated = {
        key,
        book.properties.get("splot-key", key),
        *(_parse_key(sheet.rows[at][0]) for sheet, at in places),
    }
    hidden = next((sheet for sheet in book.sheets if sheet.name == HIDDEN_SHEET), None)
    manifest = (
        None
        if hidden is None
        else [_parse_pair(row) for row in hidden.rows if any(_parse_pair(row))]
    )
    if len(stated) > 1:
        manifest = [["key", "?"]]  # two keys in one workbook are as good as a changed one
    rows, notes = [], list(book.notes)
    for sheet, at in places:
        codes = [cell.text.strip() for cell in sheet.rows[at]]
        for place, cells in enumerate(sheet.rows[at + 1 :], at + 2):
            rows += _parse_row(codes, cells, place)
            notes += _collect_remarks(codes, cells, place)
    return ReturnedFile(PurePosixPath(name).name[-200:], digest, key, rows, manifest, notes)


def _codes_row(sheet: Sheet) -> int | None:
    return next(
        (at for at, row in enumerate(sheet.rows[:FIRST_ROWS]) if row and _parse_key(row[0])), None
    )


def _parse_key(cell: Cell) -> str | None:
    match = KEY_CELL.fullmatch(cell.text.strip())
    return match[1] if match else None


def _parse_pair(row: list[Cell]) -> list[str]:
    return [cell.text.strip() for cell in row[:2]]


def _parse_row(codes: list[str], cells: list[Cell], place: int) -> list[ReturnedRow]:
    """The row, if it is one of a task or somebody has written in it."""
    mark = cells[0].text.strip()
    by_code = {code: cell for code, cell in zip(codes[1:], cells[1:], strict=True) if code}
    if mark == NO_TASK or not any(by_code.values()):
        return []
    values, unclear = {}, {}
    for code in dict.fromkeys(column.cell for column in FILLABLE_COLUMNS):
        columns = [column.code for column in FILLABLE_COLUMNS if column.cell == code]
        own = {column: by_code[column] for column in columns if column in by_code}
        if code not in own:
            continue
        try:
            values[code] = parse_cell(code, own)
        except InvalidCell as error:
            unclear[code] = (raw_cell_text(code, own) or "?", str(error))
    present = [code for code in LOCKED_COLUMNS if code in by_code]
    locked = {code: normalise_cell_text(by_code[code].text) for code in present}
    return [ReturnedRow(place, _parse_number(by_code.get("number")), mark, locked, values, unclear)]


def _parse_number(cell: Cell | None) -> int | None:
    text = cell.text.strip() if cell else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _collect_remarks(codes: list[str], cells: list[Cell], place: int) -> list[str]:
    """What people remarked on cells and wrote outside the columns, so that it is read."""
    remarks = []
    for at, cell in enumerate(cells):
        if cell.comment:
            remarks.append(
                _("Comment in row %(place)s: %(words)s")
                % {"place": place, "words": cell.comment[:2000]}
            )
        if cell and (at >= len(codes) or not codes[at]):
            remarks.append(
                _("Outside the columns, row %(place)s: %(words)s")
                % {"place": place, "words": cell.text[:2000]}
            )
    return remarks
