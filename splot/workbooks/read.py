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
    COLUMNS_OF_CELL,
    HIDDEN_SHEET,
    KEY_PREFIX,
    LOCKED_COLUMNS,
    NO_TASK,
    CellValues,
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
    files: list[list[str]] = []
    for file_name, content in batch:
        files.append([file_name, base64.b64encode(content).decode()])
    advice = _("Divide it into parts or save it anew as .xlsx, and try again.")
    packed = json.dumps(files).encode()
    answers = run_sandboxed(f"{__name__}:read_together", packed, name, advice)["files"]
    return list(map(_deserialise_result, answers))


def _deserialise_result(answer: Json) -> ReadResult:
    if "why" in answer:
        return UnreadableFile(**answer)
    return ReturnedFile(**{**answer, "rows": [ReturnedRow(**row) for row in answer["rows"]]})


def _serialise_result(result: ReadResult) -> Json:
    if isinstance(result, UnreadableFile):
        return vars(result)
    return {**vars(result), "rows": list(map(vars, result.rows))}


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
    results: list[ReadResult] = []
    for file_name, content in json.loads(data):
        results.append(_read_file(file_name, base64.b64decode(content)))
    return _BatchResult(results)


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
    keys: list[str] = []
    rows, notes = [], list(book.notes)
    for sheet in book.sheets:
        at, key = _find_codes_row(sheet)
        if not key:
            continue
        keys.append(key)
        codes = [cell.text.strip() for cell in sheet.rows[at]]
        for sheet_row, cells in enumerate(sheet.rows[at + 1 :], at + 2):
            rows += _parse_row(codes, cells, sheet_row)
            notes += _collect_remarks(codes, cells, sheet_row)
    if not keys:
        return None
    manifest = _parse_manifest(book)
    if len({*keys, book.properties.get("splot-key", keys[0])}) > 1:
        manifest = [["key", "?"]]  # two keys in one workbook are as good as a changed one
    return ReturnedFile(PurePosixPath(name).name[-200:], digest, keys[0], rows, manifest, notes)


def _find_codes_row(sheet: Sheet) -> tuple[int, str]:
    """Where the codes of the columns stand on a sheet, and the key before them; "" for none."""
    for at, row in enumerate(sheet.rows[:FIRST_ROWS]):
        if row and (key := _parse_key(row[0])):
            return at, key
    return 0, ""


def _parse_manifest(book: Workbook) -> list[list[str]] | None:
    """The lines of the hidden sheet, None where it is gone."""
    for sheet in book.sheets:
        if sheet.name == HIDDEN_SHEET:
            return list(filter(any, map(_parse_pair, sheet.rows)))
    return None


def _parse_key(cell: Cell) -> str | None:
    match = KEY_CELL.fullmatch(cell.text.strip())
    return match[1] if match else None


def _parse_pair(row: list[Cell]) -> list[str]:
    return [cell.text.strip() for cell in row[:2]]


def _parse_row(codes: list[str], cells: list[Cell], sheet_row: int) -> list[ReturnedRow]:
    """The row, if it is one of a task or somebody has written in it."""
    mark = cells[0].text.strip()
    by_code = {code: cell for code, cell in zip(codes[1:], cells[1:], strict=True) if code}
    if mark == NO_TASK or not any(by_code.values()):
        return []
    values, unclear = {}, {}
    for code, columns in COLUMNS_OF_CELL.items():
        own = {column: by_code[column] for column in columns if column in by_code}
        if code not in own:
            continue
        try:
            values[code] = parse_cell(code, own)
        except InvalidCell as error:
            unclear[code] = (raw_cell_text(code, own) or "?", str(error))
    locked: CellValues = {}
    for code in LOCKED_COLUMNS:
        if code in by_code:
            locked[code] = normalise_cell_text(by_code[code].text)
    return [
        ReturnedRow(sheet_row, _parse_number(by_code.get("number")), mark, locked, values, unclear)
    ]


def _parse_number(cell: Cell | None) -> int | None:
    text = cell.text.strip() if cell else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _collect_remarks(codes: list[str], cells: list[Cell], sheet_row: int) -> list[str]:
    """What people remarked on cells and wrote outside the columns, so that it is read."""
    remarks = []
    for at, cell in enumerate(cells):
        if cell.comment:
            remarks.append(
                _("Comment in row %(place)s: %(words)s")
                % {"place": sheet_row, "words": cell.comment[:2000]}
            )
        if cell and (at >= len(codes) or not codes[at]):
            remarks.append(
                _("Outside the columns, row %(place)s: %(words)s")
                % {"place": sheet_row, "words": cell.text[:2000]}
            )
    return remarks
